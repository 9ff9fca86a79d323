// The search behind batch matching. Prices of the offers come from subgradients of the Lagrangian with Polyak's step, and so
// does the bound on what any matching could reach; on the way and at the end needs are taken in the order of what they would
// lose per device by waiting, and the best matching found is improved by single moves and exchanges.

import type { Random } from '../random.ts'

export interface Option {
  readonly offer: number
  readonly devices: number
  readonly worth: number
}

/** A problem in seeded order, with what is possible worked out. */
export interface Work {
  /** per need */
  readonly options: readonly (readonly Option[])[]
  /** per offer, devices not yet taken */
  readonly free: Int32Array
  /** per need, index of the option chosen, -1 while it waits */
  readonly chosen: Int32Array
  /** per offer, what one more device would be worth to this batch */
  readonly price: Float64Array
}

const ROUNDS = 300
/** Rounds without a lower bound after which the steps are halved. */
const PATIENCE = 10
/** A matching is tried at every so many rounds. */
const TRIED_EVERY = 20
const PASSES = 12
const REBUILDS = 24

/** Chooses options for as much worth as it can. @returns what no choice can exceed */
export function search(work: Work, random: Random): number {
  const best = { worth: -1, chosen: work.chosen.slice() }
  const keep = (trial: Work): number => {
    const worth = worthOf(trial)
    if (worth > best.worth) {
      best.worth = worth
      best.chosen.set(trial.chosen)
    }
    return best.worth
  }
  const bound = priceOffers(work, (price) =>
    Math.max(keep(filled(work, price, 'net')), keep(filled(work, price, 'gross'))),
  )
  for (const order of ['net', 'gross'] as const) {
    const trial = filled(work, work.price, order)
    for (let pass = 0; pass < PASSES && improve(trial); pass++) fill(trial, order)
    keep(trial)
  }
  for (const [need, option] of best.chosen.entries()) if (option >= 0) take(work, need, option)
  for (let pass = 0; pass < PASSES && improve(work); pass++) fill(work, 'net')
  rebuild(work, random)
  return bound
}

/** Empties two offers drawn and fills them anew, again and again; what is worth less is undone. */
function rebuild(work: Work, random: Random): void {
  const offers = work.free.length
  if (offers === 0) return
  let worth = worthOf(work)
  for (let round = 0; round < REBUILDS; round++) {
    const [free, chosen] = [work.free.slice(), work.chosen.slice()]
    const drawn = [random.int(offers), random.int(offers)]
    for (const [need, option] of chosen.entries())
      if (option >= 0 && drawn.includes(work.options[need]![option]!.offer)) drop(work, need)
    fill(work, round % 2 === 0 ? 'net' : 'gross')
    improve(work)
    const reached = worthOf(work)
    if (reached >= worth) worth = reached
    else {
      work.free.set(free)
      work.chosen.set(chosen)
    }
  }
}

type Order = 'net' | 'gross'

/** A copy of the work, filled at these prices. */
function filled(work: Work, price: Float64Array, order: Order): Work {
  const trial = { ...work, free: work.free.slice(), chosen: work.chosen.slice(), price }
  fill(trial, order)
  return trial
}

function worthOf({ options, chosen }: Work): number {
  return options.reduce((sum, own, need) => sum + (own[chosen[need]!]?.worth ?? 0), 0)
}

/**
 * Subgradient steps on the price of each offer, as long as what is left of the gap to a matching tells (Polyak). Keeps the
 * prices of the least bound and returns that bound.
 * @param reach tries a matching at the prices and tells the worth of the best one so far
 */
function priceOffers({ options, free, price }: Work, reach: (price: Float64Array) => number): number {
  const trial = price.slice()
  const slack = new Float64Array(price.length)
  let [least, pace, idle, reached] = [Number.POSITIVE_INFINITY, 1, 0, 0]
  for (let round = 0; round < ROUNDS; round++) {
    let bound = 0
    for (let offer = 0; offer < trial.length; offer++) {
      slack[offer] = free[offer]!
      bound += trial[offer]! * free[offer]!
    }
    for (const own of options) {
      const best = own[bestOption(own, trial)]
      if (best === undefined) continue
      bound += best.worth - trial[best.offer]! * best.devices
      slack[best.offer]! -= best.devices
    }
    idle = bound < least ? 0 : idle + 1
    if (bound < least) {
      least = bound
      price.set(trial)
    }
    if (round % TRIED_EVERY === 0) reached = reach(trial)
    if (idle >= PATIENCE) [pace, idle] = [pace / 2, 0]
    let norm = 0
    for (let offer = 0; offer < trial.length; offer++) {
      if (trial[offer] === 0 && slack[offer]! > 0) slack[offer] = 0
      norm += slack[offer]! * slack[offer]!
    }
    if (norm === 0) return least
    const step = (pace * (bound - reached)) / norm
    for (let offer = 0; offer < trial.length; offer++)
      trial[offer] = Math.max(0, trial[offer]! - step * slack[offer]!)
  }
  return least
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

/** Waiting needs, the one first that would lose most per device by waiting: its best worth, net of prices or not. */
function inOrder({ options, price, chosen }: Work, order: Order): number[] {
  const loss = Float64Array.from(options, (own) => {
    let most = Number.NEGATIVE_INFINITY
    for (const { offer, devices, worth } of own)
      most = Math.max(most, worth / devices - (order === 'net' ? price[offer]! : 0))
    return most
  })
  const waiting = [...options.keys()].filter((need) => chosen[need]! < 0 && options[need]!.length > 0)
  return waiting.sort((left, right) => loss[right]! - loss[left]!)
}

/** Gives each waiting need in turn the best of its options that still has room. */
function fill(work: Work, order: Order): void {
  for (const need of inOrder(work, order)) {
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
  for (let need = 0; need < work.options.length; need++) {
    const better = work.chosen[need]! >= 0 ? roomierOption(work, need) : -1
    if (better < 0) continue
    drop(work, need)
    take(work, need, better)
    changed = true
  }
  const served: number[][] = Array.from({ length: work.price.length }, () => [])
  for (let need = 0; need < work.options.length; need++) {
    const option = work.options[need]![work.chosen[need]!]
    if (option !== undefined) served[option.offer]!.push(need)
  }
  for (let need = 0; need < work.options.length; need++)
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
