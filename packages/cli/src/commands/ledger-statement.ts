// A statement from the command line: opening balance, every posting with what it changed, closing balance; of an account, a
// voucher, the pools of a programme or a firm, as of any moment or sequence.
import { isDay, startOf } from '@suanquan/core/calendar'
import { accountKinds, type Balance } from '@suanquan/core/ledger'
import { statementLines, statementsOf, type FundStatement, type StatementLine } from '@suanquan/server'
import { Command } from 'commander'
import { readMarker } from '../demo/folder.ts'
import { said } from '../language.ts'
import { emit, Refused, WrongUse } from '../output.ts'
import { isoTime, parseAsOf, reading, withOptions, written, type LedgerOptions } from './ledger-store.ts'

interface StatementOptions extends LedgerOptions {
  readonly from?: string
  readonly to?: string
  readonly asOf?: string
  readonly sequence?: string
  readonly csv?: boolean
}

interface Whole {
  readonly statement: FundStatement
  readonly lines: readonly StatementLine[]
}

export function statementCommand(): Command {
  return withOptions(new Command('statement'))
    .description(
      said({
        zh: '对账单：任一账户、券、资金池或单位，截至任一时点或任一序号',
        en: 'statement of any account, voucher, pool or firm, as of any moment or sequence',
      }),
    )
    .argument(
      '<of>',
      said({
        zh: '账户编号、券号、兑付申请号、统一社会信用代码，或措施采用的编号（其资金池）',
        en: 'id of an account, number of a voucher or claim, a credit code, or the id of an adoption (its pools)',
      }),
    )
    .option(
      '--from <day>',
      said({ zh: '起始日；之前的合成期初余额', en: 'first day; what came before is the opening' }),
    )
    .option('--to <day>', said({ zh: '截止日（当日终了）', en: 'last day, to its end' }))
    .option('--as-of <T>', said({ zh: '截至带时区的时间或日期', en: 'as of a day or a time with its zone' }))
    .option('--sequence <number>', said({ zh: '截至账本第几笔', en: 'up to this posting of the journal' }))
    .option('--csv', said({ zh: '输出 CSV', en: 'print CSV' }))
    .addHelpText(
      'after',
      '\n  suanquan ledger statement Q-2024-00012 --from 2024-06-01 --to 2024-06-30\n  suanquan ledger statement 91110108MA01 --sequence 1200 --csv',
    )
    .action(async (of: string, options: StatementOptions) => {
      const at = readMarker(options.data)?.at ?? Date.now()
      const asked = { of, from: dayOfOption(options.from), until: untilOf(options) ?? { moment: at }, at }
      if (asked.from !== undefined && 'moment' in asked.until && startOf(asked.from) > asked.until.moment)
        throw new Refused({ code: 'ledger.period_backwards', params: { from: asked.from } })
      const found = await reading(options, async ({ kysely }, funds) => {
        const chosen = new Set(funds.map(({ ledger }) => ledger))
        const statements = (await statementsOf(kysely, asked)).filter(({ fund }) => chosen.has(fund.ledger))
        return Promise.all(
          statements.map(async (statement) => ({
            statement,
            lines: await statementLines(kysely, statement, { offset: 0, most: statement.total }),
          })),
        )
      })
      if (found.length === 0) throw new Refused({ code: 'ledger.nothing_known', params: { id: of } })
      emit(found.map(jsonOf), {
        json: options.json,
        text: () => (options.csv === true ? csvOf(found) : found.map(textOf).join('\n\n')),
      })
    })
}

function dayOfOption(from: string | undefined): string | undefined {
  if (from === undefined || isDay(from)) return from
  throw new WrongUse({
    zh: `--from “${from}”不是日期，例如 2024-06-01`,
    en: `--from "${from}" is not a day: 2024-06-01`,
  })
}

function untilOf({ to, asOf, sequence }: StatementOptions): ReturnType<typeof parseAsOf> | null {
  const given = [to, asOf, sequence].filter((each) => each !== undefined)
  if (given.length > 1)
    throw new WrongUse({
      zh: '--to、--as-of 和 --sequence 只能选一个',
      en: 'choose one of --to, --as-of and --sequence',
    })
  if (sequence !== undefined && !/^\d{1,18}$/.test(sequence))
    throw new WrongUse({ zh: '--sequence 应为分录序号', en: '--sequence takes the number of a posting' })
  return given[0] === undefined ? null : parseAsOf(given[0], to === undefined ? '--as-of' : '--to')
}

const total = (balances: readonly Balance[]): { balance: bigint; held: bigint } => ({
  balance: balances.reduce((sum, { creditsPosted, debitsPosted }) => sum + creditsPosted - debitsPosted, 0n),
  held: balances.reduce((sum, { debitsPending }) => sum + debitsPending, 0n),
})

function jsonOf({ statement, lines }: Whole): object {
  const { fund, accounts, moment, sequence, chain } = statement
  return {
    ledger: fund.ledger,
    asOf: isoTime(moment),
    sequence,
    chain,
    opening: total(accounts.map(({ opening }) => opening)),
    closing: total(accounts.map(({ closing }) => closing)),
    accounts: accounts.map(({ account, opening, closing, usable }) => ({
      id: account.id,
      code: account.code,
      holder: account.holder,
      reference: account.reference,
      opening: total([opening]),
      closing: total([closing]),
      usable,
    })),
    lines: lines.map(({ at, ...line }) => ({ at: isoTime(at), ...line })),
  }
}

const COLUMNS = ['sequence', 'at', 'code', 'kind', 'in', 'out', 'hold', 'balance', 'held'] as const

function cells(line: StatementLine, write: (amount: bigint) => string): readonly string[] {
  return [
    String(line.sequence),
    isoTime(line.at),
    line.code,
    line.kind,
    ...[line.inFen, line.outFen, line.heldChangeFen, line.balanceFen, line.heldFen].map(write),
  ]
}

/** Amounts in yuan with two decimals and no separators, for every fund one after the other. */
function csvOf(found: readonly Whole[]): string {
  const rows = found.flatMap(({ statement, lines }) =>
    lines.map((line) =>
      [String(statement.fund.ledger), ...cells(line, writerOf(statement, false))].join(','),
    ),
  )
  return [['ledger', ...COLUMNS].join(','), ...rows].join('\n')
}

function writerOf({ accounts }: FundStatement, grouped: boolean): (amount: bigint) => string {
  const unit = accounts.every(({ account }) => accountKinds[account.code].unit === 'fen') ? 'fen' : 'times'
  return (amount) => (grouped ? written(amount, unit) : written(amount, unit).replaceAll(',', ''))
}

function textOf({ statement, lines }: Whole): string {
  const { fund, accounts, moment, sequence } = statement
  const write = writerOf(statement, true)
  const opening = total(accounts.map((each) => each.opening))
  const closing = total(accounts.map((each) => each.closing))
  const names = accounts.map(({ account: { id, code, holder, reference } }) =>
    [id, code, holder, reference].filter((part) => part !== '').join(' '),
  )
  const rows = lines.map((line) => {
    const [number, at, code, kind, ...amounts] = cells(line, write)
    return `#${number} ${at} ${code!.padEnd(16)}${kind!.padEnd(8)}${amounts.map((each) => each.padStart(18)).join('')}`
  })
  const heading = [
    said({ zh: '转入', en: 'in' }),
    said({ zh: '转出', en: 'out' }),
    said({ zh: '预扣变动', en: 'hold' }),
    said({ zh: '余额', en: 'balance' }),
    said({ zh: '预扣', en: 'held' }),
  ]
  return [
    ...names,
    said({ zh: `期初余额 ${write(opening.balance)}`, en: `opening balance ${write(opening.balance)}` }),
    heading.join(' / '),
    ...rows,
    said({
      zh: `账本 ${fund.ledger}：期末余额 ${write(closing.balance)}，其中预扣 ${write(closing.held)}；${lines.length} 笔，截至 ${isoTime(moment)} 第 ${sequence} 笔`,
      en: `fund ${fund.ledger}: closing balance ${write(closing.balance)}, of it held ${write(closing.held)}; ${lines.length} postings, as of ${isoTime(moment)}, posting ${sequence}`,
    }),
  ].join('\n')
}
