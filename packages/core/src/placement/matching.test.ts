import { describe, expect, test } from 'vitest'
import { seededRandom } from '../random.ts'
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
function matched(asked: MatchingProblem): Matching {
  const matching = matchNeeds(asked)
  if (!matching.ok) throw new Error(matching.refusal.code)
  return matching.value
}

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
    [problem([], [offer('o', { devices: 1.5 })]), 'placement.bad_offer'],
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
    const { candidates } = explainUnmet(asked, matched(asked), 'n')
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
      const { nearest } = explainUnmet(asked, matching, id)
      expect(nearest, id).toBeDefined()
      expect(nearest!.exclusions.length, id).toBeGreaterThan(0)
      expect(matched(relax(asked, id, nearest!.offer, nearest!.exclusions)).unmet, id).not.toContain(id)
    }
  })
})
