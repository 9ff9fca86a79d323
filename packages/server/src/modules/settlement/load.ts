import { assert } from '@suanquan/core'
import type { ClaimTerms, PaymentTerms } from '@suanquan/core/voucher'
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { voucherTerms } from '../ledger/index.ts'
import type { ClaimBody } from './match.ts'

export type ClaimRow = Omit<Selectable<Tables['claim']>, 'body'> & { readonly body: ClaimBody }

export async function loadClaim(
  db: Kysely<Tables>,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<ClaimRow | undefined> {
  let query = db.selectFrom('claim').selectAll().where('id', '=', id)
  if (lock === 'lock') query = query.forUpdate()
  return (await query.executeTakeFirst()) as ClaimRow | undefined
}

export async function loadVoucher(
  db: Kysely<Tables>,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<Selectable<Tables['voucher']> | undefined> {
  let query = db.selectFrom('voucher').selectAll().where('id', '=', id)
  if (lock === 'lock') query = query.forUpdate()
  return query.executeTakeFirst()
}

/** A claim as the books know it: whom it pays. */
export function paymentTerms(row: ClaimRow): PaymentTerms {
  return { id: row.id, number: row.number, payee: row.payee_credit_code, district: row.district }
}

/** The same with the voucher that it draws on. */
export async function claimTerms(db: Kysely<Tables>, row: ClaimRow): Promise<ClaimTerms> {
  assert(row.voucher_id !== null, 'a claim that firm and reviewer decide on has a voucher')
  const voucher = (await loadVoucher(db, row.voucher_id))!
  return { ...paymentTerms(row), voucher: voucherTerms(voucher) }
}
