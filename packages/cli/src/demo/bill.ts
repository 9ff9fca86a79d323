// What a centre bills for a stretch of a contract, and what the firm pays: invoice numbers, the part for storage and
// network, and what either is short of.
import type { BodyOf, Routes } from '@suanquan/api'
import { addDays, type Day } from '@suanquan/core/calendar'
import type { Fen } from '@suanquan/core/money'
import type { Case } from './demo.ts'

type Claim = BodyOf<Routes['submitClaim']>

export interface Period {
  readonly from: Day
  readonly to: Day
}

/** @param usedFen what the centre's accounting rates the period at */
export function billFor(
  each: Case,
  period: Period,
  usedFen: Fen,
  on: Day,
): Omit<Claim, 'voucherId' | 'deliveryCertificateId'> {
  const { contract, claims } = each.plan
  const compute = contract.amountFen - contract.excludedFen
  const storageFen = (contract.excludedFen * usedFen) / compute
  const invoicedPercent = each.slipped.has('refused_claim') ? 100 : claims.invoicedPercent
  const amountFen = (usedFen * BigInt(invoicedPercent)) / 100n + storageFen
  const number = invoiceNumber(each, period)
  const parties = {
    sellerCreditCode: contract.provider.organisation.creditCode,
    buyerCreditCode: each.plan.firm.organisation.creditCode,
  }
  const invoice = { ...parties, issuedOn: addDays(on, -4), redLetterOf: null, attachmentId: '' }
  return {
    periodFrom: period.from,
    periodTo: period.to,
    invoices: [{ ...invoice, number, amountFen: amountFen.toString(), excludedFen: storageFen.toString() }],
    payments: [
      {
        reference: `HD${number.slice(2)}`,
        payerCreditCode: parties.buyerCreditCode,
        payeeCreditCode: parties.sellerCreditCode,
        amountFen: ((amountFen * BigInt(claims.paidPercent)) / 100n).toString(),
        paidOn: addDays(on, -1),
        attachmentId: '',
      },
    ],
  }
}

/** The centre billed a tenth too much and took it back with a red-letter invoice. */
export function withRedLetter<Bill extends Pick<Claim, 'invoices'>>(bill: Bill): Bill {
  const [first] = bill.invoices
  const tenth = BigInt(first!.amountFen) / 10n
  if (tenth === 0n) return bill
  const over = { ...first!, amountFen: (BigInt(first!.amountFen) + tenth).toString() }
  const red = {
    ...first!,
    number: `${first!.number.slice(0, -1)}9`,
    amountFen: (-tenth).toString(),
    excludedFen: '0',
    redLetterOf: first!.number,
  }
  return { ...bill, invoices: [over, red] }
}

/** 20 digits as fully digital invoices have; the place 99 is no real one. */
function invoiceNumber({ plan }: Case, { to }: Period): string {
  return `2499${plan.id.slice(1)}${to.replaceAll('-', '')}0000`
}
