// The model's doors for others: each checks what it is given, so that absurd input is refused with a code and nothing
// that is not a finite number comes out.
import { accept, refuse, type Decision, type Refusal } from '../refusal.ts'
import { breakEvens, type BreakEvens } from './break-even.ts'
import { centreYears, freeCashFlows, type CentreModel, type YearOfCentre } from './cash-flow.ts'
import { coverRatios, type CoverRatios, type DebtTerms } from './debt.ts'
import { outsideRange, type RangeCode } from './ranges.ts'
import { internalRates, netPresentValue, payback, type InternalRates, type Payback } from './returns.ts'
import { simulate, type Simulation, type SimulationInput } from './simulation.ts'

export interface FlowValue {
  readonly npvYuan: number
  readonly internalRates: InternalRates
  readonly payback: Payback
  readonly discountedPayback: Payback
}

export interface CentreValue extends FlowValue {
  readonly years: readonly YearOfCentre[]
  /** flow 0 is the outlay */
  readonly flowsYuan: readonly number[]
  readonly breakEvens: BreakEvens
}

type Refused = { readonly ok: false; readonly refusal: Refusal<RangeCode> }

const MOST_YUAN = 1e14
const RATE = { rate: [-0.9, 10] } as const

/**
 * Values a stream of yearly flows, flow 0 being today.
 * @param flowsYuan 1 to 61 numbers
 * @param rate discount rate per year, −0.9 to 10
 */
export function assessFlows(flowsYuan: readonly number[], rate: number): Decision<FlowValue, RangeCode> {
  const refused =
    outsideRange({ rate }, RATE) ??
    outsideRange({ flows: flowsYuan.length }, { flows: [1, 61] }) ??
    outsideEach('flowsYuan', flowsYuan, [-MOST_YUAN, MOST_YUAN])
  return refused ?? accept(valueOf(flowsYuan, rate))
}

/** Values a centre and finds where it breaks even. @param densePetaflops P_d16 */
export function assessCentre(
  model: CentreModel,
  rate: number,
  densePetaflops: number,
): Decision<CentreValue, RangeCode> {
  const refused =
    outsideModel(model) ??
    coversLife('soldShare', model.soldShare, model.lifeYears) ??
    outsideRange({ rate }, RATE) ??
    outsideRange({ densePetaflops }, { densePetaflops: [1e-6, 1e9] })
  if (refused) return refused
  const flowsYuan = freeCashFlows(model)
  return accept({
    ...valueOf(flowsYuan, rate),
    years: centreYears(model),
    flowsYuan,
    breakEvens: breakEvens(model, rate, densePetaflops),
  })
}

/** Cover ratios of a loan; undefined for a loan of nothing. @param cashYuan cash for debt service, year by year */
export function assessDebt(
  cashYuan: readonly number[],
  terms: DebtTerms,
): Decision<CoverRatios | undefined, RangeCode> {
  const refused = outsideDebt(terms) ?? outsideEach('cashYuan', cashYuan, [-MOST_YUAN, MOST_YUAN])
  return refused ?? accept(coverRatios(cashYuan, terms))
}

/** The seeded simulation. @param paths 1 to 1,000,000 @param seed a safe integer */
export function simulateCentre(
  input: SimulationInput,
  paths: number,
  seed: number,
): Decision<Simulation, RangeCode> {
  const { model, signed, marketShare, uncertainty, debt } = input
  const most = Number.MAX_SAFE_INTEGER
  const refused =
    outsideRange({ paths, seed }, { paths: [1, 1_000_000], seed: [-most, most] }) ??
    notWhole({ paths, seed }) ??
    outsideModel(model) ??
    outsideRange({ marketShare }, { marketShare: [0, 1] }) ??
    signed.map((contract) => outsideRange(contract, CONTRACT)).find(Boolean) ??
    inconsistent(input) ??
    outsideRange(uncertainty, UNCERTAINTY_RANGES) ??
    outsideEach('ramp', uncertainty.ramp, [0, 1]) ??
    (debt && outsideDebt(debt))
  return refused ?? accept(simulate(input, paths, seed))
}

/** Contracts that end before they begin or sell more than there is, a range turned round. */
function inconsistent({ signed, uncertainty }: SimulationInput): Refused | undefined {
  for (const [index, { fromYear, toYear }] of signed.entries()) {
    const live = signed.filter((other) => other.fromYear <= fromYear && other.toYear >= fromYear)
    const share = live.reduce((sum, other) => sum + other.share, 0)
    const refused =
      outsideRange(
        { [`signed[${index}].toYear`]: toYear },
        { [`signed[${index}].toYear`]: [fromYear, 30] },
      ) ?? outsideRange({ 'signed.share': share }, { 'signed.share': [0, 1 + 1e-9] })
    if (refused) return refused
  }
  const { lowestRate, highestRate } = uncertainty
  return outsideRange({ highestRate }, { highestRate: [lowestRate, 10] })
}

function valueOf(flowsYuan: readonly number[], rate: number): FlowValue {
  return {
    npvYuan: netPresentValue(flowsYuan, rate),
    internalRates: internalRates(flowsYuan),
    payback: payback(flowsYuan),
    discountedPayback: payback(flowsYuan, rate),
  }
}

function outsideModel(model: CentreModel): Refused | undefined {
  const { lifeYears } = model
  return (
    outsideRange(model, {
      capexYuan: [0, MOST_YUAN],
      lifeYears: [1, 30],
      fullRevenueYuan: [0, MOST_YUAN],
      availability: [0, 1],
      fullItKw: [0, 1e9],
      idleShare: [0, 1],
      pue: [1, 4],
      yuanPerKwh: [0, 10],
      fixedOpexShare: [0, 1],
      otherOpexYuan: [0, MOST_YUAN],
      surchargeShare: [0, 1],
      taxRate: [0, 1],
      residualShare: [0, 1],
    }) ??
    notWhole({ lifeYears }) ??
    coversLife('priceIndex', model.priceIndex, lifeYears) ??
    coversLife('operatingShare', model.operatingShare, lifeYears) ??
    outsideEach('priceIndex', model.priceIndex, [0, 1e6]) ??
    outsideEach('soldShare', model.soldShare, [0, 1]) ??
    outsideEach('operatingShare', model.operatingShare, [0, 1]) ??
    outsideEach('subsidyYuan', model.subsidyYuan, [0, MOST_YUAN])
  )
}

const CONTRACT = { share: [0, 1], fromYear: [1, 30], toYear: [1, 30], priceMultiple: [0, 1e12] } as const

const UNCERTAINTY_RANGES = {
  priceReversion: [0, 1],
  priceDeviation: [0, 3],
  jumpsPerYear: [0, 1],
  jumpMean: [0, 3],
  jumpDeviation: [0, 3],
  soldDeviation: [0, 0.5],
  soldShock: [0, 10],
  shockCorrelation: [-1, 1],
  capexDeviation: [0, 3],
  longestDelayYears: [0, 30],
  availabilityDeviation: [0, 0.5],
  tariffDeviation: [0, 3],
  pueBelow: [0, 3],
  pueAbove: [0, 3],
  obsolescencePerYear: [0, 1],
  safeYears: [0, 30],
  lowestRate: [-0.9, 10],
  highestRate: [-0.9, 10],
} as const

function outsideDebt(terms: DebtTerms): Refused | undefined {
  const { tenorYears, graceYears } = terms
  return (
    outsideRange(terms, {
      principalYuan: [0, MOST_YUAN],
      rate: [0, 1],
      tenorYears: [1, 50],
      graceYears: [0, tenorYears - 1],
    }) ?? notWhole({ tenorYears, graceYears })
  )
}

function outsideEach(
  path: string,
  values: ArrayLike<number>,
  [from, to]: readonly [number, number],
): Refused | undefined {
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!
    if (!(value >= from && value <= to))
      return refuse('feasibility.out_of_range', { path: `${path}[${index}]`, value: String(value), from, to })
  }
  return undefined
}

function coversLife(path: string, values: ArrayLike<number>, lifeYears: number): Refused | undefined {
  return values.length >= lifeYears
    ? undefined
    : refuse('feasibility.out_of_range', {
        path: `${path}.length`,
        value: String(values.length),
        from: lifeYears,
        to: 30,
      })
}

function notWhole(values: Readonly<Record<string, number>>): Refused | undefined {
  const found = Object.entries(values).find(([, value]) => !Number.isSafeInteger(value))
  if (!found) return undefined
  const [path, value] = found
  return refuse('feasibility.out_of_range', {
    path,
    value: String(value),
    from: Math.floor(value),
    to: Math.ceil(value),
  })
}
