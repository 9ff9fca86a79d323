import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Decision } from '../../refusal.ts'
import { asNetEffect, DESIGN_GRADES, gradeEffect } from './grade.ts'
import { netOf, type Chain, type Distribution, type Factors } from './chain.ts'
import { QUOTED_CLAIMS } from './claims.ts'
import { gini, theil, topShare } from './concentration.ts'
import { ECONOMIC_ACCOUNT } from './economic.ts'
import { financeForm } from './finance-form.ts'
import { INPUTS, type EffectFact, type Facts, type InputKey } from './inputs.ts'
import type { KnownMeasure, MeasureResult } from './measure.ts'
import { readFacts } from './read-facts.ts'
import { scorecard } from './scorecard.ts'
import { SOCIAL_ACCOUNT } from './social.ts'
import { survivalAt, survivalDifference } from './survival.ts'

function must<Value>(decision: Decision<Value>): Value {
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusal))
  return decision.value
}

const from = { source: 'test', cutOn: '2026-12-31' }
const number = (value: number): { value: number; source: string; cutOn: string } => ({ ...from, value })
const effect = (estimate: number, ci: [number, number], grade: EffectFact['grade']): EffectFact => ({
  ...from,
  estimate,
  ci,
  grade,
})

function rows(facts: Facts): Map<string, MeasureResult> {
  const card = scorecard('p', 2026, facts)
  return new Map([...card.economic, ...card.social].map((row) => [row.name, row]))
}

function known(facts: Facts, name: string): KnownMeasure {
  const outcome = rows(facts).get(name)!.outcome
  if (outcome.status !== 'known') throw new Error(`${name} is ${outcome.status}`)
  return outcome
}

describe('the word "net effect"', () => {
  test('only grades A, B and C carry it; D, E and F never do, whatever the estimate', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(fc.constantFrom(...DESIGN_GRADES), finite, finite, finite, (grade, estimate, low, high) => {
        const graded = gradeEffect({ estimate, ci: [Math.min(low, high), Math.max(low, high)] }, grade)
        const allowed = ['A', 'B', 'C'].includes(grade)
        expect(graded.word === 'net_effect').toBe(allowed)
        expect(asNetEffect(graded).ok).toBe(allowed)
        expect(graded.cautions.includes('not_causal')).toBe(!allowed)
        expect(graded.cautions.includes('no_leverage_wording')).toBe(!allowed)
      }),
    )
  })
  test('a record that claims a better word than its grade is refused', () => {
    const forged = { ...gradeEffect({ estimate: 1, ci: [0.5, 2] }, 'E'), word: 'net_effect' as const }
    expect(asNetEffect(forged)).toMatchObject({ refusal: { code: 'evaluation.not_a_net_effect' } })
  })
  test('an interval that covers zero says so', () => {
    expect(gradeEffect({ estimate: 1, ci: [-1, 3] }, 'A').cautions).toEqual(['cannot_exclude_zero'])
    expect(gradeEffect({ estimate: 1, ci: [0.1, 3] }, 'A').cautions).toEqual([])
  })
  test('no measure of the scorecard gets around it', () => {
    for (const grade of DESIGN_GRADES) {
      const keys = (Object.keys(INPUTS) as InputKey[]).filter((key) => INPUTS[key].kind === 'effect')
      const facts = {
        ...Object.fromEntries(keys.map((key) => [key, effect(2, [1, 3], grade)])),
        treatedFirms: number(10),
        redeemed: number(5),
        eligibleSpend: number(50),
        rateChange: number(0.1),
      } as Facts
      for (const { outcome, name } of rows(facts).values())
        if (outcome.status === 'known' && outcome.grade !== null)
          expect(outcome.word === 'net_effect', name).toBe('ABC'.includes(grade))
    }
  })
})

describe('claims of others', () => {
  test('are shown with their grade and cannot be multiplied', () => {
    expect(QUOTED_CLAIMS.find(({ id }) => id === 'caict_multiplier')).toMatchObject({
      grade: 'F',
      indicator: 'E16',
    })
    for (const claim of QUOTED_CLAIMS) expect(typeof claim.stated).toBe('string')
  })
  test('no formula reads them: only the scorecard and the index import the register', () => {
    const root = join(import.meta.dirname, '..')
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
    )
    const readers = sources.filter((file) =>
      /from '[^']*claims\.ts'/.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(readers.sort()).toEqual(['accounts/scorecard.ts', 'index.ts'])
  })
})

describe('the economic account', () => {
  const facts: Facts = {
    pool: number(1000),
    issued: number(700),
    redeemed: number(400),
    expired: number(100),
    issuedLast90Days: number(180),
    administration: number(20),
    recovered: number(10),
    eligibleSpend: number(1600),
    paidOutOfArea: number(300),
    treatedFirms: number(40),
    effectSpendPerFirm: effect(20, [10, 30], 'A'),
    effectComputePerFirm: effect(2, [-1, 5], 'C'),
    effectLogPrice: effect(0.05, [0.01, 0.09], 'C'),
    rateChange: number(0.2),
    effectRetainedTaxPerFirmYear: effect(1, [0.5, 1.5], 'B'),
    discountRate: number(0.05),
  }
  test.each([
    ['commitments', 200],
    ['days_to_exhaustion', 200],
    ['administrative_cost_ratio', 0.05],
    ['gross_leverage', 4],
    ['additionality_share', 0.5],
    ['dead_weight_share', 0.5],
    ['incrementality', 2],
    ['own_money_additionality', 1],
    ['pass_through', 0.75],
    ['provider_capture', 0.25],
    ['leakage', 0.75],
    ['additional_compute', 80],
    ['outlay_per_additional_compute', 5],
  ])('%s is %d', (name, value) => expect(known(facts, name).value).toBeCloseTo(value, 12))

  test('fiscal return discounts three years', () => {
    const annuity = 1 / 1.05 + 1 / 1.05 / 1.05 + 1 / 1.05 / 1.05 / 1.05
    expect(known(facts, 'fiscal_return_3y').value).toBeCloseTo((40 * annuity) / 410, 12)
  })
  test('intervals follow the effect, also where it is subtracted or divided by', () => {
    expect(known(facts, 'additionality_share').interval).toEqual([0.25, 0.75])
    expect(known(facts, 'dead_weight_share').interval).toEqual([0.25, 0.75])
    const price = known(facts, 'outlay_per_additional_compute')
    expect(price.interval).toBeNull()
    expect(price.cautions).toEqual(expect.arrayContaining(['interval_unbounded', 'cannot_exclude_zero']))
    const safer = { ...facts, effectComputePerFirm: effect(2, [1, 4], 'A') }
    expect(known(safer, 'outlay_per_additional_compute').interval).toEqual([2.5, 10])
  })
  test('horizon, units and checks of the effect are published with every number made from it', () => {
    const evidence = { horizonMonths: 12, nTreated: 40, nControl: 50, checks: { preTrend: 0.4 } }
    const measured = { ...facts, effectSpendPerFirm: { ...effect(20, [10, 30], 'C'), ...evidence } }
    expect(known(measured, 'incrementality').evidence).toEqual(evidence)
    expect(known(measured, 'gross_leverage').evidence).toBeNull()
  })
  test('gross leverage says what it is: the inverse of the rate', () => {
    expect(known(facts, 'gross_leverage')).toMatchObject({
      grade: null,
      word: null,
      cautions: ['equals_inverse_rate_when_uncapped'],
    })
  })
  test('the loss of a random audit has the exact interval', () => {
    const audit = { redeemed: number(1000), auditedSample: number(100), auditedWithLoss: number(4) }
    const { value, interval } = known(audit, 'loss')
    expect(value).toBeCloseTo(40, 10)
    // Clopper and Pearson for 4 of 100: 1.10 % to 9.93 %
    expect(interval![0]).toBeCloseTo(11.0, 0)
    expect(interval![1]).toBeCloseTo(99.3, 0)
  })
  test('a ladder with a rung wider than the one above it is flagged', () => {
    const ladder = { computeInstalled: number(100), computeAvailable: number(110), computeSold: number(55) }
    expect(known(ladder, 'computeAvailable_of_computeInstalled').cautions).toEqual(['ladder_not_monotone'])
    expect(known(ladder, 'computeSold_of_computeAvailable')).toMatchObject({ value: 0.5, cautions: [] })
  })
  test('nothing divides by zero: the measure is undefined, not infinite', () => {
    const empty = { redeemed: number(0), eligibleSpend: number(0), administration: number(0) }
    expect(rows(empty).get('gross_leverage')!.outcome).toEqual({ status: 'undefined' })
    expect(rows({ ...facts, issuedLast90Days: number(0) }).get('days_to_exhaustion')!.outcome.status).toBe(
      'undefined',
    )
  })
  test('what is missing is named, and the most useful inputs first', () => {
    const card = scorecard('p', 2026, { redeemed: number(1) })
    const row = card.economic.find(({ name }) => name === 'leakage')!
    expect(row.outcome).toEqual({ status: 'unknown', missing: ['paidOutOfArea'] })
    expect(card.stillNeeded[0]!.measures).toBeGreaterThanOrEqual(card.stillNeeded.at(-1)!.measures)
  })
})

describe('the social account', () => {
  test('jobs per 亩 of 润泽: 75 on 88 now, 1,000 on 534 planned', () => {
    expect(known({ centreJobs: number(75), centreMu: number(88) }, 'jobs_per_mu').value).toBeCloseTo(0.85, 2)
    expect(known({ centreJobs: number(1000), centreMu: number(534) }, 'jobs_per_mu').value).toBeCloseTo(
      1.87,
      2,
    )
  })
  test('reach by group gives every group and the widest gap', () => {
    const groups = {
      micro: { part: 5, whole: 100 },
      large: { part: 30, whole: 100 },
      none: { part: 0, whole: 0 },
    }
    expect(known({ reachByGroup: { ...from, groups } }, 'reach_by_group')).toMatchObject({
      value: 0.25,
      groups: { micro: 0.05, large: 0.3 },
    })
  })
  test('satisfaction of a survey that few answered says so', () => {
    const survey = { surveyed: number(100), responded: number(30), satisfied: number(27) }
    expect(known(survey, 'satisfied')).toMatchObject({ value: 0.9, cautions: ['response_below_half'] })
  })
  test('Gini: equal is 0, one of n having all is 1 − 1/n, doubling all changes nothing', () => {
    expect(gini([3, 3, 3])).toBeCloseTo(0, 12)
    expect(gini([0, 0, 0, 8])).toBeCloseTo(0.75, 12)
    expect(gini([0, 0])).toBeNull()
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 2 }), (amounts) => {
        const value = gini(amounts)!
        expect(value).toBeGreaterThanOrEqual(-1e-12)
        expect(gini(amounts.map((amount) => 2 * amount))).toBeCloseTo(value, 10)
      }),
    )
  })
  test('the largest ten of twenty equal firms have half', () => {
    expect(
      topShare(
        Array.from({ length: 20 }, () => 5),
        10,
      ),
    ).toBe(0.5)
  })
  test('Theil: parts within and between add up; equal money per worker is 0', () => {
    const even = [
      { district: 'a', money: 10, workers: 5 },
      { district: 'b', money: 2, workers: 1 },
    ]
    expect(theil(even)!.total).toBeCloseTo(0, 12)
    const uneven = [
      ...even,
      { district: 'b', money: 30, workers: 2 },
      { district: 'a', money: 0, workers: 4 },
    ]
    const { total, within, between } = theil(uneven)!
    expect(total).toBeCloseTo(within + between, 12)
    expect(Math.min(within, between)).toBeGreaterThan(0)
  })
  test('Kaplan–Meier: the textbook leukaemia remissions of Freireich (6-MP) are .627 at 22 weeks', () => {
    const closed = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    const seen = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    const group = [
      ...closed.map((months) => ({ months, closed: true })),
      ...seen.map((months) => ({ months, closed: false })),
    ]
    expect(survivalAt(group, 16).share).toBeCloseTo(0.6275, 4)
    expect(survivalAt(group, 22).share).toBeCloseTo(0.5378, 4)
    expect(Math.sqrt(survivalAt(group, 22).variance)).toBeCloseTo(0.1282, 4)
    expect(must(survivalDifference(group, group, 22)).estimate).toBe(0)
  })
})

describe('facts from a file', () => {
  test('typed facts pass; unknown names and wrong shapes are named', () => {
    expect(readFacts({ redeemed: number(5), contractPrices: { ...from, values: [1, 2] } }).ok).toBe(true)
    expect(readFacts({ redeemd: number(5) })).toMatchObject({ refusal: { code: 'evaluation.unknown_input' } })
    expect(readFacts({ redeemed: { value: 5 } })).toMatchObject({
      refusal: { code: 'evaluation.bad_fact', params: { input: 'redeemed', place: 'source' } },
    })
    expect(readFacts({ redeemed: number(-5) }).ok).toBe(false)
    expect(readFacts({ redeemed: { ...number(5), cutOn: '2026-02-30' } }).ok).toBe(false)
    expect(readFacts({ effectSpendPerFirm: { ...effect(1, [2, 1], 'A') } }).ok).toBe(false)
    expect(readFacts([]).ok).toBe(false)
  })
  test('whatever the amounts, every value of the scorecard is finite', () => {
    const amount = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e300, noNaN: true }))
    const keys = (Object.keys(INPUTS) as InputKey[]).filter((key) => INPUTS[key].kind === 'number')
    fc.assert(
      fc.property(fc.array(amount, { minLength: keys.length, maxLength: keys.length }), (values) => {
        const facts = Object.fromEntries(keys.map((key, index) => [key, number(values[index]!)])) as Facts
        for (const { outcome, name } of rows(facts).values())
          if (outcome.status === 'known') expect(Number.isFinite(outcome.value), name).toBe(true)
      }),
    )
  })
})

test('the finance bureau’s form holds every row once and output and benefit weigh 60 or more', () => {
  const card = scorecard('p', 2026, {})
  const form = financeForm(card)
  const count = form.dimensions.reduce((sum, { rows }) => sum + rows.length, 0)
  expect(count).toBe(card.economic.length + card.social.length)
  const weight = (name: string): number => form.dimensions.find(({ dimension }) => dimension === name)!.weight
  expect(weight('output') + weight('benefit')).toBeGreaterThanOrEqual(60)
})

test('a measure takes its word from one effect at most', () => {
  for (const { needs, name } of [...ECONOMIC_ACCOUNT, ...SOCIAL_ACCOUNT])
    expect(needs.filter((key) => INPUTS[key].kind === 'effect').length, name).toBeLessThanOrEqual(1)
})

test('every indicator of the two accounts has a measure; E16 stands in the register only', () => {
  const card = scorecard('p', 2026, {})
  const ids = new Set([...card.economic, ...card.social].map(({ indicator }) => indicator))
  const all = ['E', 'S'].flatMap((letter) =>
    Array.from({ length: 18 }, (_, index) => `${letter}${String(index + 1).padStart(2, '0')}`),
  )
  expect(all.filter((id) => !ids.has(id as 'E1'))).toEqual(['E16'])
})

describe('the chain from gross to net', () => {
  const fixed = (value: number): Distribution => ({ kind: 'fixed', value, source: 'test' })
  const factors = (
    leakage: number,
    displacement: number,
    substitution: number,
    multiplier: number,
  ): Factors => ({
    leakage: fixed(leakage),
    displacement: fixed(displacement),
    substitution: fixed(substitution),
    multiplier: fixed(multiplier),
  })
  const cost = { outlay: 90, administration: 20, recovered: 10, taxBurden: fixed(0.2) }
  const reference: Chain = {
    kind: 'reference_case',
    gross: fixed(1000),
    factors: factors(0.1, 0.2, 0.05, 1.5),
    reference: { gross: fixed(300), factors: factors(0.1, 0.2, 0, 1.5) },
    cost,
    seed: 's',
    draws: 100,
  }
  test('with a reference case: intervention minus reference, to the last digit', () => {
    const result = must(netOf(reference))
    expect(result.net.median).toBeCloseTo(1000 * 0.9 * 0.8 * 0.95 * 1.5 - 300 * 0.9 * 0.8 * 1.5, 9)
    expect(result.cost.median).toBeCloseTo(120, 9)
    expect(result).toMatchObject({ grade: 'F', word: 'self_report' })
    expect(result.steps.map(({ step }) => step).at(-1)).toBe('less_reference_case')
  })
  test('with a measured effect dead-weight is not subtracted again, and the grade is the effect’s', () => {
    const measured: Chain = {
      kind: 'measured',
      effect: { kind: 'normal', mean: 5, se: 1, source: 'lottery 2026' },
      grade: 'A',
      treated: 100,
      factors: factors(0.1, 0, 0, 1),
      cost,
      seed: 's',
    }
    const result = must(netOf(measured))
    expect(result.net.median).toBeCloseTo(450, -1)
    expect(result.net.p5).toBeCloseTo(450 - 1.645 * 90, -1)
    expect(result.word).toBe('net_effect')
    expect(result.steps.some(({ step }) => step === 'less_reference_case')).toBe(false)
    expect(netOf(measured)).toEqual(netOf(measured))
    const multiplied = must(netOf({ ...measured, factors: factors(0.1, 0, 0, 1.3) }))
    expect(multiplied).toMatchObject({ grade: 'D', word: 'controlled_difference' })
    const claimed = { kind: 'triangular', low: 1, mode: 1, high: 3.5, source: 'CAICT' } as const
    for (const multiplier of [fixed(3), claimed])
      expect(netOf({ ...measured, factors: { ...factors(0, 0, 0, 1), multiplier } })).toMatchObject({
        refusal: { code: 'evaluation.bad_distribution', params: { factor: 'multiplier' } },
      })
  })
  test('a Beta(2, 6) displacement has its mean of a quarter', () => {
    const spread = must(
      netOf({
        ...reference,
        factors: { ...factors(0, 0, 0, 1), displacement: { kind: 'beta', a: 2, b: 6, source: 'test' } },
        reference: { gross: fixed(0), factors: factors(0, 0, 0, 1) },
        draws: 4000,
      } as Chain),
    )
    // quantiles of Beta(2, 6): median .2285, 5 % .0534, 95 % .5207
    expect(spread.net.median / 1000).toBeCloseTo(1 - 0.2285, 1)
    expect(spread.net.p5 / 1000).toBeCloseTo(1 - 0.5207, 1)
  })
  test.each([
    [{ leakage: fixed(1.2) }, 'leakage'],
    [{ multiplier: { kind: 'triangular', low: 2, mode: 1, high: 3, source: 'x' } }, 'multiplier'],
    [{ displacement: { kind: 'beta', a: 0, b: 1, source: 'x' } }, 'displacement'],
    [{ substitution: { kind: 'fixed', value: 0.1, source: '' } }, 'substitution'],
    [{ multiplier: fixed(Number.NaN) }, 'multiplier'],
  ])('%j is no distribution of its factor', (change, factor) => {
    const broken = { ...reference, factors: { ...factors(0, 0, 0, 1), ...change } } as Chain
    expect(netOf(broken)).toMatchObject({
      refusal: { code: 'evaluation.bad_distribution', params: { factor } },
    })
  })
})

describe('facts that contradict each other', () => {
  const provenance = { source: 'test', cutOn: '2026-12-31' }
  const number = (value: number): object => ({ ...provenance, value })
  test.each([
    [{ effectSpendPerFirm: { ...provenance, estimate: 100, ci: [5, 15], grade: 'C' } }, 'effectSpendPerFirm'],
    [{ reversals: number(5), holds: number(1) }, 'reversals'],
    [{ reachByGroup: { ...provenance, groups: { small: { part: 10, whole: 1 } } } }, 'reachByGroup'],
  ])('are refused by name (%#)', (facts, input) =>
    expect(readFacts(facts)).toMatchObject({
      refusal: { code: 'evaluation.contradiction', params: { input } },
    }),
  )

  test('an effect whose own check failed loses the word, and says which', () => {
    const effect = { ...provenance, estimate: 10, ci: [5, 15], grade: 'C', checks: { preTrend: 0.00001 } }
    const read = readFacts({ effectSpendPerFirm: effect, treatedFirms: number(4), eligibleSpend: number(80) })
    if (!read.ok) throw new Error(read.refusal.code)
    const row = scorecard('p', 2026, read.value).economic.find(({ name }) => name === 'additionality_share')!
    expect(row.outcome).toMatchObject({
      grade: 'D',
      word: 'controlled_difference',
      cautions: ['not_causal', 'no_leverage_wording', 'trends_parted'],
    })
  })
})
