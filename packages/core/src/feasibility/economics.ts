// The appraisal of one reading of a proposal: the stated case, where it breaks even, whether debt is covered, ten
// thousand ways it may go, and a fixed set of stresses. What the proposal leaves open is taken from the dated
// defaults and listed.
import { DEFAULTS, UNCERTAINTY, type DefaultId } from './benchmarks.ts'
import { breakEvens, type BreakEvens } from './break-even.ts'
import { centreYears, freeCashFlows, HOURS_PER_YEAR, type CentreModel } from './cash-flow.ts'
import { coverRatios, type CoverRatios, type DebtTerms } from './debt.ts'
import { countedContracts } from './offtake.ts'
import type { Fact, Proposal } from './proposal.ts'
import { serverKw, yuan, type ChipSum } from './readings.ts'
import { internalRates, netPresentValue, payback, type InternalRates, type Payback } from './returns.ts'
import { simulate, statedModel, type Simulation, type SimulationInput } from './simulation.ts'
import { stresses, type Stress } from './stress.ts'

export interface Appraisal {
  readonly densePetaflops: number
  readonly flowsYuan: readonly number[]
  readonly soldShare: readonly number[]
  readonly priceIndex: readonly number[]
  readonly npvYuan: number
  /** years of operation that cost more than they bring: why there may be several rates of return */
  readonly losingYears: readonly number[]
  readonly internalRates: InternalRates
  readonly payback: Payback
  readonly discountedPayback: Payback
  readonly breakEvens: BreakEvens
  /** undefined without debt */
  readonly cover: CoverRatios | undefined
  readonly simulation: Simulation
  readonly stresses: readonly Stress[]
  readonly fullItKw: number
  readonly energyMwhPerYear: number
  readonly assumed: readonly { readonly id: DefaultId; readonly value: number }[]
}

export interface AppraisalOptions {
  readonly paths: number
  readonly seed: number
}

const DEBT_KINDS = new Set(['bank_loan', 'special_bond', 'platform_debt'])

/** @param densePetaflops P_d16 of the reading; the outlay must be known */
export function appraise(
  proposal: Proposal,
  densePetaflops: number,
  chips: ChipSum | undefined,
  options: AppraisalOptions,
): Appraisal {
  const assumed: { id: DefaultId; value: number }[] = []
  const or = (fact: Fact<number> | undefined, id: DefaultId): number => {
    if (fact) return fact.value
    assumed.push({ id, value: DEFAULTS[id].value })
    return DEFAULTS[id].value
  }
  const input = simulationInput(proposal, { densePetaflops, chips, or })
  const rate = or(undefined, 'discountRate')
  const model = statedModel(input)
  const flowsYuan = freeCashFlows(model)
  const cash = centreYears(model).map((year) => year.cashYuan)
  return {
    densePetaflops,
    flowsYuan,
    soldShare: Array.from(model.soldShare),
    priceIndex: Array.from(model.priceIndex),
    npvYuan: netPresentValue(flowsYuan, rate),
    losingYears: flowsYuan.flatMap((flow, year) => (year > 0 && flow < 0 ? [year] : [])),
    internalRates: internalRates(flowsYuan),
    payback: payback(flowsYuan),
    discountedPayback: payback(flowsYuan, rate),
    breakEvens: breakEvens(model, rate, densePetaflops),
    cover: input.debt && coverRatios(cash, input.debt),
    simulation: simulate(input, options.paths, options.seed),
    stresses: stresses(input, rate, proposal),
    fullItKw: model.fullItKw,
    energyMwhPerYear: (model.fullItKw * model.pue * HOURS_PER_YEAR) / 1000,
    assumed,
  }
}

interface Settled {
  readonly densePetaflops: number
  readonly chips: ChipSum | undefined
  readonly or: (fact: Fact<number> | undefined, id: DefaultId) => number
}

function simulationInput(proposal: Proposal, settled: Settled): SimulationInput {
  const { densePetaflops, or } = settled
  const lifeYears = or(proposal.lifeYears, 'lifeYears')
  const rent =
    yuan(proposal.demand.marketRentPerPetaflopYear?.value) ?? or(undefined, 'rentYuanPerPetaflopYear')
  const fullRevenueYuan = rent * densePetaflops
  const drift = 1 + or(undefined, 'priceDrift')
  let index = 1 / drift
  const delivered = proposal.capability.chipSupply?.value.state === 'delivered'
  const model: CentreModel = {
    capexYuan: yuan(proposal.capex.total!.value)!,
    lifeYears,
    fullRevenueYuan,
    priceIndex: Array.from({ length: lifeYears }, () => (index *= drift)),
    soldShare: [],
    availability: or(undefined, 'availability'),
    fullItKw: fullItKw(proposal, settled),
    idleShare: or(undefined, 'idleShare'),
    pue: or(proposal.energy.pue, 'pue'),
    yuanPerKwh: or(proposal.energy.yuanPerKwh, 'yuanPerKwh'),
    fixedOpexShare: or(undefined, 'fixedOpexShare'),
    otherOpexYuan: 0,
    surchargeShare: or(undefined, 'surchargeShare'),
    taxRate: or(undefined, 'taxRate'),
    residualShare: or(undefined, 'residualShare'),
    subsidyYuan: [],
    operatingShare: Array.from({ length: lifeYears }, () => 1),
  }
  return {
    model,
    signed: countedContracts(proposal, fullRevenueYuan),
    marketShare: or(undefined, 'marketShare'),
    uncertainty: delivered ? { ...UNCERTAINTY, longestDelayYears: 0 } : UNCERTAINTY,
    debt: debtOf(proposal, model.capexYuan, or),
  }
}

function fullItKw(proposal: Proposal, settled: Settled): number {
  if (proposal.energy.fullItKw) return proposal.energy.fullItKw.value
  const servers = serverKw(settled.chips)
  if (servers === undefined) return settled.densePetaflops * settled.or(undefined, 'itKwPerPetaflop')
  settled.or(undefined, 'serverOverCards')
  return servers
}

function debtOf(proposal: Proposal, capexYuan: number, or: Settled['or']): DebtTerms | undefined {
  const parts = proposal.funding.parts?.value.filter((part) => DEBT_KINDS.has(part.kind)) ?? []
  const share = Math.min(
    1,
    parts.reduce((sum, part) => sum + (part.from + part.to) / 2, 0),
  )
  if (share === 0 || capexYuan === 0) return undefined
  return {
    principalYuan: share * capexYuan,
    rate: or(proposal.funding.loanRate, 'loanRate'),
    tenorYears: or(proposal.funding.loanYears, 'loanYears'),
    graceYears: proposal.funding.graceYears?.value ?? 0,
  }
}
