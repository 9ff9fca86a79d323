// 2,000 needs on the offers of 40 centres, synthetic and stated: ours against each need in turn taking the cheapest offer
// that can serve it. Then a sample of the unmet: relaxing the stated reason must make the need match.
import { seededRandom } from '@suanquan/core'
import {
  costOf,
  devicesOn,
  exclusions,
  explainUnmet,
  matchNeeds,
  relax,
  worthOf,
  type MatchingProblem,
  type Matching,
  type Need,
  type Offer,
} from '@suanquan/core/placement'

const NEEDS = 2000
const CENTRES = 40
const SAMPLE = 40
const chips = ['H800', 'A800', '910B', 'P800', 'L20', 'T4']
const price = [900, 600, 500, 420, 180, 80]

export interface MatchingLine {
  readonly seed: number
  readonly worthPercentOfBound: number
  readonly greedyPercentOfBound: number
  readonly served: number
  readonly greedyServed: number
  readonly millis: number
  /** each, over the sample */
  readonly explainMillis: number
  readonly relaxed: string
}

function problemOf(seed: number): MatchingProblem {
  const random = seededRandom(`matching/${seed}`)
  const offers: Offer[] = Array.from({ length: CENTRES }, (_, index) => {
    const chip = random.int(chips.length)
    return {
      id: `offer ${index}`,
      centre: `centre ${index}`,
      provider: `provider ${index % 25}`,
      district: `district ${index % 8}`,
      chip: chips[chip]!,
      devices: 32 + 8 * random.int(60),
      deviceMemoryMib: chip < 4 ? 64_000 : 16_000,
      securityClass: 1 + random.int(3),
      priceFenPerDeviceHour: BigInt(Math.round(price[chip]! * (0.8 + 0.4 * random.next()))),
    }
  })
  const needs: Need[] = Array.from({ length: NEEDS }, (_, index) => {
    const first = random.int(chips.length)
    const set = chips.filter((_, chip) => chip === first || (chip < 4 && first < 4 && random.next() < 0.35))
    const devices = random.pick([1, 1, 2, 4, 8, 8, 16])
    const hours = random.pick([24, 100, 300, 720])
    return {
      id: `need ${index}`,
      devices,
      hours,
      chips: set.map((chip) => ({
        chip,
        efficiencyMilli: chip === chips[first] ? 1000 : random.pick([600, 800, 1000]),
      })),
      securityClass: random.pick([1, 1, 1, 2, 3]),
      deviceMemoryMib: random.pick([0, 0, 16_000, 40_000]),
      budgetFen: BigInt(Math.round(devices * hours * price[first]! * (0.7 + random.next()))),
      district: `district ${random.int(8)}`,
      excludedProviders: random.next() < 0.1 ? [`provider ${random.int(25)}`] : [],
      priority: random.pick([1, 1, 1, 1.5]),
    }
  })
  return { needs, offers, weights: { served: 1, saving: 0.5, sameDistrict: 0.1 }, seed }
}

function greedyByPrice(problem: MatchingProblem): { worth: number; served: number } {
  const free = new Map(problem.offers.map(({ id, devices }) => [id, devices]))
  let worth = 0
  let served = 0
  for (const need of problem.needs) {
    let best: Offer | undefined
    for (const offer of problem.offers) {
      if (exclusions(need, offer).length > 0 || devicesOn(need, offer)! > free.get(offer.id)!) continue
      const cheaper =
        best === undefined ||
        costOf(need, offer, devicesOn(need, offer)!) < costOf(need, best, devicesOn(need, best)!)
      if (cheaper) best = offer
    }
    if (best === undefined) continue
    free.set(best.id, free.get(best.id)! - devicesOn(need, best)!)
    worth += worthOf(problem.weights, need, best)
    served++
  }
  return { worth, served }
}

function matched(problem: MatchingProblem): Matching {
  const matching = matchNeeds(problem)
  if (!matching.ok) throw new Error(matching.refusal.code)
  return matching.value
}

export function matching(): MatchingLine[] {
  return [1, 2, 3].map((seed) => {
    const problem = problemOf(seed)
    const before = performance.now()
    const ours = matched(problem)
    const millis = performance.now() - before
    const greedy = greedyByPrice(problem)
    const sample = ours.unmet.slice(0, SAMPLE)
    const started = performance.now()
    for (const id of sample) explainUnmet(problem, ours, id)
    const explainMillis = (performance.now() - started) / sample.length
    const held = sample.filter((id) => {
      const reason = explainUnmet(problem, ours, id)
      const nearest = reason.ok ? reason.value.nearest : undefined
      return (
        nearest !== undefined &&
        !matched(relax(problem, id, nearest.offer, nearest.exclusions)).unmet.includes(id)
      )
    })
    return {
      seed,
      worthPercentOfBound: (100 * ours.worth) / ours.bound,
      greedyPercentOfBound: (100 * greedy.worth) / ours.bound,
      served: ours.matches.length,
      greedyServed: greedy.served,
      millis,
      explainMillis,
      relaxed: `${held.length} of ${sample.length}`,
    }
  })
}
