// The five proposals from published figures, and the verdicts that must follow from them.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { changed, numbersOf, type Changes } from '../../fixtures/feasibility/changed.ts'
import { checkProposal, forecastOf, readProposal, reviewFeasibility, scoreReviews } from './index.ts'
import type { FeasibilityReview, GateId, GateResult } from './index.ts'

function fixtureText(name: string): string {
  return readFileSync(new URL(`../../fixtures/feasibility/${name}.yaml`, import.meta.url), 'utf8')
}

const OPTIONS = { paths: 400, seed: 7 }

function review(name: string, changes: Changes = {}): FeasibilityReview {
  const proposal = checkProposal(changed(fixtureText(name), changes))
  if (!proposal.ok) throw new Error(JSON.stringify(proposal.refusal))
  const answer = reviewFeasibility(proposal.value, OPTIONS)
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal))
  return answer.value
}

function gate(answer: FeasibilityReview, id: GateId): GateResult {
  return answer.gates.find((each) => each.gate === id)!
}

describe('东阿, first round', () => {
  const answer = review('donge-1')

  it('goes back with questions, because nothing blocking is proven', () => {
    expect(answer.verdict).toBe('return')
    expect(answer.blockers).toEqual([])
  })

  it('is not a size: a P without precision or chips fails the unit gate', () => {
    expect(gate(answer, 'unit')).toMatchObject({ status: 'failed', reason: 'precision_absent' })
  })

  it('costs 21.4 million a P in the AI reading, four times the stop, and 19 million-like in the HPC reading', () => {
    const capex = gate(answer, 'capex')
    expect(capex.status).toBe('unknown')
    const byReading = new Map(capex.byReading!.map((each) => [each.reading, each]))
    expect(byReading.get('dense_fp16')).toMatchObject({ status: 'failed', reason: 'above_stop' })
    expect(Number(byReading.get('dense_fp16')!.values!['yuanPerPetaflop'])).toBeCloseTo(21_428_571.43, 2)
    expect(Number(byReading.get('dense_fp16')!.values!['timesStop'])).toBeCloseTo(4.2857, 4)
    expect(Number(byReading.get('sparse_int8')!.values!['yuanPerPetaflop'])).toBeCloseTo(85_714_285.71, 2)
    expect(byReading.get('fp64')).toMatchObject({ status: 'held', reason: 'comparable_to_hpc' })
  })

  it('takes the broad debt ratio from 365 % to between 406 and 416 %, on an assumed share that says so', () => {
    expect(answer.burdens.map((each) => Math.round(each.ratioAfter * 1000) / 10)).toEqual([405.7, 415.9])
    expect(answer.burdens.every((each) => each.assumedShare && each.lightAfter === 'red')).toBe(true)
    expect(answer.burdens[0]!.capexOverRevenue).toBeCloseTo(0.949, 3)
    expect(Math.round(answer.burdens[0]!.capexPerResidentYuan!)).toBe(4399)
    expect(answer.burdens[0]!.debtServiceYuan / 1e8).toBeCloseTo(1.156, 3)
  })

  it('can sell out and still not break even in any AI reading', () => {
    expect(answer.appraisals.map((each) => each.reading)).toEqual([
      'dense_fp16',
      'sparse_fp16',
      'dense_int8',
      'sparse_int8',
    ])
    for (const { breakEvens, simulation, payback } of answer.appraisals) {
      expect(breakEvens.soldShare.kind === 'never' || !breakEvens.soldShare.reachable).toBe(true)
      expect(simulation.chanceOfGain).toBe(0)
      expect(payback.kind).toBe('never')
    }
  })

  it('asks for chips, offtake, funding and the other missing facts by their paths', () => {
    const paths = new Set(answer.questions.flatMap((question) => question.paths))
    for (const path of [
      'compute.chips',
      'demand.offtake',
      'funding.parts',
      'energy.pue',
      'capability.operator',
    ])
      expect(paths).toContain(path)
  })

  it('is small enough that the rule against large centres outside the hubs does not touch it', () => {
    expect(gate(answer, 'hub')).toMatchObject({ status: 'held', reason: 'not_large' })
    expect(gate(answer, 'layout').values!['barred']).toEqual(['land', 'fiscal'])
  })

  it('sets the claim about 300 P beside what 300 P does: 116 days dense, 463 if it is sparse INT8', () => {
    const days = answer.claims[0]!.computed.map((each) => Math.round(each.days))
    expect(days).toEqual([116, 231, 231, 463])
  })
})

describe('东阿, second round: dense FP16, no offtaker, funding unchanged', () => {
  const answer = review('donge-2')

  it('is unsuitable, and what blocks is named', () => {
    expect(answer.verdict).toBe('unsuitable')
    expect(answer.blockers).toEqual(['capex', 'offtake', 'funding', 'return'])
  })

  it('stays unsuitable when all but one of the blockers are mended', () => {
    const mended = review('donge-2', {
      'capex.total.value': '3000万元',
      'capex.items': 'unknown',
      'demand.marketRentPerPetaflopYear': { value: '200万元', source: 'round2' },
      'funding.parts.value': [{ kind: 'own_equity', from: 1, to: 1 }],
    })
    expect(mended.blockers).toEqual(['offtake'])
    expect(mended.verdict).toBe('unsuitable')
  })
})

describe('东阿 in the second round with its precision stated but no chips', () => {
  const change = { 'compute.chips': 'unknown' }

  it('is judged in the stated reading alone', () => {
    const answer = review('donge-2', change)
    expect(answer.readings.map((each) => each.reading)).toEqual(['dense_fp16'])
    expect(gate(answer, 'unit')).toMatchObject({ status: 'unknown', reason: 'chips_absent' })
    expect(gate(answer, 'capex')).toMatchObject({ status: 'failed', reason: 'above_stop' })
  })

  it('is not judged on a precision that is only assumed', () => {
    const guess = { 'sources.guess': { kind: 'assumed', title: 'guess' }, 'compute.reading.source': 'guess' }
    const answer = review('donge-2', { ...change, ...guess })
    expect(gate(answer, 'capex')).toMatchObject({ status: 'unknown', reason: 'size_assumed' })
    expect(gate(answer, 'return')).toMatchObject({ status: 'unknown', reason: 'size_assumed' })
  })
})

describe.each([
  ['runze-2', 66_000, { phase: '一期', running: 0.4898, missing: 10_300 }],
  ['runze-3', 262_000, { phase: '二期', running: 0, missing: 46_200 }],
] as const)('润泽 expansion %s', (name, claimed, { phase, running, missing }) => {
  const answer = review(name)

  it('is not blocked: the next phase opens once the latest earlier one runs and is sold', () => {
    expect(answer.verdict).toBe('return')
    expect(answer.blockers).toEqual([])
    const phases = gate(answer, 'phases')
    expect(phases).toMatchObject({ status: 'failed', blocking: false, reason: 'earlier_phase_not_running' })
    expect(phases.values!['phase']).toBe(phase)
    expect(Number(phases.values!['running'])).toBeCloseTo(running, 4)
    expect(Number(phases.values!['missingPetaflops'])).toBeCloseTo(missing, 6)
    expect(phases.byPhase![0]!.values).toMatchObject({ phase: '一期', operatingPetaflops: 24_000 })
  })

  it('keeps our guess at the chips out of the decision', () => {
    expect(answer.assumedFacts).toEqual(['compute.chips'])
    expect(gate(answer, 'unit')).toMatchObject({ status: 'unknown', reason: 'chips_assumed' })
    expect(answer.readings[0]!.claimedPetaflops).toBe(claimed)
  })

  it('opens the phase gate when the earlier phases run and are sold', () => {
    const phase = { plannedPetaflops: 50_000, operatingPetaflops: 50_000, soldShare: 0.9 }
    const phases = ['一期', '二期'].map((label) => ({ ...phase, name: label }))
    const full = review(name, { 'earlierPhases.value': phases })
    expect(gate(full, 'phases').status).toBe('held')
  })
})

describe('the chip list', () => {
  it.each(['昇腾910C', 'Ascend910C', 'ascend 910c', '９１０Ｃ'])(
    'knows %s by the one accelerator table',
    (model) => {
      const answer = review('donge-2', { 'compute.chips.value.0.model': model })
      expect(gate(answer, 'unit')).toMatchObject({ status: 'held', reason: 'claim_explained' })
      expect(answer.blockers).toEqual(['capex', 'offtake', 'funding', 'return'])
    },
  )

  it('counts a card of low confidence once it is certified or measured', () => {
    const cards = { model: '910B', count: 186 }
    const unit = (chip: object): unknown =>
      gate(review('donge-2', { 'compute.chips.value': [chip] }), 'unit').reason
    expect(unit(cards)).toBe('chips_not_certified')
    expect(unit({ ...cards, certified: true })).toBe('claim_explained')
    expect(unit({ ...cards, measuredFp16: 300 })).toBe('claim_explained')
    expect(unit({ ...cards, measuredFp16: 100 })).toBe('chips_not_certified')
  })

  it('says which card has no dense 16-bit peak, and which is in no table', () => {
    const unit = (model: string): GateResult =>
      gate(review('donge-2', { 'compute.chips.value.0.model': model }), 'unit')
    expect(unit('MLU590')).toMatchObject({ reason: 'chips_without_peak', values: { models: ['MLU590'] } })
    expect(unit('H900')).toMatchObject({ reason: 'chips_not_in_table', values: { models: ['H900'] } })
  })
})

describe('中贝, 960 P for 青海联通', () => {
  it('passes every gate, and the unpublished facts come back as conditions', () => {
    const answer = review('zhongbei-960p')
    expect(answer.gates.filter((each) => each.status !== 'held')).toEqual([])
    expect(answer.verdict).toBe('approve')
    expect(answer.questions).toEqual([])
    expect(answer.conditions).toContain('capability.chipSupply')
    expect(answer.conditions).toContain('demand.offtake')
    expect(answer.facts.find((each) => each.path === 'demand.offtake')).toMatchObject({ kind: 'undertaking' })
    expect(answer.sources['announcement']!.url).toContain('603220')
    expect(answer.appraisals[0]!.simulation.chanceOfGain).toBeGreaterThan(0.85)
    expect(answer.appraisals[0]!.energyMwhPerYear).toBeCloseTo(6969.456, 6)
  })

  it('covers its debt on almost every path: delivered chips start in time', () => {
    const { simulation, cover } = review('zhongbei-960p').appraisals[0]!
    expect(cover!.lowestDebtServiceCover).toBeGreaterThan(2)
    expect(simulation.chanceOfThinCover).toBeLessThan(0.01)
    expect(simulation.tornado.find((each) => each.driver === 'delay')!.correlation).toBe(0)
  })

  it('loses in the years after its contract, which is why it has two rates of return', () => {
    const { losingYears, internalRates } = review('zhongbei-960p').appraisals[0]!
    expect(losingYears).toEqual([4, 5])
    expect(internalRates.kind).toBe('many')
  })

  it('goes back when the framework agreement is all there is, and is unsuitable without even that', () => {
    const published = review('zhongbei-960p', { 'demand.offtake.source': 'announcement' })
    expect(gate(published, 'offtake')).toMatchObject({ status: 'unknown', reason: 'framework_only' })
    expect(published.appraisals[0]!.soldShare[0]).toBeLessThan(0.5)
    const signed = review('zhongbei-960p', {
      'demand.offtake.source': 'announcement',
      'demand.offtake.value.0.form': 'contract',
    })
    expect(gate(signed, 'offtake').status).toBe('held')
  })

  it('flips to unsuitable when its offtake is taken away', () => {
    const answer = review('zhongbei-960p', { 'demand.offtake.value': [] })
    expect(answer.verdict).toBe('unsuitable')
    expect(answer.blockers).toEqual(['offtake', 'return'])
    expect(answer.appraisals[0]!.simulation.chanceOfGain).toBeLessThan(0.05)
  })

  it('goes back with questions when its offtake is not known', () => {
    const answer = review('zhongbei-960p', { 'demand.offtake': 'unknown' })
    expect(answer.verdict).toBe('return')
    expect(answer.questions.map((question) => question.gate)).toEqual(['offtake', 'return'])
  })

  it('goes back with just the unpublished facts when nobody has signed for them', () => {
    const answer = review('zhongbei-960p', { 'sources.word.kind': 'assumed' })
    expect(answer.verdict).toBe('return')
    expect(answer.blockers).toEqual([])
    expect(answer.questions.map((question) => question.gate)).toEqual([
      'layout',
      'offtake',
      'self_dealing',
      'energy',
      'chip_supply',
      'operator',
      'software',
      'security',
      'funding',
      'return',
      'information',
    ])
  })

  it('gives the same review for the same seed and another one for another seed', () => {
    const proposal = readProposal(fixtureText('zhongbei-960p'))
    if (!proposal.ok) throw new Error('the fixture is valid')
    const [first, again, other] = [7, 7, 8].map((seed) =>
      reviewFeasibility(proposal.value, { paths: 500, seed }),
    )
    expect(first).toEqual(again)
    expect(first).not.toEqual(other)
  })
})

describe('the stresses', () => {
  const budget = {
    'fiscal.revenue': { value: '20亿元', source: 'word' },
    'fiscal.governmentDebt': { value: '40亿元', source: 'word' },
    'fiscal.narrowRatio': { value: 1, source: 'word' },
    'fiscal.broadRatio': { value: 2.5, source: 'word' },
  }
  const answer = review('zhongbei-960p', budget)
  const stresses = answer.appraisals[0]!.stresses
  const by = new Map(stresses.map((stress) => [stress.id, stress]))

  it('begin with the stated case and all lower its value', () => {
    expect(by.get('none')!.npvYuan).toBe(answer.appraisals[0]!.npvYuan)
    for (const stress of stresses.slice(1)) expect(stress.npvYuan).toBeLessThan(by.get('none')!.npvYuan)
    expect(by.get('price_down_50')!.npvYuan).toBeLessThan(by.get('sales_down_20')!.npvYuan)
  })

  it('take from the value what a dearer loan costs more, at the same discount rate', () => {
    const service = (rate: number): number =>
      (0.6 * 151_200_000 * rate) / (1 - 1 / ((1 + rate) * (1 + rate) * (1 + rate)))
    const more = service(0.07) - service(0.055)
    const annuity = 1 / 1.065 + 1 / (1.065 * 1.065) + 1 / (1.065 * 1.065 * 1.065)
    expect(by.get('none')!.npvYuan - by.get('rate_up_150')!.npvYuan).toBeCloseTo(more * annuity, 2)
    const unindebted = review('donge-1').appraisals[0]!.stresses
    expect(unindebted.find((each) => each.id === 'rate_up_150')!.npvYuan).toBe(unindebted[0]!.npvYuan)
  })

  it('lower the cover of debt: half the price leaves half of the revenue', () => {
    const [none, half] = [
      by.get('none')!.lowestDebtServiceCover!,
      by.get('price_down_50')!.lowestDebtServiceCover!,
    ]
    expect(half).toBeLessThan(none)
    expect(half).toBeGreaterThan(none / 4)
  })

  it('say what the budget would have to give and when that makes its debt red', () => {
    const { yearlyGrantYuan, grantOverBudgetRevenue, yearsToRed, npvYuan } = by.get('sold_15')!
    expect(npvYuan).toBeLessThan(0)
    expect(grantOverBudgetRevenue).toBeCloseTo(yearlyGrantYuan / 20e8, 12)
    expect(yearsToRed).toBeCloseTo((0.5 * 40e8) / yearlyGrantYuan, 9)
    expect(by.get('none')).toMatchObject({
      yearlyGrantYuan: 0,
      grantOverBudgetRevenue: 0,
      yearsToRed: undefined,
    })
  })
})

describe('a training run', () => {
  const change = { 'compute.chips.value.0.count': 8, 'trainingTargets.0.deadlineDays': 6000 }

  it('that does not fit into the memory of the cards is never in time', () => {
    const [run] = review('zhongbei-960p', change).training
    expect(run).toMatchObject({ target: 'gpt-3', memoryFits: false, inTime: false, deadlineDays: 6000 })
    expect(run!.days).toBeLessThan(6000)
    expect(review('zhongbei-960p').training[0]).toMatchObject({ memoryFits: true, inTime: true })
  })
})

describe('hindsight', () => {
  it('scores a review once its years have passed', () => {
    const forecast = forecastOf(review('zhongbei-960p'))!
    const actual = { id: 'zhongbei-960p', gained: true, soldShare: [1, 0.8], priceIndex: [1.2] }
    const score = scoreReviews([forecast], [actual])
    if (!score.ok) throw new Error('the actuals are in range')
    expect(score.value.soldShareError).toBeCloseTo((0 + 0.25) / 2, 12)
    expect(score.value.brier).toBeLessThan(0.01)
  })

  it('has nothing to score while several readings are open', () => {
    expect(forecastOf(review('donge-1'))).toBeUndefined()
  })
})

describe('a review', () => {
  it.each([0, -1, 1.5, NaN, Infinity, 1_000_001])('refuses %d paths', (paths) => {
    const proposal = readProposal(fixtureText('donge-1'))
    if (!proposal.ok) throw new Error('the fixture is valid')
    const answer = reviewFeasibility(proposal.value, { paths, seed: 1 })
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'feasibility.out_of_range' } })
  })

  it('shows how far idle neighbours could carry the project', () => {
    const near = { id: 'near', densePetaflops: 1000, soldShare: 0.3, distanceKm: 0, substitutability: 1 }
    const answer = review('zhongbei-960p', { neighbours: { value: [near], source: 'word' } })
    expect(answer.spareCapacity!.index).toBeCloseTo(700 / 474.912, 9)
  })

  it('says infinitely little: it holds no number that is not finite', () => {
    for (const name of ['donge-1', 'donge-2', 'runze-2', 'runze-3', 'zhongbei-960p']) {
      const numbers = numbersOf(review(name))
      expect(numbers.length).toBeGreaterThan(10)
      expect(numbers.filter((each) => !Number.isFinite(each))).toEqual([])
    }
  })
})
