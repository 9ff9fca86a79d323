// Gates on who pays: bound demand, demand that goes in a circle, who carries the debt, whether it pays at all, and
// whether enough is known to say so.
import {
  LEAST_CHANCE_OF_GAIN,
  LEAST_OFFTAKE_SHARE,
  MOST_BUDGET_SHARE,
  MOST_CIRCULAR_DEMAND,
  RED_DEBT_RATIO,
} from '../benchmarks.ts'
import { ratioAfter } from '../fiscal.ts'
import { boundShare, shareWithFrameworks } from '../offtake.ts'
import type { Fact, FactPath } from '../proposal.ts'
import { yuan, type Reading } from '../readings.ts'
import {
  failed,
  held,
  missingOf,
  overReadings,
  SLACK,
  unknown,
  type GateContext,
  type Judgement,
} from './gate.ts'

const PUBLIC_DEBT = new Set(['special_bond', 'platform_debt'])
const BUDGET = new Set(['budget'])

/** Signed, unaffiliated take-or-pay contracts for half of the first two years. */
export function judgeOfftake({ proposal, firm }: GateContext): Judgement {
  const needs: readonly FactPath[] = ['demand.offtake']
  if (firm(proposal.demand.offtake) === undefined) return unknown('offtake_absent', needs)
  const share = boundShare(proposal)!
  const values = { boundShare: share, least: LEAST_OFFTAKE_SHARE }
  if (share >= LEAST_OFFTAKE_SHARE - SLACK) return held('bound', values)
  return shareWithFrameworks(proposal) >= LEAST_OFFTAKE_SHARE - SLACK
    ? unknown('framework_only', needs, values)
    : failed('too_little_bound', needs, values)
}

/** Revenue from the owner's own budget or from vouchers of the same government is demand in a circle. */
export function judgeSelfDealing({ proposal, firm }: GateContext): Judgement {
  const own = firm(proposal.demand.ownBudgetShare)
  const vouchers = firm(proposal.demand.sameGovernmentVoucherShare)
  const share = (own ?? 0) + (vouchers ?? 0)
  const values = { circularShare: share, most: MOST_CIRCULAR_DEMAND }
  const needs: readonly FactPath[] = ['demand.ownBudgetShare', 'demand.sameGovernmentVoucherShare']
  if (share > MOST_CIRCULAR_DEMAND + SLACK) return failed('circular_demand', needs, values)
  if (own === undefined || vouchers === undefined) return unknown('payers_absent', needs, values)
  return held('outside_demand', values)
}

/** Private money, or public money that the budget behind it can carry; a range fails only where all of it does. */
export function judgeFunding(context: GateContext): Judgement {
  const { proposal, firm } = context
  const parts = firm(proposal.funding.parts)
  if (!parts) return unknown('funding_absent', ['funding.parts'])
  const [debt, budget] = [rangeOf(parts, PUBLIC_DEBT), rangeOf(parts, BUDGET)]
  if (debt.to === 0 && budget.to === 0) return held('no_public_money')
  const capex = yuan(firm(proposal.capex.total))
  if (capex === undefined) return unknown('outlay_absent', ['capex.total'])
  const answers = [
    ...(budget.to > 0 ? [judgeBudget(context, capex, budget)] : []),
    ...(debt.to > 0 ? [judgePublicDebt(context, capex, debt)] : []),
  ]
  const worst = (['failed', 'unknown', 'held'] as const).flatMap((status) =>
    answers.filter((answer) => answer.status === status),
  )
  return worst[0]!
}

interface ShareRange {
  readonly from: number
  readonly to: number
}

/** The shares add up to 1, so that what the others can at most carry bounds these from below, and the reverse. */
function rangeOf(
  parts: readonly (ShareRange & { readonly kind: string })[],
  kinds: ReadonlySet<string>,
): ShareRange {
  const sum = (end: 'from' | 'to', among: boolean): number =>
    parts.filter((part) => kinds.has(part.kind) === among).reduce((total, part) => total + part[end], 0)
  const from = Math.max(sum('from', true), 1 - sum('to', false))
  const to = Math.min(sum('to', true), 1 - sum('from', false))
  return { from: from > SLACK ? from : 0, to: to > SLACK ? to : 0 }
}

function judgeBudget({ proposal, firm }: GateContext, capex: number, share: ShareRange): Judgement {
  const revenue = yuan(firm(proposal.fiscal.revenue))
  if (revenue === undefined) return unknown('budget_absent', ['fiscal.revenue'])
  const over = (part: number): number => (part === 0 ? 0 : revenue === 0 ? 1 : (part * capex) / revenue)
  const values = { budgetShareFrom: over(share.from), budgetShare: over(share.to), most: MOST_BUDGET_SHARE }
  if (values.budgetShareFrom > MOST_BUDGET_SHARE) return failed('budget_too_small', ['funding.parts'], values)
  return values.budgetShare > MOST_BUDGET_SHARE
    ? unknown('budget_depends_on_share', ['funding.parts'], values)
    : held('budget_carries', values)
}

function judgePublicDebt({ proposal, firm }: GateContext, capex: number, share: ShareRange): Judgement {
  const [governmentDebt, narrow, broad] = [
    yuan(firm(proposal.fiscal.governmentDebt)),
    firm(proposal.fiscal.narrowRatio),
    firm(proposal.fiscal.broadRatio),
  ]
  if (governmentDebt === undefined || narrow === undefined || broad === undefined)
    return unknown('debt_ratios_absent', ['fiscal.governmentDebt', 'fiscal.narrowRatio', 'fiscal.broadRatio'])
  const budget = {
    revenueYuan: 1,
    governmentDebtYuan: governmentDebt,
    narrowRatio: narrow,
    broadRatio: broad,
  }
  const values = {
    ratioBefore: broad,
    ratioAfterFrom: ratioAfter(budget, share.from * capex),
    ratioAfterTo: ratioAfter(budget, share.to * capex),
    red: RED_DEBT_RATIO,
    implicitGuarantee: (boundShare(proposal) ?? 0) < LEAST_OFFTAKE_SHARE,
  }
  // a budget that is red already blocks only a project that must borrow on it
  if (share.from > 0 && values.ratioAfterFrom >= RED_DEBT_RATIO)
    return failed('debt_is_red', ['funding.parts'], values)
  return values.ratioAfterTo < RED_DEBT_RATIO
    ? held('debt_carries', values)
    : unknown('debt_depends_on_share', ['funding.parts'], values)
}

/** A gain that is more likely than not, reading by reading. */
export function judgeReturn(context: GateContext): Judgement {
  if (context.firm(context.proposal.capex.total) === undefined)
    return unknown('outlay_absent', ['capex.total'])
  if (context.firm(context.proposal.capex.includesServers) !== true)
    return unknown('servers_not_included', ['capex.includesServers', 'capex.total'])
  return overReadings(context, (reading) => returnOf(context, reading), 'depends_on_reading')
}

function returnOf(context: GateContext, reading: Reading): Judgement {
  const appraisal = context.appraisals.get(reading.reading)
  if (!appraisal) return unknown('no_revenue_case', ['demand.offtake'])
  const values = {
    npvYuan: appraisal.npvYuan,
    chanceOfGain: appraisal.simulation.chanceOfGain,
    least: LEAST_CHANCE_OF_GAIN,
  }
  const gain = appraisal.simulation.chanceOfGain >= LEAST_CHANCE_OF_GAIN
  // without a firm word on offtake the demand is ours, not the applicant's
  if (context.firm(context.proposal.demand.offtake) === undefined)
    return unknown(gain ? 'gain_without_offtake' : 'loss_without_offtake', ['demand.offtake'], values)
  const guessed = guessedInAppraisal(context)
  if (guessed.length > 0) return unknown('appraisal_assumed', guessed, values)
  return gain
    ? held('gain_more_likely', values)
    : failed('loss_more_likely', ['demand.offtake', 'capex.total'], values)
}

/** Facts of the appraisal that are stated, but only as an assumption: a scenario, not grounds for a verdict. */
function guessedInAppraisal({ proposal, firm }: GateContext): FactPath[] {
  const facts: Partial<Record<FactPath, Fact<unknown>>> = {
    lifeYears: proposal.lifeYears,
    'energy.pue': proposal.energy.pue,
    'energy.yuanPerKwh': proposal.energy.yuanPerKwh,
    'energy.fullItKw': proposal.energy.fullItKw,
    'demand.marketRentPerPetaflopYear': proposal.demand.marketRentPerPetaflopYear,
    'capability.chipSupply': proposal.capability.chipSupply,
  }
  const paths = Object.keys(facts) as FactPath[]
  return paths.filter((path) => facts[path] !== null && firm(facts[path]!) === undefined)
}

/**
 * Facts that no other gate asks for and the appraisal stands on; the terms of a loan if there is one. An undertaking says
 * what the applicant will do and becomes a condition; what is bought and what it costs must in part be evidenced, since a
 * review of promises alone has nothing to review.
 */
export function judgeInformation({ proposal, firm }: GateContext): Judgement {
  const { lifeYears, energy, funding } = proposal
  const borrowed = (firm(funding.parts) ?? []).some((part) => part.kind !== 'own_equity' && part.to > 0)
  const missing = missingOf({
    lifeYears: firm(lifeYears),
    'energy.pue': firm(energy.pue),
    'energy.yuanPerKwh': firm(energy.yuanPerKwh),
    ...(borrowed
      ? { 'funding.loanRate': firm(funding.loanRate), 'funding.loanYears': firm(funding.loanYears) }
      : {}),
  })
  if (missing.length > 0) return unknown('facts_missing', missing)
  const bought = { 'compute.chips': proposal.compute.chips, 'capex.total': proposal.capex.total } as const
  const evidenced = Object.values(bought).some(
    (fact) => fact && EVIDENCE.has(proposal.sources[fact.source]!.kind),
  )
  return evidenced ? held('complete') : unknown('undertakings_alone', Object.keys(bought) as FactPath[])
}

/** Kinds of source that show something; the others promise or suppose it. */
const EVIDENCE: ReadonlySet<string> = new Set(['published', 'derived', 'filed'])
