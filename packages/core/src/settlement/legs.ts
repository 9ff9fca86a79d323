// Each leg is reckoned by itself: what it shows, less every part that does not count, one cause a part. So
// shown = counted + Σ causes holds for every leg, to the fen.
import type { RatedLine } from '../metering/index.ts'
import { leastFen, type Fen } from '../money/index.ts'
import type { ClaimEvidence, Invoice, Leg, Payment } from './evidence.ts'

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
  | 'contract_excluded_items'
  | 'contract_settled_before'
  | 'invoice_repeated'
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

type Reckoning = Omit<ReckonedLeg, 'leg' | 'applies'>

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

function meteredLeg({ lines, meteredUsedFen }: ClaimEvidence): Reckoning {
  const tally = startTally(sum(lines.map(({ valueFen }) => valueFen)))
  const codeOf = (line: RatedLine): CauseCode | undefined =>
    line.reason === 'rated' ? (line.open ? 'run_not_ended' : undefined) : line.reason
  for (const code of METERED_CAUSES) {
    const concerned = lines.filter((line) => codeOf(line) === code)
    const refs = [...new Set(concerned.map(({ recordKey }) => recordKey))]
    tally.take(code, sum(concerned.map(({ valueFen }) => valueFen)), refs)
  }
  tally.take('metered_settled_before', meteredUsedFen, [])
  return tally.result()
}

function contractLeg({ contract, contractExcludedFen, contractUsedFen }: ClaimEvidence): Reckoning {
  const tally = startTally(contract.amountFen)
  tally.take('contract_excluded_items', contractExcludedFen, [contract.contractNo])
  tally.take('contract_settled_before', contractUsedFen, [contract.contractNo])
  return tally.result()
}

function invoiceLeg(evidence: ClaimEvidence): Reckoning {
  const ordinary = evidence.invoices.filter(({ redLetterOf }) => redLetterOf === null)
  const red = distinct(evidence.invoices.filter(({ redLetterOf }) => redLetterOf !== null))
  const parts = ordinary.map((invoice, index) => {
    const tally = startTally(invoice.amountFen)
    const refs = [invoice.number]
    const repeated = ordinary.slice(0, index).some(({ number }) => number === invoice.number)
    const fault = repeated ? 'invoice_repeated' : invoiceFault(invoice, evidence)
    if (fault) tally.take(fault, invoice.amountFen, refs)
    for (const { number, amountFen } of red.filter(({ redLetterOf }) => redLetterOf === invoice.number))
      tally.take('invoice_red_letter', -amountFen, [...refs, number])
    tally.take('invoice_excluded_items', invoice.excludedFen, refs)
    tally.take('invoice_settled_before', invoice.usedFen, refs)
    return tally.result()
  })
  const tally = joined(parts)
  for (const { number, redLetterOf, amountFen } of red)
    if (!ordinary.some((invoice) => invoice.number === redLetterOf))
      tally.take('invoice_red_letter_of_another', -amountFen, [number, redLetterOf!])
  return tally.result()
}

function invoiceFault(invoice: Invoice, { contract, claimedOn }: ClaimEvidence): CauseCode | undefined {
  if (invoice.seller !== contract.seller) return 'invoice_wrong_seller'
  if (invoice.buyer !== contract.buyer) return 'invoice_wrong_buyer'
  if (invoice.issuedOn < contract.signedOn) return 'invoice_before_contract'
  return invoice.issuedOn > claimedOn ? 'invoice_after_claim' : undefined
}

function paymentLeg(evidence: ClaimEvidence): Reckoning {
  const parts = evidence.payments.map((payment, index) => {
    const tally = startTally(payment.amountFen)
    const refs = [payment.reference]
    const repeated = evidence.payments
      .slice(0, index)
      .some(({ reference }) => reference === payment.reference)
    const fault = repeated ? 'payment_repeated' : paymentFault(payment, evidence)
    if (fault) tally.take(fault, payment.amountFen, refs)
    tally.take('payment_settled_before', payment.usedFen, refs)
    return tally.result()
  })
  return joined([
    ...parts,
    { shownFen: evidence.deductedFen, countedFen: evidence.deductedFen, causes: [] },
  ]).result()
}

function paymentFault(payment: Payment, { contract, claimedOn }: ClaimEvidence): CauseCode | undefined {
  if (payment.payer !== contract.buyer) return 'payment_wrong_payer'
  if (payment.payee !== contract.seller) return 'payment_wrong_payee'
  if (payment.paidOn < contract.signedOn) return 'payment_before_contract'
  return payment.paidOn > claimedOn ? 'payment_after_claim' : undefined
}

interface Tally {
  /** takes off at most what is left; nothing is noted when there is nothing to take */
  readonly take: (code: CauseCode, amountFen: Fen, refs: readonly string[]) => void
  readonly result: () => Reckoning
}

function startTally(shownFen: Fen, countedFen = shownFen, from: readonly Cause[] = []): Tally {
  const causes = [...from]
  let left = countedFen
  return {
    take: (code, amountFen, refs) => {
      const taken = leastFen(amountFen, left)
      if (taken <= 0n) return
      left -= taken
      causes.push({ code, amountFen: taken, refs })
    },
    result: () => ({ shownFen, countedFen: left, causes }),
  }
}

function joined(parts: readonly Reckoning[]): Tally {
  return startTally(
    sum(parts.map(({ shownFen }) => shownFen)),
    sum(parts.map(({ countedFen }) => countedFen)),
    parts.flatMap(({ causes }) => causes),
  )
}

function distinct(invoices: readonly Invoice[]): Invoice[] {
  return invoices.filter(
    ({ number }, index) => invoices.findIndex((other) => other.number === number) === index,
  )
}

export function sum(amounts: readonly Fen[]): Fen {
  return amounts.reduce((total, fen) => total + fen, 0n)
}
