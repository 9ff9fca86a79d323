// The ledger in the database: who may write, that SQL and TypeScript hold the same tables, and that the plan does not
// hang on statistics. What the constraints stop by themselves is asked in ledger-guards.test.ts.
import { seededRandom } from '@suanquan/core'
import { startOf } from '@suanquan/core/calendar'
import {
  accountId,
  accountKinds,
  isReturn,
  postingRules,
  triples,
  type AccountCode,
  type AccountTerms,
  type Posting,
  type PostingCode,
} from '@suanquan/core/ledger'
import { testDatabase, testFund, type TestFund } from '@suanquan/testkit'
import { afterAll, describe, expect, test } from 'vitest'
import { connect, ledgerHash, migrate, post, roles, sql, verifyLedger, type Transaction } from './index.ts'
import { callOf } from './postings.ts'

const { database, address, drop } = await testDatabase()
const owner = connect({ ...address, role: 'owner', connections: 2 })
const superuser = connect({ ...address, connections: 1 })
afterAll(async () => {
  await owner.close()
  await superuser.close()
  await drop()
})

const moment = startOf('2024-06-01')
const fund = testFund(seededRandom('ledger.test'), ledgerHash)
const { move, pool, voucher } = fund
await database.transaction((tx) => post(tx, fund.funding(moment, 1000n, ['A', 'B'])))
const issued = move('issue', [pool, voucher('A')], 100n)
await database.transaction((tx) =>
  post(tx, { ...fund, moment, sets: [[issued], [fund.hold(move('redeem', [voucher('A'), pool], 5n))]] }),
)
const run = (on: typeof database, statement: string): Promise<unknown> =>
  sql.raw(statement).execute(on.kysely)
const account = (terms: AccountTerms): string => `ledger = 1 and id = '${fund.id(terms)}'`

describe('the application', () => {
  test.each([
    `update ledger.account set credits_posted = 1000000 where ${account(voucher('A'))}`,
    `update ledger.head set next_seq = 1`,
    `insert into ledger.posting select * from ledger.posting limit 0`,
    `delete from ledger.posting`,
    `delete from ledger.rejection`,
    `insert into ledger.rejection select * from ledger.rejection limit 0`,
    `truncate ledger.posting`,
    `alter table ledger.account drop constraint debits_within_credits`,
    `create or replace function ledger.return_codes() returns smallint[] language sql as 'select null::smallint[]'`,
    `select ledger.account_id(1, '', '', 1::smallint, '', null, '', '', '', null)`,
  ])('may not %s', async (statement) => {
    await expect(run(database, statement)).rejects.toMatchObject({ code: '42501' })
  })
  test('may read', async () => {
    await expect(run(database, 'select * from ledger.account')).resolves.toBeDefined()
  })
})

describe('who a voucher belongs to', () => {
  test('identity: a changed holder makes another account, and the proof finds it', async () => {
    const change = sql`update ledger.account set holder = 'B' where ledger = 1 and id = ${fund.id(voucher('A'))}`
    const found = owner.kysely.transaction().execute(async (tx) => {
      await change.execute(tx)
      const rows = await tx
        .selectFrom('ledger.account')
        .where('id', '=', fund.id(voucher('A')))
        .selectAll()
        .execute()
      expect(rows).toEqual([])
      throw new Error('roll back')
    })
    await expect(found).rejects.toThrow('roll back')
  })
})

describe('SQL and TypeScript hold the same', () => {
  test('triples, returns and floors', async () => {
    const { rows } = await sql<{ triples: number[]; returns: number[] }>`
      select ledger.triples() as triples, ledger.return_codes() as returns`.execute(owner.kysely)
    const number = (debit: AccountCode, credit: AccountCode, code: PostingCode): number =>
      accountKinds[debit].number * 1_000_000 + accountKinds[credit].number * 1000 + postingRules[code].number
    const expected = triples.map(({ debit, credit, code }) => number(debit, credit, code))
    expect([...rows[0]!.triples].sort()).toEqual(expected.sort())
    const returns = (Object.keys(postingRules) as PostingCode[]).filter(isReturn)
    expect(rows[0]!.returns).toEqual(returns.map((code) => postingRules[code].number))
    const codes = Object.keys(accountKinds) as AccountCode[]
    const all = testFund(seededRandom('floors'), ledgerHash, 3)
    const open = codes.map((code) => all.terms(code))
    await database.transaction((tx) => post(tx, { ...all, moment, open, sets: [] }))
    const opened = await database.kysely
      .selectFrom('ledger.account')
      .select(['code', 'floor'])
      .where('ledger', '=', 3)
      .orderBy('code')
      .execute()
    const floors = codes.map((code) => ({
      code: accountKinds[code].number,
      floor: accountKinds[code].floor === 'debits_within_credits' ? 1 : 2,
    }))
    expect(opened).toEqual(floors.sort((left, right) => left.code - right.code))
  })
  test('a floor cannot be written, nor an account opened that has none', async () => {
    await expect(run(owner, 'update ledger.account set floor = 0')).rejects.toMatchObject({ code: '428C9' })
    const open = [{ ...pool, code: 99, usable_until: null }]
    const call = sql`select ledger.post(1, '110000', ${moment}::bigint, ${JSON.stringify(open)}::jsonb, '{}', '{}', '{}', '{}',
      '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')`
    await expect(call.execute(database.kysely)).rejects.toMatchObject({ code: '23502', column: 'floor' })
  })
  test('ids of accounts, whatever the text', async () => {
    for (const holder of ['', '91110108MA01', '个体工商户·张', '𠮷', 'a\\b\'"'])
      for (const usableUntil of [null, '1969-12-31', '2024-12-31']) {
        const terms = voucher('A', { holder, usableUntil, year: usableUntil === null ? null : 2024 })
        const { rows } = await sql<{
          id: string
        }>`select ledger.account_id(${terms.ledger}, ${terms.jurisdiction},
          ${terms.district}, 4::smallint, ${terms.programme}, ${terms.year}::smallint, ${terms.kind}, ${terms.holder},
          ${terms.reference}, ${terms.usableUntil}::date) as id`.execute(owner.kysely)
        expect(rows[0]!.id).toBe(accountId(terms, ledgerHash))
      }
  })
})

const full = process.env['SUANQUAN_FULL'] === '1'

test('plans that were made on empty tables find each row by its key, however long the journal grows, never analysed', async () => {
  for (const table of ['head', 'account', 'posting', 'rejection'])
    await run(owner, `alter table ledger.${table} set (autovacuum_enabled = false)`)
  const session = connect({ ...address, role: 'app', connections: 1 })
  const big = testFund(seededRandom('plan'), ledgerHash, 2)
  const firms = Array.from({ length: 500 }, (_, index) => `F${index}`)
  const payables = firms.map((holder) => big.terms('payable', { holder }))
  const funding = big.funding(moment, 10n ** 9n, firms)
  await session.transaction((tx) => post(tx, { ...funding, open: [...funding.open!, ...payables] }))
  let holds: ReturnType<TestFund['hold']>[] = []
  const rounds: (() => Posting[][])[] = [
    () =>
      firms.map((firm) => [
        big.move('issue', [big.pool, big.voucher(firm)], 3n),
        big.move('use', [big.cap(firm), big.capUsed(firm)], 3n),
      ]),
    () => {
      holds = firms.map((firm, at) => big.hold(big.move('redeem', [big.voucher(firm), payables[at]!], 2n)))
      return holds.map((hold) => [hold])
    },
    () => holds.map((hold) => [big.resolve('settle', hold, 1n)]),
  ]
  const perPosting: number[] = []
  for (let rows = 0; rows < (full ? 200_000 : 15_000);) {
    let blocks = 0
    for (const round of rounds) {
      const sets = round()
      rows += sets.flat().length
      await session.kysely.transaction().execute(async (tx) => {
        const before = await scans(tx)
        const { rows: plans } = await sql<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>`
          explain (analyze, buffers, timing off, format json) select * from ${callOf({ ...big, moment, sets })}
        `.execute(tx)
        const plan = plans[0]!['QUERY PLAN'][0].Plan
        blocks += plan['Shared Hit Blocks']! + plan['Shared Read Blocks']!
        const after = await scans(tx)
        const added = (table: string): bigint[] =>
          after[table]!.map((count, index) => count - before[table]![index]!)
        // each account found once and updated once by its key; no look-up walks
        const accounts = new Set(sets.flat().flatMap(({ debit, credit }) => [debit, credit])).size
        expect(added('account')).toEqual([0n, 2n * BigInt(accounts)])
        expect(added('posting')[0]).toBe(0n)
      })
    }
    perPosting.push(blocks / 2000)
  }
  await session.close()
  const analysed = await sql<{
    n: bigint
  }>`select count(*) as n from pg_statistic where starelid::regclass::text like 'ledger.%'`.execute(
    superuser.kysely,
  )
  expect(analysed.rows[0]!.n).toBe(0n)
  if (full)
    console.log(
      `blocks a posting: first ${perPosting[0]}, last ${perPosting.at(-1)}, most ${Math.max(...perPosting)}`,
    )
  // trees grow a level or two, and other sessions keep old row versions alive; a walk would be hundreds
  expect(Math.max(...perPosting)).toBeLessThan(2.5 * perPosting[0]!)
  expect(await verifyLedger(database, 2)).toMatchObject([{ findings: [] }])
})

/** Whole walks and index probes that this session has counted, by table. */
async function scans(tx: Transaction['kysely']): Promise<Record<string, readonly bigint[]>> {
  const { rows } = await sql<{ name: string; walks: bigint; probes: bigint }>`
    select relname as name, seq_scan as walks, idx_scan as probes from pg_stat_xact_user_tables
    where schemaname = 'ledger'`.execute(tx)
  return Object.fromEntries(rows.map(({ name, walks, probes }) => [name, [walks, probes]]))
}

test('the schema keeps to what shards: ledger leads every key and there are no triggers', async () => {
  const keys = await sql<{ name: string; first: string }>`
    select i.indexrelid::regclass::text as name, a.attname as first
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
    where c.relnamespace = 'ledger'::regnamespace`.execute(owner.kysely)
  expect(keys.rows.length).toBeGreaterThan(7)
  for (const { name, first } of keys.rows) expect([name, first]).toEqual([name, 'ledger'])
  const odd = await sql<{ what: string }>`
    select t.tgname as what from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.relnamespace = 'ledger'::regnamespace
    union all select p.proname from pg_proc p where p.pronamespace = 'ledger'::regnamespace
      and not coalesce(p.proconfig::text like '%search_path%', false)
    union all select c.relname || ' ' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'ledger'::regnamespace and a.atthasdef and a.attgenerated = ''`.execute(
    owner.kysely,
  )
  expect(odd.rows).toEqual([])
})

test('set-up is safe to repeat and to run twice at once', async () => {
  expect(await Promise.all([migrate(address), migrate(address), migrate(address)])).toEqual([[], [], []])
  const { rows } = await sql<{ name: string; login: boolean }>`
    select rolname as name, rolcanlogin as login from pg_roles where rolname like 'suanquan%' order by 1`.execute(
    owner.kysely,
  )
  expect(rows.filter(({ name }) => (Object.values(roles) as string[]).includes(name))).toEqual([
    { name: 'suanquan_app', login: false },
    { name: 'suanquan_owner', login: false },
  ])
})
