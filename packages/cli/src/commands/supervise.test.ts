import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'

import { useLanguage } from '../language.ts'
import { run } from '../main.ts'

const folder = mkdtempSync(join(tmpdir(), 'supervise-'))
const world = join(folder, 'world')
let made: { out: string; code: unknown }

beforeEach(() => useLanguage('en'))
beforeAll(async () => {
  made = await call('world', 'generate', '--level', 'tiny', '--seed', '4', '--out', world, '--json')
})
afterAll(() => rmSync(folder, { recursive: true }))

async function call(...args: string[]): Promise<{ out: string; err: string; code: unknown }> {
  const [out, err] = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
  out.mockReturnValue(true)
  err.mockReturnValue(true)
  process.exitCode = 0
  await run(args)
  const printed = [out, err].map((stream) => stream.mock.calls.map(([text]) => String(text)).join(''))
  const code = process.exitCode
  vi.restoreAllMocks()
  process.exitCode = 0
  return { out: printed[0] ?? '', err: printed[1] ?? '', code }
}

test('a world is written with its truth, the hash of its generator and of itself', async () => {
  expect(made.code).toBe(0)
  const result = JSON.parse(made.out) as { schemes: number; generator: string; world: string }
  expect(result).toMatchObject({ schemes: 36, generator: expect.stringMatching(/^[0-9a-f]{64}$/) })
  const again = await call(
    'world',
    'generate',
    '--level',
    'tiny',
    '--seed',
    '4',
    '--out',
    join(folder, 'again'),
    '--json',
  )
  expect((JSON.parse(again.out) as { world: string }).world).toBe(result.world)
})

test('a folder that is not empty is left alone', async () => {
  expect(await call('world', 'generate', '--level', 'tiny', '--out', world)).toMatchObject({ code: 2 })
})

test('supervise lists findings, and --since fewer', async () => {
  const { out, code } = await call('supervise', world, '--json')
  const report = JSON.parse(out) as { findings: { detector: string }[]; firms: unknown[]; lossRate: null }
  expect([code, report.lossRate]).toEqual([0, null])
  expect(new Set(report.findings.map(({ detector }) => detector)).size).toBeGreaterThan(15)
  const later = JSON.parse((await call('supervise', world, '--since', '2025-01-01', '--json')).out) as {
    findings: unknown[]
  }
  expect(later.findings.length).toBeLessThan(report.findings.length)
  expect((await call('supervise', world)).out).toMatch(
    /findings; \d+ firms to hold, \d+ to review, \d+ with a decisive clause; people decide\n$/,
  )
})

test('the text is a work list: name, band, whether payment may stop, rules in words, what would clear', async () => {
  const { out } = await call('supervise', world, '--lang', 'zh')
  expect(out).toMatch(/^1\. \S+ F\w+ · 暂缓（建议，待人工决定） 0\.\d\d · 确定性条款成立，可先行暂停支付/m)
  expect(out).toMatch(/^ {3}(【确定性】)?D01 关联方交易 1\.00: /m)
  expect(out).toContain('可澄清：签约日的工商登记')
  const left = Number(/另有 (\d+) 家未列出，用 --all/.exec(out)?.[1])
  const all = (await call('supervise', world, '--all', '--lang', 'zh')).out
  expect(all).toMatch(new RegExp(`^${left + 20}\\. `, 'm'))
  expect(all).not.toContain('未列出')
})

test('--firm shows one firm whole, and refuses one that nobody knows', async () => {
  const report = JSON.parse((await call('supervise', world, '--json')).out) as {
    firms: { firm: string; band: string; decisive: string[] }[]
  }
  const { firm } = report.firms.find(({ decisive }) => decisive.length === 0)!
  const { out } = await call('supervise', world, '--firm', firm)
  expect(out).toContain(`${firm} · `)
  expect(out).toContain('no decisive clause, nothing may stop payment by itself')
  expect(out).toContain('innocent explanation')
  expect(await call('supervise', world, '--firm', 'nobody')).toMatchObject({
    code: 1,
    err: expect.stringContaining('[supervision.firm_not_listed]'),
  })
})

test('hollow tables examine nothing; unknown files and ids that point nowhere are named', async () => {
  const hollow = join(folder, 'hollow')
  mkdirSync(hollow)
  for (const file of readdirSync(world).filter((name) => name.endsWith('.csv')))
    writeFileSync(join(hollow, file), `${readFileSync(join(world, file), 'utf8').split('\n')[0]!}\n`)
  const said = (await call('supervise', hollow)).out
  expect(said).toContain('D01 related parties: nothing examined, no rows in contracts, firms, roles')
  expect(said).toMatch(/nothing was examined: [^\n]+\n$/)
  writeFileSync(join(hollow, 'contract.csv'), 'id\n')
  writeFileSync(join(hollow, 'payments.csv'), readFileSync(join(world, 'payments.csv')))
  const odd = JSON.parse((await call('supervise', hollow, '--json')).out) as {
    unknownFiles: string[]
    dangling: { table: string; column: string }[]
  }
  expect(odd.unknownFiles).toEqual(['contract.csv'])
  expect(odd.dangling.map(({ table, column }) => `${table}.${column}`)).toContain('payments.fromAccount')
})

test('a missing source is said, a broken table refused with its line, wrong use told apart', async () => {
  unlinkSync(join(world, 'payments.csv'))
  expect((await call('supervise', world, '--lang', 'zh')).out).toMatch(/D05 .*无法判断，缺少 payments/)
  writeFileSync(
    join(world, 'sanctions.csv'),
    'id,firm,kind,from,source,fetchedOn\n1,A,x,2024-02-30,s,2024-01-01\n',
  )
  const refused = await call('supervise', world, '--lang', 'en')
  expect([refused.code, refused.err]).toEqual([
    1,
    expect.stringContaining('Line 2 of sanctions: from cannot be "2024-02-30"'),
  ])
  expect(await call('supervise', join(folder, 'nowhere'))).toMatchObject({ code: 2 })
  expect(await call('supervise', world, '--since', 'May')).toMatchObject({ code: 2 })
})
