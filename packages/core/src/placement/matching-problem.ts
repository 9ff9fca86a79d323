// What batch matching is asked with: needs of firms, offers of centres, and stated weights. An offer can serve a need when
// nothing rules it out; what rules it out is said as a code with its values, and each can be relaxed.
import type { Fen } from '../money/index.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { LARGEST_QUANTITY, sensibleChips, type ChipChoice } from './specs.ts'

/** A need: devices for some hours, all from one offer. */
export interface Need {
  readonly id: string
  /** devices of efficiency 1 */
  readonly devices: number
  readonly hours: number
  readonly chips: readonly ChipChoice[]
  readonly securityClass: number
  readonly deviceMemoryMib: number
  /** most it can pay, voucher included */
  readonly budgetFen: Fen
  /** '' when it is unknown; unknown is no district */
  readonly district: string
  readonly excludedProviders: readonly string[]
  /** absent: any centre */
  readonly centres?: readonly string[]
  /** worth of serving it, 1 for an ordinary need */
  readonly priority: number
}

export interface Offer {
  readonly id: string
  readonly centre: string
  readonly provider: string
  readonly district: string
  readonly chip: string
  /** free for the whole of the batch's period */
  readonly devices: number
  readonly deviceMemoryMib: number
  readonly securityClass: number
  readonly priceFenPerDeviceHour: Fen
}

/** Stated weights: what a matched device-hour of efficiency 1 is worth, and what makes it worth more. */
export interface MatchingWeights {
  readonly served: number
  /** for the part of the budget that is not spent */
  readonly saving: number
  /** for staying in the district */
  readonly sameDistrict: number
}

/** A need that goes to this offer before any other is looked at. */
export interface Promised {
  readonly need: string
  readonly offer: string
}

export interface MatchingProblem {
  readonly needs: readonly Need[]
  readonly offers: readonly Offer[]
  readonly promised?: readonly Promised[]
  readonly weights: MatchingWeights
  readonly seed: number | string
}

export type ExclusionCode =
  | 'chip_not_in_set'
  | 'security_class_too_low'
  | 'other_centre'
  | 'provider_excluded'
  | 'device_memory_too_small'
  | 'over_budget'
  | 'too_few_devices'

/** One thing that keeps a need from an offer; `by` is how much is missing, where it is an amount. */
export interface Exclusion {
  readonly code: ExclusionCode
  readonly by?: bigint
}

export type MatchingRefusal =
  | 'placement.bad_need'
  | 'placement.bad_offer'
  | 'placement.bad_weights'
  | 'placement.bad_promise'
  | 'placement.duplicate_id'

/** Refuses `placement.bad_need`, `placement.bad_offer`, `placement.bad_weights` and `placement.duplicate_id`. */
export function checkProblem(problem: MatchingProblem): Decision<MatchingProblem, MatchingRefusal> {
  const odd = problem.needs.find((need) => !isSensibleNeed(need))
  if (odd !== undefined) return refuse('placement.bad_need', { need: odd.id })
  const absurd = problem.offers.find((offer) => !isSensibleOffer(offer))
  if (absurd !== undefined) return refuse('placement.bad_offer', { offer: absurd.id })
  const { served, saving, sameDistrict } = problem.weights
  for (const [weight, value] of Object.entries({ served, saving, sameDistrict }))
    if (!(value >= 0 && value <= LARGEST_WEIGHT)) return refuse('placement.bad_weights', { weight })
  for (const list of [problem.needs, problem.offers]) {
    const ids = new Set<string>()
    for (const { id } of list) {
      if (ids.has(id)) return refuse('placement.duplicate_id', { id })
      ids.add(id)
    }
  }
  return accept(problem)
}

const LARGEST_WEIGHT = 1000

const whole = (value: number, least: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= LARGEST_QUANTITY

function isSensibleNeed(need: Need): boolean {
  return (
    need.id !== '' &&
    whole(need.devices, 1) &&
    whole(need.hours, 1) &&
    need.budgetFen >= 0n &&
    need.priority > 0 &&
    need.priority <= 1000 &&
    whole(need.securityClass, 0) &&
    whole(need.deviceMemoryMib, 0) &&
    sensibleChips(need.chips)
  )
}

function isSensibleOffer(offer: Offer): boolean {
  return (
    offer.id !== '' &&
    whole(offer.devices, 0) &&
    offer.priceFenPerDeviceHour >= 0n &&
    whole(offer.deviceMemoryMib, 0) &&
    whole(offer.securityClass, 0)
  )
}

/** Devices of the offer's chip that the need would take; undefined when the chip is not in its set. */
export function devicesOn(need: Need, offer: Offer): number | undefined {
  const choice = need.chips.find((entry) => entry.chip === offer.chip)
  return choice === undefined ? undefined : Math.ceil((need.devices * 1000) / choice.efficiencyMilli)
}

export function costOf(need: Need, offer: Offer, devices: number): Fen {
  return offer.priceFenPerDeviceHour * BigInt(devices) * BigInt(need.hours)
}

/** Everything that keeps the need from the offer even if it had the offer to itself; empty when nothing does. */
export function exclusions(need: Need, offer: Offer): Exclusion[] {
  const found: Exclusion[] = []
  const devices = devicesOn(need, offer)
  const taken = devices ?? need.devices
  if (devices === undefined) found.push({ code: 'chip_not_in_set' })
  if (need.securityClass > offer.securityClass)
    found.push({ code: 'security_class_too_low', by: BigInt(need.securityClass - offer.securityClass) })
  if (need.centres !== undefined && !need.centres.includes(offer.centre)) found.push({ code: 'other_centre' })
  if (need.excludedProviders.includes(offer.provider)) found.push({ code: 'provider_excluded' })
  if (need.deviceMemoryMib > offer.deviceMemoryMib)
    found.push({ code: 'device_memory_too_small', by: BigInt(need.deviceMemoryMib - offer.deviceMemoryMib) })
  const cost = costOf(need, offer, taken)
  if (cost > need.budgetFen) found.push({ code: 'over_budget', by: cost - need.budgetFen })
  if (taken > offer.devices) found.push({ code: 'too_few_devices', by: BigInt(taken - offer.devices) })
  return found
}

/** Worth of serving the need from the offer, in weighted device-hours of efficiency 1. */
export function worthOf(weights: MatchingWeights, need: Need, offer: Offer): number {
  const cost = costOf(need, offer, devicesOn(need, offer)!)
  const saved = need.budgetFen === 0n ? 0 : 1 - Number((cost * 1_000_000n) / need.budgetFen) / 1_000_000
  const near = need.district !== '' && need.district === offer.district ? weights.sameDistrict : 0
  return need.devices * need.hours * (weights.served * need.priority + weights.saving * saved + near)
}

/**
 * A problem in which these things no longer keep the need from the offer, and the offer is promised to it: devices that
 * are added for its sake go to nobody else. An unknown id is refused when the problem is matched.
 */
export function relax(
  problem: MatchingProblem,
  needId: string,
  offerId: string,
  relaxed: readonly Exclusion[],
): MatchingProblem {
  const offer = problem.offers.find((candidate) => candidate.id === offerId)
  const more = relaxed.reduce(
    (sum, { code, by }) => sum + (code === 'too_few_devices' ? Number(by ?? 0n) : 0),
    0,
  )
  const relaxedNeed = (need: Need): Need =>
    offer === undefined || need.id !== needId
      ? need
      : relaxed.reduce((kept, entry) => relaxNeed(kept, offer, entry), need)
  return {
    ...problem,
    needs: problem.needs.map(relaxedNeed),
    offers: problem.offers.map((entry) =>
      entry.id === offerId ? { ...entry, devices: entry.devices + more } : entry,
    ),
    promised: [...(problem.promised ?? []), { need: needId, offer: offerId }],
  }
}

function relaxNeed(need: Need, offer: Offer, { code, by }: Exclusion): Need {
  switch (code) {
    case 'chip_not_in_set':
      return { ...need, chips: [...need.chips, { chip: offer.chip, efficiencyMilli: 1000 }] }
    case 'security_class_too_low':
      return { ...need, securityClass: offer.securityClass }
    case 'other_centre':
      return { ...need, centres: [...(need.centres ?? []), offer.centre] }
    case 'provider_excluded':
      return {
        ...need,
        excludedProviders: need.excludedProviders.filter((provider) => provider !== offer.provider),
      }
    case 'device_memory_too_small':
      return { ...need, deviceMemoryMib: offer.deviceMemoryMib }
    case 'over_budget':
      return { ...need, budgetFen: need.budgetFen + (by ?? 0n) }
    case 'too_few_devices':
      return need
  }
}
