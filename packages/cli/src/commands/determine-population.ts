// `suanquan determine PROGRAMME --facts FILE.csv --out FILE`: one determination a row, by the same evaluator that decides
// one case. A column is a fact, `id` is carried along; an empty cell is unknown, a unit may stand in the header
// (`contract.amount(万元)`). Each row is judged as if it came alone: what earlier ones used of a pool is not counted.
import { writeFileSync } from 'node:fs'

import { formatFen } from '@suanquan/core/money'
import {
  determine,
  determineRedemption,
  type Determination,
  type DeterminationInput,
  type Programme,
} from '@suanquan/core/policy'
import { csvField } from '@suanquan/core/supervision'

import { said } from '../language.ts'
import { checkFailed, emit, progress, Refused, WrongUse } from '../output.ts'
import { faultLine, readPopulationTable, type Fault } from './population-table.ts'

export interface PopulationOptions {
  readonly facts: string
  readonly out?: string | undefined
  readonly skipBroken?: boolean | undefined
  readonly redemption?: boolean | undefined
  readonly json?: boolean | undefined
}

interface Judged {
  readonly line: number
  readonly id: string
  readonly found: Determination
}

export interface PopulationSummary {
  readonly programme: { readonly id: string; readonly version: string }
  readonly rows: number
  readonly determined: number
  readonly outcomes: Readonly<Record<string, number>>
  /** of all ceilings, each row judged as if it came alone */
  readonly ceilingFen: bigint
  readonly broken: readonly Fault[]
  /** null where nothing was written */
  readonly out: string | null
}

/** @param asked what holds for every row: the day and the award */
export function determinePopulation(
  programme: Programme,
  asked: Pick<DeterminationInput, 'on' | 'award'>,
  options: PopulationOptions,
): void {
  const out = checkedOut(options)
  const { judged, broken, rows } = judgeAll(programme, asked, options)
  const written = broken.length === 0 || options.skipBroken === true
  if (written) writeFileSync(out, fileOf(judged))
  for (const fault of broken) process.stderr.write(`${options.facts}:${faultLine(fault)}\n`)
  if (!written) checkFailed()
  const outcomes: Record<string, number> = {}
  for (const { found } of judged) outcomes[found.outcome] = (outcomes[found.outcome] ?? 0) + 1
  const summary: PopulationSummary = {
    programme: { id: programme.id, version: programme.version },
    rows,
    determined: judged.length,
    outcomes,
    ceilingFen: judged.reduce((sum, { found }) => sum + (found.ceilingFen ?? 0n), 0n),
    broken,
    out: written ? out : null,
  }
  emit(summary, { json: options.json, text: (of) => summaryLines(of).join('\n') })
}

function checkedOut({ out }: PopulationOptions): string {
  if (out !== undefined && !/\.csv$/i.test(out))
    throw new WrongUse({
      zh: '目前读写 CSV，请另存为 CSV',
      en: 'a population is read and written as CSV; save it as CSV',
    })
  if (out === undefined)
    throw new WrongUse({
      zh: '测算一批主体时请用 --out 指明结果文件',
      en: 'a population needs --out, the file of results',
    })
  return out
}

function judgeAll(
  programme: Programme,
  asked: Pick<DeterminationInput, 'on' | 'award'>,
  { facts: path, redemption }: PopulationOptions,
): { readonly judged: readonly Judged[]; readonly broken: readonly Fault[]; readonly rows: number } {
  const { rows, broken, read } = readPopulationTable(programme.facts, path)
  const bar = progress({ zh: '测算', en: 'determining' }, rows.length)
  const judged = rows.map(({ line, id, facts }, index): Judged => {
    bar.update(index)
    const input: DeterminationInput = { ...asked, facts, balances: {} }
    const found = redemption === true ? determineRedemption(programme, input) : determine(programme, input)
    // The facts were checked row by row: what is refused here is wrong for every row alike.
    if (!found.ok) throw new Refused(found.refusal)
    return { line, id, found: found.value }
  })
  bar.end()
  return { judged, broken, rows: read }
}

const HEADER = [
  'line',
  'id',
  'outcome',
  'ceiling_yuan',
  'rate_case',
  'binding',
  'failed',
  'needed',
  'decides',
]

/** The results as CSV with a byte order mark, so that Excel reads it as UTF-8; a ceiling is empty where it is unknown. */
function fileOf(judged: readonly Judged[]): string {
  const lines = judged.map(({ line, id, found }) =>
    [
      String(line),
      id,
      found.outcome,
      found.ceilingFen === null ? '' : formatFen(found.ceilingFen).replaceAll(',', ''),
      found.rateCase ?? '',
      found.binding ?? '',
      found.failed.join(' '),
      found.needed.join(' '),
      String(found.decides),
    ]
      .map(csvField)
      .join(','),
  )
  return `\uFEFF${[HEADER.join(','), ...lines].join('\r\n')}\r\n`
}

function summaryLines({ rows, determined, outcomes, ceilingFen, broken, out }: PopulationSummary): string[] {
  const brokenRows = new Set(broken.map(({ line }) => line)).size
  const counts = Object.entries(outcomes).map(([outcome, count]) => `  ${outcome} ${count}`)
  if (out === null)
    return [
      said({
        zh: `${rows} 行中 ${brokenRows} 行有误，未写出结果；改正后重试，或用 --skip-broken 略过`,
        en: `${brokenRows} of ${rows} rows are broken, nothing was written; mend them or pass --skip-broken`,
      }),
    ]
  return [
    ...counts,
    said({
      zh: '各行分别测算，未计其他行已占用的额度',
      en: 'each row was judged as if it came alone; what others use of a pool is not counted',
    }),
    said({
      zh: `结果：测算 ${determined} 行，略过 ${brokenRows} 行，合计最高 ${formatFen(ceilingFen)} 元，写入 ${out}`,
      en: `result: ${determined} rows determined, ${brokenRows} skipped, ${formatFen(ceilingFen)} yuan at most together, written to ${out}`,
    }),
  ]
}
