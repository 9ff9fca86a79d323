// The judgement of one posting: the rules of the ledger in the order in which they are asked. `post` and `verify` both
// ask here, and the SQL function is proved equal to it.
import type { Instant } from '../calendar/index.ts'
import { hasExpired, keepsFloor, type Account, type Balance } from './account.ts'
import { isAllowed, isReturn } from './chart.ts'
import { MOST_PER_POSTING, reservationOf, type Posting } from './posting.ts'
import type { Result } from './result.ts'
import type { Uuid } from './uuid.ts'

export interface BookAccount {
  readonly account: Account
  /** nothing but returns and releases from this sequence on; null while open */
  closedFrom: bigint | null
  balance: Balance
}

export interface Reservation {
  readonly posting: Posting & { readonly kind: 'reserve' }
  resolvedBy: 'settle' | 'release' | null
}

/** What a judgement reads and an accepted posting changes. */
export interface Books {
  readonly accounts: Map<Uuid, BookAccount>
  readonly reservations: Map<Uuid, Reservation>
}

export interface Point {
  readonly sequence: bigint
  readonly at: Instant
}

/** What the ledger answers to a posting that would come at this point; changes nothing. */
export function judge(books: Books, posting: Posting, point: Point): Result {
  return (
    judgeShape(books, posting) ?? judgeReservation(books, posting, point) ?? judgeState(books, posting, point)
  )
}

function judgeShape(books: Books, posting: Posting): Result | null {
  if (posting.debit === posting.credit) return 'accounts_equal'
  const debit = books.accounts.get(posting.debit)
  const credit = books.accounts.get(posting.credit)
  if (debit === undefined) return 'debit_account_unknown'
  if (credit === undefined) return 'credit_account_unknown'
  if (!isAllowed(debit.account.code, credit.account.code, posting.code)) return 'not_allowed'
  if (posting.amount < 1n || posting.amount > MOST_PER_POSTING) return 'amount_out_of_range'
  return null
}

function judgeReservation(books: Books, posting: Posting, point: Point): Result | null {
  const id = reservationOf(posting)
  if (id === null) return null
  const reservation = books.reservations.get(id)
  if (reservation === undefined) return 'reservation_unknown'
  const { posting: reserved, resolvedBy } = reservation
  if (
    reserved.debit !== posting.debit ||
    reserved.credit !== posting.credit ||
    reserved.code !== posting.code
  )
    return 'reservation_differs'
  if (resolvedBy !== null) return resolvedBy === 'settle' ? 'already_settled' : 'already_released'
  if (posting.kind === 'release') return posting.amount === reserved.amount ? null : 'amount_not_reserved'
  if (posting.amount > reserved.amount) return 'amount_not_reserved'
  if (reserved.expiresAt !== null && reserved.expiresAt <= point.at) return 'reservation_expired'
  return null
}

function judgeState(books: Books, posting: Posting, point: Point): Result {
  if (posting.kind === 'release') return 'posted'
  const debit = books.accounts.get(posting.debit)!
  const credit = books.accounts.get(posting.credit)!
  const returning = isReturn(posting.code)
  const closed = (account: BookAccount): boolean =>
    account.closedFrom !== null && account.closedFrom <= point.sequence
  if (closed(debit) && !returning) return 'debit_account_closed'
  if (closed(credit)) return 'credit_account_closed'
  if (posting.kind !== 'settle') {
    const expired = hasExpired(debit.account, point.at)
    if (expired && !returning) return 'debit_account_expired'
    if (!expired && posting.code === 'expire') return 'not_yet_expired'
  }
  const { debitAfter, creditAfter } = balancesAfter(books, posting)
  if (!keepsFloor(debit.account.code, debitAfter)) return 'exceeds_credits'
  if (!keepsFloor(credit.account.code, creditAfter)) return 'exceeds_debits'
  return 'posted'
}

/** Carries out a posting that was judged `posted`. */
export function apply(books: Books, posting: Posting): void {
  const { debitAfter, creditAfter } = balancesAfter(books, posting)
  books.accounts.get(posting.debit)!.balance = debitAfter
  books.accounts.get(posting.credit)!.balance = creditAfter
  if (posting.kind === 'reserve') books.reservations.set(posting.id, { posting, resolvedBy: null })
  else if (posting.kind !== 'post') books.reservations.get(posting.reservation)!.resolvedBy = posting.kind
}

function balancesAfter(books: Books, posting: Posting): { debitAfter: Balance; creditAfter: Balance } {
  const { pending, posted } = effectOf(posting, (id) => books.reservations.get(id)!.posting.amount)
  const debit = books.accounts.get(posting.debit)!.balance
  const credit = books.accounts.get(posting.credit)!.balance
  return {
    debitAfter: {
      ...debit,
      debitsPending: debit.debitsPending + pending,
      debitsPosted: debit.debitsPosted + posted,
    },
    creditAfter: {
      ...credit,
      creditsPending: credit.creditsPending + pending,
      creditsPosted: credit.creditsPosted + posted,
    },
  }
}

/**
 * What a posting adds to the pending and posted columns of its two accounts.
 * @param reservedAmount the amount of a reservation by its id
 */
export function effectOf(
  posting: Posting,
  reservedAmount: (reservation: Uuid) => bigint,
): { pending: bigint; posted: bigint } {
  switch (posting.kind) {
    case 'post':
      return { pending: 0n, posted: posting.amount }
    case 'reserve':
      return { pending: posting.amount, posted: 0n }
    case 'settle':
      return { pending: -reservedAmount(posting.reservation), posted: posting.amount }
    case 'release':
      return { pending: -posting.amount, posted: 0n }
  }
}
