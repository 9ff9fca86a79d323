import { describe, expect, test } from 'vitest'
import { seededRandom } from '../random.ts'
import type { Decision } from '../refusal.ts'
import {
  costOf,
  devicesOn,
  exclusions,
  explainUnmet,
  matchNeeds,
  relax,
  worthOf,
  type Matching,
  type MatchingProblem,
  type Need,
  type Offer,
} from './index.ts'

const need = (id: string, more: Partial<Need> = {}): Need => ({
  id,
  devices: 8,
  hours: 100,
  chips: [{ chip: 'H800', efficiencyMilli: 1000 }],
  securityClass: 1,
  deviceMemoryMib: 0,
  budgetFen: 1_000_000n,
  district: 'A',
  excludedProviders: [],
  priority: 1,
  ...more,
})
const offer = (id: string, more: Partial<Offer> = {}): Offer => ({
  id,
  centre: id,
  provider: id,
  district: 'A',
  chip: 'H800',
  devices: 8,
  deviceMemoryMib: 80_000,
  securityClass: 1,
  priceFenPerDeviceHour: 1000n,
  ...more,
})
const weights = { served: 1, saving: 0.5, sameDistrict: 0.1 }
const problem = (needs: readonly Need[], offers: readonly Offer[], seed = 1): MatchingProblem => ({
  needs,
  offers,
  weights,
  seed,
})
function valueOf<Value>(decision: Decision<Value>): Value {
  if (!decision.ok) throw new Error(decision.refusal.code)
  return decision.value
}
const matched = (asked: MatchingProblem): Matching => valueOf(matchNeeds(asked))

/** A batch such as a city has: more is asked for than there is, and half of it can use one chip only. */
function batch(needCount: number, offerCount: number, seed: number): MatchingProblem {
  const random = seededRandom(seed)
  const chips = ['H800', 'A800', '910B', 'T4']
  const offers = [...Array(offerCount).keys()].map((index) =>
    offer(`o${index}`, {
      chip: chips[index % 4]!,
      devices: 16 + 8 * random.int(20),
      priceFenPerDeviceHour: BigInt(300 + random.int(900)),
      securityClass: 1 + random.int(3),
      district: 'ABCD'[random.int(4)]!,
    }),
  )
  const needs = [...Array(needCount).keys()].map((index) => {
    const first = random.int(4)
    const others = chips.filter((_, chip) => chip !== first && random.next() < 0.4)
    return need(`n${index}`, {
      devices: 1 + random.int(16),
      hours: 20 + random.int(400),
      chips: [chips[first]!, ...others].map((chip) => ({ chip, efficiencyMilli: 500 + 100 * random.int(6) })),
      securityClass: 1 + random.int(3),
      district: 'ABCD'[random.int(4)]!,
      budgetFen: BigInt(200_000 + random.int(8_000_000)),
      excludedProviders: random.next() < 0.1 ? [`o${random.int(offerCount)}`] : [],
    })
  })
  return problem(needs, offers, seed)
}

/** What most do: each need in turn takes the cheapest offer that can serve it. */
function greedyByPrice(asked: MatchingProblem): { worth: number; served: number } {
  const free = new Map(asked.offers.map(({ id, devices }) => [id, devices]))
  let worth = 0
  let served = 0
  for (const one of asked.needs) {
    const open = asked.offers.filter(
      (entry) => exclusions(one, entry).length === 0 && devicesOn(one, entry)! <= free.get(entry.id)!,
    )
    const cost = (entry: Offer): bigint => costOf(one, entry, devicesOn(one, entry)!)
    const best = open.sort((left, right) => (cost(left) < cost(right) ? -1 : 1))[0]
    if (best === undefined) continue
    free.set(best.id, free.get(best.id)! - devicesOn(one, best)!)
    worth += worthOf(asked.weights, one, best)
    served++
  }
  return { worth, served }
}

/** Ten lines that once won: longest first, each to the dearest offer that it can pay, so that cheap ones stay for others. */
function greedyByDearest(asked: MatchingProblem): number {
  const free = new Map(asked.offers.map(({ id, devices }) => [id, devices]))
  const price = (entry: Offer): number => Number(entry.priceFenPerDeviceHour)
  const dearest = asked.offers.toSorted((left, right) => price(right) - price(left))
  let worth = 0
  for (const one of asked.needs.toSorted((left, right) => right.hours - left.hours)) {
    const best = dearest.find(
      (entry) => exclusions(one, entry).length === 0 && devicesOn(one, entry)! <= free.get(entry.id)!,
    )
    if (best === undefined) continue
    free.set(best.id, free.get(best.id)! - devicesOn(one, best)!)
    worth += worthOf(asked.weights, one, best)
  }
  return worth
}

/** One chip, budgets that bind, prices far apart. */
function tightBatch(needCount: number, offerCount: number, seed: number): MatchingProblem {
  const random = seededRandom(`tight/${seed}`)
  const needs = [...Array(needCount).keys()].map((index) =>
    need(`n${index}`, {
      devices: 1 + random.int(16),
      hours: 1 + random.int(500),
      budgetFen: BigInt(random.int(5_000_000)),
    }),
  )
  const offers = [...Array(offerCount).keys()].map((index) =>
    offer(`o${index}`, {
      devices: 50 + random.int(200),
      priceFenPerDeviceHour: BigInt(100 + random.int(900)),
    }),
  )
  return { ...problem(needs, offers, seed), weights: { served: 1, saving: 0.1, sameDistrict: 0.1 } }
}

describe('batch matching', () => {
  test('gives the one offer that both can use to the need that can use nothing else', () => {
    const flexible = need('flexible', { chips: [...need('').chips, { chip: 'A800', efficiencyMilli: 1000 }] })
    const offers = [offer('h', { priceFenPerDeviceHour: 500n }), offer('a', { chip: 'A800' })]
    for (const order of [
      [flexible, need('bound')],
      [need('bound'), flexible],
    ])
      expect(matched(problem(order, offers)).unmet).toEqual([])
  })

  test('never gives more devices than an offer has, serves each need once and within every hard condition', () => {
    const asked = batch(300, 12, 5)
    const { matches, unmet, worth, bound } = matched(asked)
    expect(matches.length + unmet.length).toBe(300)
    const used = new Map<string, number>()
    for (const match of matches) {
      used.set(match.offer, (used.get(match.offer) ?? 0) + match.devices)
      const [one, from] = [
        asked.needs.find(({ id }) => id === match.need)!,
        asked.offers.find(({ id }) => id === match.offer)!,
      ]
      expect(exclusions(one, from)).toEqual([])
    }
    for (const { id, devices } of asked.offers) expect(used.get(id) ?? 0).toBeLessThanOrEqual(devices)
    expect(worth).toBeLessThanOrEqual(bound)
    expect(worth / bound).toBeGreaterThan(0.98)
  })

  test.each([1, 2, 3, 4])('is worth more than the cheapest offer for each in turn (%i)', (seed) => {
    const asked = batch(300, 12, seed)
    expect(matched(asked).worth).toBeGreaterThan(1.02 * greedyByPrice(asked).worth)
  })

  test.each([1, 2, 3])('is worth more than the dearest offer for the longest in turn (%i)', (seed) => {
    const asked = tightBatch(800, 16, seed)
    const { worth, bound } = matched(asked)
    expect(worth).toBeGreaterThanOrEqual(greedyByDearest(asked))
    expect(worth / bound).toBeGreaterThan(0.96)
  })

  test('keeps what is promised, and refuses a promise that cannot be kept', () => {
    const asked = problem([need('n', { priority: 0.1 }), need('rich', { priority: 9 })], [offer('o')])
    expect(matched(asked).matches).toMatchObject([{ need: 'rich' }])
    const promise = { need: 'n', offer: 'o' }
    const { matches, unmet, worth, bound } = matched({ ...asked, promised: [promise] })
    expect(matches).toMatchObject([{ need: 'n', offer: 'o', devices: 8 }])
    expect(unmet).toEqual(['rich'])
    expect(worth).toBeCloseTo(bound, 9)
    for (const promised of [
      [promise, promise],
      [promise, { need: 'rich', offer: 'o' }],
      [{ need: 'zz', offer: 'o' }],
      [{ need: 'n', offer: 'constructor' }],
    ])
      expect(matchNeeds({ ...asked, promised })).toMatchObject({
        refusal: { code: 'placement.bad_promise' },
      })
  })

  test('gives nothing for a district that neither side knows', () => {
    const unknown = problem([need('n', { district: '' })], [offer('o', { district: '' })])
    const apart = problem([need('n', { district: 'A' })], [offer('o', { district: 'B' })])
    expect(matched(unknown).worth).toBe(matched(apart).worth)
    expect(matched(problem([need('n')], [offer('o')])).worth).toBeGreaterThan(matched(unknown).worth)
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -5])('refuses the weight %d', (odd) => {
    for (const weight of ['served', 'saving', 'sameDistrict'] as const) {
      const asked = { ...problem([need('n')], [offer('o')]), weights: { ...weights, [weight]: odd } }
      expect(matchNeeds(asked)).toMatchObject({
        refusal: { code: 'placement.bad_weights', params: { weight } },
      })
    }
  })

  test('draws between equal providers by the seed, whatever their names and places', () => {
    const wins = [...Array(60).keys()].map((seed) => {
      const asked = problem([need('n')], [offer('aaa'), offer('zzz')], seed)
      const [match] = matched(asked).matches
      expect(matched({ ...asked, offers: [...asked.offers].reverse() }).matches[0]).toEqual(match)
      return match!.offer
    })
    expect(wins.filter((id) => id === 'aaa').length).toBeGreaterThan(15)
    expect(wins.filter((id) => id === 'zzz').length).toBeGreaterThan(15)
  })

  test('prices what is short and nothing else', () => {
    const chips = [{ chip: 'T4', efficiencyMilli: 1000 }]
    const asked = problem(
      [need('a'), need('b'), need('c', { chips })],
      [offer('short'), offer('ample', { chip: 'T4', devices: 80 })],
    )
    const price = new Map(matched(asked).prices.map((entry) => [entry.offer, entry.price]))
    expect(price.get('short')).toBeGreaterThan(0)
    expect(price.get('ample')).toBe(0)
  })

  test.each([
    [problem([need('n', { devices: 0 })], []), 'placement.bad_need'],
    [problem([need('n', { priority: Number.NaN })], []), 'placement.bad_need'],
    [
      problem(
        [need('n', { chips: [1, 2].map((efficiencyMilli) => ({ chip: 'H800', efficiencyMilli })) })],
        [],
      ),
      'placement.bad_need',
    ],
    [problem([], [offer('o', { devices: 1.5 })]), 'placement.bad_offer'],
    [problem([], [offer('', {})]), 'placement.bad_offer'],
    [problem([need('n'), need('n')], []), 'placement.duplicate_id'],
  ])('refuses what is absurd (%#)', (asked, code) => {
    expect(matchNeeds(asked)).toMatchObject({ refusal: { code } })
  })
})

describe('an unmet need', () => {
  test('is told by code and amount what keeps it from each offer', () => {
    const asked = problem(
      [need('n', { budgetFen: 700_000n, securityClass: 2 })],
      [offer('o'), offer('p', { chip: 'T4', securityClass: 2, devices: 4 })],
    )
    const { candidates } = valueOf(explainUnmet(asked, matched(asked), 'n'))
    expect(candidates).toEqual([
      {
        offer: 'o',
        exclusions: [
          { code: 'security_class_too_low', by: 1n },
          { code: 'over_budget', by: 100_000n },
        ],
      },
      {
        offer: 'p',
        exclusions: [
          { code: 'chip_not_in_set' },
          { code: 'over_budget', by: 100_000n },
          { code: 'too_few_devices', by: 4n },
        ],
      },
    ])
  })

  test('matches when its stated reason is relaxed, each of them', () => {
    const asked = batch(120, 8, 9)
    const matching = matched(asked)
    expect(matching.unmet.length).toBeGreaterThan(10)
    for (const id of matching.unmet) {
      const { nearest } = valueOf(explainUnmet(asked, matching, id))
      expect(nearest, id).toBeDefined()
      expect(nearest!.exclusions.length, id).toBeGreaterThan(0)
      expect(matched(relax(asked, id, nearest!.offer, nearest!.exclusions)).unmet, id).not.toContain(id)
      for (const { code, by } of nearest!.exclusions)
        if (code === 'too_few_devices')
          expect(by!, id).toBeLessThanOrEqual(2n * BigInt(asked.needs.find((one) => one.id === id)!.devices))
    }
  })

  test('is told the least change: each part of it is needed, and no other offer asks for less', () => {
    const asked = problem(
      [need('n', { devices: 10 })],
      [
        offer('six', { devices: 4 }),
        offer('one', { devices: 9 }),
        offer('dear', { priceFenPerDeviceHour: 1500n, devices: 9 }),
      ],
    )
    const { nearest } = valueOf(explainUnmet(asked, matched(asked), 'n'))
    expect(nearest).toEqual({ offer: 'one', exclusions: [{ code: 'too_few_devices', by: 1n }] })
    const short = [{ code: 'too_few_devices' as const, by: 0n }]
    expect(matchNeeds(relax(asked, 'n', 'one', short))).toMatchObject({
      refusal: { code: 'placement.bad_promise' },
    })
  })

  test('is refused when no such need waits', () => {
    const asked = problem([need('met')], [offer('o')])
    for (const id of ['met', 'zz', 'constructor'])
      expect(explainUnmet(asked, matched(asked), id)).toMatchObject({
        refusal: { code: 'placement.no_such_unmet', params: { need: id } },
      })
  })
})
