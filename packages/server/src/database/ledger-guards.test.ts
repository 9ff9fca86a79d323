// The second line of the ledger, asked of the catalogue: every constraint, every unique index and every column that may
// not be empty. Each stops a statement of the owner itself; without it that statement passes, so that a guard that is
// dropped, or one that is added and never tried, makes a test fail.
import { seededRandom } from '@suanquan/core'
import { startOf } from '@suanquan/core/calendar'
import { testDatabase, testFund } from '@suanquan/testkit'
import { afterAll, describe, expect, test } from 'vitest'
import { connect, ledgerHash, post, sql } from './index.ts'

const { database, address, drop } = await testDatabase()
const owner = connect({ ...address, role: 'owner', connections: 1 })
afterAll(async () => {
  await owner.close()
  await drop()
})

const moment = startOf('2024-06-01')
const fund = testFund(seededRandom('guards'), ledgerHash)
const issued = fund.move('issue', [fund.pool, fund.voucher('A')], 100n)
const refused = fund.move('issue', [fund.pool, fund.voucher('A')], 10_000n)
await database.transaction((tx) => post(tx, fund.funding(moment, 1000n, ['A', 'B'])))
await database.transaction((tx) => post(tx, { ...fund, moment, sets: [[issued], [refused]] }))
await database.transaction((tx) =>
  post(tx, { ...fund, moment, close: [fund.id(fund.voucher('B'))], sets: [] }),
)

const voucher = (change: string): string =>
  `update ledger.account set ${change} where ledger = 1 and id = '${fund.id(fund.voucher('A'))}'`
const posting = (change: string): string =>
  `update ledger.posting set ${change} where ledger = 1 and id = '${issued.id}'`
const terms = 'ledger, jurisdiction, district, code, programme, year, kind, holder, reference, usable_until'
const zeroes = 'debits_pending, debits_posted, credits_pending, credits_posted'

/** What each guard stops. */
const attempts: Readonly<Record<string, string>> = {
  account_credits_pending_check: voucher('credits_pending = -1'),
  account_credits_posted_check: `update ledger.account set credits_posted = -1 where ledger = 1 and code = 1`,
  account_debits_pending_check: voucher('debits_pending = -1'),
  account_debits_posted_check: voucher('debits_posted = -1'),
  account_district_check: voucher(`district = 'Haidian'`),
  account_pkey: `insert into ledger.account (${terms}, ${zeroes}) select ${terms}, 0, 0, 0, 0 from ledger.account
    where ledger = 1 and id = '${fund.id(fund.voucher('A'))}'`,
  credits_within_debits: `update ledger.account set credits_posted = 1001 where ledger = 1 and code = 1`,
  debits_within_credits: voucher('debits_posted = 60, debits_pending = 41'),
  head_chain_check: `update ledger.head set chain = ''`,
  head_jurisdiction_check: `update ledger.head set jurisdiction = 'Beijing'`,
  head_next_seq_check: `update ledger.head set next_seq = 0`,
  head_pkey: `insert into ledger.head select * from ledger.head`,
  only_reservations_expire: posting('expires_at = at'),
  place_in_set: posting('link = 1'),
  posting_amount_check: posting('amount = 1000000000000001'),
  posting_chain_check: posting(`chain = ''`),
  posting_district_check: posting(`district = ''`),
  posting_id: `update ledger.posting set id = '${issued.id}' where ledger = 1 and seq <= 2`,
  posting_kind_check: posting('kind = 4, reservation = id'),
  posting_pkey: `update ledger.posting set seq = 1 where ledger = 1`,
  posting_resolves_once: `update ledger.posting set kind = 2, reservation = '${issued.id}' where ledger = 1`,
  posting_set_hash_check: posting(`set_hash = ''`),
  rejection_pkey: `insert into ledger.rejection select * from ledger.rejection`,
  rejection_result_check: `update ledger.rejection set result = 2`,
  rejection_set_hash_check: `update ledger.rejection set set_hash = ''`,
  settles_a_reservation: posting('kind = 2'),
  two_accounts: posting('debit = credit'),
}

interface Guard {
  readonly table: string
  readonly name: string
  readonly drop: string
}

/** The tables that `ledger.post` writes. */
const journal = sql.raw(
  ['head', 'account', 'posting', 'rejection'].map((table) => `'ledger.${table}'::regclass`).join(', '),
)

const { rows: guards } = await sql<Guard>`
  select c.conrelid::regclass::text as table, c.conname as name,
    format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as drop
  from pg_constraint c where c.conrelid in (${journal}) and c.contype <> 'n'
  union all
  select i.indrelid::regclass::text, i.indexrelid::regclass::text, format('drop index %s', i.indexrelid::regclass)
  from pg_index i where i.indrelid in (${journal}) and i.indisunique
    and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
  order by 1, 2`.execute(owner.kysely)

const { rows: columns } = await sql<{ table: string; column: string; filled: boolean }>`
  select r.oid::regclass::text as table, a.attname as column, a.attnotnull as filled
  from pg_attribute a join pg_class r on r.oid = a.attrelid
  where r.oid in (${journal}) and a.attnum > 0 and not a.attisdropped
  order by 1, 2`.execute(owner.kysely)
/** An account's id is made of all its terms: a term that is empty leaves none. */
const inIdentity = new Set(terms.split(', '))
const counted = columns.filter(
  ({ table, column, filled }) =>
    filled &&
    !['ledger', 'id', 'seq', 'floor'].includes(column) &&
    !(table === 'ledger.account' && inIdentity.has(column)),
)

test('only these may be empty', () => {
  const empty = columns.filter(({ filled }) => !filled).map(({ table, column }) => `${table} ${column}`)
  expect(empty).toEqual([
    'ledger.account closed_seq',
    'ledger.account net',
    'ledger.account usable_until',
    'ledger.account year',
    'ledger.posting expires_at',
    'ledger.posting reservation',
    'ledger.rejection expires_at',
    'ledger.rejection reservation',
  ])
})

test('every guard of the catalogue is tried, and none that is not there', () => {
  expect(guards.map(({ name }) => name.replace('ledger.', '')).sort()).toEqual(Object.keys(attempts).sort())
})

describe('without the guard its statement passes, with it it does not:', () => {
  test.each(guards)('$name', async ({ name, drop: without }) => {
    const constraint = name.replace('ledger.', '')
    expect(await attempt(attempts[constraint]!)).toMatchObject({ constraint })
    expect(await attempt(attempts[constraint]!, without)).toBe('passed')
  })
  test.each(counted)('$column in $table is never empty', async ({ table, column }) => {
    const empty = `update ${table} set ${column} = null`
    expect(await attempt(empty)).toMatchObject({ code: '23502', column })
    expect(await attempt(empty, `alter table ${table} alter column ${column} drop not null`)).toBe('passed')
  })
  test('an account whose code has no floor', async () => {
    const odd = `insert into ledger.account (${terms}, ${zeroes}) values (1, '110000', '110000', 99, '', null, '', '', '', null, 0, 0, 0, 0)`
    expect(await attempt(odd)).toMatchObject({ code: '23502', column: 'floor' })
    expect(await attempt(odd, 'alter table ledger.account alter column floor drop not null')).toBe('passed')
  })
})

/** Runs a statement, after another one if asked, and takes both back. @returns the error, or that it passed */
async function attempt(statement: string, before?: string): Promise<unknown> {
  const rollBack = new Error('passed')
  return owner.kysely
    .transaction()
    .execute(async (tx) => {
      if (before !== undefined) await sql.raw(before).execute(tx)
      await sql.raw(statement).execute(tx)
      throw rollBack
    })
    .catch((error: unknown) => (error === rollBack ? 'passed' : error))
}
