// One application at a time says what a full run says: firms are taken out of a generated world and handed in again.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { generateWorld } from '@suanquan/city'
import {
  detectors,
  fileOf,
  indexWorld,
  supervise,
  superviseApplication,
  writeTable,
  type TableName,
  type World,
} from '@suanquan/core/supervision'
import { afterAll, expect, test, vi } from 'vitest'

import { useLanguage } from '../language.ts'
import { run } from '../main.ts'

const hash = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const folder = mkdtempSync(join(tmpdir(), 'application-'))
afterAll(() => rmSync(folder, { recursive: true }))

type AnyRow = Readonly<Record<string, unknown>> & { readonly id: string }
type Tables = Record<string, readonly AnyRow[]>
const { world } = generateWorld({ level: 'tiny', difficulty: 'medium', seed: 'applications' })
const tables = world as unknown as Tables

interface Split {
  /** the world before the application, without what happened after it */
  readonly before: World
  readonly rows: World
  /** both, the application last */
  readonly after: World
}

/** @param whole the firm itself is new; else only its last application is */
function split(firm: string, whole: boolean): Split {
  const ids = (table: string, holds: (row: AnyRow) => boolean): Set<unknown> =>
    new Set(tables[table]!.filter(holds).map(({ id }) => id))
  const all = ids('applications', (row) => row['firm'] === firm)
  const own = whole ? all : new Set([...all].slice(-1))
  const vouchers = ids('vouchers', (row) => own.has(row['application']))
  const contracts = ids(
    'contracts',
    (row) => vouchers.has(row['voucher']) || (whole && row['applicant'] === firm),
  )
  const usage = ids('usage', (row) => contracts.has(row['contract']))
  const later: Record<string, (row: AnyRow) => boolean> = {
    usage: ({ id }) => usage.has(id),
    samples: (row) => usage.has(row['usage']),
    payments: (row) => contracts.has(row['contract']),
    invoices: (row) => contracts.has(row['contract']),
    redemptions: (row) => contracts.has(row['contract']) || vouchers.has(row['voucher']),
    decisions: (row) => own.has(row['application']),
  }
  const brought: Record<string, (row: AnyRow) => boolean> = {
    applications: ({ id }) => own.has(id),
    vouchers: ({ id }) => vouchers.has(id),
    contracts: ({ id }) => contracts.has(id),
    operators: (row) => contracts.has(row['contract']),
    quotes: (row) => contracts.has(row['contract']),
    documents: (row) => own.has(row['application']),
    firms: ({ id }) => whole && id === firm,
    roles: (row) => whole && row['firm'] === firm,
    contacts: (row) => whole && row['firm'] === firm,
  }
  const found: Record<keyof Split, Tables> = { before: {}, rows: {}, after: {} }
  for (const [table, every] of Object.entries(tables)) {
    const kept = every.filter((row) => !later[table]?.(row))
    found.before[table] = kept.filter((row) => !brought[table]?.(row))
    if (brought[table]) found.rows[table] = kept.filter(brought[table])
    found.after[table] = [...found.before[table], ...(found.rows[table] ?? [])]
  }
  return found as unknown as Split
}

const whole = supervise(world, { hash })
const applicants = new Set(world.applications!.map(({ firm }) => firm))
const named = (ids: readonly string[]): string[] => {
  const firms = whole.findings
    .filter(({ detector }) => ids.includes(detector))
    .map((finding) => finding.firms)
  return [...new Set(firms.flat())].filter((firm) => applicants.has(firm)).slice(0, 2)
}
const anew = detectors.filter(({ reach }) => reach === 'firm')
const judgedAnew = anew.map(({ id }) => id)
const chosen = [...new Set([...judgedAnew.flatMap((id) => named([id]).slice(0, 1)), [...applicants][0]!])]

test('schemes of most detectors that judge one firm are among the firms that are tried', () => {
  expect(judgedAnew.filter((id) => named([id]).length > 0).length).toBeGreaterThan(9)
  expect(chosen.length).toBeGreaterThan(8)
})

test.each(chosen.map((firm, n) => [firm, n % 3 !== 2] as const))(
  'about %s an application says what the full run over both says (a new firm: %s)',
  (firm, isNew) => {
    const { before, rows, after } = split(firm, isNew)
    const index = indexWorld(before)
    const options = { hash, detectors: anew }
    const judged = superviseApplication(index, supervise(index, options), rows, options)
    const full = supervise(indexWorld(after, index), options)
    const wanted = full.findings.filter(({ firms }) => firms.includes(firm)).map(({ id }) => id)
    expect(judged.ok && judged.value.found.map(({ id }) => id).sort()).toEqual(wanted.sort())
  },
)

test('what is not of one firm that is known, or points nowhere, is refused', () => {
  const index = indexWorld({ firms: world.firms!, applications: world.applications! })
  const last = supervise(index, { hash })
  const refused = (rows: World): unknown => {
    const report = superviseApplication(index, last, rows, { hash })
    return report.ok ? undefined : report.refusal.code
  }
  const application = { ...world.applications![0]!, id: 'new' }
  const other = { ...world.applications!.find(({ firm }) => firm !== application.firm)!, id: 'other' }
  expect(refused({})).toBe('supervision.application_missing')
  for (const broken of [
    null,
    'text',
    { id: 'new' },
    { ...application, firm: 7 },
    { ...application, amountFen: Number.NaN },
    { ...application, fetchedOn: '2024-02-30' },
  ])
    expect(refused({ applications: [application, broken] } as unknown as World)).toBe(
      'supervision.value_invalid',
    )
  expect(refused({ applications: 7 } as unknown as World)).toBe('supervision.value_invalid')
  expect(refused({ applications: [application], payments: world.payments!.slice(0, 1) })).toBe(
    'supervision.application_table',
  )
  expect(refused({ applications: [application, other] })).toBe('supervision.application_firms')
  expect(refused({ applications: [{ ...application, firm: 'nobody' }] })).toBe('supervision.firm_unknown')
  const document = { ...world.documents![0]!, id: 'new', application: 'lost' }
  expect(refused({ applications: [application], documents: [document] })).toBe(
    'supervision.reference_unknown',
  )
  expect(refused({ applications: [{ ...world.applications![0]!, amountFen: 1 }] })).toBe(
    'supervision.row_differs',
  )
  expect(refused({ applications: [application, application] })).toBe('supervision.id_repeated')
  expect(refused({ applications: [application] })).toBeUndefined()
})

test('an application that the world has already is judged as in the last full run', () => {
  const index = indexWorld(world)
  const applications = world.applications!.filter(({ firm }) => firm === chosen[0])
  const judged = superviseApplication(index, whole, { applications }, { hash })
  const wanted = whole.firms.find(({ firm }) => firm === chosen[0])
  expect(judged.ok && judged.value).toMatchObject({ ...wanted, known: applications.length })
  expect(judged.ok && judged.value.standings.every(({ from }) => from === 'last_run')).toBe(true)
})

test('every detector says whether it judged the application, what it lacked, or that it is of the last run', () => {
  const { before, rows } = split(chosen[0]!, true)
  const { roles: _, ...without } = before
  const { roles: __, ...brought } = rows
  const index = indexWorld(without)
  const judged = superviseApplication(index, supervise(index, { hash }), brought, { hash })
  const standings = judged.ok ? judged.value.standings : []
  expect(standings.map(({ detector }) => detector).sort()).toEqual(detectors.map(({ id }) => id).sort())
  const of = (id: string): unknown => standings.find(({ detector }) => detector === id)
  expect(of('D01')).toEqual({
    detector: 'D01',
    status: 'not_evaluable',
    missing: ['roles'],
    from: 'application',
  })
  expect(of('D08')).toMatchObject({
    status: 'evaluated',
    examined: brought.contracts!.length,
    from: 'application',
  })
  expect(of('D15')).toMatchObject({ from: 'last_run' })
})

test('the command reads both folders and says what concerns the firm', async () => {
  const { before, rows } = split(chosen[0]!, true)
  for (const [name, tablesOf] of Object.entries({ world: before, application: rows })) {
    mkdirSync(join(folder, name))
    for (const [table, own] of Object.entries(tablesOf))
      writeFileSync(join(folder, name, fileOf(table as TableName)), writeTable(table as TableName, own))
  }
  useLanguage('en')
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  await run(['supervise', 'application', join(folder, 'world'), join(folder, 'application'), '--json'])
  const printed = out.mock.calls.map(([text]) => String(text)).join('')
  out.mockClear()
  await run(['supervise', 'application', join(folder, 'world'), join(folder, 'application')])
  const told = out.mock.calls.map(([text]) => String(text)).join('')
  vi.restoreAllMocks()
  const [judged] = JSON.parse(printed) as { firm: string; found: unknown[]; band: string }[]
  expect(judged).toMatchObject({ firm: chosen[0], band: expect.any(String) })
  expect(judged!.found.length).toBeGreaterThan(0)
  expect(told).toMatch(/findings?; people decide\n$/)
})

test('the command refuses --since, a folder given twice and a file that no table has; its JSON is repeatable', async () => {
  const [out, err] = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
  out.mockReturnValue(true)
  err.mockReturnValue(true)
  const application = join(folder, 'application')
  const tried = async (...args: string[]): Promise<[unknown, string, string]> => {
    out.mockClear()
    err.mockClear()
    process.exitCode = 0
    await run(['supervise', 'application', join(folder, 'world'), application, ...args])
    const [printed, complaint] = [out, err].map((stream) =>
      stream.mock.calls.map(([text]) => String(text)).join(''),
    )
    return [process.exitCode, printed!, complaint!]
  }
  const since = await tried('--since', '2024-01-01')
  const twice = await tried(`${application}/`)
  const [first, second] = [await tried('--json'), await tried('--json')]
  writeFileSync(join(application, 'contract.csv'), 'id\n')
  const misspelt = await tried()
  vi.restoreAllMocks()
  process.exitCode = 0
  expect(since[0]).toBe(2)
  expect(twice[2]).toContain('[supervision.application_twice]')
  expect(misspelt[2]).toContain('[supervision.application_file]')
  expect([first[0], first[1]]).toEqual([0, second[1]])
})
