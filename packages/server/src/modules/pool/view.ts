// The parts of a programme's money as of any day or sequence: what came in, was moved away, is promised, was granted,
// came back and is left, part by part, all from the journal.
import type { AnswerOf, Routes } from '@suanquan/api'
import { postingRules } from '@suanquan/core/ledger'
import { appropriation, idOf, ownPool, pool, type Books, type PoolKey } from '@suanquan/core/voucher'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { booksOf, lastCounted, movedAsOf, type Moved, type Until } from '../ledger/index.ts'
import type { InForce } from '../policy/index.ts'
import { fundingOf, keyOf, nameOfKey, type AllotmentRow } from './funding.ts'

type View = AnswerOf<Routes['readPools']>
type Part = View['parts'][number]

const { appropriate, withdraw, allot, take_back, issue, award } = postingRules
const MOVES: readonly number[] = [allot.number, take_back.number]
const GRANTS: readonly number[] = [issue.number, award.number]

export async function viewPools(db: Kysely<Tables>, inForce: InForce, until: Until): Promise<View> {
  const books = booksOf(inForce)
  const rows = await db
    .selectFrom('allotment')
    .selectAll()
    .where('adoption_id', '=', inForce.id)
    .orderBy('kind')
    .orderBy('district')
    .orderBy('reference')
    .execute()
  const own = idOf(books, pool(books.fund))
  const parts = rows.map((row) => ({ row, account: idOf(books, pool(books.fund, keyOf(row))) }))
  const places = [
    books.fund.jurisdiction,
    ...rows.filter(({ kind }) => kind === 'tier').map((row) => row.district),
  ]
  const appropriations = places.map((district) => idOf(books, appropriation(books.fund, district)))
  const accounts = [own, ...parts.map(({ account }) => account), ...appropriations]
  const moved = await movedAsOf(db, inForce.fund, accounts, until)
  const { sequence, moment } = await lastCounted(db, inForce.fund, until)
  const waiting = await waitingOn(db, inForce)
  const given = movedOn(moved, new Set(appropriations))
  const left = given('credit') - given('debit')
  return {
    adoptionId: inForce.id,
    title: inForce.programme.title,
    asOf: new Date('moment' in until ? until.moment : (moment ?? 0)).toISOString(),
    sequence: Number(sequence),
    appropriatedFen: given('credit', [appropriate.number]).toString(),
    unallottedFen: left.toString(),
    withdrawnFen: given('debit', [withdraw.number]).toString(),
    parts: [
      { ...ownPart(books), ...sumsOf(moved, own), waitingApplications: waiting(ownPool(books.fund)) },
      ...parts.map(({ row, account }) => ({
        ...partOf(row),
        ...sumsOf(moved, account),
        waitingApplications: waiting(keyOf(row)),
      })),
    ],
  }
}

type Named = Pick<
  Part,
  'id' | 'kind' | 'district' | 'reference' | 'name' | 'funded' | 'cityShare' | 'restPaidBy'
>

function ownPart({ fund }: Books): Named {
  const rest = { reference: '', name: '', funded: true, cityShare: null, restPaidBy: null }
  return { id: null, kind: 'own', district: fund.jurisdiction, ...rest }
}

function partOf(row: AllotmentRow): Named {
  const { id, kind, district, reference, name } = row
  const share = row.city_share_numerator
  return {
    id,
    kind,
    district,
    reference,
    name,
    funded: row.funded_at !== null,
    cityShare: share === null ? null : `${share}/${row.city_share_denominator}`,
    restPaidBy: row.rest_paid_by,
  }
}

type Sum = (side: Moved['side'], codes?: readonly number[], what?: 'posted' | 'pending') => bigint

function movedOn(moved: readonly Moved[], accounts: ReadonlySet<string>): Sum {
  return (side, codes, what = 'posted') =>
    moved
      .filter((each) => accounts.has(each.account) && each.side === side)
      .filter(({ code }) => codes === undefined || codes.includes(code))
      .reduce((total, each) => total + each[what], 0n)
}

function sumsOf(
  moved: readonly Moved[],
  account: string,
): Pick<Part, 'inFen' | 'outFen' | 'reservedFen' | 'grantedFen' | 'returnedFen' | 'leftFen'> {
  const sum = movedOn(moved, new Set([account]))
  const [cameIn, wentOut] = [sum('credit', MOVES), sum('debit', MOVES)]
  const all = sum('credit')
  const reserved = sum('debit', undefined, 'pending')
  return {
    inFen: cameIn.toString(),
    outFen: wentOut.toString(),
    reservedFen: reserved.toString(),
    grantedFen: sum('debit', GRANTS).toString(),
    returnedFen: (all - cameIn).toString(),
    leftFen: (all - sum('debit') - reserved).toString(),
  }
}

/** How many applications wait for each pool, as of now. */
async function waitingOn(db: Kysely<Tables>, inForce: InForce): Promise<(key: PoolKey) => number> {
  const rows = await db
    .selectFrom('application')
    .select(['district', ({ fn }) => fn.countAll<bigint>().as('count')])
    .where('adoption_id', '=', inForce.id)
    .where('state', '=', 'waiting')
    .groupBy('district')
    .execute()
  const counts = new Map<string, number>()
  for (const { district, count } of rows)
    for (const { pool: key } of (await fundingOf(db, inForce, district)).pools)
      counts.set(nameOfKey(key), (counts.get(nameOfKey(key)) ?? 0) + Number(count))
  return (key) => counts.get(nameOfKey(key)) ?? 0
}
