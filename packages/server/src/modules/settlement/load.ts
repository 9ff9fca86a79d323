import type { CapLine, DrawnClaim, PaymentTerms } from '@suanquan/core/voucher'
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { loadApplication } from '../application/index.ts'
import {
  booksOf,
  sourcesOfVoucher,
  spentOfVoucher,
  voucherTerms,
  type AdoptionBooks,
} from '../ledger/index.ts'
import type { ClaimBody } from './match.ts'

/** What a claim was filed with, but for its voucher. */
export type FiledBody = Omit<ClaimBody, 'voucherId'>

export type ClaimRow = Omit<Selectable<Tables['claim']>, 'body'> & { readonly body: FiledBody }

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

/** A claim locked in the order of a clawback: application, voucher, claim. */
export async function lockClaim(tx: Kysely<Tables>, id: string): Promise<ClaimRow | undefined> {
  const found = await loadClaim(tx, id)
  if (found === undefined) return undefined
  await loadApplication(tx, found.application_id, 'lock')
  if (found.voucher_id !== null) await loadVoucher(tx, found.voucher_id, 'lock')
  return loadClaim(tx, id, 'lock')
}

/** A claim as the books know it: whom it pays. */
export function paymentTerms(row: ClaimRow): PaymentTerms {
  return { id: row.id, number: row.number, payee: row.payee_credit_code, district: row.district }
}

/** The same with the voucher that it draws on, and what it has drawn. */
export async function drawnClaim(
  db: Kysely<Tables>,
  adoption: AdoptionBooks,
  row: ClaimRow,
): Promise<DrawnClaim> {
  const voucher = (await loadVoucher(db, row.voucher_id!))!
  const books = booksOf(adoption)
  return {
    terms: { ...paymentTerms(row), voucher: voucherTerms(voucher) },
    drawnFen: row.deducted_fen ?? row.payable_fen,
    drawnCaps: drawnCaps(row),
    imprestFen: row.imprest_left_fen,
    returned: isOver(voucher)
      ? {
          sources: await sourcesOfVoucher(db, books, voucher),
          spentFen: await spentOfVoucher(db, books, voucher),
        }
      : null,
  }
}

/** The caps on payments that a claim drew on. */
export function drawnCaps({ drawn_caps: caps }: Pick<ClaimRow, 'drawn_caps'>): readonly CapLine[] {
  return (caps ?? []).map((line) => ({ ...line, limit: BigInt(line.limit) }))
}

export function storedCaps(caps: readonly CapLine[]): string {
  return JSON.stringify(caps.map((line) => ({ ...line, limit: line.limit.toString() })))
}

/** What would come back to it goes to the pool instead. */
export function isOver({
  returned_at: returned,
  revoked_at: revoked,
}: Pick<Selectable<Tables['voucher']>, 'returned_at' | 'revoked_at'>): boolean {
  return returned !== null || revoked !== null
}
