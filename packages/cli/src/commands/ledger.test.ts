import { seededRandom } from '@suanquan/core'
import { startOf } from '@suanquan/core/calendar'
import { connect, ledgerHash, post, sql } from '@suanquan/server'
import { testDatabase, testFund } from '@suanquan/testkit'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { useLanguage } from '../language.ts'
import { run } from '../main.ts'

const { database, address, drop } = await testDatabase()
const { host, port, user, database: name } = address
const url = `postgres://${user}@/${name}?host=${encodeURIComponent(host!)}&port=${port}`
const fund = testFund(seededRandom('cli ledger'), ledgerHash)
const day = (text: string): number => startOf(text)
const voucher = fund.voucher('91110108MA01', { usableUntil: '2024-12-31' })
const issue = fund.move('issue', [fund.pool, voucher], 12_345n)
await database.transaction((tx) => post(tx, fund.funding(day('2024-01-02'), 100_000n)))
await database.transaction((tx) =>
  post(tx, {
    ...fund,
    moment: day('2024-06-01'),
    open: [voucher],
    sets: [[issue], [fund.move('issue', [fund.pool, voucher], 999_999n)]],
  }),
)
beforeEach(() => {
  useLanguage('en')
  process.env['DATABASE_URL'] = url
})
afterAll(async () => {
  delete process.env['DATABASE_URL']
  await drop()
})

async function call(...args: string[]): Promise<{ out: string; err: string; code: unknown }> {
  const [out, err] = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
  out.mockReturnValue(true)
  err.mockReturnValue(true)
  process.exitCode = 0
  await run(['ledger', ...args])
  const [said, complained] = [out, err].map((stream) =>
    stream.mock.calls.map(([text]) => String(text)).join(''),
  )
  const code = process.exitCode
  vi.restoreAllMocks()
  process.exitCode = 0
  return { out: said!, err: complained!, code }
}

test('verify proves an honest ledger and ends with 0', async () => {
  const { out, code } = await call('verify')
  expect(out.trim().split('\n').at(-1)).toBe('funds proved: 1, nothing found')
  expect(code).toBe(0)
})
test('balances as of a day, a time and a sequence are those of then', async () => {
  const usable = async (asOf: string): Promise<string | undefined> => {
    const lines = JSON.parse((await call('balances', '--as-of', asOf, '--json')).out) as {
      id: string
      usable: string
    }[]
    return lines.find(({ id }) => id === fund.id(voucher))?.usable
  }
  expect(await usable('2024-05-31')).toBeUndefined()
  expect(await usable('2024-06-01')).toBe('12345')
  expect(await usable('3')).toBe('12345')
  expect(await usable('2025-01-01T00:00:00+08:00')).toBe('0')
  expect((await call('balances', '--as-of', '2024-06-30')).out).toContain('123.45')
})
test('history tells what was posted and what was refused, of an account, a posting and a document', async () => {
  const { out } = await call('history', fund.id(voucher))
  expect(out).toContain('+123.45')
  expect(out.trim().split('\n').at(-1)).toBe('account: 1 posted, 0 refused')
  expect((await call('history', fund.id(fund.pool))).out).toContain('✗ 2024-06-01T00:00:00.000+08:00')
  expect((await call('history', issue.id)).out).toContain('posting: 1 posted')
  expect((await call('history', issue.document)).out).toContain('document: 1 posted')
})
test('a statement of a voucher, its pool and its firm, as of a day or a posting, for people and as CSV', async () => {
  const { out } = await call('statement', fund.id(voucher))
  expect(out).toContain('opening balance 0.00')
  expect(out.trim().split('\n').at(-1)).toMatch(/closing balance 123\.45, of it held 0\.00; 1 postings/)
  const json = JSON.parse(
    (await call('statement', fund.id(fund.pool), '--from', '2024-06-01', '--json')).out,
  ) as {
    opening: { balance: string }
    closing: { balance: string }
  }[]
  expect([json[0]!.opening.balance, json[0]!.closing.balance]).toEqual(['100000', '87655'])
  const before = JSON.parse(
    (await call('statement', fund.id(fund.pool), '--sequence', '2', '--json')).out,
  ) as typeof json
  expect(before[0]!.closing.balance).toBe('100000')
  const csv = (await call('statement', '91110108MA01', '--as-of', '2024-06-01', '--csv')).out
    .trim()
    .split('\n')
  expect(csv[0]).toBe('ledger,sequence,at,code,kind,in,out,hold,balance,held')
  expect(csv[1]).toContain(',issue,post,123.45,0.00,0.00,123.45,0.00')
})
test.each([
  [['statement', 'Q-2024-99999'], 1, 'ledger.nothing_known'],
  [['statement', 'Q-1', '--to', '2024-06-01', '--sequence', '3'], 2, 'choose one of'],
  [['statement', 'Q-1', '--from', 'x'], 2, 'not a day'],
  [['history', 'Q-2024-99999'], 1, 'ledger.nothing_known'],
  [['history', '00000000-0000-4000-8000-000000000000'], 1, 'ledger.nothing_known'],
  [['balances', '--as-of', '2024-13-01'], 2, 'not a day'],
  [['verify', '--fund', '77'], 1, 'ledger.fund_unknown'],
  [['verify', '--fund', 'x'], 2, 'number of a fund'],
])('%j ends with %i and says why', async (args, expected, sentence) => {
  const { err, code } = await call(...args)
  expect(err).toContain(sentence)
  expect(code).toBe(expected)
})
test('a database without a ledger is a sentence, not a stack', async () => {
  process.env['DATABASE_URL'] = url.replace(`/${name}?`, '/postgres?')
  expect((await call('verify')).err).toContain('ledger.not_set_up')
})
test('verify finds a balance that someone raised by hand, and ends with 1', async () => {
  const superuser = connect({ ...address, connections: 1 })
  await sql`update ledger.account set credits_posted = credits_posted + 1 where id = ${fund.id(voucher)}`.execute(
    superuser.kysely,
  )
  await superuser.close()
  const { out, code } = await call('verify')
  expect(out).toContain('balances')
  expect(out.trim().split('\n').at(-1)).toBe('not proved: 2 findings')
  expect(code).toBe(1)
})
