// What two versions say differently, and over a table of firms who gains and who loses.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'

import { useLanguage } from '../language.ts'
import { run } from '../main.ts'

const linping = fileURLToPath(
  new URL('../../../../programmes/linping/2024-compute-reward/programme.yaml', import.meta.url),
)
const folder = mkdtempSync(join(tmpdir(), 'diff-'))

beforeEach(() => useLanguage('en'))
afterEach(() => vi.restoreAllMocks())
afterAll(() => rmSync(folder, { recursive: true }))

async function call(...args: string[]): Promise<{ out: string; err: string; code: unknown }> {
  const spies = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
  for (const spy of spies) spy.mockReturnValue(true)
  process.exitCode = 0
  await run(['programme', 'diff', ...args])
  const [out = '', err = ''] = spies.map((spy) => spy.mock.calls.map(([text]) => String(text)).join(''))
  const code = process.exitCode
  vi.restoreAllMocks()
  process.exitCode = 0
  return { out, err, code }
}

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** What an adopting authority would answer, so that rows can be determined. */
const answered = readFileSync(linping, 'utf8')
  .replace(
    'city: {type: region, question: who',
    "city: {type: region, bound: exact, values: {2024-01-01: '330113'}, cite: report.amount",
  )
  .replace(
    'pool: {type: money, question: pool',
    'pool: {type: money, bound: exact, values: {2024-01-01: 2000万元}, cite: report.amount',
  )
const before = file('before.yaml', answered)
const after = file(
  'after.yaml',
  answered
    .replace('values: {2024-01-01: 50%}', 'values: {2024-01-01: 40%}')
    .replace('values: {2024-01-01: 200万元}', 'values: {2024-01-01: 300万元}'),
)
const header =
  'id,applicant.kind,applicant.status,applicant.region,applicant.uscc,parties.related,contract.settled(万元),application.submitted_on'
const firms = [
  'a,enterprise,active,330113,91110108551385082Q,false,100,2025-06-20',
  'b,enterprise,active,330113,91110108551385082Q,false,700,2025-06-20',
  'c,enterprise,active,330113,91110108551385082Q,true,700,2025-06-20',
  'd,enterprise,active,330113,91110108551385082Q,,700,2025-06-20',
]

test('names every rule that two versions say differently, and none of a version beside itself', async () => {
  const { out, code } = await call(before, after)
  expect(code).toBe(0)
  expect(out).toContain('parameters.rate')
  expect(out).toMatch(/- .*50%/)
  expect(out).toMatch(/\+ .*40%/)
  expect(out.trimEnd().split('\n').at(-1)).toBe('2 differences')
  expect((await call(before, before)).out).toBe('0 differences\n')
})

test('says of a table of firms who gains, who loses and what it costs, row by row on request', async () => {
  const table = file('firms.csv', `${header}\n${firms.join('\n')}\n`)
  const changes = join(folder, 'changes.csv')
  const { out, code } = await call(before, after, '--population', table, '--out', changes)
  expect(code).toBe(0)
  expect(out).toContain('before: 2 supported, 2,500,000.00 yuan at most together')
  expect(out).toContain('after: 2 supported, 3,200,000.00 yuan at most together')
  expect(out).toContain('1 gain (800,000.00 yuan), 1 lose (100,000.00 yuan), 1 the same, 1 unknown')
  expect(readFileSync(changes, 'utf8').replace('\uFEFF', '').trimEnd().split('\r\n')).toEqual([
    'line,id,outcome_before,outcome_after,yuan_before,yuan_after,change_yuan',
    '2,a,supported,supported,500000.00,400000.00,-100000.00',
    '3,b,supported,supported,2000000.00,2800000.00,800000.00',
    '4,c,not_eligible,not_eligible,0.00,0.00,0.00',
    '5,d,unknown,unknown,,,',
  ])
})

test('broken rows are named and stop it, unless they are to be skipped', async () => {
  const table = file(
    'broken.csv',
    `${header}\n${firms[0]}\nx,enterprise,active,330113,y,false,many,2025-06-20\n`,
  )
  const stopped = await call(before, after, '--population', table)
  expect([stopped.code, stopped.out]).toEqual([1, ''])
  expect(stopped.err).toMatch(/broken\.csv:3: contract\.settled: /)
  const skipped = await call(before, after, '--population', table, '--skip-broken')
  expect(skipped.out).toContain('1 broken rows left out')
  expect((await call(before, after, '--out', 'x.csv')).code).toBe(2)
})
