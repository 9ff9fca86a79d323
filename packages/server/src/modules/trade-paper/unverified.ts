// 未查验: an invoice that the tax authority was not asked about is paid on only by a recorded decision, who and why, of a
// reviewer; one that is void or unknown is not paid on at all. Held where a claim enters a batch.
import { accept, refuse, type Decision } from '@suanquan/core'
import { sql, type Kysely } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import { invoiceStandings } from './standings.ts'
import type { PaperRow } from './register.ts'

export interface InvoiceOfClaim {
  readonly number: string
  readonly paperId: string | null
  readonly standing: PaperRow['standing']
  /** somebody decided to pay on it although nobody has verified it */
  readonly accepted: boolean
}

export interface ClaimOfInvoices {
  readonly id: string
  readonly application_id: string
  readonly contract_id: string | null
  readonly organisation_id: string
  readonly payee_id: string
  /** null: support after use, whose papers came with its application */
  readonly voucher_id: string | null
}

/** The invoices that a claim rests on, upstream ones included, each as it stands. */
export async function invoicesOfClaim(
  db: Kysely<Tables>,
  claim: ClaimOfInvoices,
): Promise<readonly InvoiceOfClaim[]> {
  const used = await sql<{ number: string }>`
    select number from claim_evidence where claim_id = ${claim.id} and kind in ('invoice', 'upstream_invoice') and used_fen > 0
    union select number from application_evidence where application_id = ${claim.application_id}
      and ${claim.voucher_id}::uuid is null and kind in ('invoice', 'upstream_invoice') and used_fen > 0
    order by 1`.execute(db)
  const numbers = used.rows.map(({ number }) => number)
  if (numbers.length === 0) return []
  const parties = await partiesOf(db, claim)
  const papers = await db
    .selectFrom('trade_paper')
    .select(['id', 'number', 'amount_fen'])
    .where('kind', '=', 'invoice')
    .where('number', 'in', numbers)
    .where('organisation_id', 'in', [...parties])
    .orderBy(sql`organisation_id = ${claim.payee_id}::uuid`, 'desc')
    .execute()
  const first = new Map(papers.toReversed().map((paper) => [paper.number, paper]))
  const amounts = new Map([...first].map(([number, { amount_fen: fen }]) => [number, fen!]))
  const standings = await invoiceStandings(db, parties, amounts)
  const accepted = await acceptedOf(db, claim.id)
  return numbers.map((number) => ({
    number,
    paperId: first.get(number)?.id ?? null,
    standing: standings.get(number)?.standing ?? 'unverified',
    accepted: accepted.has(number),
  }))
}

async function partiesOf(db: Kysely<Tables>, claim: ClaimOfInvoices): Promise<readonly string[]> {
  const own = [claim.organisation_id, claim.payee_id]
  if (claim.contract_id === null) return own
  const contract = await db
    .selectFrom('service_contract')
    .select('provider_id')
    .where('id', '=', claim.contract_id)
    .executeTakeFirstOrThrow()
  return [...own, contract.provider_id]
}

async function acceptedOf(db: Kysely<Tables>, claimId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('unverified_decision')
    .select('numbers')
    .where('claim_id', '=', claimId)
    .execute()
  return new Set(rows.flatMap(({ numbers }) => numbers))
}

/** Refused where a claim rests on an invoice that is void or unknown, or that is neither verified nor decided on. */
export async function mayBeDisbursed(
  db: Kysely<Tables>,
  claim: ClaimOfInvoices & { readonly number: string },
): Promise<Decision<null, 'disbursement.invoice_unverified' | 'disbursement.invoice_void'>> {
  const invoices = await invoicesOfClaim(db, claim)
  const takenAway = invoices.filter(({ standing }) => standing === 'voided' || standing === 'not_found')
  const open = invoices.filter(({ standing, accepted }) => standing === 'unverified' && !accepted)
  const told = (found: readonly InvoiceOfClaim[]): { number: string; invoices: string[] } => ({
    number: claim.number,
    invoices: found.map(({ number }) => number),
  })
  if (takenAway.length > 0) return refuse('disbursement.invoice_void', told(takenAway))
  return open.length > 0 ? refuse('disbursement.invoice_unverified', told(open)) : accept(null)
}

export interface UnverifiedDecision {
  readonly id: string
  readonly claim: ClaimOfInvoices & {
    readonly number: string
    readonly jurisdiction: string
    readonly district: string
  }
  readonly reason: string
  readonly by: string
  readonly at: number
}

/** Records the decision over every invoice that is unverified today; a later one needs its own. */
export async function acceptUnverifiedInvoices(
  tx: Kysely<Tables>,
  { id, claim, reason, by, at }: UnverifiedDecision,
): Promise<Decision<null, 'claim.nothing_unverified'>> {
  const invoices = await invoicesOfClaim(tx, claim)
  const open = invoices.filter(({ standing, accepted }) => standing === 'unverified' && !accepted)
  if (open.length === 0) return refuse('claim.nothing_unverified', { number: claim.number })
  await tx
    .insertInto('unverified_decision')
    .values({
      id,
      jurisdiction: claim.jurisdiction,
      district: claim.district,
      claim_id: claim.id,
      numbers: open.map(({ number }) => number),
      reason,
      decided_by: by,
      decided_at: timestamp(at),
    })
    .execute()
  return accept(null)
}
