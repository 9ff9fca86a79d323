// An approval as the application keeps it, and how its plans go to the ledger.
import { assert } from '@suanquan/core'
import type { Approval, GrantTerms, Source } from '@suanquan/core/voucher'
import type { Kysely } from 'kysely'
import type { StoredApproval, Tables } from '../../database/index.ts'
import type { InForce } from '../policy/index.ts'
import type { ApplicationRow } from './load.ts'

export function approvalOf(row: Pick<ApplicationRow, 'approval'>): Approval | null {
  if (row.approval === null) return null
  const { id, amountFen, caps, sources, parts } = row.approval
  return {
    id,
    amountFen: BigInt(amountFen),
    caps: caps.map((line) => ({ ...line, limit: BigInt(line.limit) })),
    ...(sources === undefined ? {} : { sources: sources.map(sourceOf) }),
    ...(parts === undefined
      ? {}
      : {
          parts: parts.map((part) => ({
            amountFen: BigInt(part.amountFen),
            ...(part.sources === undefined ? {} : { sources: part.sources.map(sourceOf) }),
          })),
        }),
  }
}

type StoredSource = NonNullable<StoredApproval['sources']>[number]

const sourceOf = (each: StoredSource): Source => ({ ...each, amountFen: BigInt(each.amountFen) })

export function storedApproval(approval: Approval): string {
  const caps = approval.caps.map((line) => ({ ...line, limit: line.limit.toString() }))
  const written = (each: { readonly amountFen: bigint }): object => ({
    ...each,
    amountFen: each.amountFen.toString(),
  })
  const sources = approval.sources?.map(written)
  const parts = approval.parts?.map((part) => ({
    ...written(part),
    ...(part.sources === undefined ? {} : { sources: part.sources.map(written) }),
  }))
  return JSON.stringify({ id: approval.id, amountFen: approval.amountFen.toString(), caps, sources, parts })
}

/** What an approval reserves for; its number is given with the approval. */
export async function reservedGrant(
  db: Kysely<Tables>,
  row: ApplicationRow,
  inForce: InForce,
): Promise<GrantTerms> {
  const { credit_code: holder } = await db
    .selectFrom('organisation')
    .select('credit_code')
    .where('id', '=', row.organisation_id)
    .executeTakeFirstOrThrow()
  return grantTermsOf(row, holder, inForce)
}

const VOUCHER = 'Q'
const PAYABLE = 'BZ'

/** Every number that a grant of an application may carry; what is paid in parts has two. */
export function grantNumbers(applicationNumber: string): readonly string[] {
  const [voucher, payable] = [VOUCHER, PAYABLE].map((prefix) => applicationNumber.replace(/^SQ/, prefix))
  return [voucher!, payable!, `${payable}-1`, `${payable}-2`]
}

/** A voucher, or what is payable without one, carries the number of its application, so that one leads to the other. */
export function grantTermsOf(
  row: Pick<ApplicationRow, 'number' | 'district'>,
  holder: string,
  inForce: InForce,
): GrantTerms {
  const { makes } = inForce.way.grants
  const { district } = row
  if (makes !== 'voucher')
    return { makes: 'payable', number: row.number.replace(/^SQ/, PAYABLE), payee: holder, district }
  const { usableUntil } = inForce.terms
  assert(usableUntil !== null, 'a programme of vouchers says until when they can be used')
  return { makes, number: row.number.replace(/^SQ/, VOUCHER), holder, district, usableUntil }
}
