// `suanquan determine PROGRAMME --population FILE --out FILE`: one determination a row, by the same evaluator that decides
// one case, from CSV or Parquet to either. Each row is judged as if it came alone, with the balances that it brings: what
// earlier rows used of a pool is not counted.
import { appendFileSync, rmSync, writeFileSync } from 'node:fs'

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
import { parquetFromCsv } from '../parquet.ts'
import { draftOf, settle } from '../write-whole.ts'
import { faultLine, isParquet, readPopulationBatches, type Fault, type TableRow } from './population-table.ts'

export interface PopulationOptions {
  readonly population: string
  readonly out?: string | undefined
  readonly skipBroken?: boolean | undefined
  readonly redemption?: boolean | undefined
  readonly json?: boolean | undefined
}

type Asked = Pick<DeterminationInput, 'on' | 'award'>

export interface PopulationSummary {
  readonly programme: { readonly id: string; readonly version: string }
  readonly rows: number
  readonly determined: number
  readonly outcomes: Readonly<Record<string, number>>
  /** of all ceilings, each row judged as if it came alone */
  readonly ceilingFen: bigint
  readonly brokenRows: number
  /** every fault of the first rows that are broken; all of them stand on stderr */
  readonly broken: readonly Fault[]
  /** null where nothing was written */
  readonly out: string | null
}

/** The most faults that are kept for the summary. */
const FAULTS_KEPT = 10_000

/** @param asked what holds for every row: the day and the award */
export async function determineRows(
  programme: Programme,
  asked: Asked,
  options: PopulationOptions,
): Promise<void> {
  const out = checkedOut(options)
  const draft = draftOf(out)
  const csv = isParquet(out) ? `${draft}.csv` : draft
  try {
    const tally = await judgeAll(programme, asked, { options, csv })
    const written = tally.brokenRows === 0 || options.skipBroken === true
    if (written && csv !== draft) await parquetFromCsv(csv, draft, COLUMNS)
    if (written) settle(draft, out)
    else checkFailed()
    const { id, version } = programme
    const summary: PopulationSummary = { programme: { id, version }, ...tally, out: written ? out : null }
    emit(summary, { json: options.json, text: (of) => summaryLines(of).join('\n') })
  } finally {
    for (const left of [draft, csv]) rmSync(left, { force: true })
  }
}

function checkedOut({ out }: PopulationOptions): string {
  if (out === undefined)
    throw new WrongUse({
      zh: '测算一批主体时请用 --out 指明结果文件',
      en: 'a population needs --out, the file of results',
    })
  if (!/\.(csv|parquet)$/i.test(out))
    throw new WrongUse({
      zh: '结果文件须以 .csv 或 .parquet 结尾',
      en: 'the file of results ends in .csv or .parquet',
    })
  return out
}

type Tally = Pick<
  PopulationSummary,
  'rows' | 'determined' | 'outcomes' | 'ceilingFen' | 'brokenRows' | 'broken'
>

async function judgeAll(
  programme: Programme,
  asked: Asked,
  { options, csv }: { readonly options: PopulationOptions; readonly csv: string },
): Promise<Tally> {
  const caps = programme.awards.flatMap((award) => award.caps)
  const bar = progress({ zh: '测算', en: 'determining' })
  const outcomes: Record<string, number> = {}
  const broken: Fault[] = []
  let [rows, determined, brokenRows, ceilingFen] = [0, 0, 0, 0n]
  startCsv(csv)
  for await (const batch of readPopulationBatches({ facts: programme.facts, caps }, options.population)) {
    const judged = batch.rows.map((row) => ({
      ...row,
      found: judge(programme, { ...asked, ...row }, options),
    }))
    for (const { found } of judged) {
      outcomes[found.outcome] = (outcomes[found.outcome] ?? 0) + 1
      ceilingFen += found.ceilingFen ?? 0n
    }
    if (judged.length > 0) appendFileSync(csv, judged.map(csvLine).join(''))
    for (const fault of batch.broken) process.stderr.write(`${options.population}:${faultLine(fault)}\n`)
    broken.push(...batch.broken.slice(0, FAULTS_KEPT - broken.length))
    brokenRows += new Set(batch.broken.map(({ line }) => line)).size
    rows += batch.read
    determined += judged.length
    bar.update(rows)
  }
  bar.end()
  return { rows, determined, outcomes, ceilingFen, brokenRows, broken }
}

function startCsv(path: string): void {
  try {
    writeFileSync(path, `\uFEFF${COLUMNS.map(([name]) => name).join(',')}\r\n`)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
    throw new WrongUse({ zh: `写不了 ${path}（${code}）`, en: `${path} cannot be written (${code})` })
  }
}

function judge(
  programme: Programme,
  { facts, balances, on, award }: Asked & Pick<TableRow, 'facts' | 'balances'>,
  { redemption }: PopulationOptions,
): Determination {
  const day = { ...(on === undefined ? {} : { on }), ...(award === undefined ? {} : { award }) }
  const input: DeterminationInput = { ...day, facts, balances }
  const found = redemption === true ? determineRedemption(programme, input) : determine(programme, input)
  // The facts were checked row by row: what is refused here is wrong for every row alike.
  if (!found.ok) throw new Refused(found.refusal)
  return found.value
}

/** The columns of the results with their types in Parquet; a CSV has a byte order mark, so that Excel reads it as UTF-8. */
const COLUMNS = [
  ['line', 'INTEGER'],
  ['id', 'VARCHAR'],
  ['outcome', 'VARCHAR'],
  ['ceiling_yuan', 'DECIMAL(18,2)'],
  ['rate_case', 'VARCHAR'],
  ['binding', 'VARCHAR'],
  ['failed', 'VARCHAR'],
  ['needed', 'VARCHAR'],
  ['decides', 'BOOLEAN'],
] as const

/** A ceiling is empty where it is unknown. */
function csvLine({ line, id, found }: TableRow & { readonly found: Determination }): string {
  const cells = [
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
  return `${cells.map(csvField).join(',')}\r\n`
}

function summaryLines(summary: PopulationSummary): string[] {
  const { rows, determined, outcomes, ceilingFen, brokenRows, out } = summary
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
