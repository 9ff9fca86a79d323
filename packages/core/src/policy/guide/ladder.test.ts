// A ladder says of every case and amount what the evaluator says; and no case is left out or shown twice.
import { readdirSync, readFileSync } from 'node:fs'
import { env } from 'node:process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rate } from '../../money/index.ts'
import { asFraction, isValue } from '../expression/index.ts'
import { checkProgramme, type Award, type Programme } from '../index.ts'
import { readFacts } from '../fact-values.ts'
import { openSession } from '../session.ts'
import type { Exact } from '../../money/index.ts'
import { bandAt, valueAt } from './bands.ts'
import { awardLadder } from './ladder.ts'
import { bandWords } from './ladder-words.ts'
import type { Value } from '../types.ts'

const root = new URL('../../../../../programmes/', import.meta.url)
const programmes = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('programme.yaml'))
  .map((path) => checkProgramme(readFileSync(new URL(path, root), 'utf8'), path).programme!)
const ON = '2999-12-31'

const below = (left: Exact, right: Exact): boolean =>
  left.numerator * right.denominator < right.numerator * left.denominator

function factArbitrary(programme: Programme, path: string): fc.Arbitrary<string | bigint | boolean> {
  const { type } = programme.facts.facts[path]!
  if (type.kind === 'bool') return fc.boolean()
  if (type.kind === 'int') return fc.bigInt(0n, 60n)
  if (type.kind === 'money') return fc.oneof(fc.bigInt(0n, 100n), fc.bigInt(0n, 30_000_000_000n))
  if (type.kind === 'date') return fc.constantFrom('2020-01-01', '2024-03-01', '2025-06-30', '2026-05-01')
  if (type.kind === 'region') return fc.constantFrom('110108', '310115', '320211')
  if (type.kind === 'industry') return fc.constantFrom('I6513', 'C3911')
  if (type.kind === 'enumeration') return fc.constantFrom(...type.members)
  return fc.constant('own')
}

/** The amount before rounding, nothing used of any cap, by the evaluator alone; undefined while something is open. */
function reckoned(
  programme: Programme,
  award: Award,
  given: Record<string, string | bigint | boolean>,
): Exact | undefined {
  const { facts } = readFacts(programme.facts, { ...given, [programme.governs.by]: ON })
  const session = openSession(programme, facts)
  const base = session.evaluate(award.base.is)
  if (!isValue(base)) return undefined
  let amount = asFraction(base)
  if (amount.numerator < 0n) amount = rate(0n, 1n)
  if (award.rate) {
    const holding = award.rate.rows.filter(({ when }) => session.evaluate(when) === true)
    const value = session.evaluate(holding.length === 1 ? holding[0]!.value : award.rate.default!)
    if (holding.length > 1 || !isValue(value)) return undefined
    const by = value as Exact
    amount = rate(amount.numerator * by.numerator, amount.denominator * by.denominator)
  }
  for (const { cap, inBands } of awardLadder(programme, award, ON).caps) {
    if (!inBands) continue
    const limit = asFraction(session.evaluate(cap.limit) as bigint)
    if (below(limit, amount)) amount = limit
  }
  return amount
}

const all = programmes.flatMap((programme) => programme.awards.map((award) => ({ programme, award })))

describe('every award', () => {
  test.each(
    all.map((item) => [`${item.programme.id}@${item.programme.version} ${item.award.id}`, item] as const),
  )('%s', (_, { programme, award }) => {
    const ladder = awardLadder(programme, award, ON)
    expect(ladder.cases.length).toBeGreaterThan(0)
    const paths = Object.keys(programme.facts.facts).filter((path) => path !== programme.governs.by)
    const given = fc.record(Object.fromEntries(paths.map((path) => [path, factArbitrary(programme, path)])))
    fc.assert(
      fc.property(given, (facts) => {
        const read = readFacts(programme.facts, { ...facts, [programme.governs.by]: ON })
        const session = openSession(programme, read.facts)
        const verdicts = ladder.cases.flatMap((row) => row.tests.map(({ test }) => session.evaluate(test)))
        if (verdicts.some((verdict) => typeof verdict !== 'boolean')) return
        const fitting = ladder.cases.filter(({ tests }) =>
          tests.every(({ test, holds }) => session.evaluate(test) === holds),
        )
        const amount = reckoned(programme, award, facts)
        if (amount === undefined) return
        expect(fitting.length).toBe(1)
        const { bands } = fitting[0]!
        if (bands === null) return
        const measured = session.evaluate(ladder.measured!) as bigint
        if (measured < 0n) return
        const shown = valueAt(bandAt(bands, measured), measured)
        expect(rate(shown.numerator, shown.denominator)).toEqual(rate(amount.numerator, amount.denominator))
      }),
      { numRuns: env['SUANQUAN_FULL'] === '1' ? 500 : 6 },
    )
  })
})

function shown(programme: Programme): unknown {
  return awardLadder(programme, programme.awards[0]!).cases.map(({ when, rate: share, bands }) => [
    when.map(({ zh }) => zh).join('；'),
    share?.en ?? null,
    ...(bands ? bandWords(programme, bands).map(({ range, gives }) => `${range.zh}：${gives.zh}`) : []),
  ])
}

const named = (id: string): Programme => programmes.find((item) => `${item.id}@${item.version}` === id)!

/** The programme with answers to its open numbers. */
function answered(programme: Programme, answers: Readonly<Record<string, Value>>): Programme {
  const set = Object.entries(answers).map(([name, value]) => {
    const values = [{ from: programme.governs.from, value, written: '' }]
    return [name, { ...programme.parameters[name]!, values }] as const
  })
  return { ...programme, parameters: { ...programme.parameters, ...Object.fromEntries(set) } }
}

test('a progressive rule is a ladder, with the cap as its last rung', () => {
  const open = named('cn.shanxi.cloud_voucher@2018.1')
  const answers = {
    band_end: 20_000_000n,
    rate_first: rate(3n, 10n),
    rate_above: rate(1n, 5n),
    firm_cap: 10_000_000n,
  }
  expect(shown(answered(open, answers))).toMatchInlineSnapshot(`
    [
      [
        "",
        null,
        "不超过 199,999.99元：全额的 30%",
        "超过 199,999.99元、不超过 20万元：59,999.99元 加超过 199,999.99元 部分的 50%",
        "超过 20万元、不超过 40万元：6万元 加超过 20万元 部分的 20%",
        "超过 40万元：10万元",
      ],
    ]
  `)
})

test('rates by case are rows, and each has its own bands', () => {
  expect(shown(named('cn.hangzhou.compute_voucher@2025.65'))).toMatchInlineSnapshot(`
    [
      [
        "年申报智算合同累计不超过 50万元 的中小企业",
        "50%",
        "不论多少：全额的 50%",
      ],
      [
        "不是“年申报智算合同累计不超过 50万元 的中小企业”，且“依托经备案的大模型做模型服务”为是",
        "30%",
        "不论多少：全额的 30%",
      ],
      [
        "不是“年申报智算合同累计不超过 50万元 的中小企业”，且“依托经备案的大模型做模型服务”为否，且“使用国产算力设施”为是",
        "30%",
        "不论多少：全额的 30%",
      ],
      [
        "其他情形",
        "20%",
        "不论多少：全额的 20%",
      ],
    ]
  `)
  expect(shown(named('cn.beijing.compute_voucher@2023.1'))).toMatchInlineSnapshot(`
    [
      [
        "",
        "20%",
        "不超过 1,000万元：全额的 20%",
        "超过 1,000万元：200万元",
      ],
    ]
  `)
})
