// Gates on who pays: bound demand, demand that goes in a circle, who carries the debt, whether it pays at all, and
// whether enough is known to say so.
import {
  LEAST_CHANCE_OF_GAIN,
  LEAST_OFFTAKE_SHARE,
  MOST_BUDGET_SHARE,
  MOST_CIRCULAR_DEMAND,
  RED_DEBT_RATIO,
} from '../benchmarks.ts'
import { boundShare } from '../economics.ts'
import { ratioAfter } from '../fiscal.ts'
import type { FactPath } from '../proposal.ts'
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

/** Signed, unaffiliated take-or-pay contracts for half of the first two years. */
export function judgeOfftake({ proposal, firm }: GateContext): Judgement {
  const needs: readonly FactPath[] = ['demand.offtake']
  if (firm(proposal.demand.offtake) === undefined) return unknown('offtake_absent', needs)
  const share = boundShare(proposal)!
  const values = { boundShare: share, least: LEAST_OFFTAKE_SHARE }
  return share >= LEAST_OFFTAKE_SHARE - SLACK
    ? held('bound', values)
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

const PUBLIC_DEBT = new Set(['special_bond', 'platform_debt'])

/** Private money, or public money that the budget behind it can carry. */
export function judgeFunding(context: GateContext): Judgement {
  const { proposal, firm } = context
  const parts = firm(proposal.funding.parts)
  if (!parts) return unknown('funding_absent', ['funding.parts'])
  const sum = (kinds: ReadonlySet<string>, end: 'from' | 'to'): number =>
    Math.min(
      1,
      parts.filter((part) => kinds.has(part.kind)).reduce((total, part) => total + part[end], 0),
    )
  const debt = { from: sum(PUBLIC_DEBT, 'from'), to: sum(PUBLIC_DEBT, 'to') }
  const budgetTo = sum(new Set(['budget']), 'to')
  if (debt.to === 0 && budgetTo === 0) return held('no_public_money')
  const capex = yuan(firm(proposal.capex.total))
  if (capex === undefined) return unknown('outlay_absent', ['capex.total'])
  if (budgetTo > 0) {
    const revenue = yuan(firm(proposal.fiscal.revenue))
    if (revenue === undefined) return unknown('budget_absent', ['fiscal.revenue'])
    const budgetShare = revenue === 0 ? 1 : (budgetTo * capex) / revenue
    if (budgetShare > MOST_BUDGET_SHARE)
      return failed('budget_too_small', ['funding.parts'], { budgetShare, most: MOST_BUDGET_SHARE })
    if (debt.to === 0) return held('budget_carries', { budgetShare, most: MOST_BUDGET_SHARE })
  }
  return judgePublicDebt(context, capex, debt)
}

function judgePublicDebt(
  { proposal, firm }: GateContext,
  capex: number,
  share: { readonly from: number; readonly to: number },
): Judgement {
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
  if (values.ratioAfterFrom >= RED_DEBT_RATIO) return failed('debt_is_red', ['funding.parts'], values)
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
  return gain
    ? held('gain_more_likely', values)
    : failed('loss_more_likely', ['demand.offtake', 'capex.total'], values)
}

/** Facts that no other gate asks for and the appraisal stands on; the terms of a loan if there is one. */
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
  return missing.length === 0 ? held('complete') : unknown('facts_missing', missing)
}
