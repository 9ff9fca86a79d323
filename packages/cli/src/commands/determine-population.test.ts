// A population is determined row by row: what a row gets is what `determine` says of it alone.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { parseTable } from '@suanquan/core/evaluation'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'

import { useLanguage } from '../language.ts'
import { run } from '../main.ts'

const beijing = fileURLToPath(new URL('../../../../programmes/beijing/2023-compute-voucher', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'population-'))
const out = join(folder, 'out.csv')

beforeEach(() => useLanguage('en'))
afterEach(() => rmSync(out, { force: true }))
afterAll(() => rmSync(folder, { recursive: true }))

async function call(...args: string[]): Promise<{ out: string; err: string; code: unknown }> {
  const spies = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
  for (const spy of spies) spy.mockReturnValue(true)
  process.exitCode = 0
  await run(['determine', beijing, ...args])
  const [printed = '', err = ''] = spies.map((spy) => spy.mock.calls.map(([text]) => String(text)).join(''))
  const code = process.exitCode
  vi.restoreAllMocks()
  process.exitCode = 0
  return { out: printed, err, code }
}

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const facts = {
  'applicant.kind': 'enterprise',
  'contract.signed_on': '2024-05-06',
  'contract.amount': '1234567.89元',
  'contract.excluded_amount': '0元',
  'parties.related': 'false',
}
const header =
  'id,applicant.kind,contract.signed_on,contract.amount(元),contract.excluded_amount(元),parties.related'
const rows = [
  'a,enterprise,2024-05-06,1234567.89,0,false',
  'b,university,2024-05-06,100,0,true',
  '"c, with a comma",enterprise,,100,0,',
]

test('each row gets what it gets alone, and ids are carried along', async () => {
  const table = file('firms.csv', `${header}\n${rows.join('\n')}\n`)
  const { out: printed, code } = await call('--facts', table, '--out', out)
  expect(code).toBe(0)
  expect(printed.trimEnd().split('\n').at(-1)).toMatch(/^result: 3 rows determined, 0 skipped, /)
  const written = parseTable(readFileSync(out, 'utf8'))
  expect(written.ok).toBe(true)
  const found = written.ok ? written.value.rows : []
  expect(found.map(([line, id]) => [line, id])).toEqual([
    ['2', 'a'],
    ['3', 'b'],
    ['4', 'c, with a comma'],
  ])
  expect(found[1]![2]).toBe('not_eligible')
  expect(found[2]![2]).toBe('unknown')
  const alone = JSON.parse((await call('--facts', file('a.json', JSON.stringify(facts)), '--json')).out) as {
    outcome: string
    ceilingFen: string | null
    needed: string[]
  }
  expect(found[0]!.slice(2, 4)).toEqual([
    alone.outcome,
    alone.ceilingFen === null ? '' : (Number(alone.ceilingFen) / 100).toFixed(2),
  ])
  expect(found[0]![7]).toBe(alone.needed.join(' '))
})

test('broken rows are each named with line and column; nothing is written unless they are to be skipped', async () => {
  const broken = ['d,enterprise,2024-13-01,many,0,false', 'e,enterprise', rows[1]!]
  const table = file('broken.csv', `${header}\n${broken.join('\n')}\n`)
  const refused = await call('--facts', table, '--out', out)
  expect([refused.code, existsSync(out)]).toEqual([1, false])
  expect(refused.err).toContain('broken.csv:2: contract.signed_on: ')
  expect(refused.err).toContain('broken.csv:2: contract.amount: ')
  expect(refused.err).toMatch(/broken\.csv:3: .*\[evaluation\.ragged_row\]/)
  const skipped = await call('--facts', table, '--out', out, '--skip-broken', '--json')
  expect(skipped.code).toBe(0)
  expect(JSON.parse(skipped.out)).toMatchObject({ rows: 3, determined: 1, broken: [{}, {}, {}] })
  expect(readFileSync(out, 'utf8').trimEnd().split('\n')).toHaveLength(2)
})

test('a column that is no fact, one that stands twice and a missing --out are refused', async () => {
  const unknown = file('unknown.csv', 'id,contrat.amount\na,1元\n')
  expect(await call('--facts', unknown, '--out', out)).toMatchObject({
    code: 1,
    err: expect.stringContaining('[policy.unknown_fact]'),
  })
  const twice = file('twice.csv', 'contract.amount,contract.amount(元)\n1元,1\n')
  expect((await call('--facts', twice, '--out', out)).err).toContain('[evaluation.column_twice]')
  expect((await call('--facts', unknown)).code).toBe(2)
  expect((await call('--population', 'nowhere.parquet', '--out', out)).code).toBe(2)
  expect((await call('--population', file('no.parquet', 'text'), '--out', out)).code).toBe(2)
  expect((await call('--population', unknown, '--facts', unknown, '--out', out)).code).toBe(2)
  expect((await call('--facts', file('one.json', '{}'), '--out', out)).code).toBe(2)
  expect((await call()).code).toBe(2)
})

test('what a row has used of a cap is counted, and the cap must exist', async () => {
  const used = file('used.csv', `${header},balances.enterprise_year.granted(万元)\n${rows[0]},many\n`)
  expect((await call('--population', used, '--out', out)).err).toContain(
    'used.csv:2: balances.enterprise_year.granted: "many万元" is not an amount',
  )
  const unknown = file('cap.csv', `${header},balances.firm_year.granted(元)\n${rows[0]},1\n`)
  expect((await call('--population', unknown, '--out', out)).err).toContain('[policy.unknown_cap]')
})

test('Parquet in and out says what CSV in and out says, and leaves no half-written file', async () => {
  const table = file(
    'firms.csv',
    `${header},balances.contract_once.granted\n${rows.map((row) => `${row},1`).join('\n')}\n`,
  )
  const parquet = join(folder, 'firms.parquet')
  const { parquetFromCsv, readParquet } = await import('../parquet.ts')
  const types = ['VARCHAR', 'VARCHAR', 'TIMESTAMP', 'DECIMAL(18,2)', 'BIGINT', 'BOOLEAN', 'INTEGER']
  const names = `${header},balances.contract_once.granted`.split(',')
  await parquetFromCsv(
    table,
    parquet,
    names.map((name, index) => [name, types[index]!] as const),
  )
  const both: (readonly (string | null)[])[][] = []
  for (const [given, name] of [
    [table, 'from-csv.parquet'],
    [parquet, 'from-parquet.parquet'],
  ] as const) {
    const written = join(folder, name)
    const { code, out: printed } = await call('--population', given, '--out', written, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(printed)).toMatchObject({ rows: 3, determined: 3, brokenRows: 0, out: written })
    const { columns, batches } = await readParquet(written)
    expect(columns.slice(0, 4)).toEqual(['line', 'id', 'outcome', 'ceiling_yuan'])
    const found: (readonly (string | null)[])[] = []
    for await (const batch of batches) found.push(...batch)
    both.push(found)
  }
  const [fromCsv, fromParquet] = both as [(typeof both)[0], (typeof both)[0]]
  expect(fromParquet.map((row) => row.slice(1))).toEqual(fromCsv.map((row) => row.slice(1)))
  expect(fromParquet.map(([row]) => row)).toEqual(['1', '2', '3'])
  expect(fromParquet[1]![2]).toBe('not_eligible')
  expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([])
})

test('a result that cannot be written is said, and what stood there stays', async () => {
  const table = file('firms.csv', `${header}\n${rows.join('\n')}\n`)
  expect((await call('--population', table, '--out', join(folder, 'nowhere', 'out.csv'))).code).toBe(2)
  writeFileSync(out, 'before')
  const broken = file('broken.csv', `${header}\nd,enterprise,2024-13-01,many,0,false\n`)
  expect((await call('--population', broken, '--out', out)).code).toBe(1)
  expect(readFileSync(out, 'utf8')).toBe('before')
})
