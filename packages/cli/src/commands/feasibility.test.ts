// `suanquan feasibility review` as it is called: what it prints in both languages and for machines, how it ends.
import { fileURLToPath } from 'node:url'

import { FACT_PATHS, GATE_REASONS, readProposal, reviewFeasibility } from '@suanquan/core/feasibility'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { useLanguage } from '../language.ts'
import { run } from '../main.ts'
import { proposalTemplate } from './feasibility-template.ts'
import { REASONS } from './feasibility-text.ts'

beforeEach(() => useLanguage('zh'))
afterEach(() => {
  process.exitCode = 0
})

async function review(
  name: string,
  ...words: string[]
): Promise<{ out: string; err: string; code: number | string | undefined }> {
  const [out, err] = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
  out.mockReturnValue(true)
  err.mockReturnValue(true)
  process.exitCode = 0
  const file = fileURLToPath(new URL(`../../../core/fixtures/feasibility/${name}.yaml`, import.meta.url))
  await run(['feasibility', 'review', file, '--paths', '200', ...words])
  const printed = [out, err].map((stream) => stream.mock.calls.map(([text]) => String(text)).join(''))
  const code = process.exitCode
  vi.restoreAllMocks()
  return { out: printed[0]!, err: printed[1]!, code }
}

test('东阿 goes back: gates by reading, 365 % to 406 and 416 %, the claim beside the days, the verdict first and last', async () => {
  const { out, code } = await review('donge-1')
  expect(out.split('\n')[1]).toBe(out.trim().split('\n').at(-1))
  expect(out.match(/compute\.chips/g)).toHaveLength(1)
  expect(out.match(/申报未提供/g)).toHaveLength(1)
  expect(out).toContain('测算300P所需天数：稠密 FP16 116')
  expect(out).toContain('期限 120 天')
  expect(out).toContain('✗ 稠密 FP16 · 每P造价 21,428,571 元，是上限（5,000,000 元）的 4.29 倍')
  expect(out).toContain('✓ 双精度 FP64')
  expect(out).toContain('由 365 % 升至 405.7 %')
  expect(out).toContain('由 365 % 升至 415.9 %')
  expect(out).toContain('测算支持“更慢”，不支持“不能”')
  expect(out.trim().split('\n').at(-1)).toBe('结论：退回补充（13 道门槛未过，须补 16 项）')
  expect(code).toBe(0)
})

test('the second round is unsuitable, and the last line names what blocks, in English too', async () => {
  expect((await review('donge-2')).out.trim().split('\n').at(-1)).toBe(
    '结论：不宜建设（阻断：单位造价、包销、资金来源、投资回报）',
  )
  expect((await review('donge-2', '--lang', 'en')).out.trim().split('\n').at(-1)).toBe(
    'verdict: unsuitable (blocked by capex per P, offtake, funding, return)',
  )
})

test('a centre that passes says on what conditions', async () => {
  const { out } = await review('zhongbei-960p')
  expect(out.trim().split('\n').at(-1)).toBe('结论：批准（附 15 项条件）')
  expect(out).toContain(
    '· 包销合同（买方、份额、年限、价格、是否照付不议） (demand.offtake)：公布的是框架协议',
  )
  expect(out).toContain('第 4、5 年的现金流为负')
  expect(out).toContain('[公开] 莲花健康采购330台H800服务器')
})

test('an expansion names every earlier phase, and an assumed chip list is called assumed', async () => {
  const { out } = await review('runze-3')
  expect(out).toContain('✗ 分期建设 · 不通过 · 二期只投运 0 %')
  expect(out).toContain('    ✗ 一期只投运 49 %（24,000P／规划 49,000P），再投运 10,300P 方可启动下一期')
  expect(out).toContain('芯片清单（262144 × H100）只是工作假设')
})

test.each(['donge-1', 'donge-2', 'runze-2', 'runze-3', 'zhongbei-960p'])(
  'no sentence about %s has a hole in either language',
  async (name) => {
    for (const language of ['zh', 'en']) {
      const { out } = await review(name, '--lang', language)
      expect(out).not.toMatch(/\{|\}|undefined|NaN|Infinity|\[object/)
    }
  },
)

test('for machines it is one JSON document in which the unknown is null', async () => {
  const { out, code } = await review('runze-2', '--json')
  const answer: unknown = JSON.parse(out)
  expect(answer).toMatchObject({ verdict: 'return', blockers: [], spareCapacity: null })
  expect(code).toBe(0)
})

test('the same seed prints the same page', async () => {
  const [first, again, other] = [
    await review('zhongbei-960p', '--seed', '5', '--json'),
    await review('zhongbei-960p', '--seed', '5', '--json'),
    await review('zhongbei-960p', '--seed', '6', '--json'),
  ]
  expect(first.out).toBe(again.out)
  expect(first.out).not.toBe(other.out)
})

test.each(['zh', 'en'] as const)(
  'the template in %s is a proposal that goes back, and a whole one when filled',
  (language) => {
    useLanguage(language)
    const empty = readProposal(proposalTemplate())
    const answer = empty.ok && reviewFeasibility(empty.value, { paths: 10, seed: 1 })
    expect(answer && answer.ok && answer.value.verdict).toBe('return')
    const whole = readProposal(proposalTemplate(true))
    const filled = whole.ok && reviewFeasibility(whole.value, { paths: 10, seed: 1 })
    if (!filled || !filled.ok) throw new Error(JSON.stringify(whole))
    expect(filled.value.facts.map((fact) => fact.path).sort()).toEqual([...FACT_PATHS].sort())
  },
)

test('a missing file and absurd options are refused or called wrong use', async () => {
  const missing = await review('nowhere')
  expect(missing.err).toMatch(/^没有文件 /)
  expect(missing.code).toBe(2)
  expect((await review('donge-1', '--paths', '0')).err).toContain('[feasibility.out_of_range]')
  expect((await review('donge-1', '--paths', 'many')).code).toBe(2)
})

test('every reason has a sentence in both languages', () => {
  for (const reason of GATE_REASONS)
    expect([REASONS[reason].zh, REASONS[reason].en].every(Boolean)).toBe(true)
})
