// The voucher's life at the level of the plans: random acts of every way, asked again, torn in the middle, asked by two
// at once, on clocks that jump, against a reference model that shares no code with the ledger. After every history
// every invariant is asked of the database. In full a million commands.
import {
  brokenInvariants,
  Difference,
  inWords,
  liveHistory,
  shrink,
  tellAgain,
  testDatabase,
} from '@suanquan/testkit'
import { resultNumbers } from '@suanquan/core/ledger'
import { afterAll, expect, test } from 'vitest'
import { connect, sql } from './index.ts'

const full = process.env['SUANQUAN_FULL'] === '1'
const [HISTORIES, COMMANDS] = full ? [50, 20_000] : [2, 3_000]
const seeds = Array.from({ length: HISTORIES }, (_, index) => index + 1)

const { database, address, drop } = await testDatabase()
const superuser = connect({ ...address, connections: 2 })
const stage = { database, superuser }
afterAll(async () => {
  await superuser.close()
  await drop()
})

const tally = new Map<string, number>()
let commands = 0
let posted = 0
let scratch = 100_000

test.each(seeds)(
  'seed %i: the database answers as the model, and every invariant holds afterwards',
  async (seed) => {
    const told = await liveHistory(stage, seed, COMMANDS).catch(explain(seed))
    expect(await brokenInvariants(database, told)).toEqual([])
    for (const [result, count] of told.results) tally.set(result, (tally.get(result) ?? 0) + count)
    commands += told.commands
    posted += told.posted
    if (full && seed % 5 === 0) console.log(`${commands} commands, ${posted} postings, no difference`)
  },
  3_600_000,
)

test('the histories were worth living: all that can be refused in a programme was', () => {
  // what no plan can ask for: unknown accounts, triples that do not exist, holds with an end
  const never = [
    'accounts_equal',
    'debit_account_closed',
    'credit_account_closed',
    'not_allowed',
    'reservation_expired',
    'exceeds_debits',
    'reservation_differs',
  ]
  const expected = Object.keys(resultNumbers).filter((result) => !never.includes(result))
  const missing = expected.filter((result) => !tally.has(result))
  // a short life, of two at once, need not meet each of them
  expect(missing.length, missing.join(' ')).toBeLessThanOrEqual(full ? 0 : 4)
  expect(commands).toBeGreaterThanOrEqual(HISTORIES * COMMANDS)
  expect(posted).toBeGreaterThan(commands)
})

test('a ledger that forgets its floors is found out, and the story of it is short', async () => {
  const owner = connect({ ...address, role: 'owner', connections: 1 })
  const { rows } = await sql<{ source: string }>`
    select pg_get_functiondef('ledger.post'::regproc) as source`.execute(owner.kysely)
  const healthy = rows[0]!.source
  await sql.raw(healthy.replace('v_floor[a] = 1 and', 'false and')).execute(owner.kysely)
  const found = await liveHistory(stage, 99_999, 3_000).catch((error: unknown) => error)
  expect(found).toBeInstanceOf(Difference)
  const steps = await shortest((found as Difference).steps)
  await sql.raw(healthy).execute(owner.kysely)
  await owner.close()
  expect(steps.flat().flatMap(({ acts }) => acts).length).toBeLessThan(8)
})

function shortest(steps: Difference['steps']): Promise<Difference['steps']> {
  return shrink(steps, async (fewer) => (await tellAgain(stage, scratch++, fewer)) !== null)
}

/** A difference is thrown on with its seed and the shortest history that still shows it. */
function explain(seed: number): (error: unknown) => Promise<never> {
  return async (error) => {
    if (!(error instanceof Difference)) throw error
    throw new Error(`seed ${seed}: ${error.message}\n${inWords(await shortest(error.steps))}`)
  }
}
