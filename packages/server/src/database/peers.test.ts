// The money bugs that were found in other platforms, as tests of the ledger: each title says what must hold, and in
// brackets where it was broken, as far as issues and sources tell. LCK is the published list of invariants of the
// ledger-conformance-kit. Those that are not the ledger's stand with what they are about; the last test names them all.
import { seededRandom } from '@suanquan/core'
import { startOf } from '@suanquan/core/calendar'
import {
  balancesAsOf,
  usable,
  type AccountTerms,
  type Answer,
  type Batch,
  type JournalRow,
  type Posting,
} from '@suanquan/core/ledger'
import { testDatabase, testFund, type TestFund } from '@suanquan/testkit'
import { decisiveSet, planApproval } from '@suanquan/core/voucher'
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { accountsOf, balancesAt, connect, ledgerHash, post, rowsOf, sql, verifyLedger } from './index.ts'

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
const rowsIn = async (fund: TestFund): Promise<readonly JournalRow[]> => {
  const rows: JournalRow[] = []
  for await (const row of rowsOf(database.kysely, fund.ledger)) rows.push(row)
  return rows
}
const single = async (fund: TestFund, posting: Posting, at = moment): Promise<string> =>
  (await ask({ ...fund, moment: at, sets: [[posting]] }))[0]![0]!.result

describe('peers 1 (Waldur, OpenG2P, Medusa): issued less returned never exceeds the pool', () => {
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
  test('2 (OpenG2P): redeemed and paid amounts stay counted against the pool', async () => {
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
  test('3 (Lago, LCK INV-04, 05, 15): identical submissions under load post once; the same id with another body is refused', async () => {
    const fund = await freshFund(1000n, ['A'])
    const posting = fund.move('issue', [fund.pool, fund.voucher('A')], 7n)
    const results = await Promise.all(Array.from({ length: 40 }, () => single(fund, posting)))
    expect(new Set(results)).toEqual(new Set(['posted']))
    expect(await left(fund, fund.voucher('A'))).toBe(7n)
    expect(await single(fund, { ...posting, amount: 8n })).toBe('id_taken')
  })
  test('4 (eliza): a hold is resolved once, whoever comes first: settlement, release or sweep', async () => {
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
  test('5 (fountain, ColdFront): an expired voucher is unspendable from the first moment, swept or not; its sweep takes only its own', async () => {
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
  test('10 (Lago, UCloud): a cap per firm and year holds against many clients, also when another cap is used up', async () => {
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
  test('11 and 20 (OpenSCOW, fountain, LCK INV-06, 14): credit and debit at once lose nothing, and the order is the sequence, not the clock', async () => {
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
    const rows = await rowsIn(fund)
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, index) => BigInt(index + 1)))
    expect(rows.slice(1).every((row, index) => row.at >= rows[index]!.at)).toBe(true)
  })
  test('12 (OpenSCOW): an unknown account stops loudly and opens nothing', async () => {
    const fund = await freshFund(10n, ['A'])
    expect(await single(fund, fund.move('issue', [fund.pool, fund.voucher('nobody')], 1n))).toBe(
      'credit_account_unknown',
    )
  })
  test('7 (fountain, OpenMeter): what was paid is demanded back once, whoever asks, and never from another', async () => {
    const fund = await freshFund(1000n, ['A', 'B'])
    const of = (code: 'payable' | 'paid' | 'receivable', holder: string): AccountTerms =>
      fund.terms(code, { holder })
    const open = (['A', 'B'] as const).flatMap((firm) =>
      (['payable', 'paid', 'receivable'] as const).map((code) => of(code, firm)),
    )
    const paid = (firm: string): Posting[] => [
      fund.move('issue', [fund.pool, fund.voucher(firm)], 50n),
      fund.move('redeem', [fund.voucher(firm), of('payable', firm)], 50n),
      fund.move('pay', [of('payable', firm), of('paid', firm)], 50n),
    ]
    await ask({ ...fund, moment, open, sets: [paid('A'), paid('B')] })
    const demands = Array.from({ length: 20 }, () =>
      fund.move('claw_back', [of('paid', 'A'), of('receivable', 'A')], 50n),
    )
    const results = await Promise.all([...demands, ...demands].map((posting) => single(fund, posting)))
    expect(results.filter((result) => result === 'posted').length).toBe(2)
    expect(results.every((result) => result === 'posted' || result === 'exceeds_credits')).toBe(true)
    expect(await left(fund, of('paid', 'A'))).toBe(0n)
    expect(await left(fund, of('paid', 'B'))).toBe(50n)
    expect(await single(fund, fund.move('bounce', [of('paid', 'A'), of('payable', 'A')], 1n))).toBe(
      'exceeds_credits',
    )
    await proved(fund)
  })
  test('8 (OpenMeter, fountain): what was drawn in order is unwound in reverse to the fen, and replay rebuilds it', async () => {
    const fund = await freshFund(1000n, ['A', 'B'])
    const random = seededRandom('unwind')
    const payables = ['A', 'B'].map((holder) => fund.terms('payable', { holder }))
    const firms = ['A', 'B'].map((firm) => fund.voucher(firm))
    await ask({
      ...fund,
      moment,
      open: payables,
      sets: firms.map((voucher) => [fund.move('issue', [fund.pool, voucher], 400n)]),
    })
    const before = await accountsOf(database.kysely, fund.ledger)
    const drawn = Array.from({ length: 40 }, () => ({
      firm: random.int(2),
      amount: BigInt(1 + random.int(15)),
    }))
    const move = (code: 'redeem' | 'unredeem', { firm, amount }: (typeof drawn)[number]): Posting =>
      code === 'redeem'
        ? fund.move(code, [firms[firm]!, payables[firm]!], amount)
        : fund.move(code, [payables[firm]!, firms[firm]!], amount)
    for (const each of drawn) expect(await single(fund, move('redeem', each))).toBe('posted')
    const rows = await rowsIn(fund)
    expect(rows.slice(-drawn.length).map(({ posting }) => posting.amount)).toEqual(
      drawn.map(({ amount }) => amount),
    )
    for (const each of drawn.toReversed()) expect(await single(fund, move('unredeem', each))).toBe('posted')
    const after = await accountsOf(database.kysely, fund.ledger)
    const net = (states: typeof after): unknown =>
      states.map(({ account, balance }) => [account.id, usable(account, balance, moment)])
    expect(net(after)).toEqual(net(before))
    const replayed = balancesAsOf(await rowsIn(fund))
    for (const { account, balance } of after)
      if (replayed.has(account.id)) expect(replayed.get(account.id)).toEqual(balance)
  })
  test('9 (Kilo, UCloud): the balance shown is that of the journal, as of any sequence; what has expired is gone from it', async () => {
    const fund = await freshFund(1000n, ['A'])
    const dated = fund.voucher('A', { usableUntil: '2024-06-30', reference: 'dated' })
    await ask({ ...fund, moment, open: [dated], sets: [[fund.move('issue', [fund.pool, dated], 90n)]] })
    for (let part = 1n; part <= 5n; part++)
      await single(fund, fund.move('give_up', [dated, fund.pool], part), moment + Number(part))
    const rows = await rowsIn(fund)
    for (const { sequence } of rows) {
      const shown = await balancesAt(database.kysely, fund.ledger, { sequence })
      expect(new Map([...shown].sort())).toEqual(new Map([...balancesAsOf(rows, { sequence })].sort()))
    }
    expect(await left(fund, dated, startOf('2024-07-01') - 1)).toBe(75n)
    expect(await left(fund, dated, startOf('2024-07-01'))).toBe(0n)
  })
  test('10 (UCloud): no account goes below zero because another of the same holder has plenty', async () => {
    const fund = await freshFund(1000n, ['A'])
    const second = fund.voucher('A', { reference: 'second' })
    const payable = fund.terms('payable', { holder: 'A' })
    await ask({
      ...fund,
      moment,
      open: [second, payable],
      sets: [[fund.move('issue', [fund.pool, fund.voucher('A')], 100n)]],
    })
    expect(await single(fund, fund.move('redeem', [second, payable], 1n))).toBe('exceeds_credits')
    expect(await single(fund, fund.move('redeem', [fund.voucher('A'), payable], 100n))).toBe('posted')
  })
  test('14 (OpenSCOW): a voucher that was closed pays for nothing more, by no kind of posting; what it held goes home', async () => {
    const fund = await freshFund(1000n, ['A'])
    const payable = fund.terms('payable', { holder: 'A' })
    const hold = fund.hold(fund.move('redeem', [fund.voucher('A'), payable], 40n))
    await ask({
      ...fund,
      moment,
      open: [payable],
      sets: [[fund.move('issue', [fund.pool, fund.voucher('A')], 100n)], [hold]],
    })
    await ask({ ...fund, moment, close: [fund.id(fund.voucher('A'))], sets: [] })
    const redeem = fund.move('redeem', [fund.voucher('A'), payable], 1n)
    for (const posting of [
      redeem,
      fund.hold({ ...redeem, id: fund.move('redeem', [fund.pool, payable], 1n).id }),
    ])
      expect(await single(fund, posting)).toBe('debit_account_closed')
    expect(await single(fund, fund.resolve('settle', hold, 40n))).toBe('debit_account_closed')
    expect(await single(fund, fund.resolve('release', hold, 40n))).toBe('posted')
    expect(await single(fund, fund.move('revoke', [fund.voucher('A'), fund.pool], 100n))).toBe('posted')
  })
  test('19 (Waldur): a cap refuses the very first grant too, before any voucher holds a fen', async () => {
    const fund = await freshFund(1000n, ['A'])
    const grant = { id: fund.move('issue', [fund.pool, fund.pool], 1n).id, amountFen: 11n }
    const line = { key: 'firm', cap: 'firm_year', counter: 'claimed', subjectKey: 'first', periodKey: '2024' }
    const books = {
      fund: { ledger: fund.ledger, jurisdiction: '110000', programme: 'beijing-2023' },
      hash: ledgerHash,
    }
    const plan = planApproval(
      books,
      { ...grant, caps: [{ ...line, measure: 'fen', limit: 10n }] },
      { makes: 'voucher', number: 'V-first', holder: 'first', district: '110108', usableUntil: '2024-12-31' },
    )
    const answers = await ask({ ...fund, ...plan, moment })
    expect(answers.at(decisiveSet(plan))!.map(({ result }) => result)).toContain('exceeds_credits')
    const states = await accountsOf(database.kysely, fund.ledger, { holder: 'first' })
    expect(states.map(({ balance }) => balance.creditsPosted + balance.creditsPending)).toEqual([0n])
  })
  test('LCK, hash chain: the head is the chain over every row, and a changed row breaks it', async () => {
    const fund = await freshFund(100n, ['A'])
    await single(fund, fund.move('issue', [fund.pool, fund.voucher('A')], 7n))
    await proved(fund)
    const owner = connect({ ...address, role: 'owner', connections: 1 })
    await sql`update ledger.posting set amount = 8 where ledger = ${fund.ledger} and seq = 4`.execute(
      owner.kysely,
    )
    const [proof] = await verifyLedger(database, fund.ledger)
    expect(proof!.findings.map(({ check }) => check)).toContain('chain')
    await owner.close()
  })
})

test('each of the twenty has its test, named by its number', () => {
  const root = join(import.meta.dirname, '..', '..', '..')
  const titles = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(
      (path) =>
        path.endsWith('.test.ts') && path.includes(`${sep}src${sep}`) && !path.includes('node_modules'),
    )
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .flatMap((text) => [...text.matchAll(/'(?:peers )?(\d+)(?: and (\d+))? \([A-Z][^)]*\)/gi)])
    .flatMap(([, first, second]) => [first, second])
  const numbered = new Set(titles.filter((number) => number !== undefined).map(Number))
  expect([...numbered].sort((left, right) => left - right)).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 1),
  )
})
