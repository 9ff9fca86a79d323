// `suanquan export focus`: cost and usage of a provider, a firm or a programme as FOCUS 1.2, CSV or Parquet; with --check, a
// file is held against the rules that FOCUS publishes.
import { parseRecords } from '@suanquan/core/evaluation'
import { formatFen } from '@suanquan/core/money'
import { readCreditCode } from '@suanquan/core/party'
import { FOCUS_COLUMNS, focusHead, focusLine, type FocusKind, type FocusRow } from '@suanquan/core/settlement'
import type { Database, FocusScope } from '@suanquan/server'
import { Command } from 'commander'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { checkFocus, type RuleVerdict } from '../focus/check.ts'
import type { FocusTable } from '../focus/check-functions.ts'
import { readModel } from '../focus/rules.ts'
import { waivedReasons, type WaivedReason } from '../focus/waivers.ts'
import { said } from '../language.ts'
import { checkFailed, emit, Refused, WrongUse } from '../output.ts'
import { parquetFromCsv, readParquet } from '../parquet.ts'
import { readText } from '../read-file.ts'
import { dataOption, withStore } from '../store.ts'
import { draftOf, settle } from '../write-whole.ts'

interface Options {
  readonly data: string
  readonly json?: boolean
  readonly from?: string
  readonly to?: string
  readonly provider?: string
  readonly firm?: string
  readonly programme?: string
  readonly check?: string
}

export const EXPORT_FOCUS = 'suanquan export focus focus.csv --from 2026-01 --to 2026-03 --data ./data'

const EXAMPLES = [
  EXPORT_FOCUS,
  'suanquan export focus firm.parquet --from 2026-03 --firm 91990103MA0000000X',
  'suanquan export focus focus.csv --check model-1.2.json',
]

export function focusCommand(): Command {
  return new Command('focus')
    .description(
      said({
        zh: '费用与用量（FOCUS 1.2）：按供给方、企业或措施导出 CSV 或 Parquet；--check 用 FOCUS 公布的规则检查一份文件',
        en: 'cost and usage (FOCUS 1.2) of a provider, a firm or a programme, CSV or Parquet; --check holds a file against the published rules',
      }),
    )
    .argument('<file>', said({ zh: '文件（.csv 或 .parquet）', en: 'file (.csv or .parquet)' }))
    .addOption(dataOption())
    .option('--from <month>', said({ zh: '第一个月，如 2026-01', en: 'first month, such as 2026-01' }))
    .option(
      '--to <month>',
      said({ zh: '最后一个月；不写则只有一个月', en: 'last month; one month when left out' }),
    )
    .option('--provider <credit code>', said({ zh: '只看一个供给方', en: 'one provider' }))
    .option('--firm <credit code>', said({ zh: '只看一家用券企业', en: 'one firm' }))
    .option('--programme <id>', said({ zh: '只看一项措施', en: 'one programme' }))
    .option(
      '--check <rules>',
      said({ zh: '规则文件：只检查，不导出', en: 'rules: check only, export nothing' }),
    )
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', EXAMPLES.map((example) => `\n  ${example}`).join(''))
    .action((file: string, options: Options) =>
      options.check === undefined ? exportTo(file, options) : checkFile(file, options.check, options),
    )
}

interface Sums {
  rows: number
  usageFen: bigint
  creditFen: bigint
}

async function exportTo(path: string, options: Options): Promise<void> {
  if (!/\.(csv|parquet)$/i.test(path))
    throw new WrongUse({
      zh: '文件名应以 .csv 或 .parquet 结尾',
      en: 'the file must end in .csv or .parquet',
    })
  const { connect } = await import('@suanquan/server')
  const { sums, chargedFen } = await withStore(
    { data: options.data, existing: true },
    async ({ address }) => {
      const database = connect({ ...address, role: 'app', connections: 1 })
      try {
        return await written(database, path, options)
      } finally {
        await database.close()
      }
    },
  )
  const result = {
    file: path,
    rows: sums.rows,
    chargedFen,
    usageFen: sums.usageFen,
    creditFen: sums.creditFen,
    conserved: sums.usageFen === chargedFen,
  }
  if (!result.conserved) checkFailed()
  emit(result, {
    json: options.json,
    text: () =>
      said({
        zh: `${path}：${sums.rows} 行；用量 ${formatFen(sums.usageFen)} 元${result.conserved ? '，与计费合计一致' : `，与计费合计 ${formatFen(chargedFen)} 元不一致`}；券款 ${formatFen(-sums.creditFen)} 元`,
        en: `${path}: ${sums.rows} rows; use ${formatFen(sums.usageFen)} yuan, ${result.conserved ? 'exactly what was charged' : `but ${formatFen(chargedFen)} yuan were charged`}; voucher money ${formatFen(-sums.creditFen)} yuan`,
      }),
  })
}

async function written(
  database: Database,
  path: string,
  options: Options,
): Promise<{ readonly sums: Sums; readonly chargedFen: bigint }> {
  const { chargedFen, focusRows } = await import('@suanquan/server')
  const isParquet = /\.parquet$/i.test(path)
  const csv = isParquet ? `${draftOf(path)}.csv` : draftOf(path)
  const sums: Sums = { rows: 0, usageFen: 0n, creditFen: 0n }
  try {
    const charged = await database.snapshot(async ({ kysely }) => {
      const scope = await scopeOf(database, options)
      const out = openSync(csv, 'w')
      try {
        writeSync(out, focusHead())
        for await (const rows of focusRows(kysely, scope)) {
          writeSync(out, rows.map(focusLine).join(''))
          for (const row of rows) count(sums, row)
        }
      } finally {
        closeSync(out)
      }
      return chargedFen(kysely, scope)
    })
    if (isParquet) {
      await parquetFromCsv(
        csv,
        draftOf(path),
        FOCUS_COLUMNS.map(({ name, kind }) => [name, TYPES[kind]] as const),
      )
    }
    settle(draftOf(path), path)
    return { sums, chargedFen: charged }
  } finally {
    for (const left of [csv, draftOf(path)]) rmSync(left, { force: true })
  }
}

const TYPES: Readonly<Record<FocusKind, string>> = {
  text: 'VARCHAR',
  money: 'DECIMAL(30,11)',
  quantity: 'DECIMAL(24,9)',
  time: 'TIMESTAMPTZ',
}

function count(sums: Sums, { BilledCost: cost, ChargeCategory: category }: FocusRow): void {
  const fen = BigInt(cost!.replace('.', ''))
  sums.rows++
  if (category === 'Usage') sums.usageFen += fen
  else sums.creditFen += fen
}

async function scopeOf(database: Database, options: Options): Promise<FocusScope> {
  const { from, to = from, provider, firm, programme } = options
  if (from === undefined || to === undefined || !isMonth(from) || !isMonth(to) || from > to)
    throw new WrongUse({
      zh: '请用 --from 2026-01 和 --to 2026-03 指明月份',
      en: 'name the months with --from 2026-01 and --to 2026-03',
    })
  const named = [provider, firm, programme].filter((name) => name !== undefined)
  if (named.length > 1)
    throw new WrongUse({
      zh: '--provider、--firm、--programme 只能写一个',
      en: '--provider, --firm and --programme exclude each other',
    })
  const code = provider ?? firm
  if (code === undefined)
    return {
      from,
      to,
      of: programme === undefined ? { kind: 'everything' } : await programmeOf(database, programme),
    }
  const read = readCreditCode(code)
  if (!read.ok) throw new Refused(read.refusal)
  const found = await database.kysely
    .selectFrom('organisation')
    .select('id')
    .where('credit_code', '=', read.value.code)
    .executeTakeFirst()
  if (!found) throw new Refused({ code: 'organisation.unknown', params: { creditCode: read.value.code } })
  return { from, to, of: { kind: provider === undefined ? 'firm' : 'provider', id: found.id } }
}

async function programmeOf(database: Database, id: string): Promise<FocusScope['of']> {
  const known = await database.kysely.selectFrom('adoption').select('programme_id').execute()
  if (known.some(({ programme_id: found }) => found === id)) return { kind: 'programme', id }
  const names = known.map(({ programme_id: found }) => found).join(', ')
  throw new WrongUse({
    zh: `没有措施 ${id}；有：${names}`,
    en: `there is no programme ${id}; there are: ${names}`,
  })
}

function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text)
}

/** A FOCUS file from anywhere; an empty field is null. */
export async function readFocusTable(path: string): Promise<FocusTable> {
  const nulls = (cells: readonly (string | null)[]): (string | null)[] =>
    cells.map((cell) => (cell === '' ? null : cell))
  if (/\.parquet$/i.test(path)) {
    const { columns, batches } = await readParquet(path)
    const rows: (string | null)[][] = []
    for await (const batch of batches) for (const cells of batch) rows.push(nulls(cells))
    return { columns, rows }
  }
  const read = parseRecords(readText(path))
  if (!read.ok) throw new Refused(read.refusal)
  const { header, rows } = read.value
  return { columns: header.cells, rows: rows.map(({ cells }) => nulls(cells)) }
}

async function checkFile(path: string, rules: string, { json }: Options): Promise<void> {
  const model = readModel(rules)
  const table = await readFocusTable(path)
  const verdicts = checkFocus(table, { model })
  const of = (verdict: RuleVerdict['verdict']): RuleVerdict[] =>
    verdicts.filter((each) => each.verdict === verdict)
  const failed = of('failed')
  if (failed.length > 0) checkFailed()
  emit(
    { version: model.version, rows: table.rows.length, verdicts },
    {
      json,
      text: () =>
        [...failed, ...of('advised')]
          .map(brokenText)
          .concat(waivedText(of('waived')), summary())
          .join('\n'),
    },
  )

  function summary(): string {
    const [passed, advised, waived] = [of('passed').length, of('advised').length, of('waived').length]
    return said({
      zh: `FOCUS ${model.version} 共 ${verdicts.length} 条规则：通过 ${passed}，违反 ${failed.length}，建议未遵循 ${advised}，豁免 ${waived}`,
      en: `FOCUS ${model.version}, ${verdicts.length} rules: ${passed} passed, ${failed.length} broken, ${advised} pieces of advice not followed, ${waived} waived`,
    })
  }
}

function brokenText(found: RuleVerdict): string {
  if (found.verdict !== 'failed' && found.verdict !== 'advised') return ''
  const { id, must, rows, verdict } = found
  const first = rows.slice(0, 3).join(', ')
  const where =
    rows.length === 0
      ? ''
      : said({
          zh: `（${rows.length} 行，如第 ${first} 行）`,
          en: ` (${rows.length} rows, such as ${first})`,
        })
  return `${verdict === 'failed' ? '✗' : '·'} ${id}: ${must}${where}`
}

function waivedText(waived: readonly RuleVerdict[]): string[] {
  return (Object.keys(waivedReasons) as WaivedReason[]).flatMap((reason) => {
    const count = waived.filter((each) => each.verdict === 'waived' && each.reason === reason).length
    return count === 0 ? [] : [`– ${count}: ${said(waivedReasons[reason])}`]
  })
}
