// The match of one claim: rated use in its period, the contract, its invoices and payments, each less what other claims
// have taken; then the programme's redemption on what the match leaves. Read, decide, nothing stored.
import type { BodyOf, Routes } from '@suanquan/api'
import type { Decision } from '@suanquan/core'
import { addDays, startOf, type Day, type Instant } from '@suanquan/core/calendar'
import type { RatedLine } from '@suanquan/core/metering'
import {
  capAccounts,
  determineRedemption,
  type Balances,
  type CapAccount,
  type Determination,
  type Facts,
} from '@suanquan/core/policy'
import {
  LEGS,
  settle,
  type ClaimEvidence,
  type Leg,
  type Settlement,
  type SettlementRefusal,
} from '@suanquan/core/settlement'
import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import { balancesByCap, capLine } from '../application/index.ts'
import { booksOf, capsUsed, voucherAmounts } from '../ledger/index.ts'
import { contractOf, type ContractRow } from '../metering/index.ts'
import type { InForce } from '../policy/index.ts'

export type ClaimBody = BodyOf<Routes['submitClaim']>

export interface ClaimInput {
  readonly body: ClaimBody
  readonly voucher: Selectable<Tables['voucher']>
  readonly contract: ContractRow
  readonly inForce: InForce
  readonly at: Instant
  readonly today: Day
  /** the day of the claim: what was in time then stays in time */
  readonly submittedOn: Day
  /** the claim itself, when it is matched again: its own use of invoices and period does not count against it */
  readonly except: { readonly claimId: string; readonly heldFen: bigint } | null
}

export interface Match {
  readonly evidence: ClaimEvidence
  readonly settlement: Settlement
  readonly facts: Facts
  readonly balances: Balances
  readonly determination: Determination
  readonly payableFen: bigint
}

const NO_CLAIM = '00000000-0000-0000-0000-000000000000'

export async function matchClaim(
  db: Kysely<Tables>,
  input: ClaimInput,
): Promise<Decision<Match, SettlementRefusal>> {
  const evidence = await evidenceOf(db, input)
  const settled = settle(evidence)
  if (!settled.ok) return settled
  return { ok: true, value: await redeem(db, input, evidence, settled.value) }
}

async function evidenceOf(db: Kysely<Tables>, input: ClaimInput): Promise<ClaimEvidence> {
  const { body, contract, inForce, submittedOn } = input
  const lines = await linesOf(db, input)
  const { settledFen } = await db
    .selectFrom('claim')
    .select(sql<bigint>`coalesce(sum(base_fen), 0)::bigint`.as('settledFen'))
    .where('contract_id', '=', contract.id)
    .where('state', 'not in', ['refused', 'withdrawn'])
    .where('id', '<>', input.except?.claimId ?? NO_CLAIM)
    .executeTakeFirstOrThrow()
  const invoices = await usedOf(db, input, 'invoice')
  const payments = await usedOf(db, input, 'payment')
  return {
    legs: legsOf(inForce),
    claimedOn: submittedOn,
    contract: contractOf(contract),
    contractExcludedFen: contract.excluded_fen,
    contractUsedFen: settledFen,
    lines,
    meteredUsedFen: 0n,
    invoices: body.invoices.map((invoice) => ({
      number: invoice.number,
      issuedOn: invoice.issuedOn,
      seller: invoice.sellerCreditCode,
      buyer: invoice.buyerCreditCode,
      amountFen: BigInt(invoice.amountFen),
      redLetterOf: invoice.redLetterOf,
      excludedFen: BigInt(invoice.excludedFen),
      usedFen: invoices.get(invoice.number) ?? 0n,
    })),
    payments: body.payments.map((payment) => ({
      reference: payment.reference,
      paidOn: payment.paidOn,
      payer: payment.payerCreditCode,
      payee: payment.payeeCreditCode,
      amountFen: BigInt(payment.amountFen),
      usedFen: payments.get(payment.reference) ?? 0n,
    })),
    deductedFen: 0n,
    askedFen: null,
  }
}

/** The legs that the programme pays on: those of its redemption, less the ones it leaves out by its own text. */
function legsOf({ programme }: InForce): readonly Leg[] {
  const named = programme.redemption?.legs.map(({ id }) => id) ?? LEGS
  return LEGS.filter((leg) => named.includes(leg))
}

/** An instant as a parameter that is compared with a column. */
function at(instant: Instant): RawBuilder<Instant> {
  return sql<Instant>`${timestamp(instant)}::timestamptz`
}

/** Rated lines of the period; periods of claims never overlap, so a line is claimed once. */
async function linesOf(db: Kysely<Tables>, { contract, body }: ClaimInput): Promise<RatedLine[]> {
  const rows = await db
    .selectFrom('rated_line')
    .selectAll()
    .where('contract_id', '=', contract.id)
    .where('started_at', '>=', at(startOf(body.periodFrom)))
    .where('started_at', '<', at(startOf(addDays(body.periodTo, 1))))
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

/** What other live claims of any programme have taken of the same invoices or payment slips. */
async function usedOf(
  db: Kysely<Tables>,
  { body, except }: ClaimInput,
  kind: 'invoice' | 'payment',
): Promise<Map<string, bigint>> {
  const numbers =
    kind === 'invoice'
      ? body.invoices.map(({ number }) => number)
      : body.payments.map(({ reference }) => reference)
  const rows = await db
    .selectFrom('claim_evidence')
    .innerJoin('claim', 'claim.id', 'claim_evidence.claim_id')
    .select(['claim_evidence.number', sql<bigint>`sum(claim_evidence.used_fen)::bigint`.as('used')])
    .where('claim_evidence.kind', '=', kind)
    .where('claim_evidence.number', 'in', numbers)
    .where('claim.state', 'not in', ['refused', 'withdrawn'])
    .where('claim.id', '<>', except?.claimId ?? NO_CLAIM)
    .groupBy('claim_evidence.number')
    .execute()
  return new Map(rows.map(({ number, used }) => [number, used]))
}

async function redeem(
  db: Kysely<Tables>,
  input: ClaimInput,
  evidence: ClaimEvidence,
  settlement: Settlement,
): Promise<Match> {
  const { inForce, voucher, contract, at, today, submittedOn } = input
  const books = booksOf(inForce)
  const [amounts] = await voucherAmounts(db, books, [voucher], at)
  const counted = (leg: Leg): bigint => settlement.legs.find((each) => each.leg === leg)!.countedFen
  const facts: Facts = {
    'applicant.uscc': voucher.holder_credit_code,
    'contract.number': contract.number,
    'contract.signed_on': contract.signed_on,
    'claim.submitted_on': submittedOn,
    'claim.metered': counted('metered'),
    'claim.contracted': counted('contract'),
    'claim.invoiced': counted('invoice'),
    'claim.paid': counted('payment'),
    'voucher.left': amounts!.usableFen + (input.except?.heldFen ?? 0n),
    'voucher.usable_until': voucher.usable_until,
  }
  const caps = paymentCaps(inForce, facts, today)
  const balances = balancesByCap(caps, await capsUsed(db, books, caps.map(capLine)))
  const determination = redemptionOf(inForce, { facts, balances, on: today })
  const payable = determination.ceilingFen ?? 0n
  return { evidence, settlement, facts, balances, determination, payableFen: payable }
}

export function redemptionOf(
  inForce: Pick<InForce, 'programme'>,
  input: { readonly facts: Facts; readonly balances: Balances; readonly on: Day },
): Determination {
  const made = determineRedemption(inForce.programme, input)
  if (!made.ok) throw new Error(`facts made by the platform are valid: ${made.refusal.code}`)
  return made.value
}

export function paymentCaps(inForce: InForce, facts: Facts, on: Day): readonly CapAccount[] {
  const found = capAccounts(inForce.programme, { facts, act: 'payment', on })
  if (!found.ok) throw new Error(`the caps of a payment are known: ${found.refusal.code}`)
  return found.value
}
