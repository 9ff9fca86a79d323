// A stored batch as what is handed over: its content as it was fixed when it was prepared.
import { hex } from '@suanquan/core'
import {
  approvalBytes,
  batchRecord,
  recordDigest,
  type PaymentBatch,
  type PaymentLine,
} from '@suanquan/core/settlement'
import { createHash } from 'node:crypto'
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { publishedKeys, verifySignature } from '../../signing/index.ts'

export type BatchRow = Selectable<Tables['disbursement']>

const sm3 = (bytes: Uint8Array): Uint8Array => createHash('sm3').update(bytes).digest()

/** The digest by which a batch is known, in hex. */
export function sm3OfBatch(batch: PaymentBatch): string {
  return hex(recordDigest(batchRecord(batch), sm3))
}

export async function paymentBatchOf(db: Kysely<Tables>, row: BatchRow): Promise<PaymentBatch> {
  const lines = await db
    .selectFrom('disbursement_line')
    .innerJoin('claim', 'claim.id', 'disbursement_line.claim_id')
    .selectAll('disbursement_line')
    .select('claim.number')
    .where('disbursement_id', '=', row.id)
    .orderBy('instruction_id')
    .execute()
  return {
    number: row.number,
    preparedAt: row.prepared_at,
    treasury: row.treasury,
    lines: lines.map((line): PaymentLine => ({
      instructionId: line.instruction_id,
      claimNumber: line.number,
      payeeName: line.payee_name,
      payeeCreditCode: line.payee_credit_code,
      bankName: line.bank_name,
      bankCode: line.bank_code,
      account: line.bank_account,
      amountFen: line.amount_fen,
    })),
  }
}

/** What the site signs when a batch is approved; null for a batch without a record, or not approved. */
export function approvalOfBatch(
  row: Pick<BatchRow, 'number' | 'record_sm3' | 'prepared_by' | 'approved_by' | 'approved_at'>,
): Uint8Array | null {
  const {
    number,
    record_sm3: digest,
    prepared_by: preparedBy,
    approved_by: approvedBy,
    approved_at: at,
  } = row
  if (digest === null || approvedBy === null || at === null) return null
  return approvalBytes({ number, digest, preparedBy, approvedBy, approvedAt: at })
}

/**
 * Whether the batch is what was prepared, and what was approved was signed by a key of the site.
 * @returns null for a batch that is not approved, or older than signatures
 */
export async function isGenuine(db: Kysely<Tables>, row: BatchRow): Promise<boolean | null> {
  const bytes = approvalOfBatch(row)
  if (bytes === null || row.signature === null) return null
  if (sm3OfBatch(await paymentBatchOf(db, row)) !== row.record_sm3) return false
  const key = (await publishedKeys(db)).find(({ id }) => id === row.signing_key)
  return key !== undefined && verifySignature(key, bytes, row.signature)
}
