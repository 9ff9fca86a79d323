import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useLanguage } from '../language.ts'
import { run as suanquan } from '../main.ts'

let folder = ''
let printed: string[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scorecard-'))
  printed = []
  useLanguage('en')
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  vi.restoreAllMocks()
  process.exitCode = 0
})

async function run(facts: string, ...options: string[]): Promise<string> {
  const file = join(folder, 'facts.yaml')
  writeFileSync(file, facts)
  await suanquan(['scorecard', 'demo', '--year', '2026', '--facts', file, ...options])
  return printed.join('').trimEnd()
}

const facts = `
redeemed: { value: 400, source: ledger, cutOn: 2026-12-31 }
treatedFirms: { value: 40, source: ledger, cutOn: 2026-12-31 }
effectSpendPerFirm: { estimate: 20, ci: [-1, 41], grade: E, source: survey, cutOn: 2026-12-31 }
`

test('a before-and-after number is printed without the word net effect and with its cautions', async () => {
  const output = await run(facts)
  const line = output.split('\n').find((text) => text.includes('incrementality'))!
  expect(line).toContain('2 CNY / CNY [-0.1, 4.1]  E change over time, not a net effect')
  expect(line).toContain('cannot_exclude_zero')
  expect(output).not.toContain('  E net effect')
  expect(output).toContain('unknown: needs issued, expired')
})

test('as JSON the finance form holds the same rows', async () => {
  const form = JSON.parse(await run(facts, '--json', '--finance-form')) as {
    dimensions: { weight: number }[]
  }
  expect(form.dimensions.reduce((sum, { weight }) => sum + weight, 0)).toBe(100)
})

test('a fact without a source is refused and leaves with 1', async () => {
  const output = await run('redeemed: { value: 400, cutOn: 2026-12-31 }')
  expect(output).toContain('"redeemed" is wrong at source')
  expect(process.exitCode).toBe(1)
})
