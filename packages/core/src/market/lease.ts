// A lease of whole devices: calendar months of China time. A month covered whole costs the month's price; one covered in
// part costs its days over the days of the month, or a whole month, as the version says. Each month is rounded once. A term
// shorter than the minimum is topped up in its last month to what the minimum costs.
import { addDays, addMonths, daysBetween, type Day } from '../calendar/index.ts'
import { rate, type Fen } from '../money/index.ts'
import { afterOffs, committedOff, invoiced, type PriceTerms } from './offer.ts'

export interface Lease {
  readonly devices: number
  readonly from: Day
  /** the last day, included */
  readonly until: Day
}

export interface LeaseMonth {
  /** `YYYY-MM` */
  readonly month: string
  readonly from: Day
  readonly until: Day
  readonly days: number
  readonly daysOfMonth: number
  readonly fen: Fen
}

/** Whole months from a first day to a last one, both included: 15 January to 14 April are three. */
export function wholeMonths(from: Day, until: Day): number {
  let months = 0
  while (addMonths(from, months + 1) <= addDays(until, 1)) months += 1
  return months
}

export function leaseMonths(
  terms: PriceTerms,
  priceFen: Fen,
  lease: Lease,
  offs: readonly number[],
): LeaseMonth[] {
  const found: LeaseMonth[] = []
  for (let from = lease.from; from <= lease.until;) {
    const first = `${from.slice(0, 7)}-01`
    const next = addMonths(first, 1)
    const until = lease.until < next ? lease.until : addDays(next, -1)
    const [days, daysOfMonth] = [daysBetween(from, until) + 1, daysBetween(first, next)]
    const charged = terms.proration === 'whole_month' ? daysOfMonth : days
    const price = afterOffs(priceFen * BigInt(lease.devices), offs)
    const fen = invoiced(rate(price.numerator * BigInt(charged), price.denominator * BigInt(daysOfMonth)))
    found.push({ month: from.slice(0, 7), from, until, days, daysOfMonth, fen })
    from = next
  }
  return found
}

/** What the minimum costs more than the whole term; 0 when the term reaches it. */
export function leaseTopUp(terms: PriceTerms, priceFen: Fen, term: Lease, offs: readonly number[]): Fen {
  const least = invoiced(afterOffs(priceFen * BigInt(term.devices) * BigInt(terms.minimumMonths), offs))
  const whole = leaseMonths(terms, priceFen, term, offs).reduce((sum, { fen }) => sum + fen, 0n)
  return least > whole ? least - whole : 0n
}

/** The discounts of a lease: everybody's, then the one for its term. */
export function leaseOffs(terms: PriceTerms, term: Pick<Lease, 'from' | 'until'>): number[] {
  return [terms.discount, committedOff(terms, wholeMonths(term.from, term.until))]
}
