// Why a need waits, and the least change that would serve it: what keeps it from each offer as codes with amounts, and of
// all offers the one that asks for least. The change stands by itself: nobody who is served loses a place by it.
import { accept, refuse, type Decision } from '../refusal.ts'
import {
  checkProblem,
  costOf,
  devicesOn,
  exclusions,
  type Exclusion,
  type ExclusionCode,
  type MatchingProblem,
  type MatchingRefusal,
  type Need,
  type Offer,
} from './matching-problem.ts'
import type { Matching } from './matching.ts'

export interface OfferReasons {
  readonly offer: string
  /** `too_few_devices` counts against what this matching leaves free; alone it means that others were worth more there */
  readonly exclusions: readonly Exclusion[]
}

export interface UnmetReason {
  readonly candidates: readonly OfferReasons[]
  /** the least that would have to change; relaxed and set aside for the need (`relax`), it is served beside all the others */
  readonly nearest?: OfferReasons
}

/** Refuses what `matchNeeds` refuses of the problem, and `placement.no_such_unmet` when no such need waits in the matching. */
export function explainUnmet(
  problem: MatchingProblem,
  matching: Matching,
  needId: string,
): Decision<UnmetReason, MatchingRefusal | 'placement.no_such_unmet'> {
  const checked = checkProblem(problem)
  if (!checked.ok) return checked
  const need = problem.needs.find(({ id }) => id === needId)
  if (need === undefined || !matching.unmet.includes(needId))
    return refuse('placement.no_such_unmet', { need: needId })
  // In the matching's own order, which is drawn: among equals no name is favoured.
  const placeOf = new Map(matching.prices.map(({ offer, free }, place) => [offer, { free, place }]))
  const known = problem.offers.map((offer) => {
    const { free = offer.devices, place = problem.offers.length } = placeOf.get(offer.id) ?? {}
    const reasons = reasonsOf(need, offer, free)
    return { reasons, effort: effortOf(need, offer, reasons), place }
  })
  const [nearest] = known.toSorted((left, right) => left.effort - right.effort || left.place - right.place)
  const candidates = known.map(({ reasons }) => reasons)
  return accept(nearest === undefined ? { candidates } : { candidates, nearest: nearest.reasons })
}

function reasonsOf(need: Need, offer: Offer, free: number): OfferReasons {
  const own = exclusions(need, offer).filter(({ code }) => code !== 'too_few_devices')
  const missing = (devicesOn(need, offer) ?? need.devices) - free
  const room: Exclusion[] = missing > 0 ? [{ code: 'too_few_devices', by: BigInt(missing) }] : []
  return { offer: offer.id, exclusions: [...own, ...room] }
}

/** Things that money or a few devices mend come before those that need other software, and these before law. */
const EFFORT: Readonly<Record<ExclusionCode, number>> = {
  too_few_devices: 1,
  over_budget: 1,
  chip_not_in_set: 10,
  device_memory_too_small: 10,
  other_centre: 100,
  provider_excluded: 100,
  security_class_too_low: 100,
}

/** The kinds of change first, then how much of each: missing devices as a part of those wanted, money of the cost. */
function effortOf(need: Need, offer: Offer, reasons: OfferReasons): number {
  const devices = devicesOn(need, offer) ?? need.devices
  return reasons.exclusions.reduce((sum, { code, by = 0n }) => {
    if (code === 'too_few_devices') return sum + EFFORT[code] + Number(by) / devices / 2
    if (code === 'over_budget')
      return sum + EFFORT[code] + Number((by * 1_000_000n) / costOf(need, offer, devices)) / 2_000_000
    return sum + EFFORT[code]
  }, 0)
}
