// What a contract's use is proven by: rated lines, the contract, invoices and payments, each less what other claims and
// applications have taken of it. Read as it stands; the match itself is core's.
import { addDays, startOf, type Day, type Instant } from '@suanquan/core/calendar'
import type { RatedLine } from '@suanquan/core/metering'
import type { ClaimEvidence, Invoice, Leg, Payment } from '@suanquan/core/settlement'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import { revive } from '../policy/index.ts'
import { invoiceStandings, leftOutRedLetters, TAKEN_AWAY } from '../trade-paper/index.ts'
import { trusted } from './confirmation.ts'
import { contractOf, type ContractRow } from './contracts.ts'
import { upstreamOf } from './upstream.ts'
import { usedOf } from './used-papers.ts'
import { disputedOf } from './disputed.ts'

/** Papers as they are handed in: amounts as digits. */
export interface Proofs {
  readonly invoices: readonly {
    readonly number: string
    readonly sellerCreditCode: string
    readonly buyerCreditCode: string
    readonly amountFen: string
    readonly excludedFen: string
    readonly redLetterOf: string | null
    readonly issuedOn: Day
  }[]
  readonly payments: readonly {
    readonly reference: string
    readonly payerCreditCode: string
    readonly payeeCreditCode: string
    readonly amountFen: string
    readonly paidOn: Day
  }[]
}

export interface EvidenceInput {
  readonly legs: readonly Leg[]
  readonly contract: ContractRow
  readonly period: { readonly from: Day; readonly to: Day }
  readonly claimedOn: Day
  /** what a voucher paid at billing */
  readonly deductedFen: bigint
  readonly proofs: Proofs
  /** the claim or application that is matched: what it uses itself does not count against it */
  readonly except: string | null
}

const NOTHING = '00000000-0000-0000-0000-000000000000'

export async function evidenceOf(db: Kysely<Tables>, input: EvidenceInput): Promise<ClaimEvidence> {
  const { legs, contract, claimedOn, proofs } = input
  const lines = await linesOf(db, input)
  const { settledFen } = await db
    .selectFrom('claim')
    .select(sql<bigint>`coalesce(sum(base_fen), 0)::bigint`.as('settledFen'))
    .where('contract_id', '=', contract.id)
    .where('state', 'not in', ['refused', 'withdrawn'])
    .where('id', '<>', input.except ?? NOTHING)
    .executeTakeFirstOrThrow()
  const { meteredUsedFen } = await db
    .selectFrom('claim')
    .select(sql<bigint>`coalesce(sum(base_fen), 0)::bigint`.as('meteredUsedFen'))
    .where('contract_id', '=', contract.id)
    .where('state', 'not in', ['refused', 'withdrawn'])
    .where('id', '<>', input.except ?? NOTHING)
    .where('period_from', '<=', input.period.to)
    .where('period_to', '>=', input.period.from)
    .executeTakeFirstOrThrow()
  const disputed = await disputedOf(db, contract.id, input.period, lines)
  const promisedFen = await promisedOn(db, contract.id, input.except ?? NOTHING)
  const papers = papersOf(proofs)
  const invoices = await judgedInvoices(db, input, papers.invoices)
  const payments = await usedOf(
    db,
    input.except,
    ['payment', 'upstream_payment'],
    papers.payments.map(({ reference }) => reference),
  )
  const upstream = legs.includes('metered') ? await upstreamOf(db, input) : undefined
  return {
    legs,
    claimedOn,
    contract: contractOf(contract),
    contractExcludedFen: contract.excluded_fen,
    contractUsedFen: settledFen + promisedFen,
    lines,
    meteredUsedFen: meteredUsedFen + promisedFen,
    ...(disputed === undefined ? {} : { disputed }),
    invoices,
    payments: papers.payments.map((each) => ({ ...each, usedFen: payments.get(each.reference) ?? 0n })),
    deductedFen: input.deductedFen,
    ...(upstream === undefined ? {} : { upstream }),
    askedFen: null,
  }
}

/** What the register and the tax authority know beside what was handed in: answers, items that do not count, red letters. */
async function judgedInvoices(
  db: Kysely<Tables>,
  { contract, except }: EvidenceInput,
  handedIn: readonly Invoice[],
): Promise<readonly Invoice[]> {
  const parties = [contract.organisation_id, contract.provider_id]
  const all = [...handedIn, ...(await leftOutRedLetters(db, parties, handedIn))]
  const numbers = all.map(({ number }) => number)
  const used = await usedOf(db, except, ['invoice', 'upstream_invoice'], numbers)
  const amounts = new Map(all.map(({ number, amountFen }) => [number, amountFen]))
  const standings = await invoiceStandings(db, parties, amounts)
  return all.map((invoice) => {
    const { standing, excludedFen } = standings.get(invoice.number)!
    const takenAway = TAKEN_AWAY.find((each) => each === standing)
    return {
      ...invoice,
      excludedFen: excludedFen > invoice.excludedFen ? excludedFen : invoice.excludedFen,
      usedFen: used.get(invoice.number) ?? 0n,
      ...(takenAway === undefined ? {} : { standing: takenAway }),
    }
  })
}

/** What approvals that are not payable yet rest on: a sale that one application was approved for is not free for another. */
async function promisedOn(db: Kysely<Tables>, contractId: string, except: string): Promise<bigint> {
  const { rows } = await sql<{ result: object }>`
    select distinct on (a.id) d.result from application a join decision d on d.object_id = a.id and d.kind = 'review'
    where a.contract_id = ${contractId} and a.id <> ${except}
      and a.state in ('offered', 'proposed', 'announced', 'objected', 'hearing', 'contested') and d.result ? 'settlement'
    order by a.id, d.decided_at desc`.execute(db)
  const bases = rows.map(
    ({ result }) => revive(result as { settlement: { baseFen: bigint } }).settlement.baseFen,
  )
  return bases.reduce((total, fen) => total + fen, 0n)
}

/** The papers alone, as if nobody had used any of them. */
export function papersOf({ invoices, payments }: Proofs): {
  readonly invoices: readonly Invoice[]
  readonly payments: readonly Payment[]
} {
  return {
    invoices: invoices.map((invoice) => ({
      number: invoice.number,
      issuedOn: invoice.issuedOn,
      seller: invoice.sellerCreditCode,
      buyer: invoice.buyerCreditCode,
      amountFen: BigInt(invoice.amountFen),
      redLetterOf: invoice.redLetterOf,
      excludedFen: BigInt(invoice.excludedFen),
      usedFen: 0n,
    })),
    payments: payments.map((payment) => ({
      reference: payment.reference,
      paidOn: payment.paidOn,
      payer: payment.payerCreditCode,
      payee: payment.payeeCreditCode,
      amountFen: BigInt(payment.amountFen),
      usedFen: 0n,
    })),
  }
}

/** An instant as a parameter that is compared with a column. */
function at(instant: Instant): RawBuilder<Instant> {
  return sql<Instant>`${timestamp(instant)}::timestamptz`
}

/**
 * Rated lines of the period; what claims on the same days have taken of them is taken off. A contract that the site does not
 * trust (any more) has none: what was rated before is paid when it is confirmed.
 */
async function linesOf(db: Kysely<Tables>, { contract, period }: EvidenceInput): Promise<RatedLine[]> {
  if ((await trusted(db, [contract])).length === 0) return []
  const rows = await db
    .selectFrom('rated_line')
    .selectAll()
    .where('contract_id', '=', contract.id)
    .where('booked_at', '>=', at(startOf(period.from)))
    .where('booked_at', '<', at(startOf(addDays(period.to, 1))))
    .where('counts', '=', true)
    .orderBy('started_at')
    .orderBy('identity')
    .orderBy('chip')
    .execute()
  return rows.map((row) => ({
    recordKey: row.identity,
    contractNo: contract.number,
    month: row.month as RatedLine['month'],
    fromAt: row.started_at,
    untilAt: row.ended_at,
    chip: row.chip,
    units: row.units,
    unitsPerCard: row.units_per_card,
    seconds: row.seconds,
    fenPerCardHour: row.price_fen_per_card_hour,
    reason: row.reason as RatedLine['reason'],
    open: row.open,
    valueFen: row.value_fen,
    amountFen: row.amount_fen,
  }))
}
