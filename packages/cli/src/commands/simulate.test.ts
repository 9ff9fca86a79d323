import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'

import { useLanguage } from '../language.ts'
import { run } from '../main.ts'
import type { SimulationReport } from './show-simulation.ts'

let folder = ''
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'suanquan-simulate-'))))
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(() => useLanguage('en'))

async function call(...args: string[]): Promise<{ out: string; err: string; code: unknown }> {
  const [out, err] = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
  out.mockReturnValue(true)
  err.mockReturnValue(true)
  process.exitCode = 0
  await run(['simulate', ...args])
  const [printed, said] = [out, err].map((stream) => stream.mock.calls.map(([text]) => String(text)).join(''))
  const code = process.exitCode
  vi.restoreAllMocks()
  process.exitCode = 0
  return { out: printed!, err: said!, code }
}

const FACTS = `
applicant.kind: enterprise
applicant.uscc: 91110108551385082Q
applicant.independent_legal_person: true
applicant.status: active
applicant.fits_city_ai_plan: true
applicant.sound_finance: true
applicant.dishonest_3y: false
parties.related: false
contract.number: BJ-1
contract.use: training
contract.other_city_subsidy: false
contract.excluded_amount: 0元
contract.signed_on: 2024-05-06
contract.starts_on: 2024-05-06
contract.ends_on: 2025-05-05
`
const rows = Array.from({ length: 120 }, (_, i) => {
  const [size, spend, adopts] = i % 4 === 0 ? ['large', 2_000_000, 0.7] : ['small', 200_000, 0.3]
  return `${size},${i % 3 === 0 ? 'I6513' : 'F5100'},${i % 2 ? '110108' : '110101'},${spend},${adopts}`
})
const firms = (): string =>
  file('firms.csv', `size,industry,district,median_spend,adopts\n${rows.join('\n')}\n`)
const beijing = 'cn.beijing.compute_voucher'
const asked = (): string[] => ['--population', firms(), '--facts', file('facts.yaml', FACTS), '--draws', '20']

test('a shipped programme by its id: who gains, cost, affordability, and the label, as JSON', async () => {
  const setting = file('setting.yaml', 'treasury: { revenue: 1000000000 }\nadministration: 100000\n')
  const { out, err, code } = await call(
    beijing,
    ...asked(),
    '--budget',
    '300万元',
    '--setting',
    setting,
    '--json',
  )
  expect([err, code]).toEqual(['', 0])
  const report = JSON.parse(out) as SimulationReport
  expect(report).toMatchObject({ label: 'simulated_estimate', draws: 20, budget: 3_000_000, firms: 120 })
  const [outcome] = report.programmes
  // the programme supports software and manufacturing; a firm of wholesale gets nothing
  expect(outcome!.summary.moneyBy.industry).toEqual({ I6513: expect.closeTo(1, 9) as number, F5100: 0 })
  expect(outcome!.cost.median).toBeCloseTo(outcome!.summary.redeemed.median + 100_000, 6)
  expect(outcome!.summary.redeemed.p95).toBeLessThanOrEqual(3_000_000)
  expect(outcome!.affordability.ratios[0]!.value!.median).toBeCloseTo(outcome!.cost.median / 1e9, 12)
  expect(outcome!.affordability.compute[0]).toMatchObject({ standing: 'unknown' })
})

test('in words it is called an estimate first and last, with its assumptions', async () => {
  const { out } = await call(beijing, ...asked(), '--budget', '3000000')
  const lines = out.trimEnd().split('\n')
  expect(lines[0]).toMatch(/^estimate \(simulated, not measured\): 120 firms, 12 months, 20 draws/)
  expect(lines.at(-1)).toMatch(/^estimate: cn\.beijing\.compute_voucher costs about .* yuan/)
  expect(out).toContain('price elasticity of compute: -0.8 [-1.5, -0.3]  (assumed, not measured)')
  expect(out).toContain('money by size: large')
})

test('two programmes meet the same firms: against itself a programme changes nothing', async () => {
  const { out } = await call(beijing, beijing, ...asked(), '--budget', '3000000', '--json')
  expect((JSON.parse(out) as SimulationReport).comparisons[0]).toMatchObject({
    winners: 0,
    losers: 0,
    redeemed: { difference: 0 },
  })
})

test('what a determination still needs, an empty cell and a bad setting are refused by name', async () => {
  const bare = await call(beijing, '--population', firms(), '--budget', '3000000')
  expect([bare.code, bare.err]).toEqual([1, expect.stringContaining('parties.related')])
  const hole = file('hole.csv', 'size,industry,district,median_spend,adopts\nsmall,I6513,110108,,0.5\n')
  expect((await call(beijing, '--population', hole, '--budget', '1')).err).toContain(
    'column "median_spend" is empty in data row 1',
  )
  const setting = file('bad.yaml', 'treasury: { revenu: 5 }')
  const wrong = await call(beijing, ...asked(), '--budget', '1', '--setting', setting)
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('revenu')])
})

test('no such programme, no amount and no table are wrong use', async () => {
  for (const words of [
    ['cn.nowhere', ...asked(), '--budget', '1'],
    [beijing, ...asked(), '--budget', 'much'],
    [beijing, '--population', join(folder, 'none.csv'), '--budget', '1'],
  ])
    expect((await call(...words)).code).toBe(2)
})
