// An approval as the application keeps it, and how its plans go to the ledger.
import type { Approval, VoucherTerms } from '@suanquan/core/voucher'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { InForce } from '../policy/index.ts'
import type { ApplicationRow } from './load.ts'

export function approvalOf(row: Pick<ApplicationRow, 'approval'>): Approval | null {
  if (row.approval === null) return null
  const { id, amountFen, caps } = row.approval
  return {
    id,
    amountFen: BigInt(amountFen),
    caps: caps.map((line) => ({ ...line, limit: BigInt(line.limit) })),
  }
}

export function storedApproval(approval: Approval): string {
  const caps = approval.caps.map((line) => ({ ...line, limit: line.limit.toString() }))
  return JSON.stringify({ id: approval.id, amountFen: approval.amountFen.toString(), caps })
}

/** The voucher that an approval reserves for; its number is given with the approval. */
export async function reservedVoucher(
  db: Kysely<Tables>,
  row: ApplicationRow,
  inForce: InForce,
): Promise<VoucherTerms> {
  const { credit_code: holder } = await db
    .selectFrom('organisation')
    .select('credit_code')
    .where('id', '=', row.organisation_id)
    .executeTakeFirstOrThrow()
  return voucherTermsOf(row, holder, inForce)
}

/** A voucher carries the number of its application, so that one leads to the other. */
export function voucherTermsOf(
  row: Pick<ApplicationRow, 'number' | 'district'>,
  holder: string,
  inForce: InForce,
): VoucherTerms {
  const { usableUntil } = inForce.terms
  if (usableUntil === null) throw new Error('a programme of vouchers says until when they can be used')
  return { number: row.number.replace(/^SQ/, 'Q'), holder, district: row.district, usableUntil }
}
