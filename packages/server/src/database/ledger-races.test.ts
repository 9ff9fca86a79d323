// Commands beside one another: post is the last statement, a refusal leaves nothing, a deadlock is tried again, and the
// batcher gives each of many callers its own answer.
import { seededRandom } from '@suanquan/core'
import { startOf } from '@suanquan/core/calendar'
import { usable, type AccountTerms, type Answer, type Batch } from '@suanquan/core/ledger'
import { randomUuid, testDatabase, testFund, type TestFund } from '@suanquan/testkit'
import { afterAll, describe, expect, test } from 'vitest'
import { accountsOf, connect, ledgerHash, post, postingBatcher, sql, verifyLedger } from './index.ts'

const CLIENTS = 32

const { address, drop } = await testDatabase()
const database = connect({ ...address, role: 'app', connections: CLIENTS })
afterAll(async () => {
  await database.close()
  await drop()
})

const moment = startOf('2024-06-01')
const ask = (batch: Batch): Promise<readonly (readonly Answer[])[]> =>
  database.transaction((tx) => post(tx, batch))
const left = async (fund: TestFund, account: AccountTerms, at = moment): Promise<bigint> => {
  const [state] = await accountsOf(database.kysely, fund.ledger, { ids: [fund.id(account)] })
  return usable(account, state!.balance, at)
}
const proved = async (fund: TestFund): Promise<void> =>
  expect(await verifyLedger(database, fund.ledger)).toMatchObject([{ findings: [] }])
let ledgers = 100
const freshFund = async (amount: bigint, firms: readonly string[]): Promise<TestFund> => {
  const fund = testFund(seededRandom(`races ${ledgers}`), ledgerHash, ledgers++)
  await ask(fund.funding(moment, amount, firms))
  return fund
}

describe('a command', () => {
  test('posts last: a query after post throws and nothing is kept', async () => {
    const fund = await freshFund(10n, ['A'])
    const posting = fund.move('issue', [fund.pool, fund.voucher('A')], 1n)
    const command = database.transaction(async (tx) => {
      await post(tx, { ...fund, moment, sets: [[posting]] })
      await tx.kysely.selectFrom('ledger.head').selectAll().execute()
    })
    await expect(command).rejects.toThrow('post is the last statement')
    expect(await left(fund, fund.pool)).toBe(10n)
  })
  test('that is refused leaves nothing behind, not even the refusal of its posting', async () => {
    const fund = await freshFund(10n, ['A'])
    const posting = fund.move('issue', [fund.pool, fund.voucher('A')], 11n)
    const refused = await database.transaction(async (tx) => {
      const [answers] = await post(tx, { ...fund, moment, sets: [[posting]] })
      return answers![0]!.result === 'posted' ? { ok: true } : { ok: false, why: answers![0]!.result }
    })
    expect(refused).toEqual({ ok: false, why: 'exceeds_credits' })
    const rows = await database.kysely
      .selectFrom('ledger.rejection')
      .where('id', '=', posting.id)
      .selectAll()
      .execute()
    expect(rows).toEqual([])
  })
  test('runs again after a deadlock', async () => {
    const lock = (key: number): ReturnType<typeof sql> => sql`select pg_advisory_xact_lock(${key})`
    let runs = 0
    const both = (first: number, second: number): Promise<unknown> =>
      database.transaction(async (tx) => {
        runs++
        await lock(first).execute(tx.kysely)
        await sql`select pg_sleep(0.05)`.execute(tx.kysely)
        await lock(second).execute(tx.kysely)
      })
    await Promise.all([both(1, 2), both(2, 1)])
    expect(runs).toBe(3)
  })
})

describe('the batcher', () => {
  test('gives 300 callers their own answers in few transactions, documents and postings together', async () => {
    const superuser = connect({ ...address, connections: 1 })
    await sql`create table public.paper (id uuid primary key, tx xid8 not null)`.execute(superuser.kysely)
    await sql`grant select, insert on public.paper to suanquan_app`.execute(superuser.kysely)
    await superuser.close()
    const fund = await freshFund(250n, ['A'])
    const submit = postingBatcher({ database, ...fund })
    const random = seededRandom('papers')
    const callers = Array.from({ length: 300 }, async (_, index) => {
      const paper = randomUuid(random)
      const posting = fund.move('issue', [fund.pool, fund.voucher('A')], 1n)
      const [answers] = await submit({
        moment,
        sets: [[posting]],
        store: async (tx) => {
          if (index === 7) throw new Error('a bad paper')
          await sql`insert into public.paper values (${paper}, pg_current_xact_id())`.execute(tx.kysely)
        },
      })
      expect(answers![0]!.id).toBe(posting.id)
      return answers![0]!.result
    })
    const outcomes = await Promise.allSettled(callers)
    expect(outcomes.filter(({ status }) => status === 'rejected').length).toBe(1)
    const results = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    expect(results.filter((result) => result === 'posted').length).toBe(250)
    const papers = await sql<{ n: bigint }>`select count(*) as n from public.paper`.execute(database.kysely)
    expect(papers.rows[0]!.n).toBe(299n)
    await proved(fund)
  })
  test('never puts two asks of one id, or two civil days, into one call', async () => {
    const fund = await freshFund(10n, ['A'])
    const submit = postingBatcher({ database, ...fund })
    const posting = fund.move('issue', [fund.pool, fund.voucher('A')], 1n)
    const answers = await Promise.all([
      submit({ moment, sets: [[posting]] }),
      submit({ moment, sets: [[posting]] }),
      submit({
        moment: moment + 86_400_000,
        sets: [[fund.move('issue', [fund.pool, fund.voucher('A')], 2n)]],
      }),
    ])
    expect(answers[0]).toEqual(answers[1])
    expect(await left(fund, fund.pool)).toBe(7n)
  })
})
