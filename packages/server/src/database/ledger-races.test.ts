// Many clients at once, as they come on the day a programme opens: the peers' list of money bugs as tests. A clerk's
// double click, a retry after a broken connection and a sweep beside a payment are all in here.
import { seededRandom } from '@suanquan/core'
import { startOf } from '@suanquan/core/calendar'
import { usable, type AccountTerms, type Answer, type Batch, type Posting } from '@suanquan/core/ledger'
import { randomUuid, testDatabase, testFund, type TestFund } from '@suanquan/testkit'
import { afterAll, describe, expect, test } from 'vitest'
import { accountsOf, connect, ledgerHash, post, postingBatcher, sql, verifyLedger } from './index.ts'

const full = process.env['SUANQUAN_FULL'] === '1'
const seeds = Array.from({ length: full ? 20 : 2 }, (_, index) => index + 1)
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
const single = async (fund: TestFund, posting: Posting, at = moment): Promise<string> =>
  (await ask({ ...fund, moment: at, sets: [[posting]] }))[0]![0]!.result

describe('peers 1: issued − returned never exceeds the pool', () => {
  test.each(seeds)('seed %i: 32 clients race for the last units and issue exactly the pool', async (seed) => {
    const random = seededRandom(`race ${seed}`)
    const firms = Array.from({ length: CLIENTS }, (_, index) => `F${index}`)
    const fund = await freshFund(100n, firms)
    const asks = firms.flatMap((firm) =>
      Array.from({ length: 3 }, () => [
        fund.move('use', [fund.cap(firm), fund.capUsed(firm)], 1n),
        fund.move('issue', [fund.pool, fund.voucher(firm)], BigInt(1 + random.int(2))),
      ]),
    )
    // every third set is asked twice, by two clients
    const queue = [...asks, ...asks.filter((_, index) => index % 3 === 0)].sort(() => random.int(3) - 1)
    const answers = new Map<string, readonly Answer[]>()
    const client = async (): Promise<void> => {
      for (let set = queue.pop(); set !== undefined; set = queue.pop()) {
        const [answer] = await ask({ ...fund, moment, sets: [set] })
        const before = answers.get(set[0]!.id)
        if (before === undefined) answers.set(set[0]!.id, answer!)
        else expect(answer).toEqual(before)
      }
    }
    await Promise.all(Array.from({ length: CLIENTS }, client))
    const held = await accountsOf(database.kysely, fund.ledger)
    const issued = held.filter(({ account }) => account.code === 'voucher')
    expect(issued.reduce((sum, { balance }) => sum + balance.creditsPosted, 0n)).toBe(100n)
    expect(await left(fund, fund.pool)).toBe(0n)
    await proved(fund)
  })
})

describe('peers', () => {
  test('2: redeemed and paid amounts stay counted against the pool', async () => {
    const fund = await freshFund(100n, ['A'])
    const firm = {
      payable: fund.terms('payable', { holder: 'A' }),
      paid: fund.terms('paid', { holder: 'A' }),
    }
    await ask({ ...fund, moment, open: [firm.payable, firm.paid], sets: [] })
    for (const posting of [
      fund.move('issue', [fund.pool, fund.voucher('A')], 100n),
      fund.move('redeem', [fund.voucher('A'), firm.payable], 100n),
      fund.move('pay', [firm.payable, firm.paid], 100n),
    ]) {
      expect(await single(fund, posting)).toBe('posted')
      expect(await single(fund, fund.move('issue', [fund.pool, fund.voucher('A')], 1n))).toBe(
        'exceeds_credits',
      )
    }
  })
  test('3: identical submissions under load post once; the same id with another body is refused', async () => {
    const fund = await freshFund(1000n, ['A'])
    const posting = fund.move('issue', [fund.pool, fund.voucher('A')], 7n)
    const results = await Promise.all(Array.from({ length: 40 }, () => single(fund, posting)))
    expect(new Set(results)).toEqual(new Set(['posted']))
    expect(await left(fund, fund.voucher('A'))).toBe(7n)
    expect(await single(fund, { ...posting, amount: 8n })).toBe('id_taken')
  })
  test('4 and 7: a hold is resolved once, whoever comes first: settlement, release or sweep', async () => {
    const fund = await freshFund(1000n, ['A'])
    const payable = fund.terms('payable', { holder: 'A' })
    await ask({
      ...fund,
      moment,
      open: [payable],
      sets: [[fund.move('issue', [fund.pool, fund.voucher('A')], 50n)]],
    })
    const hold = fund.hold(fund.move('redeem', [fund.voucher('A'), payable], 50n))
    await single(fund, hold)
    const racing = Array.from({ length: 20 }, (_, index) =>
      fund.resolve(index % 2 === 0 ? 'settle' : 'release', hold, 50n),
    )
    const results = await Promise.all(racing.map((posting) => single(fund, posting)))
    expect(results.filter((result) => result === 'posted').length).toBe(1)
    expect(results.every((result) => /^(posted|already_(settled|released))$/.test(result))).toBe(true)
    await proved(fund)
  })
  test('5: an expired voucher is unspendable from the first moment; its sweep takes only its own', async () => {
    const fund = await freshFund(1000n, ['A'])
    const dated = fund.voucher('A', { usableUntil: '2024-06-30', reference: 'dated' })
    const payable = fund.terms('payable', { holder: 'A' })
    const midnight = startOf('2024-07-01')
    await ask({
      ...fund,
      moment,
      open: [dated, payable],
      sets: [
        [fund.move('issue', [fund.pool, dated], 50n)],
        [fund.move('issue', [fund.pool, fund.voucher('A')], 60n)],
      ],
    })
    expect(await single(fund, fund.move('expire', [dated, fund.pool], 50n))).toBe('not_yet_expired')
    expect(await single(fund, fund.move('redeem', [dated, payable], 1n), midnight - 1)).toBe('posted')
    expect(await single(fund, fund.move('redeem', [dated, payable], 1n), midnight)).toBe(
      'debit_account_expired',
    )
    expect(await left(fund, dated, midnight)).toBe(0n)
    expect(await single(fund, fund.move('expire', [dated, fund.pool], 50n), midnight)).toBe('exceeds_credits')
    expect(await single(fund, fund.move('expire', [dated, fund.pool], 49n), midnight)).toBe('posted')
    expect(await left(fund, fund.voucher('A'), midnight)).toBe(60n)
  })
  test('10: a cap per firm and year holds against 32 clients, also when the pool is ample', async () => {
    const fund = await freshFund(20n, ['A', 'B'])
    await ask({
      ...fund,
      moment,
      sets: [[fund.move('lower', [fund.cap('B'), fund.terms('cap_source')], 20n)]],
    })
    const results = await Promise.all(
      Array.from({ length: 40 }, () =>
        ask({
          ...fund,
          moment,
          sets: [
            [
              fund.move('use', [fund.cap('A'), fund.capUsed('A')], 3n),
              fund.move('issue', [fund.pool, fund.voucher('A')], 1n),
            ],
          ],
        }),
      ),
    )
    expect(results.filter(([set]) => set!.every(({ result }) => result === 'posted')).length).toBe(6)
    expect(await left(fund, fund.cap('A'))).toBe(2n)
    expect(await left(fund, fund.pool)).toBe(14n)
  })
  test('11 and 20: credit and debit at once lose nothing, and the order is the sequence', async () => {
    const fund = await freshFund(1000n, ['A'])
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        index % 2 === 0
          ? single(fund, fund.move('issue', [fund.pool, fund.voucher('A')], 5n), moment + index)
          : single(fund, fund.move('give_up', [fund.voucher('A'), fund.pool], 2n), moment - index),
      ),
    )
    await proved(fund)
    expect((await left(fund, fund.pool)) + (await left(fund, fund.voucher('A')))).toBe(1000n)
  })
  test('12: an unknown account stops loudly and opens nothing', async () => {
    const fund = await freshFund(10n, ['A'])
    expect(await single(fund, fund.move('issue', [fund.pool, fund.voucher('nobody')], 1n))).toBe(
      'credit_account_unknown',
    )
  })
})

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
