// Published training runs, and the days that stand against a threshold in P.
import { describe, expect, it } from 'vitest'
import { serving, trainingTime, utilisationOf, type TrainingRun, type TrainingTime } from './training.ts'

const A100 = 312
const H100 = 989.4

function time(run: Partial<TrainingRun>): TrainingTime {
  const answer = trainingTime({
    activeParameters: 100e9,
    totalParameters: 100e9,
    tokens: 2e12,
    densePetaflops: 300,
    modelFlopsUtilisation: 0.4,
    ...run,
  })
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal))
  return answer.value
}

const within1Percent = (value: number, published: number): void =>
  expect(Math.abs(value / published - 1)).toBeLessThan(0.01)

describe('the use of the peak in published runs, from their card-hours', () => {
  it.each([
    ['LLaMA 7B', 6.7e9, 1e12, 82_432, A100, 43.4],
    ['LLaMA 13B', 13e9, 1e12, 135_168, A100, 51.4],
    ['LLaMA 33B', 32.5e9, 1.4e12, 530_432, A100, 45.8],
    ['LLaMA 65B', 65.2e9, 1.4e12, 1_022_362, A100, 47.7],
    ['Llama 2 70B', 70e9, 2e12, 1_720_320, A100, 43.5],
    ['Llama 3.1 405B', 405e9, 15.6e12, 30_840_000, H100, 34.5],
    ['DeepSeek-V3', 37e9, 14.8e12, 2_664_000, H100, 34.6],
  ] as const)('%s', (...[, activeParameters, tokens, cardHours, denseTeraflopsPerCard, published]) => {
    const use = utilisationOf({ activeParameters, tokens, cardHours, denseTeraflopsPerCard })
    if (!use.ok) throw new Error('the run is in range')
    within1Percent(use.value * 100, published)
  })
})

describe('days to train', () => {
  const gpt3 = { activeParameters: 175e9, totalParameters: 175e9, tokens: 300e9 }
  const deepseek = {
    activeParameters: 37e9,
    totalParameters: 671e9,
    tokens: 14.8e12,
    modelFlopsUtilisation: 0.346,
  }

  it.each([
    [300, gpt3, 30.4],
    [300, {}, 115.7],
    [300, deepseek, 366.4],
    [150, gpt3, 60.8],
    [150, {}, 231.5],
    [150, deepseek, 732.7],
    [75, gpt3, 121.5],
    [75, {}, 463],
    [1171, gpt3, 7.79],
    [1171, {}, 29.65],
    [1171, deepseek, 93.9],
  ] as const)('on %d P_d16 (%j): %d', (densePetaflops, run, days) => {
    within1Percent(time({ densePetaflops, ...run }).days, days)
  })

  it('of DeepSeek-V3 on its own 2,048 cards are the published 54', () => {
    within1Percent(time({ ...deepseek, densePetaflops: (2048 * H100) / 1000 }).days, 54.2)
  })

  it('refute the threshold of 300 P: 100 billion parameters train within four months', () => {
    expect(time({ deadlineDays: 120, cards: 304, memoryGbPerCard: 80 }).feasible).toBe(true)
    expect(time({ deadlineDays: 110, cards: 304, memoryGbPerCard: 80 }).feasible).toBe(false)
  })

  it('do not decide alone: memory must hold twice the floor of 16 bytes a parameter, and unknown stays unknown', () => {
    expect(time({}).memoryFloorGb).toBe(1600)
    expect(time({ deadlineDays: 120 }).feasible).toBeUndefined()
    expect(time({ deadlineDays: 120, cards: 40, memoryGbPerCard: 80 }).feasible).toBe(true)
    expect(time({ deadlineDays: 120, cards: 39, memoryGbPerCard: 80 }).feasible).toBe(false)
  })

  it('double where the link between cards is slow', () => {
    expect(time({ linkGbpsPerCard: 199 })).toMatchObject({ slowLink: true, utilisationUsed: 0.2 })
    expect(time({ linkGbpsPerCard: 200 })).toMatchObject({ slowLink: false, utilisationUsed: 0.4 })
    expect(time({ linkGbpsPerCard: 100 }).days).toBeCloseTo(2 * time({}).days, 9)
  })

  it.each([
    { tokens: NaN },
    { tokens: -1 },
    { densePetaflops: 0 },
    { densePetaflops: Infinity },
    { modelFlopsUtilisation: 1.01 },
    { availability: 0 },
  ])('are refused for absurd input %j', (absurd) => {
    const run = {
      activeParameters: 1e9,
      totalParameters: 1e9,
      tokens: 1e9,
      densePetaflops: 1,
      modelFlopsUtilisation: 0.4,
    }
    const answer = trainingTime({ ...run, ...absurd })
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'feasibility.out_of_range' } })
  })
})

describe('serving', () => {
  it('of a 70-billion model on 70 P gives 13 billion tokens a day, 38,000 for each resident of 东阿', () => {
    const answer = serving({
      densePetaflops: 70,
      activeParameters: 70e9,
      efficiency: 0.3,
      residents: 341_000,
    })
    if (!answer.ok) throw new Error('the plan is in range')
    within1Percent(answer.value.tokensPerDay, 13e9)
    within1Percent(answer.value.tokensPerResidentAndDay!, 38_000)
  })

  it('refuses an efficiency above 1', () => {
    expect(serving({ densePetaflops: 70, activeParameters: 70e9, efficiency: 1.1 }).ok).toBe(false)
  })
})
