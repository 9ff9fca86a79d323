// The quick proof says yes to what the verifier finds nothing in, and no to every single change of a stored row.
import { seededRandom } from '@suanquan/core'
import { startOf } from '@suanquan/core/calendar'
import { emptyJournal, post as postInModel } from '@suanquan/core/ledger'
import { ledgerWorld, testDatabase } from '@suanquan/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountsOf, connect, fundsOf, ledgerHash, post, sql, verifyLedger } from './index.ts'
import { isProved } from './prove.ts'

const { database, address, drop } = await testDatabase()
const owner = connect({ ...address, role: 'owner', connections: 1 })
afterAll(() => owner.close().then(drop))

beforeAll(async () => {
  for (const ledger of [1, 2]) {
    const random = seededRandom(`prove ${ledger}`)
    const journal = emptyJournal(ledger, '110000', ledgerHash)
    const world = ledgerWorld(random, journal, startOf('2024-03-01'))
    while (journal.rows.length < 150) {
      const batch = world.nextBatch(journal)
      postInModel(journal, batch)
      await database.transaction((tx) => post(tx, batch))
    }
  }
})

async function provedFunds(): Promise<readonly number[]> {
  return database.snapshot(async (snapshot) => {
    const proved: number[] = []
    for (const fund of await fundsOf(snapshot.kysely)) {
      const accounts = await accountsOf(snapshot.kysely, fund.ledger)
      if (await isProved(snapshot, { fund, accounts })) proved.push(fund.ledger)
    }
    return proved
  })
}

async function change(statement: string): Promise<void> {
  await sql.raw(statement).execute(owner.kysely)
}

test('whole journals with reservations, expiry and closed accounts are proved at once', async () => {
  const { rows } = await sql<{
    kinds: number
  }>`select count(distinct kind)::int as kinds from ledger.posting`.execute(database.kysely)
  expect(rows[0]!.kinds).toBe(4)
  expect(await provedFunds()).toEqual([1, 2])
  expect((await verifyLedger(database)).map(({ postings }) => postings >= 150n)).toEqual([true, true])
})

const fiftieth = 'where ledger = 1 and seq = 50'
const another = `(select id from ledger.account where ledger = 1 and id not in
  (select unnest(array[debit, credit]) from ledger.posting ${fiftieth}) order by id limit 1)`

/** A change, and the one that undoes it. */
const changes: readonly (readonly [what: string, done: string, undone: string])[] = [
  ...[
    ['amount', 'amount + 1', 'amount - 1'],
    ['at', "at + interval '1 ms'", "at - interval '1 ms'"],
    ['district', "'110101'", "'110000'"],
    ['jurisdiction', "'310000'", "'110000'"],
    ['links', 'links + 1', 'links - 1'],
    [
      'set_hash',
      'set_byte(set_hash, 31, get_byte(set_hash, 31) # 1)',
      'set_byte(set_hash, 31, get_byte(set_hash, 31) # 1)',
    ],
    ['chain', 'set_byte(chain, 0, get_byte(chain, 0) # 1)', 'set_byte(chain, 0, get_byte(chain, 0) # 1)'],
  ].map(
    ([column, done, undone]) =>
      [
        `posting.${column}`,
        `update ledger.posting set ${column} = ${done} ${fiftieth}`,
        `update ledger.posting set ${column} = ${undone} ${fiftieth}`,
      ] as const,
  ),
  [
    'posting.debit',
    `create table kept as select debit from ledger.posting ${fiftieth}; update ledger.posting set debit = ${another} ${fiftieth}`,
    `update ledger.posting set debit = (select debit from kept) ${fiftieth}; drop table kept`,
  ],
  [
    'a row is gone',
    `create table kept as select * from ledger.posting ${fiftieth}; delete from ledger.posting ${fiftieth}`,
    'insert into ledger.posting select * from kept; drop table kept',
  ],
  [
    'the last row is gone',
    `create table kept as select * from ledger.posting where ledger = 1 order by seq desc limit 1;
      delete from ledger.posting where ledger = 1 and seq = (select seq from kept)`,
    'insert into ledger.posting select * from kept; drop table kept',
  ],
  [
    'the head',
    'update ledger.head set next_seq = next_seq + 1 where ledger = 1',
    'update ledger.head set next_seq = next_seq - 1 where ledger = 1',
  ],
  [
    'both sides of the balances',
    'update ledger.account set debits_posted = debits_posted + 1, credits_posted = credits_posted + 1 where ledger = 1 and code = 2',
    'update ledger.account set debits_posted = debits_posted - 1, credits_posted = credits_posted - 1 where ledger = 1 and code = 2',
  ],
  [
    'a debited account was closed before',
    `create table kept as select id, closed_seq from ledger.account where ledger = 1 and code = 3;
      update ledger.account set closed_seq = 1 where ledger = 1 and code = 3`,
    'update ledger.account a set closed_seq = k.closed_seq from kept k where a.ledger = 1 and a.id = k.id; drop table kept',
  ],
]

test.each(changes)('one change, no proof, and the verifier says why: %s', async (_, done, undone) => {
  await change(done)
  expect(await provedFunds()).toEqual([2])
  const [changed, whole] = await verifyLedger(database)
  expect(changed!.findings.length).toBeGreaterThan(0)
  expect(whole!.findings).toEqual([])
  await change(undone)
  expect(await provedFunds()).toEqual([1, 2])
})
