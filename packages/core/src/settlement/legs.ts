// Each leg is reckoned by itself: what it shows, less every part that does not count, one cause a part. So
// shown = counted + Σ causes holds for every leg, to the fen.
import type { RatedLine } from '../metering/index.ts'
import type { Fen } from '../money/index.ts'
import { chainCauses, type ChainCauseCode } from './chain.ts'
import type { ClaimEvidence, Leg } from './evidence.ts'
import { invoiceLeg, paymentLeg, startTally, sum } from './paper-legs.ts'

export type CauseCode =
  | 'node_failed'
  | 'outside_term'
  | 'outside_usable_days'
  | 'idle'
  | 'beyond_use'
  | 'excluded_item'
  | 'within_lease'
  | 'run_not_ended'
  | 'metered_settled_before'
  | ChainCauseCode
  | 'disputed'
  | 'contract_excluded_items'
  | 'contract_settled_before'
  | 'invoice_repeated'
  | 'invoice_voided'
  | 'invoice_not_found'
  | 'invoice_wrong_seller'
  | 'invoice_wrong_buyer'
  | 'invoice_before_contract'
  | 'invoice_after_claim'
  | 'invoice_red_letter'
  | 'invoice_red_letter_of_another'
  | 'invoice_excluded_items'
  | 'invoice_settled_before'
  | 'payment_repeated'
  | 'payment_wrong_payer'
  | 'payment_wrong_payee'
  | 'payment_before_contract'
  | 'payment_after_claim'
  | 'payment_settled_before'

/** A part of a leg that does not count. */
export interface Cause {
  readonly code: CauseCode
  readonly amountFen: Fen
  /** what it concerns: keys of usage records, the contract's, an invoice's or a payment's number */
  readonly refs: readonly string[]
}

export interface ReckonedLeg {
  readonly leg: Leg
  /** false when the programme leaves this leg out: reckoned for the reader, without effect */
  readonly applies: boolean
  readonly shownFen: Fen
  readonly countedFen: Fen
  readonly causes: readonly Cause[]
}

export type Reckoning = Omit<ReckonedLeg, 'leg' | 'applies'>

/** The papers of one contract, whoever bought under it. */
export type PaperEvidence = Pick<
  ClaimEvidence,
  'contract' | 'claimedOn' | 'invoices' | 'payments' | 'deductedFen'
>

/** All four legs, in the order of explanation. */
export function reckonLegs(evidence: ClaimEvidence): ReckonedLeg[] {
  const reckonings: readonly [Leg, Reckoning][] = [
    ['metered', meteredLeg(evidence)],
    ['contract', contractLeg(evidence)],
    ['invoice', invoiceLeg(evidence)],
    ['payment', paymentLeg(evidence)],
  ]
  return reckonings.map(([leg, reckoning]) => ({ leg, applies: evidence.legs.includes(leg), ...reckoning }))
}

/** A line within a lease is worth nothing of its own: no part of the leg. */
const METERED_CAUSES = [
  'node_failed',
  'outside_term',
  'outside_usable_days',
  'idle',
  'beyond_use',
  'excluded_item',
  'run_not_ended',
] as const

function meteredLeg(evidence: ClaimEvidence): Reckoning {
  const { lines, meteredUsedFen, disputed } = evidence
  // corrections of earlier periods may take back more than the period has: it never shows less than nothing
  const value = sum(lines.map(({ valueFen }) => valueFen))
  const tally = startTally(value > 0n ? value : 0n)
  const codeOf = (line: RatedLine): CauseCode | undefined =>
    line.reason === 'rated' ? (line.open ? 'run_not_ended' : undefined) : line.reason
  for (const code of METERED_CAUSES) {
    const concerned = lines.filter((line) => codeOf(line) === code)
    const refs = [...new Set(concerned.map(({ recordKey }) => recordKey))]
    tally.take(code, sum(concerned.map(({ valueFen }) => valueFen)), refs)
  }
  tally.take('metered_settled_before', meteredUsedFen, [])
  if (disputed) tally.take('disputed', disputed.amountFen, disputed.numbers)
  for (const { code, amountFen, refs } of chainCauses(evidence, tally.result().countedFen))
    tally.take(code, amountFen, refs)
  return tally.result()
}

function contractLeg({ contract, contractExcludedFen, contractUsedFen }: ClaimEvidence): Reckoning {
  const tally = startTally(contract.amountFen)
  tally.take('contract_excluded_items', contractExcludedFen, [contract.contractNo])
  tally.take('contract_settled_before', contractUsedFen, [contract.contractNo])
  return tally.result()
}
