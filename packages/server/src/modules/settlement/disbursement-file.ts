// The disbursement file that finance hands to the bank: CSV in UTF-8 with a byte-order mark (so that office programs read
// the Chinese), amounts in yuan with two decimals, one line a claim, totals last. Fields that begin like a formula are
// quoted with an apostrophe.
import { formatFen } from '@suanquan/core/money'
import { createHash } from 'node:crypto'
import { csvText } from '../../files/csv.ts'

export interface DisbursementLine {
  readonly claimNumber: string
  readonly payeeName: string
  readonly bankName: string
  readonly bankAccount: string
  readonly amountFen: bigint
}

const HEADINGS = ['序号', '兑付编号', '收款单位', '开户银行', '银行账号', '金额（元）', '用途']

export function writeDisbursementFile(
  number: string,
  lines: readonly DisbursementLine[],
): { readonly text: string; readonly sha256: string } {
  const rows = lines.map((line, index) => [
    String(index + 1),
    line.claimNumber,
    line.payeeName,
    line.bankName,
    line.bankAccount,
    yuan(line.amountFen),
    '算力券兑付',
  ])
  const total = lines.reduce((sum, { amountFen }) => sum + amountFen, 0n)
  const last = ['合计', number, `${lines.length} 笔`, '', '', yuan(total), '']
  const text = csvText([HEADINGS, ...rows, last])
  return { text, sha256: createHash('sha256').update(text).digest('hex') }
}

function yuan(fen: bigint): string {
  return formatFen(fen).replaceAll(',', '')
}
