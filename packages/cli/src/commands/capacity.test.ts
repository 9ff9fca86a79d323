// `suanquan capacity reconcile` as it is called: what it says of a figure, and that it says by what rule.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { useLanguage } from '../language.ts'
import { run } from '../main.ts'

beforeEach(() => useLanguage('zh'))
afterEach(() => {
  process.exitCode = 0
})

async function reconcile(...words: string[]): Promise<string> {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  await run(['capacity', 'reconcile', ...words])
  const printed = out.mock.calls.map(([text]) => String(text)).join('')
  vi.restoreAllMocks()
  return printed
}

test('the last line says as what the figure is explained, and how much that is dense', async () => {
  const lines = (await reconcile('2300', 'PFLOPS', '--chips', 'H800:1184')).trim().split('\n')
  expect(lines[0]).toBe('稀疏 FP16: 2343.1 P (公布值低 1.8 %)')
  expect(lines.at(-1)).toBe('2300 PFLOPS: 可解释：按稀疏 FP16，折合稠密 1,171 P')
  expect(lines.join('\n')).toContain('卡表 H800: FP16 稠密／稀疏 989.4／1979 TFLOPS')
})

test('without cards it says by what rule the readings are made, and counts no card of low confidence', async () => {
  const out = await reconcile('4.9万P')
  expect(out).toContain('假设的列法')
  expect(out).toContain('Ascend910B, 稠密 FP16')
  expect(out.split('\n').filter((line) => line.includes('× Ascend910B,'))).toSatisfy((lines: string[]) =>
    lines.every((line) => line.endsWith('P_d16 须先验收')),
  )
  expect(out.trim().split('\n').at(-1)).toMatch(/^4\.9万P: 仅为假设（\d+ 种读法）：请提供卡型与数量$/)
})

test('for machines the rows and the rule come with the answer', async () => {
  const answer: unknown = JSON.parse(await reconcile('2300P', '--chips', 'H800:1184', '--json'))
  expect(answer).toMatchObject({
    status: 'explained',
    rule: { tolerance: 0.03 },
    cards: [{ model: 'H800', confidence: 'high', checkedOn: '2026-11-22' }],
  })
})
