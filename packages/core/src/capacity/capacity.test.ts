import { describe, expect, test } from 'vitest'
import {
  accelerators,
  countedFp16,
  findAccelerator,
  parseCards,
  parseClaim,
  reconcile,
  type CapacityClaim,
  type Reconciliation,
} from './index.ts'
import { modelKey } from './accelerator.ts'

const claimOf = (text: string): CapacityClaim => {
  const claim = parseClaim(text)
  if (!claim.ok) throw new Error(claim.refusal.code)
  return claim.value
}
const reconciled = (text: string, cards = ''): Reconciliation => {
  const list = cards === '' ? { ok: true as const, value: [] } : parseCards(cards)
  if (!list.ok) throw new Error(list.refusal.code)
  return reconcile(claimOf(text), list.value)
}

describe('the accelerator table', () => {
  test('has no name twice, every peak positive, and sparse twice dense where both are given', () => {
    const names = accelerators.flatMap((card) => [card.model, ...card.aliases].map(modelKey))
    expect(new Set(names).size).toBe(names.length)
    for (const card of accelerators) {
      expect(card.source, card.model).not.toBe('')
      expect(card.checkedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/)
      for (const { dense, sparse } of Object.values(card.peaks)) {
        if (dense !== undefined) expect(dense, card.model).toBeGreaterThan(0)
        if (dense !== undefined && sparse !== undefined) expect(sparse / dense, card.model).toBeCloseTo(2, 1)
      }
    }
    expect(accelerators.length).toBeGreaterThanOrEqual(40)
  })

  test('finds a card under any of its spellings', () => {
    expect(findAccelerator('h800 sxm')?.model).toBe('H800')
    expect(findAccelerator('昇腾910b')?.model).toBe('Ascend910B')
    expect(findAccelerator('H900')).toBeUndefined()
  })

  test('a card of low confidence counts only with a certificate or three quarters of its claim measured', () => {
    const card = findAccelerator('910B2')!
    expect(countedFp16(card)).toBeUndefined()
    expect(countedFp16(card, { measuredFp16: 281 })).toBeUndefined()
    expect(countedFp16(card, { measuredFp16: 282 })).toBe(376)
    expect(countedFp16(card, { certified: true })).toBe(376)
    expect(countedFp16(findAccelerator('H800')!)).toBe(989.4)
  })
})

describe('a published figure', () => {
  test('is read with its unit and its rounding', () => {
    expect(claimOf('2300P')).toMatchObject({ petaflops: 2300, roundingPetaflops: 50 })
    expect(claimOf('4.9万P')).toMatchObject({ petaflops: 49_000, roundingPetaflops: 500 })
    expect(claimOf('1.2 EFLOPS')).toMatchObject({ petaflops: 1200, roundingPetaflops: 50 })
    expect(claimOf('5,225 P')).toMatchObject({ petaflops: 5225, roundingPetaflops: 0.5 })
  })

  test('is read in full-width signs, in TFLOPS and with what it says of itself', () => {
    expect(claimOf('２３００Ｐ')).toMatchObject({ petaflops: 2300 })
    expect(claimOf('2300000 TFLOPS')).toMatchObject({ petaflops: 2300 })
    expect(claimOf('2300 PFLOPS')).toMatchObject({ petaflops: 2300, stated: {} })
    expect(claimOf('2300P（FP16 稀疏）').stated).toEqual({ precision: 'fp16', sparsity: 'sparse' })
    expect(claimOf('2300P(BF16)').stated).toEqual({ precision: 'fp16' })
  })

  test.each([
    '25,6P',
    '1,23,456P',
    '2300P(about)',
    '',
    '300',
    'P',
    '-5P',
    '0P',
    '1e9P',
    'NaNP',
    '9999999999999999P',
    '3亿亿P',
  ])('refuses %j', (text) => {
    expect(parseClaim(text)).toMatchObject({ ok: false, refusal: { code: 'capacity.not_a_claim' } })
  })

  test('refuses a list of cards it cannot read, and a card it does not know', () => {
    expect(parseCards('H800')).toMatchObject({ refusal: { code: 'capacity.not_a_card_list' } })
    expect(parseCards('H800:0')).toMatchObject({ refusal: { code: 'capacity.not_a_card_list' } })
    expect(parseCards('H999:8')).toMatchObject({
      refusal: { code: 'capacity.unknown_card', params: { model: 'H999' } },
    })
  })
})

describe('the reconciler', () => {
  test('explains 2,300 P on 1,184 H800 as sparse FP16, half of it dense', () => {
    const answer = reconciled('2300P', 'H800:1184')
    expect(answer.status).toBe('explained')
    expect(answer.readings[0]).toMatchObject({ precision: 'fp16', sparsity: 'sparse' })
    expect(answer.readings[0]!.difference).toBeCloseTo(-0.0184, 4)
    expect(answer.petaflopsDense16).toBeCloseTo(1171.45, 2)
    expect(answer.impliedPerCard).toBeCloseTo(1.9426, 4)
    expect(
      answer.readings.some((reading) => reading.precision === 'fp16' && reading.sparsity === 'dense'),
    ).toBe(false)
  })

  test('explains a filing of 5,225 P on 2,640 H800 as sparse to four digits', () => {
    const [first] = reconciled('5225P', 'H800:2640').readings
    expect(first).toMatchObject({ precision: 'fp16', sparsity: 'sparse' })
    expect(Math.abs(first!.difference)).toBeLessThan(0.0002)
  })

  test.each([
    ['4.9万P', 6, 48_630],
    ['6.6万P', 8, 64_840],
    ['26.2万P', 32, 259_370],
  ])(
    'takes %s without cards as a hypothesis: %i clusters of 8,192 cards, never summed',
    (text, clusters, dense) => {
      const answer = reconciled(text)
      expect(answer.status).toBe('hypothesis')
      expect(answer.petaflopsDense16).toBeUndefined()
      expect(answer.clusters[0]).toMatchObject({ per: 'nominal', cards: clusters * 8192 })
      expect(Math.abs(answer.clusters[0]!.petaflopsDense16! - dense)).toBeLessThan(10)
    },
  )

  test.each(['1万P', '10000P', '2万P'])('lists for %s no reading outside the tolerance', (text) => {
    const { clusters } = reconciled(text)
    expect(clusters.filter((each) => Math.abs(each.difference) > 0.03)).toEqual([])
    expect(clusters.filter((each) => each.per === 'nominal')).toEqual([])
  })

  test('counts a card of low confidence in no hypothesis and explains nothing by its peak', () => {
    const { clusters, cards } = reconciled('4.9万P')
    const low = clusters.filter((each) => each.model === 'Ascend910B')
    expect(low.length).toBeGreaterThan(0)
    expect(low.every((each) => each.petaflopsDense16 === undefined)).toBe(true)
    expect(cards.find((card) => card.model === 'Ascend910B')).toMatchObject({
      confidence: 'low',
      measuredFp16: 328,
    })
    expect(reconciled('100P', 'P800:290')).toMatchObject({ status: 'hypothesis', uncounted: ['P800'] })
  })

  test('holds a figure to the precision and sparsity that it states', () => {
    expect(reconciled('2300P(FP16)', 'H800:1184')).toMatchObject({ status: 'explained' })
    expect(reconciled('2300P(稠密FP16)', 'H800:1184').status).toBe('unexplained')
  })

  test.each(['70P', '4740P'])('leaves %s without cards unexplained', (text) => {
    expect(reconciled(text)).toMatchObject({ status: 'unexplained', readings: [], clusters: [] })
  })

  test('leaves a figure unexplained that no definition gives, and says what it implies for a card', () => {
    const answer = reconciled('3000P', 'H800:1184')
    expect(answer).toMatchObject({ status: 'unexplained', readings: [] })
    expect(answer.impliedPerCard).toBeCloseTo(2.534, 3)
  })

  test('does not count a card of low confidence, nor call a definition known when one card lacks it', () => {
    const answer = reconciled('900P', 'H800:500,910B2:500')
    expect(answer.uncounted).toEqual(['Ascend910B2'])
    expect(answer.petaflopsDense16).toBeUndefined()
    expect(answer.computed.map(({ precision, sparsity }) => `${sparsity} ${precision}`)).toEqual([
      'dense fp16',
    ])
  })
})
