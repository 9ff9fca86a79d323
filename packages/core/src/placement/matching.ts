// Batch matching of needs to offers: every need goes whole to one offer or waits, no offer gives more devices than it has,
// and the sum of the stated worth is as great as we can make it. Three steps: prices of the offers by subgradients of the
// Lagrangian (which also bound what any matching could reach), a matching by worth net of prices, and an improvement by
// single moves and exchanges. Equals are drawn by the seed: neither names nor the order of the lists decide.
import { seededRandom } from '../random.ts'
import { accept, type Decision } from '../refusal.ts'
import {
  checkProblem,
  devicesOn,
  exclusions,
  relax,
  worthOf,
  type Exclusion,
  type MatchingProblem,
  type Need,
} from './matching-problem.ts'
import { shuffleById } from './placer.ts'

export interface Match {
  readonly need: string
  readonly offer: string
  readonly devices: number
  readonly worth: number
}

export interface OfferPrice {
  readonly offer: string
  /** weighted device-hours that one more device would be worth to this batch */
  readonly price: number
  readonly free: number
}

export interface Matching {
  readonly matches: readonly Match[]
  readonly unmet: readonly string[]
  readonly worth: number
  /** no matching can be worth more */
  readonly bound: number
  readonly prices: readonly OfferPrice[]
}

export type MatchingRefusal = 'placement.bad_need' | 'placement.bad_offer' | 'placement.duplicate_id'

interface Option {
  readonly offer: number
  readonly devices: number
  readonly worth: number
}

/** The problem in seeded order, with what is possible worked out. */
interface Work {
  readonly needs: readonly Need[]
  readonly options: readonly (readonly Option[])[]
  readonly free: Int32Array
  /** index of the option chosen, -1 while the need waits */
  readonly chosen: Int32Array
  readonly price: Float64Array
}

const ROUNDS = 120
const PASSES = 6

/** Refuses `placement.bad_need`, `placement.bad_offer` and `placement.duplicate_id`. */
export function matchNeeds(problem: MatchingProblem): Decision<Matching, MatchingRefusal> {
  const checked = checkProblem(problem)
  if (!checked.ok) return checked
  const random = seededRandom(problem.seed)
  const needs = shuffleById(problem.needs, random.fork('needs'))
  const offers = shuffleById(problem.offers, random.fork('offers'))
  const options = needs.map((need) =>
    offers.flatMap((offer, index): Option[] =>
      exclusions(need, offer).length > 0
        ? []
        : [{ offer: index, devices: devicesOn(need, offer)!, worth: worthOf(problem.weights, need, offer) }],
    ),
  )
  const work: Work = {
    needs,
    options,
    free: Int32Array.from(offers, (offer) => offer.devices),
    chosen: new Int32Array(needs.length).fill(-1),
    price: new Float64Array(offers.length),
  }
  const bound = priceOffers(work)
  fill(work, byNetWorth(work))
  for (let pass = 0; pass < PASSES && improve(work); pass++) fill(work, byNetWorth(work))
  const matches = needs.flatMap((need, index) => {
    const option = options[index]![work.chosen[index]!]
    return option === undefined
      ? []
      : [{ need: need.id, offer: offers[option.offer]!.id, devices: option.devices, worth: option.worth }]
  })
  return accept({
    matches,
    unmet: needs.filter((_, index) => work.chosen[index]! < 0).map((need) => need.id),
    worth: matches.reduce((sum, match) => sum + match.worth, 0),
    bound,
    prices: offers.map((offer, index) => ({
      offer: offer.id,
      price: work.price[index]!,
      free: work.free[index]!,
    })),
  })
}

/** Subgradient steps on the price of each offer; keeps the prices of the least bound and returns that bound. */
function priceOffers({ options, free, price }: Work): number {
  const trial = new Float64Array(price.length)
  const load = new Float64Array(price.length)
  let least = Number.POSITIVE_INFINITY
  const scale = greatestWorthPerDevice(options)
  for (let round = 0; round < ROUNDS; round++) {
    load.fill(0)
    let bound = 0
    for (let offer = 0; offer < trial.length; offer++) bound += trial[offer]! * free[offer]!
    for (const own of options) {
      const best = own[bestOption(own, trial)]
      if (best === undefined) continue
      bound += best.worth - trial[best.offer]! * best.devices
      load[best.offer]! += best.devices
    }
    if (bound < least) {
      least = bound
      price.set(trial)
    }
    const step = scale / (4 + round)
    for (let offer = 0; offer < trial.length; offer++) {
      const excess = free[offer] === 0 ? 0 : (load[offer]! - free[offer]!) / free[offer]!
      trial[offer] = Math.max(0, trial[offer]! + step * Math.max(-1, Math.min(1, excess)))
    }
  }
  return least
}

function greatestWorthPerDevice(options: Work['options']): number {
  let greatest = 0
  for (const own of options)
    for (const option of own) greatest = Math.max(greatest, option.worth / option.devices)
  return greatest
}

/** The option of the greatest worth net of prices, when it is above zero; the first among equals. */
function bestOption(own: readonly Option[], price: Float64Array): number {
  let best = -1
  let greatest = 0
  for (let index = 0; index < own.length; index++) {
    const net = own[index]!.worth - price[own[index]!.offer]! * own[index]!.devices
    if (net <= greatest) continue
    greatest = net
    best = index
  }
  return best
}

/** Waiting needs, the one first that would lose most per device by waiting. */
function byNetWorth({ options, price, chosen }: Work): number[] {
  const net = options.map((own) => {
    const values = own.map(
      (option) => (option.worth - price[option.offer]! * option.devices) / option.devices,
    )
    return Math.max(Number.NEGATIVE_INFINITY, ...values)
  })
  const waiting = [...options.keys()].filter((need) => chosen[need]! < 0 && options[need]!.length > 0)
  return waiting.sort((left, right) => net[right]! - net[left]!)
}

/** Gives each waiting need in turn the best of its options that still has room. */
function fill(work: Work, order: readonly number[]): void {
  for (const need of order) {
    const own = work.options[need]!
    let best = -1
    let greatest = Number.NEGATIVE_INFINITY
    for (let index = 0; index < own.length; index++) {
      const { offer, devices, worth } = own[index]!
      const net = worth - work.price[offer]! * devices
      if (devices > work.free[offer]! || net <= greatest) continue
      greatest = net
      best = index
    }
    if (best >= 0) take(work, need, best)
  }
}

function take(work: Work, need: number, option: number): void {
  const { offer, devices } = work.options[need]![option]!
  work.free[offer]! -= devices
  work.chosen[need] = option
}

function drop(work: Work, need: number): void {
  const { offer, devices } = work.options[need]![work.chosen[need]!]!
  work.free[offer]! += devices
  work.chosen[need] = -1
}

/** One pass of better places for served needs and of exchanges with waiting ones; true when anything changed. */
function improve(work: Work): boolean {
  let changed = false
  for (let need = 0; need < work.needs.length; need++) {
    const better = work.chosen[need]! >= 0 ? roomierOption(work, need) : -1
    if (better < 0) continue
    drop(work, need)
    take(work, need, better)
    changed = true
  }
  const served: number[][] = Array.from({ length: work.price.length }, () => [])
  for (let need = 0; need < work.needs.length; need++) {
    const option = work.options[need]![work.chosen[need]!]
    if (option !== undefined) served[option.offer]!.push(need)
  }
  for (let need = 0; need < work.needs.length; need++)
    if (work.chosen[need]! < 0 && exchange(work, need, served)) changed = true
  return changed
}

function roomierOption(work: Work, need: number): number {
  const own = work.options[need]!
  const present = own[work.chosen[need]!]!
  return own.findIndex((option) => option.worth > present.worth && option.devices <= work.free[option.offer]!)
}

/** Puts a waiting need in the place of a served one that moves elsewhere or is worth less. */
function exchange(work: Work, need: number, served: readonly number[][]): boolean {
  const own = work.options[need]!
  for (let index = 0; index < own.length; index++) {
    const wanted = own[index]!
    const neighbours = served[wanted.offer]!
    for (let position = 0; position < neighbours.length; position++) {
      const other = neighbours[position]!
      const option = work.options[other]![work.chosen[other]!]
      if (option === undefined || option.offer !== wanted.offer) continue
      if (work.free[wanted.offer]! + option.devices < wanted.devices) continue
      const refuge = refugeOf(work, other, option.offer)
      const gain = wanted.worth - option.worth + (refuge < 0 ? 0 : work.options[other]![refuge]!.worth)
      if (gain <= 1e-9) continue
      drop(work, other)
      if (refuge >= 0) {
        take(work, other, refuge)
        served[work.options[other]![refuge]!.offer]!.push(other)
      }
      take(work, need, index)
      neighbours[position] = need
      return true
    }
  }
  return false
}

/** The most worthy option elsewhere that has room, -1 when there is none. */
function refugeOf(work: Work, need: number, from: number): number {
  let best = -1
  const own = work.options[need]!
  for (let index = 0; index < own.length; index++) {
    const option = own[index]!
    if (option.offer === from || option.devices > work.free[option.offer]!) continue
    if (best < 0 || option.worth > own[best]!.worth) best = index
  }
  return best
}

export interface OfferReasons {
  readonly offer: string
  readonly exclusions: readonly Exclusion[]
}

export interface UnmetReason {
  /** what keeps the need from each offer; `too_few_devices` alone means that others were worth more there */
  readonly candidates: readonly OfferReasons[]
  /** the least that would have to change, proved by matching again */
  readonly nearest?: OfferReasons
}

/** Why an unmet need is unmet, and the smallest change that was seen to make it match. */
export function explainUnmet(problem: MatchingProblem, matching: Matching, needId: string): UnmetReason {
  const need = problem.needs.find((entry) => entry.id === needId)!
  const freeOf = new Map(matching.prices.map((entry) => [entry.offer, entry.free]))
  const candidates = problem.offers.map((offer): OfferReasons => {
    const own = exclusions(need, offer).filter(({ code }) => code !== 'too_few_devices')
    const devices = devicesOn(need, offer) ?? need.devices
    const missing = devices - freeOf.get(offer.id)!
    const room: Exclusion[] = missing > 0 ? [{ code: 'too_few_devices', by: BigInt(missing) }] : []
    return { offer: offer.id, exclusions: [...own, ...room] }
  })
  const byDifficulty = [...candidates].sort((left, right) => difficulty(left) - difficulty(right))
  for (const candidate of byDifficulty) {
    const proved = prove(problem, need, candidate)
    if (proved !== undefined) return { candidates, nearest: proved }
  }
  return { candidates }
}

/** Things that money or a few devices mend come before those that law or software forbid. */
function difficulty({ exclusions }: OfferReasons): number {
  const weight = {
    too_few_devices: 1,
    over_budget: 1,
    chip_not_in_set: 10,
    device_memory_too_small: 10,
  } as const
  return exclusions.reduce((sum, { code }) => sum + ((weight as Record<string, number>)[code] ?? 100), 0)
}

const MOST_TRIALS = 12

/** Matches again with the change, adding devices until the need is served. */
function prove(problem: MatchingProblem, need: Need, candidate: OfferReasons): OfferReasons | undefined {
  let tried = candidate.exclusions
  for (let trial = 0; trial < MOST_TRIALS; trial++) {
    const again = matchNeeds(relax(problem, need.id, candidate.offer, tried))
    if (again.ok && !again.value.unmet.includes(need.id)) return { offer: candidate.offer, exclusions: tried }
    tried = withMoreDevices(tried, need.devices)
  }
  return undefined
}

function withMoreDevices(tried: readonly Exclusion[], step: number): Exclusion[] {
  const present = tried.find(({ code }) => code === 'too_few_devices')?.by ?? 0n
  const more = present === 0n ? BigInt(step) : present * 2n
  return [...tried.filter(({ code }) => code !== 'too_few_devices'), { code: 'too_few_devices', by: more }]
}
