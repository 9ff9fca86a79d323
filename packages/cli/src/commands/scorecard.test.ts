import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { scorecardCommand } from './scorecard.ts'

let folder = ''
let printed: string[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scorecard-'))
  printed = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line))
  vi.spyOn(console, 'error').mockImplementation((line: string) => void printed.push(line))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  vi.restoreAllMocks()
  process.exitCode = 0
})

async function run(facts: string, ...options: string[]): Promise<string> {
  const file = join(folder, 'facts.yaml')
  writeFileSync(file, facts)
  await scorecardCommand().parseAsync(['demo', '--year', '2026', '--facts', file, ...options], {
    from: 'user',
  })
  return printed.join('\n')
}

const facts = `
redeemed: { value: 400, source: ledger, cutOn: 2026-12-31 }
treatedFirms: { value: 40, source: ledger, cutOn: 2026-12-31 }
effectSpendPerFirm: { estimate: 20, ci: [-1, 41], grade: E, source: survey, cutOn: 2026-12-31 }
`

test('a before-and-after number is printed without the word net effect and with its cautions', async () => {
  const output = await run(facts)
  const line = output.split('\n').find((text) => text.includes('incrementality'))!
  expect(line).toContain('2 CNY / CNY [-0.1, 4.1]  grade E change')
  expect(line).toContain('cannot_exclude_zero')
  expect(output).not.toContain('net_effect')
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
