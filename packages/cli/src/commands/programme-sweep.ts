// `suanquan programme sweep --firms FILE.csv`: before anybody proposes an automatic award, who would qualify on what a
// table of firms already holds, under every programme, and which facts are missing for the rest, from which source.
import { writeFileSync } from 'node:fs'

import { registrySweep, type FactOrigin, type SweepReadiness } from '@suanquan/core/application'
import { formatFen } from '@suanquan/core/money'
import { cnVoucherFacts, readPopulation } from '@suanquan/core/policy'
import { csvField } from '@suanquan/core/supervision'
import { Command } from 'commander'

import { said, type Sentence } from '../language.ts'
import { checkFailed, emit, Refused } from '../output.ts'
import { faultLine, readPopulationTable } from './population-table.ts'
import { diagnosticLines, readProgrammes, shippedProgrammes } from './programme-files.ts'

interface SweepOptions {
  readonly firms: string
  readonly on?: string
  readonly out?: string
  readonly automatic?: boolean
  readonly json?: boolean
}

const KINDS: Readonly<Record<SweepReadiness['kind'], Sentence>> = {
  automatic: { zh: '免申即享', en: 'automatic' },
  could_be: { zh: '可以免申即享', en: 'could be automatic' },
  asks: { zh: '须填报或认定', en: 'asks firms or reviewers' },
}

const ORIGINS: Readonly<Record<FactOrigin, Sentence>> = {
  register: { zh: '登记信息', en: 'a register' },
  contract: { zh: '合同', en: 'the contract' },
  statement: { zh: '企业声明', en: 'a statement' },
  matched: { zh: '计量与票据', en: 'metering and papers' },
  platform: { zh: '平台', en: 'the platform' },
  reviewer: { zh: '审核认定', en: 'a reviewer' },
  declared: { zh: '企业填报', en: 'the firm' },
}

export function sweepCommand(): Command {
  return new Command('sweep')
    .description(
      said({
        zh: '用已有数据看谁符合免申即享，还缺什么；不作任何发放',
        en: 'who qualifies for automatic awards on data already held, and what is missing; awards nothing',
      }),
    )
    .argument('[paths...]', said({ zh: '政策文件或目录', en: 'programme files or folders' }))
    .requiredOption(
      '--firms <file>',
      said({ zh: '企业表（CSV，一列一个事实）', en: 'table of firms, a fact a column' }),
    )
    .option('--on <date>', said({ zh: '按这一天申报计', en: 'as if applied for on this day' }))
    .option(
      '--automatic',
      said({ zh: '只看免申即享和可以免申即享的', en: 'only what is or could be automatic' }),
    )
    .option(
      '--out <file>',
      said({ zh: '符合企业和缺项的 CSV', en: 'firms that qualify and what is missing, as CSV' }),
    )
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText(
      'after',
      '\n  suanquan programme sweep --firms firms.csv --on 2025-09-20 programmes/hangzhou',
    )
    .action((paths: string[], options: SweepOptions) => sweep(paths, options))
}

async function sweep(paths: readonly string[], options: SweepOptions): Promise<void> {
  const files = readProgrammes(paths.length > 0 ? paths : [shippedProgrammes])
  const faults = files.filter(({ programme }) => !programme).flatMap(({ diagnostics }) => diagnostics)
  const { rows, broken } = await readPopulationTable({ facts: cnVoucherFacts }, options.firms)
  for (const fault of broken) process.stderr.write(`${options.firms}:${faultLine(fault)}\n`)
  if (faults.length + broken.length > 0) checkFailed()
  const day = options.on === undefined ? {} : { 'application.submitted_on': options.on }
  const { population } = readPopulation(
    cnVoucherFacts,
    rows.map(({ facts }) => ({ facts: { ...facts, ...day }, balances: {} })),
  )
  const swept = files.flatMap(({ programme }) => {
    if (!programme) return []
    const found = registrySweep(programme, population)
    if (!found.ok) throw new Refused(found.refusal)
    return found.value.filter(({ kind }) => kind !== 'asks' || options.automatic !== true)
  })
  const named = swept.map((each) => ({
    ...each,
    qualifying: each.qualifying.map((row) => rows[row]!.id),
  }))
  if (options.out !== undefined) writeFileSync(options.out, fileOf(named))
  emit(named, {
    json: options.json,
    text: (all) =>
      [...diagnosticLines(faults), ...all.flatMap(linesOf), lastLine(all, rows.length)].join('\n'),
  })
}

type Named = Omit<SweepReadiness, 'qualifying'> & { readonly qualifying: readonly string[] }

function linesOf({ programme, award, kind, firms, ceilingFen, missing }: Named): string[] {
  if (firms.supported + firms.unknown === 0) return []
  const head = said({
    zh: `${programme} ${award}  ${KINDS[kind].zh}：${firms.supported} 家符合，${formatFen(ceilingFen)} 元；${firms.unknown} 家缺数据；${firms.not_eligible} 家不符合`,
    en: `${programme} ${award}  ${KINDS[kind].en}: ${firms.supported} qualify, ${formatFen(ceilingFen)} yuan; ${firms.unknown} lack data; ${firms.not_eligible} do not`,
  })
  const rest = missing.map(({ fact, origin, firms: count }) => {
    const from = origin === null ? { zh: '采用机关', en: 'the adopting authority' } : ORIGINS[origin]
    return said({
      zh: `  缺 ${fact}（${from.zh}）：${count} 家`,
      en: `  lacks ${fact} (${from.en}): ${count}`,
    })
  })
  return [head, ...rest]
}

function lastLine(all: readonly Named[], firms: number): string {
  const qualifying = all.reduce((sum, each) => sum + each.firms.supported, 0)
  return said({
    zh: `${firms} 家企业，${all.length} 项支持，${qualifying} 项次符合；没有发放任何金额`,
    en: `${firms} firms, ${all.length} awards, ${qualifying} times somebody qualifies; nothing was awarded`,
  })
}

/** One row a firm that qualifies, and one a missing fact, with a byte order mark for Excel. */
function fileOf(all: readonly Named[]): string {
  const lines = all.flatMap(({ programme, award, kind, qualifying, missing }) => [
    ...qualifying.map((firm) => [programme, award, kind, 'qualifies', firm, '', '']),
    ...missing.map(({ fact, origin, firms }) => [
      programme,
      award,
      kind,
      'missing',
      fact,
      origin ?? 'authority',
      String(firms),
    ]),
  ])
  const head = ['programme', 'award', 'kind', 'what', 'firm_or_fact', 'origin', 'firms']
  return `\uFEFF${[head, ...lines].map((line) => line.map(csvField).join(',')).join('\r\n')}\r\n`
}
