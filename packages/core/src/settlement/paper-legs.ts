// What invoices and payments of one contract count: each paper by itself, and the tally by which a leg loses its parts.
import { leastFen, type Fen } from '../money/index.ts'
import type { Invoice, Payment } from './evidence.ts'
import type { Cause, CauseCode, PaperEvidence, Reckoning } from './legs.ts'

export function invoiceLeg(evidence: PaperEvidence): Reckoning {
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

type Judged = Pick<PaperEvidence, 'contract' | 'claimedOn'>

/** Why an invoice counts nothing by itself, whatever was used of it. */
export function invoiceFault(invoice: Invoice, { contract, claimedOn }: Judged): CauseCode | undefined {
  if (invoice.standing !== undefined) return `invoice_${invoice.standing}`
  if (invoice.seller !== contract.seller) return 'invoice_wrong_seller'
  if (invoice.buyer !== contract.buyer) return 'invoice_wrong_buyer'
  if (invoice.issuedOn < contract.signedOn) return 'invoice_before_contract'
  return invoice.issuedOn > claimedOn ? 'invoice_after_claim' : undefined
}

export function paymentLeg(evidence: PaperEvidence): Reckoning {
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

/** Why a payment counts nothing by itself, whatever was used of it. */
export function paymentFault(payment: Payment, { contract, claimedOn }: Judged): CauseCode | undefined {
  if (payment.payer !== contract.buyer) return 'payment_wrong_payer'
  if (payment.payee !== contract.seller) return 'payment_wrong_payee'
  if (payment.paidOn < contract.signedOn) return 'payment_before_contract'
  return payment.paidOn > claimedOn ? 'payment_after_claim' : undefined
}

export interface Tally {
  /** takes off at most what is left; nothing is noted when there is nothing to take */
  readonly take: (code: CauseCode, amountFen: Fen, refs: readonly string[]) => void
  readonly result: () => Reckoning
}

export function startTally(shownFen: Fen, countedFen = shownFen, from: readonly Cause[] = []): Tally {
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
