// `suanquan programme diff BEFORE AFTER [--population FILE]`: what two versions of a measure say differently, and for a
// list of firms who gains, who loses and what it costs. Each row is judged as if it came alone.
import { formatFen } from '@suanquan/core/money'
import {
  comparePopulations,
  compareProgrammes,
  determinePopulation,
  readPopulation,
  type Population,
  type PopulationDetermined,
  type PopulationDifference,
  type Programme,
  type ProgrammeDifference,
} from '@suanquan/core/policy'
import { csvField } from '@suanquan/core/supervision'
import type { Command } from 'commander'

import { language, said } from '../language.ts'
import { checkFailed, emit, Refused, WrongUse } from '../output.ts'
import { writeWhole } from '../write-whole.ts'
import { faultLine, readPopulationTable, type TableRow } from './population-table.ts'
import { programmeNamed } from './programme-files.ts'

interface Options {
  readonly population?: string
  readonly award?: string
  readonly redemption?: boolean
  readonly skipBroken?: boolean
  readonly out?: string
  readonly json?: boolean
}

interface Result {
  readonly rules: readonly ProgrammeDifference[]
  readonly population: (Omit<PopulationDifference, 'changeFen'> & { readonly broken: number }) | null
}

/** @param command `diff` with its examples and `--json` */
export function diffCommand(command: Command): Command {
  return command
    .argument('<before>', said({ zh: '原政策文件', en: 'the programme as it was' }))
    .argument('<after>', said({ zh: '新政策文件', en: 'the programme as it would be' }))
    .option(
      '--population <file>',
      said({
        zh: '企业名单（CSV 或 Parquet），每列一项事实',
        en: 'table of firms (CSV or Parquet), a column a fact',
      }),
    )
    .option('--award <id>', said({ zh: '奖补项目', en: 'which award' }))
    .option('--redemption', said({ zh: '比较兑付', en: 'compare payments' }))
    .option('--skip-broken', said({ zh: '略过有误的行', en: 'leave out rows that are broken' }))
    .option('--out <csv>', said({ zh: '逐行写出增减', en: 'file for the change of each row' }))
    .action(run)
}

async function run(beforePath: string, afterPath: string, options: Options): Promise<void> {
  const [before, after] = [programmeNamed(beforePath), programmeNamed(afterPath)]
  if (options.population === undefined && options.out !== undefined)
    throw new WrongUse({ zh: '--out 须与 --population 同用', en: '--out goes with --population' })
  const rules = compareProgrammes(before, after)
  const population = options.population === undefined ? null : await compared(before, after, options)
  if (population === undefined) return
  const result: Result = { rules, population }
  emit(result, {
    json: options.json,
    text: (it) => [...ruleLines(it.rules), ...populationLines(it)].join('\n'),
  })
}

/** @returns undefined when rows are broken and not to be skipped: they are printed */
async function compared(
  before: Programme,
  after: Programme,
  options: Options,
): Promise<Result['population'] | undefined> {
  if (before.facts.id !== after.facts.id)
    throw new WrongUse({ zh: '两个政策的事实表不同', en: 'the two programmes read unlike facts' })
  const table = await readPopulationTable({ facts: before.facts }, options.population!)
  for (const fault of table.broken) process.stderr.write(`${options.population!}:${faultLine(fault)}\n`)
  if (table.broken.length > 0 && options.skipBroken !== true) {
    checkFailed()
    return undefined
  }
  const { population } = readPopulation(
    before.facts,
    table.rows.map(({ facts }) => ({ facts, balances: {} })),
  )
  const [was, is] = [determined(before, population, options), determined(after, population, options)]
  const { changeFen, ...difference } = comparePopulations(was, is)
  if (options.out !== undefined) writeWhole(options.out, fileOf(table.rows, [was, is], changeFen))
  return { ...difference, broken: table.read - table.rows.length }
}

function determined(
  programme: Programme,
  population: Population,
  { award, redemption }: Options,
): PopulationDetermined {
  const act = redemption === true ? 'payment' : 'grant'
  const found = determinePopulation(programme, {
    population,
    act,
    ...(award === undefined ? {} : { award }),
  })
  if (!found.ok) throw new Refused(found.refusal)
  return found.value
}

function fileOf(
  rows: readonly TableRow[],
  sides: readonly [PopulationDetermined, PopulationDetermined],
  changeFen: Float64Array,
): string {
  const header = ['line', 'id', 'outcome_before', 'outcome_after', 'yuan_before', 'yuan_after', 'change_yuan']
  const yuan = (fen: number): string => (Number.isNaN(fen) ? '' : formatFen(BigInt(fen)).replaceAll(',', ''))
  const lines = rows.map(({ line, id }, row) =>
    [
      String(line),
      id,
      ...sides.map((side) => side.outcomes[side.outcome[row]!]!),
      ...sides.map((side) => yuan(side.ceilingFen[row]!)),
      yuan(changeFen[row]!),
    ]
      .map(csvField)
      .join(','),
  )
  return `\uFEFF${[header.join(','), ...lines].join('\r\n')}\r\n`
}

function ruleLines(rules: readonly ProgrammeDifference[]): string[] {
  const absent = said({ zh: '（无）', en: '(none)' })
  return [
    ...rules.flatMap(({ path, text, before, after }) => [
      `${path}  ${text[language()]}`,
      `  - ${before ?? absent}`,
      `  + ${after ?? absent}`,
    ]),
    said({ zh: `共 ${rules.length} 处不同`, en: `${rules.length} differences` }),
  ]
}

function populationLines({ population }: Result): string[] {
  if (population === null) return []
  const { before, after, gains, loses, same, unknown, broken } = population
  return [
    '',
    said({
      zh: `原来 ${before.supported} 家，合计最高 ${formatFen(before.totalFen)} 元`,
      en: `before: ${before.supported} supported, ${formatFen(before.totalFen)} yuan at most together`,
    }),
    said({
      zh: `之后 ${after.supported} 家，合计最高 ${formatFen(after.totalFen)} 元`,
      en: `after: ${after.supported} supported, ${formatFen(after.totalFen)} yuan at most together`,
    }),
    said({
      zh: `增加 ${gains.rows} 家（${formatFen(gains.fen)} 元），减少 ${loses.rows} 家（${formatFen(loses.fen)} 元），不变 ${same} 家，不能确定 ${unknown} 家，有误略过 ${broken} 行；各行分别测算`,
      en: `${gains.rows} gain (${formatFen(gains.fen)} yuan), ${loses.rows} lose (${formatFen(loses.fen)} yuan), ${same} the same, ${unknown} unknown, ${broken} broken rows left out; each row as if it came alone`,
    }),
  ]
}
