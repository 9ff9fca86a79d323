// The files of a batch. CSV for the bank: UTF-8 with a byte-order mark (so that office programs read the Chinese), amounts in
// yuan with two decimals, one line a claim, totals last; fields that begin like a formula are quoted with an apostrophe. A
// workbook for the treasury: the same lines with the codes of the fund's settings. Equal content is equal bytes.
import { formatFen } from '@suanquan/core/money'
import {
  totalOfBatch,
  type PaymentBatch,
  type PaymentLine,
  type TreasuryProfile,
} from '@suanquan/core/settlement'
import { createHash } from 'node:crypto'
import writeXlsxFile, { type Cell, type Row } from 'write-excel-file/node'
import { csvText } from '../../files/csv.ts'
import { undated } from '../../files/tables/index.ts'

const HEADINGS = ['序号', '兑付编号', '收款单位', '开户银行', '银行账号', '金额（元）', '用途', '指令号']
const PURPOSE = '算力券兑付'

export function writeDisbursementFile({ number, lines }: Pick<PaymentBatch, 'number' | 'lines'>): {
  readonly text: string
  readonly sha256: string
} {
  const rows = lines.map((line, index) => [
    String(index + 1),
    line.claimNumber,
    line.payeeName,
    line.bankName,
    line.account,
    yuan(line.amountFen),
    PURPOSE,
    line.instructionId,
  ])
  const last = ['合计', number, `${lines.length} 笔`, '', '', yuan(totalOfBatch(lines)), '', '']
  const text = csvText([HEADINGS, ...rows, last])
  return { text, sha256: createHash('sha256').update(text).digest('hex') }
}

/** A line of the treasury's application: what of the payment stands in which column. */
const COLUMNS: readonly {
  readonly head: string
  readonly width: number
  readonly value: (line: PaymentLine, treasury: TreasuryProfile) => string | bigint | null
}[] = [
  { head: '指令号', width: 24, value: (line) => line.instructionId },
  { head: '兑付编号', width: 18, value: (line) => line.claimNumber },
  { head: '预算单位编码', width: 14, value: (_, treasury) => treasury.budgetUnitCode },
  { head: '项目编码', width: 16, value: (_, treasury) => treasury.projectCode },
  { head: '指标文号', width: 22, value: (_, treasury) => treasury.quotaDocument },
  { head: '功能分类', width: 12, value: (_, treasury) => treasury.functionClass },
  { head: '政府经济分类', width: 14, value: (_, treasury) => treasury.economicClass },
  { head: '部门经济分类', width: 14, value: (_, treasury) => treasury.departmentClass },
  { head: '资金性质', width: 16, value: (_, treasury) => treasury.fundNature },
  { head: '支付方式', width: 14, value: (_, treasury) => treasury.paymentMode },
  { head: '付款单位', width: 28, value: (_, treasury) => treasury.payerName },
  { head: '付款账号', width: 26, value: (_, treasury) => treasury.payerAccount },
  { head: '付款银行', width: 28, value: (_, treasury) => treasury.payerBankName },
  { head: '收款单位', width: 32, value: (line) => line.payeeName },
  { head: '统一社会信用代码', width: 22, value: (line) => line.payeeCreditCode },
  { head: '收款账号', width: 26, value: (line) => line.account },
  { head: '收款银行', width: 28, value: (line) => line.bankName },
  { head: '收款行联行号', width: 16, value: (line) => line.bankCode },
  { head: '金额（元）', width: 16, value: (line) => line.amountFen },
  { head: '用途', width: 14, value: () => PURPOSE },
]

/** 国库集中支付申请: numbers of accounts and codes are text, so that no digit is lost. */
export async function writeTreasuryWorkbook(
  batch: PaymentBatch,
  treasury: TreasuryProfile,
  recordSm3: string,
): Promise<Uint8Array> {
  const bold = (value: string): Cell => ({ value, type: String, fontWeight: 'bold' })
  const cell = (value: string | bigint | null): Cell =>
    typeof value === 'bigint' ? money(value) : { value: value ?? '', type: String }
  const lines = batch.lines.map((line): Row => COLUMNS.map(({ value }) => cell(value(line, treasury))))
  const total = COLUMNS.map(({ head }, index): Cell => {
    if (index === 0) return bold(`合计 ${batch.lines.length} 笔`)
    return head === '金额（元）' ? money(totalOfBatch(batch.lines)) : null
  })
  const about: Row[] = [
    [bold('批次'), cell(batch.number)],
    [bold('笔数'), cell(String(batch.lines.length))],
    [bold('合计（元）'), cell(yuan(totalOfBatch(batch.lines)))],
    [bold('批次内容 SM3'), cell(recordSm3)],
  ]
  const workbook = await writeXlsxFile([
    {
      sheet: '支付明细',
      data: [COLUMNS.map(({ head }) => bold(head)), ...lines, total],
      stickyRowsCount: 1,
      columns: COLUMNS.map(({ width }) => ({ width })),
    },
    { sheet: '批次', data: about, columns: [{ width: 18 }, { width: 70 }] },
  ]).toBuffer()
  return undated(workbook)
}

/** A spreadsheet keeps 15 digits: beyond ten trillion yuan an amount would be text. */
function money(fen: bigint): Cell {
  const text = yuan(fen)
  return text.length > 15
    ? { value: text, type: String }
    : { value: Number(text), type: Number, format: '#,##0.00' }
}

function yuan(fen: bigint): string {
  return formatFen(fen).replaceAll(',', '')
}
