// The match of one claim: rated use in its period, the contract, its invoices and payments, each less what other claims
// have taken; then the programme's redemption on what the match leaves. Read, decide, nothing stored.
import type { BodyOf, Routes } from '@suanquan/api'
import { refuse, type Decision } from '@suanquan/core'
import type { Day, Instant } from '@suanquan/core/calendar'
import {
  capAccounts,
  determineRedemption,
  type Balances,
  type CapAccount,
  type Determination,
  type Facts,
} from '@suanquan/core/policy'
import {
  settle,
  type ClaimEvidence,
  type Leg,
  type Settlement,
  type SettlementRefusal,
} from '@suanquan/core/settlement'
import type { DrawnClaim } from '@suanquan/core/voucher'
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { balancesByCap, capLine, submissionDay } from '../application/index.ts'
import { booksOf, capsUsed, voucherAmounts } from '../ledger/index.ts'
import { evidenceOf, type ContractRow } from '../metering/index.ts'
import { legsOf, type InForce } from '../policy/index.ts'

export type ClaimBody = BodyOf<Routes['submitClaim']>

export interface ClaimInput {
  readonly body: Omit<ClaimBody, 'voucherId'>
  readonly voucher: Selectable<Tables['voucher']>
  readonly contract: ContractRow
  readonly inForce: InForce
  readonly at: Instant
  readonly today: Day
  /** the day of the claim, or of the deduction: what was in time then stays in time */
  readonly submittedOn: Day
  /** the day on which the papers were shown; nothing later counts */
  readonly claimedOn: Day
  /** at billing there are no papers yet: the bill asks for what is metered and contracted */
  readonly stage: 'billing' | 'claim'
  /** what the voucher paid at billing: it counts as payment */
  readonly deductedFen: bigint
  /** the claim itself, when it is matched again: what it uses and has drawn itself does not count against it */
  readonly except: { readonly claimId: string; readonly drawn: DrawnClaim } | null
}

export interface Match {
  readonly evidence: ClaimEvidence
  readonly settlement: Settlement
  readonly facts: Facts
  readonly balances: Balances
  readonly determination: Determination
  readonly payableFen: bigint
}

export async function matchClaim(
  db: Kysely<Tables>,
  input: ClaimInput,
): Promise<Decision<Match, SettlementRefusal>> {
  const { body, contract, inForce, claimedOn, stage, deductedFen, except } = input
  const legs = legsOf(inForce).filter((leg) => stage === 'claim' || leg === 'metered' || leg === 'contract')
  const evidence = await evidenceOf(db, {
    legs,
    contract,
    period: { from: body.periodFrom, to: body.periodTo },
    claimedOn,
    deductedFen,
    proofs: body,
    except: except?.claimId ?? null,
  })
  const settled = settle(evidence)
  if (!settled.ok) return settled
  return { ok: true, value: await redeem(db, input, evidence, settled.value) }
}

/** The match of what is to be claimed now; refused, with the reasons, where nothing of it would be paid. */
export async function payableMatch(
  db: Kysely<Tables>,
  input: ClaimInput,
): Promise<Decision<Match, SettlementRefusal | 'claim.nothing_payable'>> {
  const match = await matchClaim(db, input)
  if (!match.ok || match.value.payableFen > 0n) return match
  const reasons = match.value.settlement.shortfalls.map(({ code }) => code)
  return refuse('claim.nothing_payable', { reasons: reasons.length > 0 ? reasons : ['cap'] })
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
  const { stage, except } = input
  const counted = (leg: Leg): bigint => {
    const found = settlement.legs.find((each) => each.leg === leg)!
    // Invoice and payment follow the bill: at billing they are what it asks for.
    return stage === 'billing' && !found.applies ? settlement.baseFen : found.countedFen
  }
  const facts: Facts = {
    'applicant.uscc': voucher.holder_credit_code,
    'application.submitted_on': await submissionDay(db, { id: voucher.application_id }, today),
    'contract.number': contract.number,
    'contract.signed_on': contract.signed_on,
    'claim.submitted_on': submittedOn,
    'claim.metered': counted('metered'),
    'claim.contracted': counted('contract'),
    'claim.invoiced': counted('invoice'),
    'claim.paid': counted('payment'),
    'voucher.left': amounts!.usableFen + (except?.drawn.drawnFen ?? 0n),
    'voucher.usable_until': voucher.usable_until,
  }
  const caps = paymentCaps(inForce, facts, today)
  const used = await capsUsed(db, books, caps.map(capLine))
  const others = caps.map(({ key, measure }, index) => {
    const own = except?.drawn.drawnCaps.some((line) => line.key === key) ?? false
    return used[index]! - (own ? (measure === 'fen' ? except!.drawn.drawnFen : 1n) : 0n)
  })
  const balances = balancesByCap(caps, others)
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
