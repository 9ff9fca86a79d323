// A bank's answer as a table: which column is which, by the headings that banks and treasuries use, and what its words mean. What
// cannot be told apart stays unknown: nobody is paid by a guess.
import { isDay, type Day } from '../calendar/index.ts'
import type { Fen } from '../money/index.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import type { AnswerLine } from './bank-answer.ts'

type Field = 'instructionId' | 'amount' | 'outcome' | 'onDay' | 'reference' | 'reason'

/** Headings, without blanks and brackets; the first of each is the one of our own template. */
const HEADINGS: Readonly<Record<Field, readonly string[]>> = {
  instructionId: [
    '指令号',
    '支付指令号',
    '指令编号',
    '业务编号',
    '明细编号',
    '支付申请编号',
    'instructionid',
    'endtoendid',
    'instrid',
    '客户流水号',
  ],
  amount: ['金额', '付款金额', '交易金额', '支付金额', '实付金额', 'amount'],
  outcome: ['结果', '状态', '处理结果', '支付状态', '交易状态', '处理状态', 'result', 'status'],
  onDay: ['日期', '支付日期', '付款日期', '交易日期', '处理日期', '退回日期', '退汇日期', 'date'],
  reference: [
    '银行流水号',
    '流水号',
    '交易流水号',
    '回单号',
    '凭证号',
    '支付凭证号',
    'reference',
    'bankreference',
  ],
  reason: ['原因', '退回原因', '退汇原因', '失败原因', '摘要', '备注', 'reason', 'remark'],
}

const NEEDED: readonly Field[] = ['instructionId', 'amount', 'outcome']

const OUTCOMES: Readonly<Record<NonNullable<AnswerLine['outcome']>, readonly string[]>> = {
  paid: [
    '成功',
    '已付',
    '已支付',
    '支付成功',
    '付款成功',
    '交易成功',
    '已到账',
    'paid',
    'success',
    'accc',
    'acsc',
  ],
  returned: [
    '失败',
    '退回',
    '退汇',
    '退票',
    '已退回',
    '支付失败',
    '付款失败',
    '交易失败',
    'returned',
    'failed',
    'rejected',
    'rjct',
  ],
  waits: ['处理中', '待处理', '在途', 'pending', 'pdng', 'acsp', 'accp', 'actc', 'acwc', 'rcvd'],
}

/** The head and one line of a table that reads as an answer, for people who type it themselves. */
export const answerTemplate: readonly (readonly string[])[] = [
  ['指令号', '金额（元）', '结果', '日期', '银行流水号', '原因'],
]

export interface AnswerRow {
  readonly number: number
  readonly cells: readonly string[]
}

/** What stands in for a column that the table has not, or a cell that is empty. */
export interface AnswerDefaults {
  readonly onDay: Day | null
  readonly reference: string | null
}

export function readAnswerTable(
  rows: readonly AnswerRow[],
  defaults: AnswerDefaults,
): Decision<readonly AnswerLine[], 'treasury.answer_columns'> {
  const found = rows.slice(0, MOST_TITLES).map(headOf)
  const at = found.findIndex((head) => NEEDED.every((field) => head.has(field)))
  if (at < 0) return refuse('treasury.answer_columns', { columns: missingIn(found) })
  const head = found[at]!
  const text = (row: AnswerRow, field: Field): string => {
    const column = head.get(field)
    return column === undefined ? '' : bare(row.cells[column] ?? '')
  }
  const lines = rows
    .slice(at + 1)
    .filter((row) => text(row, 'instructionId') !== '' && !isTotal(row))
    .map((row): AnswerLine => ({
      row: row.number,
      instructionId: text(row, 'instructionId'),
      amountFen: amountOf(text(row, 'amount')),
      outcome: outcomeOf(text(row, 'outcome')),
      onDay: dayIn(text(row, 'onDay')) ?? (text(row, 'onDay') === '' ? defaults.onDay : null),
      reference: text(row, 'reference') || defaults.reference,
      reason: text(row, 'reason') || null,
    }))
  return accept(lines)
}

/** A statement's own title and account may stand above its head. */
const MOST_TITLES = 20

function headOf({ cells }: AnswerRow): ReadonlyMap<Field, number> {
  const head = new Map<Field, number>()
  const plain = cells.map((cell) =>
    bare(cell)
      .toLowerCase()
      .replace(/[\s（）()_*:：-]/g, '')
      .replace(/元$/, ''),
  )
  for (const [field, names] of Object.entries(HEADINGS) as [Field, readonly string[]][]) {
    const column = plain.findIndex((cell) => names.includes(cell))
    if (column >= 0) head.set(field, column)
  }
  return head
}

/** What the row that is most like a head still lacks. */
function missingIn(heads: readonly ReadonlyMap<Field, number>[]): readonly string[] {
  const missing = heads.map((head) => NEEDED.filter((field) => !head.has(field)))
  const least = missing.reduce((best, each) => (each.length < best.length ? each : best), NEEDED)
  return least.map((field) => HEADINGS[field][0]!)
}

function isTotal({ cells }: AnswerRow): boolean {
  return cells.some((cell) => /^(合计|总计|小计|total)/i.test(bare(cell)))
}

/** Without what a spreadsheet is told by, so that it keeps digits and runs no formula. */
function bare(cell: string): string {
  return cell.trim().replace(/^'/, '').trim()
}

export function outcomeOf(word: string): AnswerLine['outcome'] {
  const plain = word.toLowerCase()
  const found = (Object.keys(OUTCOMES) as (keyof typeof OUTCOMES)[]).find((outcome) =>
    OUTCOMES[outcome].includes(plain),
  )
  return found ?? null
}

/** Yuan with at most two decimals; null for anything else. */
export function amountOf(text: string): Fen | null {
  const plain = text.replace(/[,，¥￥\s]/g, '')
  if (!/^\d{1,13}(\.\d{1,2})?$/.test(plain)) return null
  const [yuan, fen = ''] = plain.split('.')
  return BigInt(yuan!) * 100n + BigInt(fen.padEnd(2, '0'))
}

/** 2024-06-10, 2024/6/10, 20240610, 2024年6月10日, each with or without a time behind it. */
export function dayIn(text: string): Day | null {
  const found = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[T ].*)?$/.exec(text.trim())
  if (found === null) return null
  const [, year, month, day] = found
  const written = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
  return isDay(written) ? written : null
}
