// The match of one claim: rated use in its period, the contract, its invoices and payments, each less what other claims
// have taken; then the programme's redemption on what the match leaves. Read, decide, nothing stored.
import type { BodyOf, Routes } from '@suanquan/api'
import type { Decision } from '@suanquan/core'
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
import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { balancesByCap, capLine } from '../application/index.ts'
import { booksOf, capsUsed, voucherAmounts } from '../ledger/index.ts'
import { evidenceOf, type ContractRow } from '../metering/index.ts'
import { legsOf, type InForce } from '../policy/index.ts'

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

export async function matchClaim(
  db: Kysely<Tables>,
  input: ClaimInput,
): Promise<Decision<Match, SettlementRefusal>> {
  const { body, contract, inForce, submittedOn, except } = input
  const evidence = await evidenceOf(db, {
    legs: legsOf(inForce),
    contract,
    period: { from: body.periodFrom, to: body.periodTo },
    claimedOn: submittedOn,
    proofs: body,
    except: except?.claimId ?? null,
  })
  const settled = settle(evidence)
  if (!settled.ok) return settled
  return { ok: true, value: await redeem(db, input, evidence, settled.value) }
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
