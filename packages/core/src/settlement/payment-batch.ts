// 拨付批次 as what is handed over: one line a payee and claim, each with an instruction id that is never used again, so that a
// payment which is sent twice is paid once. The batch's content is canonical text; its digest names it, its signature
// covers who approved it. Files follow from the content alone.
import { canonicalBytes, canonicalText, utf8, type Hash } from '../canonical.ts'
import { assert } from '../assert.ts'
import type { Instant } from '../calendar/index.ts'
import type { Fen } from '../money/index.ts'
import type { TreasuryProfile } from './treasury-profile.ts'

export interface PaymentLine {
  readonly instructionId: string
  readonly claimNumber: string
  readonly payeeName: string
  readonly payeeCreditCode: string
  readonly bankName: string
  /** 联行号 (CNAPS, 12 digits) of the payee's bank, where it is known */
  readonly bankCode: string | null
  readonly account: string
  readonly amountFen: Fen
}

export interface PaymentBatch {
  readonly number: string
  readonly preparedAt: Instant
  readonly lines: readonly PaymentLine[]
  /** as it stood when the batch was prepared; null where the fund had none */
  readonly treasury: TreasuryProfile | null
}

/** The number of the batch and the place in it: at most 35 letters, as ISO 20022 allows. */
export function instructionIdOf(batchNumber: string, index: number): string {
  const id = `${batchNumber}-${String(index + 1).padStart(4, '0')}`
  assert(id.length <= 35, 'an instruction id has at most 35 letters')
  return id
}

export function totalOfBatch(lines: readonly Pick<PaymentLine, 'amountFen'>[]): Fen {
  return lines.reduce((sum, { amountFen }) => sum + amountFen, 0n)
}

/** The content of a batch as text: the same content is the same text. */
export function batchRecord(batch: PaymentBatch): string {
  return canonicalText({
    format: 'suanquan/disbursement/v1',
    number: batch.number,
    preparedAt: batch.preparedAt,
    count: batch.lines.length,
    totalFen: totalOfBatch(batch.lines),
    lines: batch.lines.map(recordedLine),
    treasury: batch.treasury === null ? null : { ...batch.treasury },
  })
}

/** A line's own fields, whatever else its object carries. */
function recordedLine(line: PaymentLine): PaymentLine {
  const { instructionId, claimNumber, payeeName, payeeCreditCode } = line
  const { bankName, bankCode, account, amountFen } = line
  return { instructionId, claimNumber, payeeName, payeeCreditCode, bankName, bankCode, account, amountFen }
}

export function recordDigest(record: string, hash: Hash): Uint8Array {
  return hash(utf8(record))
}

/** Who approved which content, and when: what the site signs when a batch is approved. */
export interface Approved {
  readonly number: string
  /** of the record, in hex */
  readonly digest: string
  readonly preparedBy: string
  readonly approvedBy: string
  readonly approvedAt: Instant
}

export function approvalBytes(approved: Approved): Uint8Array {
  const { number, digest, preparedBy, approvedBy, approvedAt } = approved
  return canonicalBytes([
    'suanquan/disbursement-approval/v1',
    number,
    digest,
    preparedBy,
    approvedBy,
    approvedAt,
  ])
}
