// Gates on the place: racks that stand empty, the national hubs and provincial layout, energy, earlier phases.
import {
  ENERGY_REVIEW_MWH,
  ENERGY_REVIEW_TONNES,
  LARGE_RACKS,
  LEAST_LOAD_OF_CARDS,
  LEAST_OCCUPANCY,
  LEAST_PHASE_RUNNING,
  LEAST_PHASE_SOLD,
  LEAST_SQUARE_METRES_PER_RACK,
  STANDARD_RACK_KW,
  TONNES_COAL_PER_MWH,
} from '../benchmarks.ts'
import { HOURS_PER_YEAR } from '../cash-flow.ts'
import { FAVOURS, type FactPath, type Favour, type Phase } from '../proposal.ts'
import { serverKw } from '../readings.ts'
import { failed, held, missingOf, unknown, type GateContext, type Judgement } from './gate.ts'

type Size = { readonly large: boolean | undefined; readonly values: Readonly<Record<string, number>> }

/**
 * Large means from 3,000 standard racks. What the cards draw is the least there must be, whatever the file says of
 * racks and floors; a building too small for so many racks settles it as well.
 */
function sizeOf({ proposal, firm, chipSum }: GateContext): Size {
  const stated = firm(proposal.compute.standardRacks)
  const drawn = chipSum?.cardKw === undefined ? 0 : Math.floor(chipSum.cardKw / STANDARD_RACK_KW)
  if (stated !== undefined || drawn >= LARGE_RACKS) {
    const racks = Math.max(stated ?? 0, drawn)
    return { large: racks >= LARGE_RACKS, values: { racks, largeFrom: LARGE_RACKS } }
  }
  const area = firm(proposal.compute.floorAreaSquareMetres)
  if (area === undefined) return { large: undefined, values: { largeFrom: LARGE_RACKS } }
  const mostRacks = Math.floor(area / LEAST_SQUARE_METRES_PER_RACK)
  return { large: mostRacks < LARGE_RACKS ? false : undefined, values: { mostRacks, largeFrom: LARGE_RACKS } }
}

const SIZE_NEEDS: readonly FactPath[] = ['compute.standardRacks', 'compute.floorAreaSquareMetres']

/** In a city whose centres of over a year are less than half full, in principle no new large one. */
export function judgeRackOccupancy(context: GateContext): Judgement {
  const { proposal, firm } = context
  const size = sizeOf(context)
  if (size.large === false) return held('not_large', size.values)
  const older = firm(proposal.site.cityHasCentreOverOneYear)
  if (older === false) return held('no_older_centre', size.values)
  const occupancy = firm(proposal.site.cityRackOccupancy)
  if (occupancy === undefined) return unknown('occupancy_absent', ['site.cityRackOccupancy'], size.values)
  const values = { ...size.values, occupancy, least: LEAST_OCCUPANCY }
  if (occupancy >= LEAST_OCCUPANCY) return held('occupied', values)
  if (older === undefined) return unknown('age_absent', ['site.cityHasCentreOverOneYear'], values)
  return size.large
    ? failed('half_empty', ['site.cityRackOccupancy'], values)
    : unknown('size_absent', SIZE_NEEDS, values)
}

/** Large and very large centres belong inside the national hubs. */
export function judgeHub(context: GateContext): Judgement {
  const size = sizeOf(context)
  if (size.large === false) return held('not_large', size.values)
  const inside = context.firm(context.proposal.site.insideNationalHub)
  if (inside) return held('inside_hub', size.values)
  if (inside === undefined) return unknown('hub_absent', ['site.insideNationalHub'], size.values)
  return size.large
    ? failed('large_outside_hub', ['site.insideNationalHub'], size.values)
    : unknown('size_absent', SIZE_NEEDS, size.values)
}

/** Outside the hubs no land and fiscal favours; outside the provincial layout no energy favours either. */
export function judgeLayout({ proposal, firm }: GateContext): Judgement {
  const inHub = firm(proposal.site.insideNationalHub)
  const inLayout = firm(proposal.site.insideProvincialLayout)
  const requested = firm(proposal.site.favoursRequested)
  if (inHub === true) return held('no_favour_barred')
  const barred = barredFavours(inHub, inLayout)
  if (requested?.length === 0) return held('no_favour_requested', { barred })
  const needs = missingOf({
    'site.insideNationalHub': inHub,
    'site.insideProvincialLayout': inLayout,
    'site.favoursRequested': requested,
  })
  if (requested === undefined)
    return unknown(barred.length > 0 ? 'favours_absent' : 'favours_and_hub_absent', needs, { barred })
  const clash = requested.filter((favour) => barred.includes(favour))
  if (inHub === false && clash.length > 0)
    return failed('barred_favour_requested', ['site.favoursRequested'], { barred, requested, clash })
  if (needs.length > 0) return unknown('layout_absent', needs, { barred, requested })
  return held('no_barred_favour', { barred, requested })
}

/** What is certainly barred by what is known. */
function barredFavours(inHub: boolean | undefined, inLayout: boolean | undefined): readonly Favour[] {
  if (inHub !== false) return []
  return inLayout === false ? FAVOURS : ['land', 'fiscal']
}

/** An approved or hosted quota that is large enough, or too little use for a review. */
export function judgeEnergy(context: GateContext): Judgement {
  const { proposal, firm } = context
  const quota = firm(proposal.energy.quota)
  if (quota === 'refused') return failed('quota_refused', ['energy.quota'])
  const stated = firm(proposal.energy.fullItKw)
  const cardKw = context.chipSum?.cardKw
  if (stated !== undefined && cardKw !== undefined && stated < LEAST_LOAD_OF_CARDS * cardKw)
    return unknown('load_below_cards', ['energy.fullItKw', 'compute.chips'], { fullItKw: stated, cardKw })
  const needMwh = yearlyNeedMwh(context)
  const needs: readonly FactPath[] = ['energy.quota', 'energy.quotaMwhPerYear']
  if (needMwh === undefined)
    return unknown('need_unknown', ['energy.fullItKw', 'energy.pue', 'compute.chips'])
  const tonnesCoal = needMwh * TONNES_COAL_PER_MWH
  const values = {
    needMwh,
    tonnesCoal,
    reviewFromMwh: ENERGY_REVIEW_MWH,
    reviewFromTonnes: ENERGY_REVIEW_TONNES,
  }
  if (needMwh < ENERGY_REVIEW_MWH && tonnesCoal < ENERGY_REVIEW_TONNES) return held('below_review', values)
  if (quota === undefined) return unknown('quota_absent', needs, values)
  if (quota === 'applied') return unknown('quota_applied_for', needs, values)
  const quotaMwh = firm(proposal.energy.quotaMwhPerYear)
  if (quotaMwh === undefined) return unknown('quota_size_absent', ['energy.quotaMwhPerYear'], values)
  return needMwh <= quotaMwh
    ? held('quota_covers', { ...values, quotaMwh })
    : failed('quota_too_small', needs, { ...values, quotaMwh })
}

/** Full load all year, from the stated load or the cards' rated draw. */
function yearlyNeedMwh({ proposal, firm, chipSum }: GateContext): number | undefined {
  const fullItKw = firm(proposal.energy.fullItKw) ?? serverKw(chipSum)
  const pue = firm(proposal.energy.pue)
  return fullItKw === undefined || pue === undefined ? undefined : (fullItKw * pue * HOURS_PER_YEAR) / 1000
}

/** The next phase opens when every earlier one runs and is sold; the latest that falls short is named first. */
export function judgePhases({ proposal, firm }: GateContext): Judgement {
  const phases = firm(proposal.earlierPhases)
  const needs: readonly FactPath[] = ['earlierPhases']
  if (!phases) return unknown('phases_absent', needs)
  if (phases.length === 0) return held('first_phase')
  const byPhase = phases.map(judgePhase)
  const status = (['failed', 'unknown', 'held'] as const).find((each) =>
    byPhase.some((phase) => phase.status === each),
  )
  const last = byPhase.findLast((phase) => phase.status === status)!
  return status === 'held' ? { ...held('earlier_phases_full', THRESHOLDS), byPhase } : { ...last, byPhase }
}

const THRESHOLDS = { leastRunning: LEAST_PHASE_RUNNING, leastSold: LEAST_PHASE_SOLD }

function judgePhase(phase: Phase): Judgement {
  const { name, plannedPetaflops, operatingPetaflops, soldShare } = phase
  const running = operatingPetaflops / plannedPetaflops
  const values = { ...THRESHOLDS, phase: name, plannedPetaflops, operatingPetaflops, running }
  const needs: readonly FactPath[] = ['earlierPhases']
  if (running < LEAST_PHASE_RUNNING) {
    const missingPetaflops = LEAST_PHASE_RUNNING * plannedPetaflops - operatingPetaflops
    return failed('earlier_phase_not_running', needs, { ...values, missingPetaflops })
  }
  if (soldShare === undefined) return unknown('earlier_sales_absent', needs, values)
  return soldShare < LEAST_PHASE_SOLD
    ? failed('earlier_phase_not_sold', needs, { ...values, sold: soldShare })
    : held('earlier_phase_full', { ...values, sold: soldShare })
}
