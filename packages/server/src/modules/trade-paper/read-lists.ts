// Lists as they come out of other systems: 全量发票查询导出 and the exports of the 税务数字账户, bank statements, answers of
// the tax authority's check. Columns are found by the heads that these exports use; an invoice list may have one row an
// invoice or one row a line.
import { refuse, type Decision, type Refusal } from '@suanquan/core'
import { dayFromNumber, dayNumber, isDay, type Day } from '@suanquan/core/calendar'
import { parseMoney, type Fen } from '@suanquan/core/money'
import type { InvoiceRead } from '@suanquan/core/settlement'
import { readTable, type Cell, type Table, type TableRefusal } from '../../files/tables/index.ts'
import { redLetterIn, taxRateOf, type ReadPaper } from './read-e-invoice.ts'

export type ListRefusal = TableRefusal | 'imports.no_head' | 'imports.columns_missing' | 'imports.no_rows'

/** A row of a list with what it says, and its cells for the error file. */
export interface ListRow<Paper> extends ReadPaper<Paper> {
  readonly cells: readonly (readonly string[])[]
}

export interface ReadList<Paper> {
  readonly head: readonly string[]
  readonly rows: readonly ListRow<Paper>[]
}

type Heads = Readonly<Record<string, readonly string[]>>

const INVOICE_HEADS = {
  number: ['数电发票号码', '数电票号码', '全电发票号码', '发票号码'],
  code: ['发票代码'],
  oldNumber: ['发票号码'],
  issuedOn: ['开票日期'],
  sellerCode: ['销方识别号', '销售方纳税人识别号', '销方纳税人识别号', '销售方识别号', '销方税号'],
  sellerName: ['销方名称', '销售方名称'],
  buyerCode: ['购方识别号', '购买方纳税人识别号', '购方纳税人识别号', '购买方识别号', '购方税号'],
  buyerName: ['购买方名称', '购方名称'],
  amount: ['金额', '不含税金额', '合计金额'],
  tax: ['税额', '合计税额'],
  total: ['价税合计', '含税金额'],
  item: ['货物或应税劳务名称', '项目名称', '货物或应税劳务、服务名称'],
  taxCode: ['税收分类编码', '商品和服务税收分类编码'],
  rate: ['税率', '税率/征收率'],
  status: ['发票状态'],
  remark: ['备注'],
} as const satisfies Heads

const PAYMENT_HEADS = {
  number: ['交易流水号', '流水号', '银行流水号', '回单编号', '凭证号'],
  paidOn: ['交易日期', '记账日期', '交易时间', '付款日期'],
  payerName: ['付款方户名', '付款人名称', '付款方名称', '付款人户名', '付款人'],
  payerCode: ['付款方统一社会信用代码', '付款方信用代码'],
  payeeName: ['收款方户名', '收款人名称', '收款方名称', '收款人户名', '收款人', '对方户名'],
  payeeCode: ['收款方统一社会信用代码', '收款方信用代码'],
  amount: ['交易金额', '金额', '付款金额', '发生额', '借方发生额', '支出金额'],
} as const satisfies Heads

const ANSWER_HEADS = {
  number: ['数电发票号码', '数电票号码', '发票号码'],
  code: ['发票代码'],
  oldNumber: ['发票号码'],
  total: ['价税合计', '含税金额', '金额'],
  outcome: ['查验结果', '发票状态', '查验状态'],
} as const satisfies Heads

export interface PaymentRead {
  readonly number: string
  readonly paidOn: Day
  readonly payer: { readonly name: string; readonly creditCode: string }
  readonly payee: { readonly name: string; readonly creditCode: string }
  readonly amountFen: Fen
}

export interface AnswerRead {
  readonly number: string
  /** null where the answer does not say it: an unknown invoice has no amount */
  readonly totalFen: Fen | null
  readonly outcome: 'verified' | 'not_found' | 'voided'
}

export async function readInvoiceList(
  bytes: Uint8Array,
): Promise<Decision<ReadList<InvoiceRead>, ListRefusal>> {
  const found = await lineUp(bytes, INVOICE_HEADS, ['number', 'issuedOn', 'sellerCode', 'buyerCode', 'total'])
  if (!found.ok) return found
  const { head, rows } = found.value
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = invoiceNumber(row) || `row ${row.number}`
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return { ok: true, value: { head, rows: [...groups.values()].map(invoiceOf) } }
}

export async function readPaymentList(
  bytes: Uint8Array,
): Promise<Decision<ReadList<PaymentRead>, ListRefusal>> {
  const found = await lineUp(bytes, PAYMENT_HEADS, ['number', 'paidOn', 'payerName', 'payeeName', 'amount'])
  if (!found.ok) return found
  const rows = found.value.rows.map((row): ListRow<PaymentRead> => {
    const paper = {
      number: row.text('number'),
      paidOn: row.day('paidOn'),
      payer: { name: row.text('payerName'), creditCode: row.optional('payerCode').toUpperCase() },
      payee: { name: row.text('payeeName'), creditCode: row.optional('payeeCode').toUpperCase() },
      amountFen: row.money('amount'),
    }
    if (paper.amountFen <= 0n && row.reasons.length === 0)
      row.reasons.push({
        code: 'trade_paper.field_unreadable',
        params: { field: row.headOf('amount'), value: row.optional('amount') },
      })
    return done(paper.number, paper, [row])
  })
  return { ok: true, value: { head: found.value.head, rows } }
}

const OUTCOMES: readonly (readonly [RegExp, AnswerRead['outcome']])[] = [
  [/^(正常|一致|查验一致|相符|已查验)$/, 'verified'],
  [/作废|全额红冲|红冲-全额|已红冲/, 'voided'],
  [/查无此票|不存在|不一致/, 'not_found'],
]

export async function readAnswerList(
  bytes: Uint8Array,
): Promise<Decision<ReadList<AnswerRead>, ListRefusal>> {
  const found = await lineUp(bytes, ANSWER_HEADS, ['number', 'outcome'])
  if (!found.ok) return found
  const rows = found.value.rows.map((row): ListRow<AnswerRead> => {
    const said = row.text('outcome')
    const outcome = OUTCOMES.find(([word]) => word.test(said))?.[1]
    if (outcome === undefined && said !== '')
      row.reasons.push({
        code: 'trade_paper.field_unreadable',
        params: { field: row.headOf('outcome'), value: said },
      })
    const totalFen = row.optional('total') === '' ? null : row.money('total')
    const number = invoiceNumber(row)
    return done(number, { number, totalFen, outcome: outcome ?? 'not_found' }, [row])
  })
  return { ok: true, value: { head: found.value.head, rows } }
}

/** One invoice from its row, or from all rows of its lines. */
function invoiceOf(rows: readonly Row[]): ListRow<InvoiceRead> {
  const first = rows[0]!
  const sum = (column: 'amount' | 'tax' | 'total'): Fen =>
    rows.reduce((fen, row) => fen + (row.has(column) ? row.money(column) : 0n), 0n)
  const number = invoiceNumber(first)
  if (number === '') first.text('number')
  const total = sum('total')
  const paper: InvoiceRead = {
    number,
    issuedOn: first.day('issuedOn'),
    seller: { name: first.optional('sellerName'), creditCode: first.text('sellerCode').toUpperCase() },
    buyer: { name: first.optional('buyerName'), creditCode: first.text('buyerCode').toUpperCase() },
    lines: first.has('item')
      ? rows.map((row) => ({
          name: row.text('item'),
          taxCode: row.optional('taxCode') || null,
          amountFen: row.money('amount'),
          taxRate: taxRateOf(row.optional('rate')),
          taxFen: row.optional('tax') === '' ? 0n : row.money('tax'),
        }))
      : [],
    amountFen: first.has('amount') ? sum('amount') : total - sum('tax'),
    taxFen: first.has('tax') ? sum('tax') : total - sum('amount'),
    totalFen: total,
    redLetterOf: redLetterIn(first.optional('remark')),
  }
  return done(number, paper, rows)
}

/** 数电票 by its twenty digits, an older one by code and number. */
function invoiceNumber(row: Row): string {
  const electronic = row.optional('number').replace(/\s/g, '')
  if (electronic.length >= 18) return electronic
  return `${row.optional('code')}${row.optional('oldNumber') || electronic}`.replace(/\s/g, '')
}

function done<Paper>(number: string, paper: Paper, rows: readonly Row[]): ListRow<Paper> {
  const reasons = rows.flatMap((row) => row.reasons)
  // a reason is told once, however many fields lean on the same cell
  const told = [...new Map(reasons.map((each) => [JSON.stringify([each.code, each.params]), each])).values()]
  return {
    number,
    paper: told.length > 0 ? null : paper,
    reasons: told,
    cells: rows.map(({ cells }) => cells),
  }
}

interface Row {
  readonly number: number
  readonly cells: readonly string[]
  readonly reasons: Refusal[]
  readonly headOf: (id: string) => string
  readonly has: (id: string) => boolean
  readonly optional: (id: string) => string
  readonly text: (id: string) => string
  readonly money: (id: string) => Fen
  readonly day: (id: string) => Day
}

const HEAD_WITHIN = 20
const MOST_ROWS = 5_000

async function lineUp(
  bytes: Uint8Array,
  heads: Heads,
  required: readonly string[],
): Promise<Decision<{ readonly head: readonly string[]; readonly rows: readonly Row[] }, ListRefusal>> {
  const table = await readTable(bytes)
  if (!table.ok) return table
  const first = heads['number']!
  const at = headRow(table.value, first)
  if (at === -1)
    return refuse('imports.no_head', { columns: first.join(' / '), columnsZh: first.join(' / ') })
  const head = table.value.rows[at]!.cells.map(({ text }) => text.trim())
  const places = placesOf(head, heads)
  const missing = required.filter((id) => !places.has(id)).map((id) => heads[id]![0]!)
  if (missing.length > 0)
    return refuse('imports.columns_missing', { missing, missingZh: missing, unknown: ['—'] })
  const below = table.value.rows.slice(at + 1)
  if (below.length === 0) return refuse('imports.no_rows')
  if (below.length > MOST_ROWS) return refuse('imports.too_large', { maximum: `${MOST_ROWS}` })
  return {
    ok: true,
    value: { head, rows: below.map(({ number, cells }) => rowReader(number, cells, { head, places })) },
  }
}

function headRow({ rows }: Table, names: readonly string[]): number {
  const known = names.map(normal)
  return rows
    .slice(0, HEAD_WITHIN)
    .findIndex(({ cells }) => cells.some(({ text }) => known.includes(normal(text))))
}

/** The first head that is there, in the order of the names: exports have several that could mean the same. */
function placesOf(head: readonly string[], heads: Heads): ReadonlyMap<string, number> {
  const said = head.map(normal)
  return new Map(
    Object.entries(heads).flatMap(([id, names]): [string, number][] => {
      const place = names.map((name) => said.indexOf(normal(name))).find((found) => found !== -1)
      return place === undefined ? [] : [[id, place]]
    }),
  )
}

function normal(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s*﻿]|\((元|人民币)\)/g, '')
    .toLowerCase()
}

interface Columns {
  readonly head: readonly string[]
  readonly places: ReadonlyMap<string, number>
}

function rowReader(number: number, cells: readonly Cell[], { head, places }: Columns): Row {
  const reasons: Refusal[] = []
  const headOf = (id: string): string => head[places.get(id) ?? -1] ?? id
  const optional = (id: string): string => shown(cells[places.get(id) ?? -1]?.text ?? '')
  const fault = (code: string, params: Refusal['params']): void => void reasons.push({ code, params })
  const text = (id: string): string => {
    const found = optional(id)
    if (found === '') fault('trade_paper.field_missing', { field: headOf(id) })
    return found
  }
  return {
    number,
    cells: cells.map((cell) => shown(cell.text)),
    reasons,
    headOf,
    has: (id) => places.has(id),
    optional,
    text,
    money: (id) => {
      const found = text(id)
      const digits = found
        .normalize('NFKC')
        .replace(/(?<=\d),(?=\d{3}(\D|$))/g, '')
        .replace(/[¥元]/g, '')
      const read = parseMoney(`${digits}元`)
      if (read.ok) return read.value
      if (found !== '')
        fault('trade_paper.field_unreadable', { field: headOf(id), value: found.slice(0, 40) })
      return 0n
    },
    day: (id) => {
      const found = text(id)
      const day = dayOfText(found)
      if (day !== null) return day
      if (found !== '')
        fault('trade_paper.field_unreadable', { field: headOf(id), value: found.slice(0, 40) })
      return '1970-01-01'
    },
  }
}

const EXCEL_EPOCH = dayNumber('1899-12-30')

/** 2024-06-03, 2024/6/3, 20240603, 2024年6月3日, with or without a time; or the serial number of a workbook. */
function dayOfText(text: string): Day | null {
  const parts = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[ T].*)?$/.exec(text.normalize('NFKC'))
  const day = parts === null ? '' : `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`
  if (isDay(day)) return day
  return /^4\d{4}(\.\d+)?$/.test(text) ? dayFromNumber(EXCEL_EPOCH + Math.floor(Number(text))) : null
}

function shown(text: string): string {
  return text
    .trim()
    .slice(0, 300)
    .replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, ' ')
}
