// An approval as the application keeps it, and how its plans go to the ledger.
import type { Refusal } from '@suanquan/core'
import type { Result } from '@suanquan/core/ledger'
import { decisiveSet, type Approval, type Books, type Plan, type VoucherTerms } from '@suanquan/core/voucher'
import type { Kysely } from 'kysely'
import type { PostingPlan, Tables } from '../../database/index.ts'
import type { InForce } from '../policy/programmes.ts'
import { booksOf } from '../voucher/books.ts'
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

/**
 * A plan as the shell carries it out: a refused decisive set becomes what the caller says, by default the command
 * decides anew; a refused grant of a cap's limit means that the cap is there with another limit.
 */
export function planOf<Code extends string = never>(
  inForce: InForce,
  make: (books: Books) => Plan,
  refused: (link: number, result: Result) => Refusal<Code> | 'again' = () => 'again',
): PostingPlan<Code> {
  const books = booksOf(inForce)
  const plan = make(books)
  const last = decisiveSet(plan)
  return {
    ledger: books.fund.ledger,
    jurisdiction: books.fund.jurisdiction,
    open: plan.open,
    sets: plan.sets,
    refused: (set, link, result) => {
      if (set !== last) throw new Error(`the limit of a cap cannot be granted: ${result}`)
      return refused(link, result)
    },
  }
}
