// 年终: the accounts of a fund's year are closed. What is promised goes on in the accounts of the next year and is
// reserved there anew; what is left beyond that is carried over (结转) or lapses to the treasury (收回). Vouchers and
// payables are commitments of no year: what comes back from them comes into the year that is open then.
import { assert } from '../assert.ts'
import type { PostingSet, Uuid } from '../ledger/index.ts'
import type { Fen } from '../money/index.ts'
import { treasury, type Fund, type GrantTerms, type Terms } from './accounts.ts'
import { idOf, planApproval, planRelease, posting, type Approval, type Books, type Plan } from './plans.ts'

/** One account of the year, with where its money goes. */
export interface YearPlace {
  readonly account: Terms
  readonly carriedFen: Fen
  readonly lapsedFen: Fen
}

/** A reservation that goes on: the same approval under the id of another document. */
export interface MovedApproval {
  readonly programme: string
  readonly terms: GrantTerms
  readonly before: Approval
  /** the places of those that are still reserved: what was granted already stays where it is */
  readonly parts: readonly number[]
  readonly after: Uuid
}

export interface YearEnd {
  readonly nextYear: number
  readonly places: readonly YearPlace[]
  readonly approvals: readonly MovedApproval[]
}

/** A plan that also closes accounts, before it posts: from there on only returns and releases leave them. */
export interface ClosingPlan extends Plan {
  readonly close: readonly Uuid[]
}

/** @param document the closing of the year */
export function planYearEnd(
  books: Books,
  document: Uuid,
  { nextYear, places, approvals }: YearEnd,
): ClosingPlan {
  const releases = approvals.flatMap(({ programme, before, terms, parts }) =>
    parts.flatMap((part) => planRelease(within(books, programme), before, terms, part).sets),
  )
  const reserved = approvals.flatMap(({ programme, before, after, terms, parts }) =>
    parts.map((part) =>
      planApproval(within(books, programme, nextYear), { ...before, id: after }, terms, part),
    ),
  )
  const moves = places.map((place) => movesOf(books, document, place, nextYear))
  return {
    close: places.map(({ account }) => idOf(books, account)),
    open: [
      ...places.flatMap(({ account }) => [inYear(account, nextYear), treasuryOf(books.fund, account)]),
      ...reserved.flatMap(({ open }) => open),
    ],
    // the caps have their limits already: only the set that reserves is needed
    sets: [...releases, ...moves, ...reserved.map(({ sets }) => sets.at(-1)!)].filter(
      ({ length }) => length > 0,
    ),
  }
}

function within(books: Books, programme: string, year: number | null = books.fund.year ?? null): Books {
  return { ...books, fund: { ...books.fund, programme, year } }
}

function inYear(account: Terms, year: number): Terms {
  return { ...account, year }
}

/** Whose money it is: a district's own share is the district's, all else the city's. */
function treasuryOf(fund: Fund, { code, kind, district }: Terms): Terms {
  const isOfDistrict = kind === 'tier' || code === 'appropriation'
  return treasury(fund, isOfDistrict ? district : fund.jurisdiction)
}

function movesOf(
  books: Books,
  document: Uuid,
  { account, carriedFen, lapsedFen }: YearPlace,
  nextYear: number,
): PostingSet {
  assert(account.year !== nextYear, 'money is carried into another year')
  const of = { document, debit: account, district: account.district }
  const id = idOf(books, account)
  const carried = { ...of, name: `carry_over/${id}`, code: 'carry_over' as const, amount: carriedFen }
  const lapsed = { ...of, name: `lapse/${id}`, code: 'lapse' as const, amount: lapsedFen }
  return [
    { ...carried, credit: inYear(account, nextYear) },
    { ...lapsed, credit: treasuryOf(books.fund, account) },
  ]
    .filter(({ amount }) => amount > 0n)
    .map((move) => posting(books, move))
}
