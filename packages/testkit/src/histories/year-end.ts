// A year of a fund is closed in the middle of a history: what is left in its accounts is carried over or lapses, and the
// latest approvals go on in the next year; older ones stay behind and can only be released.
import type { Uuid } from '@suanquan/core/ledger'
import {
  appropriation,
  idOf,
  management,
  ownPool,
  payable,
  planYearEnd,
  pool,
  sharedFund,
  sourcesOf,
  voucher,
  type MovedApproval,
  type PoolKey,
  type Terms,
  type YearPlace,
} from '@suanquan/core/voucher'
import { randomUuid } from '../ledger-world.ts'
import { inYear, PARTS, type Act, type Grant, type Life } from './acts.ts'

const FIRST_YEAR = 2024
const MOST_MOVED = 200

/** The closing as an act of the old year; from here on the next one is open. */
export function yearEnd(life: Life): Act {
  const { random, books, year } = life
  const fund = { ...books.fund, year }
  const nextYear = (year ?? FIRST_YEAR) + 1
  const document = randomUuid(random)
  // an approval that went on stands for the one before it
  const latest = new Map(life.grants.map((grant) => [accountOf(life, grant), grant]))
  const going = [...latest]
    .filter(([account]) => life.promised(account) > 0n)
    .map(([, grant]) => grant)
    .slice(-MOST_MOVED)
  const approvals = going.map(({ approval, terms }): MovedApproval => ({
    programme: fund.programme,
    terms,
    before: approval,
    parts: [0],
    after: randomUuid(random),
  }))
  const lapses = random.int(2) === 0
  const place = (account: Terms, promisedFen = 0n): YearPlace => {
    const leftFen = life.left(idOf(books, account))
    return lapses
      ? { account, carriedFen: promisedFen, lapsedFen: leftFen }
      : { account, carriedFen: leftFen + promisedFen, lapsedFen: 0n }
  }
  const places = [
    ...[ownPool(fund), ...PARTS].map((key) => place(pool(fund, key), drawnFrom(life, going, key))),
    place(appropriation(fund)),
    place(appropriation(fund, '110108')),
    place(appropriation(sharedFund(fund))),
    place(management(fund)),
  ]
  const plan = inYear(life, (of) => planYearEnd(of, document, { nextYear, places, approvals }))
  life.year = nextYear
  for (const { before, after, terms } of approvals)
    life.grants.push({ approval: { ...before, id: after }, terms })
  return { name: 'yearEnd', plan }
}

function accountOf({ books }: Life, { terms }: Grant): Uuid {
  return idOf(books, terms.makes === 'voucher' ? voucher(books.fund, terms) : payable(books.fund, terms))
}

/** What some grants hold of one pool. */
function drawnFrom({ books }: Life, grants: readonly Grant[], key: PoolKey): bigint {
  return grants
    .flatMap(({ approval }) => sourcesOf(books.fund, approval))
    .filter(
      ({ pool: of }) =>
        of.kind === key.kind && of.district === key.district && of.reference === key.reference,
    )
    .reduce((sum, { amountFen }) => sum + amountFen, 0n)
}
