// The SQL function against the specification: the same random history is put to both, and every answer, balance, row,
// fingerprint and chain must be equal. The seed of a difference is in the test's name; the history replays from it.
import { hex, seededRandom } from '@suanquan/core'
import { startOf } from '@suanquan/core/calendar'
import {
  balancesAsOf,
  emptyBalance,
  emptyJournal,
  post as postInModel,
  resultNumbers,
  type Journal,
} from '@suanquan/core/ledger'
import { ledgerWorld, testDatabase } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'
import { accountsOf, balancesAt, fundsOf, ledgerHash, post, rowsOf, verifyLedger } from './index.ts'

const full = process.env['SUANQUAN_FULL'] === '1'
const seeds = full ? [1, 2, 3, 4, 5, 6] : [7]
const wanted = full ? 10_000 : 3_000

const tally = new Map<string, number>()

const { database, drop } = await testDatabase()
afterAll(drop)

test.each(seeds)(
  'seed %i: the database answers as the specification, posting by posting',
  async (seed) => {
    const random = seededRandom(`ledger ${seed}`)
    const journal = emptyJournal(seed, '110000', ledgerHash)
    const world = ledgerWorld(random.fork('world'), journal, startOf('2024-03-01'))
    let asked = 0
    while (asked < wanted) {
      const batch = world.nextBatch(journal)
      const expected = postInModel(journal, batch)
      const answers = await database.transaction((tx) => post(tx, batch))
      expect(answers).toEqual(expected)
      for (const { result } of expected.flat()) tally.set(result, (tally.get(result) ?? 0) + 1)
      asked += batch.sets.flat().length
    }
    await expectSameBooks(journal)
    await expectSamePast(journal, seed)
    expect(await verifyLedger(database, seed)).toMatchObject([
      { findings: [], postings: BigInt(journal.rows.length) },
    ])
    expect(tally.get('posted')).toBeGreaterThan(wanted / 10)
    if (full)
      console.log(`seed ${seed}: ${asked} postings asked, ${journal.rows.length} posted, no difference`)
  },
  600_000,
)

test('the histories were worth asking: every answer there is was given', () => {
  expect([...tally.keys()].sort()).toEqual(Object.keys(resultNumbers).sort())
})

async function expectSameBooks(journal: Journal): Promise<void> {
  const accounts = await accountsOf(database.kysely, journal.ledger)
  expect(accounts.length).toBe(journal.books.accounts.size)
  for (const state of accounts) expect(state).toEqual(journal.books.accounts.get(state.account.id))
  let at = 0
  for await (const row of rowsOf(database.kysely, journal.ledger)) {
    const expected = journal.rows[at++]!
    const plain = { ...row, setHash: hex(row.setHash), chain: hex(row.chain) }
    expect(plain).toEqual({ ...expected, setHash: hex(expected.setHash), chain: hex(expected.chain) })
  }
  expect(at).toBe(journal.rows.length)
  const fund = (await fundsOf(database.kysely)).find(({ ledger }) => ledger === journal.ledger)!
  expect(fund.nextSequence).toBe(BigInt(journal.rows.length) + 1n)
  expect(hex(fund.chain)).toBe(hex(journal.chain))
}

async function expectSamePast(journal: Journal, seed: number): Promise<void> {
  const random = seededRandom(`past ${seed}`)
  for (let count = 0; count < 10; count++) {
    const row = random.pick(journal.rows)
    for (const asOf of [{ sequence: row.sequence }, { moment: row.at }]) {
      const expected = balancesAsOf(journal.rows, asOf)
      const found = await balancesAt(database.kysely, journal.ledger, asOf)
      expect(new Map([...found].sort())).toEqual(new Map([...expected].sort()))
      expect([...found.values()].every((balance) => balance !== emptyBalance)).toBe(true)
    }
  }
}
