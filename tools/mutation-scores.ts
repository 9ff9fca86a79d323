// How many of the faults that can be planted into each programme its cases notice. A score is kept in
// programmes/scores.json with a hash of all it depends on: the programme, its cases, the operators. What is stale is
// measured anew, and so is a sample that moves with every change; SUANQUAN_FULL=1 measures all.
import { mutationScore } from '@suanquan/core/policy'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { casesBeside, readProgrammes } from '../packages/cli/src/commands/programme-files.ts'

export interface Score {
  readonly folder: string
  readonly hash: string
  readonly mutants: number
  readonly killed: number
  readonly survivors: readonly string[]
  readonly equivalent: readonly { readonly mutant: string; readonly reason: string }[]
  /** named as equivalent although a case notices them, or nothing of the name is planted */
  readonly misnamed: readonly string[]
  readonly basisPoints: number
}

const SAMPLE = 6
const root = `${import.meta.dirname}/..`
const cases = `${root}/packages/core/src/policy/cases`
const operators = ['mutation-score.ts', 'mutate-expression.ts'].map((name) =>
  readFileSync(`${cases}/${name}`, 'utf8'),
)
const sha256 = (...texts: readonly string[]): string =>
  createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 32)

/** @param recorded the scores as they were kept */
export function mutationScores(recorded: readonly Score[], full: boolean): readonly Score[] {
  const known = new Map(recorded.map((score) => [score.folder, score]))
  const files = readProgrammes([`${root}/programmes`]).map(({ path, programme, diagnostics }) => {
    const folder = relative(`${root}/programmes`, dirname(path))
    const beside = casesBeside(path)
    if (programme === undefined || beside === undefined)
      throw new Error(`${folder}: ${diagnostics[0]?.code ?? 'no cases'}`)
    const hash = sha256(JSON.stringify(programme, written), beside.text, ...operators)
    return {
      folder,
      hash,
      measured: () => measure(mutationScore(programme, beside.text, beside.path), folder, hash),
    }
  })
  const all = sha256(...files.map(({ hash }) => hash))
  const drawn = files
    .map(({ folder }) => folder)
    .toSorted((a, b) => (sha256(all, a) < sha256(all, b) ? -1 : 1))
  const sample = new Set(drawn.slice(0, SAMPLE))
  return files.map(({ folder, hash, measured }) => {
    const kept = known.get(folder)
    return full || sample.has(folder) || kept?.hash !== hash ? measured() : kept
  })
}

function measure(score: ReturnType<typeof mutationScore>, folder: string, hash: string): Score {
  const { mutants, killed, survivors, equivalent, misnamed, basisPoints } = score
  return { folder, hash, mutants: mutants.length, killed, survivors, equivalent, misnamed, basisPoints }
}

/** Places move when a line is added above them; a programme is the same without them. */
function written(key: string, value: unknown): unknown {
  if (key === 'place' || key === 'facts') return undefined
  return typeof value === 'bigint' ? `${value}` : value
}

/** docs/reference/mutation.md */
export function mutationPage(scores: readonly Score[]): string {
  const rows = scores.map(({ folder, mutants, killed, equivalent, survivors, basisPoints }) => {
    const percent = `${Math.floor(basisPoints / 100)}.${String(basisPoints % 100).padStart(2, '0')} %`
    const named = [
      ...equivalent.map(({ mutant, reason }) => `\`${mutant}\`：${reason}`),
      ...survivors.map((mutant) => `\`${mutant}\`（未被发现 survived）`),
    ]
    const cell = named.join('<br>').replaceAll('|', '\\|')
    return `| [${folder}](../../programmes/${folder}/cases.yaml) | ${mutants} | ${killed} | ${equivalent.length} | ${percent} | ${cell} |`
  })
  return [...HEAD, ...rows, ''].join('\n')
}

const HEAD = [
  '# Mutation scores 变异得分',
  '',
  'One fault at a time is planted into a programme; its worked cases must notice it. The operators:',
  '每次在政策文件里植入一处错误，用例必须发现。算子：',
  '',
  '| | planted fault 植入的错误 |',
  '|---|---|',
  '| condition 条件 | made true 恒为真 |',
  '| expression 表达式 | `<` `<=`, `>` `>=`, `==` `!=`, `+` `-`, `&&` swapped with its neighbour · `!` dropped · `?:` swapped · an item of a list dropped · `least`, `round_down`, `first`, `plus_years` swapped with their sisters |',
  '| number 数值 | money × 100 and + 1 元 · rate + 1 % · int + 1 · the next day · another region · the next member of an enumeration · a period a day later at either end |',
  '| rate 比例 | a row or an exception removed 去掉一行或一个例外 |',
  '| rounding 取整 | the other way, another unit 方向相反、单位不同 |',
  '| cap 上限 | removed · another period · another subject · a counter not counted |',
  '| redemption 兑付 | a leg or a limit removed 去掉一项证明或限额 |',
  '| validity 适用期 | a day later at the beginning, a day earlier at the end 首日晚一天、末日早一天 |',
  '',
  'Parameters that only the procedure or the voucher reads change no determination and are left out. A mutant is **equivalent**',
  'only when no facts at all can tell it from the original: it is named with that reason in the cases file and leaves the count;',
  'naming one that a case notices is a fault. At least 95 % of the others must be noticed, and every survivor is named here.',
  '只有任何事实都分不出差别的才算等价，须在用例文件里写明理由；其余至少 95 % 须被发现。',
  '',
  '| programme 政策文件 | planted 植入 | noticed 发现 | equivalent 等价 | score 得分 | named 说明 |',
  '|---|---|---|---|---|---|',
]
