// The parts of a programme's money as of any day or sequence: what came in, was moved away, is promised, was granted,
// came back and is left, part by part, all from the journal.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accountKinds, numbersOf, postingRules } from '@suanquan/core/ledger'
import {
  appropriation,
  idOf,
  ownPool,
  pool,
  sharedFund,
  type Books,
  type Fund,
  type PoolKey,
  type Terms,
} from '@suanquan/core/voucher'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { booksOf, lastCounted, movedAsOf, type Moved, type Until } from '../ledger/index.ts'
import type { InForce } from '../policy/index.ts'
import { fundingOf, keyOf, nameOfKey, type AllotmentRow } from './funding.ts'

type View = AnswerOf<Routes['readPools']>
type Part = View['parts'][number]

const { withdraw, take_back, carry_over, lapse } = postingRules
const MOVES: readonly number[] = [...numbersOf('allot'), take_back.number, lapse.number]
const CARRIED: readonly number[] = [carry_over.number]
const GRANTS: readonly number[] = numbersOf('issue', 'award')

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
  const funds = await fundsByYear(db, books)
  const accountsOf = (terms: (fund: Fund) => Terms): string[] => funds.map((fund) => idOf(books, terms(fund)))
  const own = accountsOf((fund) => pool(fund))
  const parts = rows.map((row) => ({ row, accounts: accountsOf((fund) => pool(fund, keyOf(row))) }))
  const places = [
    books.fund.jurisdiction,
    ...rows.filter(({ kind }) => kind === 'tier').map((row) => row.district),
  ]
  const appropriations = places.flatMap((district) => accountsOf((fund) => appropriation(fund, district)))
  const accounts = [...own, ...parts.flatMap((part) => part.accounts), ...appropriations]
  const moved = await movedAsOf(db, inForce.fund, accounts, until)
  const { sequence, moment } = await lastCounted(db, inForce.fund, until)
  const shared = accountsOf((fund) => appropriation(sharedFund(fund)))
  const fromFund = await movedBetween(db, inForce.fund, { from: shared, to: accounts, sequence })
  const waiting = await waitingOn(db, inForce)
  const given = movedOn(moved, new Set(appropriations))
  const left = given('credit') - given('debit')
  return {
    adoptionId: inForce.id,
    title: inForce.programme.title,
    asOf: new Date('moment' in until ? until.moment : (moment ?? 0)).toISOString(),
    sequence: Number(sequence),
    appropriatedFen: (given('credit', numbersOf('appropriate')) + fromFund).toString(),
    unallottedFen: left.toString(),
    withdrawnFen: movedOn(moved, new Set(accounts))('debit', [withdraw.number, lapse.number]).toString(),
    parts: [
      { ...ownPart(books), ...sumsOf(moved, own), waitingApplications: waiting(ownPool(books.fund)) },
      ...parts.map(({ row, accounts: its }) => ({
        ...partOf(row),
        ...sumsOf(moved, its),
        waitingApplications: waiting(keyOf(row)),
      })),
    ],
  }
}

/** The fund once for each budget year of which the programme has money. */
async function fundsByYear(db: Kysely<Tables>, { fund }: Books): Promise<readonly Fund[]> {
  const rows = await db
    .selectFrom('ledger.account')
    .select('year')
    .distinct()
    .where('ledger', '=', fund.ledger)
    .where('programme', 'in', [fund.programme, ''])
    .where('code', 'in', [accountKinds.appropriation.number, accountKinds.pool.number])
    .execute()
  return rows.map(({ year }) => ({ ...fund, year }))
}

/** What some accounts gave others up to a posting, less what came back. */
async function movedBetween(
  db: Kysely<Tables>,
  ledger: number,
  { from, to, sequence }: { readonly from: string[]; readonly to: string[]; readonly sequence: bigint },
): Promise<bigint> {
  const { rows } = await sql<{ fen: bigint }>`
    select coalesce(sum(case when debit = any(${from}::uuid[]) then amount else -amount end), 0)::bigint as fen
      from ledger.posting where ledger = ${ledger} and seq <= ${sequence}
       and ((debit = any(${from}::uuid[]) and credit = any(${to}::uuid[]))
         or (credit = any(${from}::uuid[]) and debit = any(${to}::uuid[])))`.execute(db)
  return rows[0]!.fen
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
  accounts: readonly string[],
): Pick<Part, 'inFen' | 'outFen' | 'reservedFen' | 'grantedFen' | 'returnedFen' | 'leftFen'> {
  const sum = movedOn(moved, new Set(accounts))
  const [cameIn, wentOut] = [sum('credit', MOVES), sum('debit', MOVES)]
  const all = sum('credit')
  const reserved = sum('debit', undefined, 'pending')
  return {
    inFen: cameIn.toString(),
    outFen: wentOut.toString(),
    reservedFen: reserved.toString(),
    grantedFen: sum('debit', GRANTS).toString(),
    returnedFen: (all - cameIn - sum('credit', CARRIED)).toString(),
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
