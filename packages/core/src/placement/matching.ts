// Batch matching of needs to offers: every need goes whole to one offer or waits, no offer gives more devices than it has,
// and the sum of the stated worth is as great as we can make it (matching-search.ts). What is promised is kept first. Equals
// are drawn by the seed: neither names nor the order of the lists decide.
import { seededRandom } from '../random.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import {
  checkProblem,
  devicesOn,
  exclusions,
  worthOf,
  type MatchingProblem,
  type MatchingRefusal,
} from './matching-problem.ts'
import { search, type Option, type Work } from './matching-search.ts'
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

/**
 * Refuses `placement.bad_need`, `placement.bad_offer`, `placement.bad_weights`, `placement.duplicate_id`, and
 * `placement.bad_promise` for one whose need or offer is unknown, that was made twice, or that cannot be kept.
 */
export function matchNeeds(problem: MatchingProblem): Decision<Matching, MatchingRefusal> {
  const checked = checkProblem(problem)
  if (!checked.ok) return checked
  const random = seededRandom(problem.seed)
  const needs = shuffleById(problem.needs, random.fork('needs'))
  const offers = shuffleById(problem.offers, random.fork('offers'))
  const work: Work = {
    options: needs.map((need) =>
      offers.flatMap((offer, index): Option[] =>
        exclusions(need, offer).length > 0
          ? []
          : [
              {
                offer: index,
                devices: devicesOn(need, offer)!,
                worth: worthOf(problem.weights, need, offer),
              },
            ],
      ),
    ),
    free: Int32Array.from(offers, (offer) => offer.devices),
    chosen: new Int32Array(needs.length).fill(-1),
    price: new Float64Array(offers.length),
  }
  const placeOf = (list: readonly { readonly id: string }[]): Map<string, number> =>
    new Map(list.map(({ id }, index) => [id, index]))
  const kept = keepPromises(problem.promised ?? [], work, placeOf(needs), placeOf(offers))
  if (!kept.ok) return kept
  const bound = kept.value.worth + search(kept.value.work, random.fork('search'))
  const matchOf = (need: number): readonly Match[] => {
    const option = kept.value.options[need] ?? kept.value.work.options[need]![work.chosen[need]!]
    return option === undefined
      ? []
      : [
          {
            need: needs[need]!.id,
            offer: offers[option.offer]!.id,
            devices: option.devices,
            worth: option.worth,
          },
        ]
  }
  const matches = needs.flatMap((_, need) => matchOf(need))
  const worth = matches.reduce((sum, match) => sum + match.worth, 0)
  const met = new Set(matches.map(({ need }) => need))
  return accept({
    matches,
    unmet: needs.filter(({ id }) => !met.has(id)).map(({ id }) => id),
    worth,
    // Two sums of the same numbers may differ in the last bit.
    bound: Math.max(bound, worth),
    prices: offers.map(({ id }, offer) => ({
      offer: id,
      price: work.price[offer]!,
      free: work.free[offer]!,
    })),
  })
}

interface Kept {
  /** the work that is left: promised needs have no options in it, and their devices are taken */
  readonly work: Work
  /** per need, the option promised */
  readonly options: readonly (Option | undefined)[]
  readonly worth: number
}

function keepPromises(
  promised: NonNullable<MatchingProblem['promised']>,
  work: Work,
  needs: ReadonlyMap<string, number>,
  offers: ReadonlyMap<string, number>,
): Decision<Kept, 'placement.bad_promise'> {
  const options: (Option | undefined)[] = work.options.map(() => undefined)
  let worth = 0
  for (const { need, offer } of promised) {
    const place = needs.get(need) ?? -1
    const option = work.options[place]?.find((one) => one.offer === offers.get(offer))
    if (option === undefined || options[place] !== undefined || option.devices > work.free[option.offer]!)
      return refuse('placement.bad_promise', { need, offer })
    work.free[option.offer]! -= option.devices
    options[place] = option
    worth += option.worth
  }
  const left = work.options.map((own, need) => (options[need] === undefined ? own : []))
  return accept({ work: { ...work, options: left }, options, worth })
}
