import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { INPUTS, scorecard, type InputKey } from '@suanquan/core/evaluation'
import { useLanguage } from '../language.ts'
import { run as suanquan } from '../main.ts'
import { claimTexts, inputNames, measureNames } from './scorecard-words.ts'

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
  expect(line).toContain('no effect cannot be excluded; not causal')
  expect(output.split('\n')[0]).toBe('demo, 2026: the two accounts')
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

test('every measure, input and quoted claim has its Chinese', () => {
  const card = scorecard('demo', 2026, {})
  const named = [...card.economic, ...card.social].map(({ name }) => measureNames[name])
  const claimed = card.claims.map(({ id }) => claimTexts[id]?.stated)
  for (const text of [...named, ...Object.keys(INPUTS).map((input) => inputNames[input as InputKey])])
    expect(text).toMatch(/\p{Script=Han}/u)
  expect(claimed.every((text) => text !== undefined && text !== '')).toBe(true)
})

test('in Chinese no name, caution or claim is left in English', async () => {
  const output = await run(facts, '--lang', 'zh')
  expect(output.split('\n')[0]).toBe('demo 2026 年两本账')
  expect(output).toContain(
    '2 元/元 [-0.1, 4.1]  E 前后变化，不是净效果  (不能排除零效果；不是因果效果；不得写“带动”)',
  )
  expect(output).toContain('未知：缺 已发券（issued）、已过期（expired）')
  expect(output).toMatch(/荷兰创新券.*（来源：CPB 2005/)
  expect(output).not.toMatch(/incrementality|cannot_exclude|would have happened/)
})
