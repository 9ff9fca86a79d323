// Gates on what is bought: what the P means, what it costs, whether the chips, the people and the software are there.
import {
  AI_CAPEX_BAND,
  HPC_CAPEX_BAND,
  LEAST_OPERATOR_CLUSTER_SHARE,
  LEAST_OPERATOR_YEARS,
  LEAST_PROTECTION_LEVEL,
} from '../benchmarks.ts'
import type { FactPath } from '../proposal.ts'
import { explainedBy, unknownChips, yuan, type Reading } from '../readings.ts'
import { failed, held, overReadings, unknown, type GateContext, type Judgement } from './gate.ts'

/** A P without chips or precision is not a size; a claim that the chips do not explain is not one either. */
export function judgeUnit(context: GateContext): Judgement {
  const { proposal, chipSum, firm } = context
  const claimed = firm(proposal.compute.claimedPetaflops)
  if (firm(proposal.compute.chips) === undefined) {
    if (claimed === undefined) return unknown('nothing_stated', ['compute.chips'])
    if (firm(proposal.compute.reading) === undefined)
      return failed('precision_absent', ['compute.reading', 'compute.chips'], { claimedPetaflops: claimed })
    const guess = proposal.compute.chips?.value.map((chip) => `${chip.count} × ${chip.model}`)
    return guess
      ? unknown('chips_assumed', ['compute.chips'], { claimedPetaflops: claimed, chips: guess })
      : unknown('chips_absent', ['compute.chips'], { claimedPetaflops: claimed })
  }
  if (!chipSum) return unsummed(context)
  if (chipSum.uncounted.length > 0)
    return unknown('chips_not_certified', ['compute.chips'], { models: chipSum.uncounted })
  const values = { densePetaflops: chipSum.densePetaflops, cards: chipSum.cards }
  if (claimed === undefined) return held('computed_from_chips', values)
  const readings = explainedBy(claimed, chipSum)
  const all = { ...values, claimedPetaflops: claimed, explainedBy: readings }
  const stated = firm(proposal.compute.reading)
  const explained = stated === undefined ? readings.length > 0 : readings.includes(stated)
  return explained
    ? held('claim_explained', all)
    : failed('claim_not_explained', ['compute.claimedPetaflops', 'compute.reading'], all)
}

function unsummed({ proposal, chips }: GateContext): Judgement {
  const models = unknownChips(proposal, chips)
  if (models.length > 0) return unknown('chips_not_in_table', ['compute.chips'], { models })
  const listed = proposal.compute.chips!.value.map((chip) => chips(chip.model)!)
  const without = listed.filter((chip) => chip.peaks.fp16?.dense === undefined).map((chip) => chip.model)
  return unknown('chips_without_peak', ['compute.chips'], { models: without })
}

/** Outlay per P_d16 against filed projects, reading by reading. */
export function judgeCapex(context: GateContext): Judgement {
  const total = context.firm(context.proposal.capex.total)
  if (total === undefined) return unknown('outlay_absent', ['capex.total'])
  if (context.firm(context.proposal.capex.includesServers) !== true)
    return context.proposal.capex.includesServers
      ? unknown('servers_not_included', ['capex.total'])
      : unknown('servers_unstated', ['capex.includesServers'])
  return overReadings(context, (reading) => capexOf(context, reading), 'depends_on_reading')
}

function capexOf(context: GateContext, reading: Reading): Judgement {
  const perPetaflop = reading.capexYuanPerPetaflop!
  if (reading.densePetaflops === undefined) {
    const values = { yuanPerPetaflop: perPetaflop, ...HPC_CAPEX_BAND }
    return perPetaflop <= HPC_CAPEX_BAND.stop
      ? held('comparable_to_hpc', values)
      : failed('above_hpc_stop', ['capex.total'], values)
  }
  const values = {
    yuanPerPetaflop: perPetaflop,
    ...AI_CAPEX_BAND,
    timesStop: perPetaflop / AI_CAPEX_BAND.stop,
  }
  if (perPetaflop > AI_CAPEX_BAND.stop) return failed('above_stop', ['capex.total'], values)
  if (perPetaflop < AI_CAPEX_BAND.implausibleBelow)
    return unknown('implausibly_cheap', ['capex.total', 'compute.chips'], values)
  if (perPetaflop > AI_CAPEX_BAND.itemise && !itemsAddUp(context))
    return unknown('items_absent', ['capex.items'], values)
  return held('inside_band', values)
}

/** The items give the total within 1 %. */
function itemsAddUp(context: GateContext): boolean {
  const items = context.firm(context.proposal.capex.items)
  if (!items) return false
  const sum = Object.values(items).reduce((total, item) => total + yuan(item)!, 0)
  const total = yuan(context.proposal.capex.total!.value)!
  return Math.abs(sum - total) <= 0.01 * total
}

/** Chips that are delivered, or contracted and free to be exported. */
export function judgeChipSupply({ proposal, firm }: GateContext): Judgement {
  const supply = firm(proposal.capability.chipSupply)
  const needs: readonly FactPath[] = ['capability.chipSupply']
  if (!supply) return unknown('supply_absent', needs)
  if (supply.state === 'delivered') return held('delivered')
  if (supply.exportControlled)
    return supply.state === 'none'
      ? failed('controlled_without_contract', needs)
      : unknown('controlled_until_delivered', needs)
  if (supply.state === 'contracted') return held('contracted')
  return supply.state === 'letter' ? unknown('letter_only', needs) : failed('no_supply', needs)
}

/** Someone who has run a comparable installation. */
export function judgeOperator(context: GateContext): Judgement {
  const operator = context.firm(context.proposal.capability.operator)
  const needs: readonly FactPath[] = ['capability.operator']
  if (!operator) return unknown('operator_absent', needs)
  if (!context.chipSum) return unknown('cards_unknown', ['compute.chips'])
  const leastCards = Math.ceil(context.chipSum.cards * LEAST_OPERATOR_CLUSTER_SHARE)
  const { yearsOperating: years, largestClusterCards: largest } = operator
  const values = { years, leastYears: LEAST_OPERATOR_YEARS, largestClusterCards: largest, leastCards }
  return years >= LEAST_OPERATOR_YEARS && largest >= leastCards
    ? held('experienced', values)
    : failed('too_little_experience', needs, values)
}

/** Scheduling, metering, and a software stack for every chip that is bought. */
export function judgeSoftware(context: GateContext): Judgement {
  const plan = context.firm(context.proposal.capability.software)
  const needs: readonly FactPath[] = ['capability.software']
  if (!plan) return unknown('plan_absent', needs)
  if (!context.chipSum) return unknown('stacks_unknown', ['compute.chips'])
  const missing = context.chipSum.stacks.filter((stack) => !plan.stacks.includes(stack))
  const gaps = [
    ...(plan.scheduling ? [] : ['scheduling']),
    ...(plan.metering ? [] : ['metering']),
    ...missing,
  ]
  return gaps.length === 0 ? held('complete') : failed('incomplete', needs, { missing: gaps })
}

export function judgeSecurity({ proposal, firm }: GateContext): Judgement {
  const level = firm(proposal.capability.gradedProtectionLevel)
  const needs: readonly FactPath[] = ['capability.gradedProtectionLevel']
  if (level === undefined) return unknown('level_absent', needs)
  const values = { level, least: LEAST_PROTECTION_LEVEL }
  return level >= LEAST_PROTECTION_LEVEL ? held('graded', values) : failed('level_too_low', needs, values)
}
