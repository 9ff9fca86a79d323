// An account is what it is: its id is a hash of its terms, the holder and the last usable day among them. Nobody can
// give a voucher another holder or another day; that would be another account.
import type { Hash } from '../canonical.ts'
import { dayNumber, dayOf, type Day, type Instant } from '../calendar/index.ts'
import { accountKinds, type AccountCode } from './chart.ts'
import { derivedUuid, type Uuid } from './uuid.ts'

/** The terms of an account. An empty text means that the term does not apply. */
export interface AccountTerms {
  /** the fund: a budget holder and a unit */
  readonly ledger: number
  /** six-digit division code of the city that runs the fund */
  readonly jurisdiction: string
  /** six-digit division code of the district; the city's own code for what belongs to the whole city */
  readonly district: string
  readonly code: AccountCode
  /** programme id; empty for what several programmes share */
  readonly programme: string
  readonly year: number | null
  /** which of several: `firm_year_claimed`, `firm_year_redeemed`, `contract`, `batch` … */
  readonly kind: string
  /** credit code of the firm or provider, never changed */
  readonly holder: string
  /** what the account is about: voucher number, contract number, batch */
  readonly reference: string
  /** the last day on which it can be debited */
  readonly usableUntil: Day | null
}

export interface Account extends AccountTerms {
  readonly id: Uuid
}

export interface Balance {
  /** reserved and neither settled nor released */
  readonly debitsPending: bigint
  readonly debitsPosted: bigint
  readonly creditsPending: bigint
  readonly creditsPosted: bigint
}

export const emptyBalance: Balance = {
  debitsPending: 0n,
  debitsPosted: 0n,
  creditsPending: 0n,
  creditsPosted: 0n,
}

/** The id that follows from the terms; `post` opens the account under this id and no other. */
export function accountId(terms: AccountTerms, hash: Hash): Uuid {
  return derivedUuid(hash, [
    'suanquan/account/v1',
    terms.ledger,
    terms.jurisdiction,
    terms.district,
    accountKinds[terms.code].number,
    terms.programme,
    terms.year,
    terms.kind,
    terms.holder,
    terms.reference,
    terms.usableUntil === null ? null : dayNumber(terms.usableUntil),
  ])
}

/** True after the last usable day, whether or not anyone swept. */
export function hasExpired(terms: Pick<AccountTerms, 'usableUntil'>, moment: Instant): boolean {
  return terms.usableUntil !== null && dayOf(moment) > terms.usableUntil
}

/**
 * What can still be debited at a moment: nothing after the last usable day.
 * @returns for a source account (treasury, cap source) what it has given and not got back
 */
export function usable(terms: AccountTerms, balance: Balance, moment: Instant): bigint {
  if (hasExpired(terms, moment)) return 0n
  if (accountKinds[terms.code].floor === 'credits_within_debits')
    return balance.debitsPosted - balance.creditsPosted - balance.creditsPending
  return balance.creditsPosted - balance.debitsPosted - balance.debitsPending
}

/** True when the balance keeps the floor of its account: the constraint that the database checks too. */
export function keepsFloor(code: AccountCode, balance: Balance): boolean {
  return accountKinds[code].floor === 'credits_within_debits'
    ? balance.creditsPending + balance.creditsPosted <= balance.debitsPosted
    : balance.debitsPending + balance.debitsPosted <= balance.creditsPosted
}
