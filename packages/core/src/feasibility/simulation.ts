// Seeded Monte Carlo over the cash-flow model. Log-price is its drift plus a deviation that reverts to zero, is shaken
// and jumps; the sold share is what signed contracts take plus what a ramping market takes of the rest. With every
// width at zero each path is the stated case, bit for bit.
import { assert } from '../assert.ts'
import { seededRandom, type Random } from '../random.ts'
import { freeCashFlows, type CentreModel } from './cash-flow.ts'
import { debtService, type DebtTerms } from './debt.ts'
import { betaOf, lognormalFactor, quantile, rankCorrelation, triangular } from './distributions.ts'
import { annuityFactor, internalRates, netPresentValue, payback } from './returns.ts'

/** A take-or-pay contract: a share of the capacity in years of operation, at a multiple of the first market price. */
export interface SignedContract {
  readonly share: number
  readonly fromYear: number
  readonly toYear: number
  readonly priceMultiple: number
}

export interface Uncertainty {
  /** reversion of the log-price's deviation per year, 0 to 1 */
  readonly priceReversion: number
  readonly priceDeviation: number
  readonly jumpsPerYear: number
  readonly jumpMean: number
  readonly jumpDeviation: number
  /** standard deviation of the final market share, and of its yearly shock on the logit scale */
  readonly soldDeviation: number
  readonly soldShock: number
  /** correlation of the yearly shocks of sold share and price */
  readonly shockCorrelation: number
  /** share of the final market demand that is there in years 1, 2, …; the last one holds for all later years */
  readonly ramp: readonly number[]
  readonly capexDeviation: number
  readonly longestDelayYears: number
  readonly availabilityDeviation: number
  readonly tariffDeviation: number
  /** distances of the triangular PUE's ends below and above the stated one */
  readonly pueBelow: number
  readonly pueAbove: number
  /** chance per year, after `safeYears`, that uncontracted demand for the chip ends */
  readonly obsolescencePerYear: number
  readonly safeYears: number
  readonly lowestRate: number
  readonly highestRate: number
}

export interface SimulationInput {
  /** the stated case; its `soldShare` is ignored, its `priceIndex` is the drift of the price */
  readonly model: CentreModel
  readonly signed: readonly SignedContract[]
  /** mean share of the uncontracted capacity that the market takes once ramped */
  readonly marketShare: number
  readonly uncertainty: Uncertainty
  readonly debt: DebtTerms | undefined
}

export interface Fan {
  readonly p5: number
  readonly p50: number
  readonly p95: number
}

export interface Simulation {
  readonly paths: number
  readonly seed: number
  readonly chanceOfGain: number
  readonly meanNpvYuan: number
  /** standard error of `chanceOfGain` */
  readonly chanceError: number
  readonly npvYuan: Fan
  /** over the paths that have exactly one rate; undefined when none has */
  readonly internalRate: Fan | undefined
  readonly internalRateMissing: number
  readonly paybackYears: Fan | undefined
  readonly chanceOfNoPayback: number
  /** chance that debt service is covered less than 1.1 times in some year after commissioning; undefined without debt */
  readonly chanceOfThinCover: number | undefined
  /** grant a year that would bring a losing path to zero: mean over all paths and 95 % quantile */
  readonly yearlyGapYuan: { readonly mean: number; readonly p95: number }
  /** rank correlation of each drawn input with the NPV, strongest first */
  readonly tornado: readonly { readonly driver: Driver; readonly correlation: number }[]
}

const DRIVERS = ['price', 'sold', 'capex', 'delay', 'availability', 'tariff', 'pue', 'rate', 'life'] as const
export type Driver = (typeof DRIVERS)[number]

const THIN_COVER = 1.1

interface Draw {
  readonly model: CentreModel
  readonly rate: number
  readonly drivers: Readonly<Record<Driver, number>>
}

/** @param paths 1 to 1,000,000 */
export function simulate(input: SimulationInput, paths: number, seed: number): Simulation {
  assert(Number.isSafeInteger(paths) && paths >= 1, 'a simulation has at least one path')
  const random = seededRandom(`feasibility/${seed}`)
  const outcome = emptyOutcome(paths)
  for (let path = 0; path < paths; path++) record(outcome, path, drawPath(input, random), input.debt)
  return summary(outcome, input.debt !== undefined, paths, seed)
}

/**
 * The stated case with its expected sales: what `simulate` gives on every path when all widths are zero.
 * @param delayYears a late start; contracts begin with operation, the life of the chips does not wait
 */
export function statedModel(input: SimulationInput, delayYears = 0): CentreModel {
  const certain = { ...input, uncertainty: withoutWidth(input.uncertainty) }
  return drawPath(certain, seededRandom(0), delayYears).model
}

/** The same ramp and reversion, no chance at all. */
export function withoutWidth(uncertainty: Uncertainty, rate?: number): Uncertainty {
  const middle = rate ?? (uncertainty.lowestRate + uncertainty.highestRate) / 2
  return {
    ...uncertainty,
    priceDeviation: 0,
    jumpsPerYear: 0,
    soldDeviation: 0,
    soldShock: 0,
    capexDeviation: 0,
    longestDelayYears: 0,
    availabilityDeviation: 0,
    tariffDeviation: 0,
    pueBelow: 0,
    pueAbove: 0,
    obsolescencePerYear: 0,
    lowestRate: middle,
    highestRate: middle,
  }
}

function drawPath(input: SimulationInput, random: Random, leastDelayYears = 0): Draw {
  const { model, uncertainty } = input
  const capex = lognormalFactor(random, uncertainty.capexDeviation)
  const delay = leastDelayYears + random.next() * uncertainty.longestDelayYears
  const availability = betaOf(random, model.availability, uncertainty.availabilityDeviation)
  const tariff = lognormalFactor(random, uncertainty.tariffDeviation)
  const pue = triangular(
    random,
    Math.max(1, model.pue - uncertainty.pueBelow),
    model.pue,
    model.pue + uncertainty.pueAbove,
  )
  const rate = uncertainty.lowestRate + random.next() * (uncertainty.highestRate - uncertainty.lowestRate)
  const market = betaOf(random, input.marketShare, uncertainty.soldDeviation)
  const life = obsoleteAfter(random, uncertainty, model.lifeYears)
  const sales = drawSales(input, random, { market, delay, life })
  return {
    model: {
      ...model,
      capexYuan: model.capexYuan * capex,
      availability,
      yuanPerKwh: model.yuanPerKwh * tariff,
      pue,
      operatingShare: sales.operating,
      soldShare: sales.sold,
      priceIndex: sales.price,
    },
    rate,
    drivers: { price: sales.meanPrice, sold: market, capex, delay, availability, tariff, pue, rate, life },
  }
}

/** Whole years of market demand for the chip. */
function obsoleteAfter(random: Random, uncertainty: Uncertainty, lifeYears: number): number {
  if (uncertainty.obsolescencePerYear === 0) return lifeYears
  for (let year = uncertainty.safeYears; year < lifeYears; year++)
    if (random.next() < uncertainty.obsolescencePerYear) return year
  return lifeYears
}

/** Sold share and mean price of each year: contracts run from the day of operation, the market fills the rest. */
function drawSales(
  input: SimulationInput,
  random: Random,
  drawn: { readonly market: number; readonly delay: number; readonly life: number },
): { sold: Float64Array; price: Float64Array; operating: Float64Array; meanPrice: number } {
  const { model, signed, uncertainty } = input
  const years = model.lifeYears
  const [sold, price, operating] = [new Float64Array(years), new Float64Array(years), new Float64Array(years)]
  let [deviation, sum] = [0, 0]
  for (let year = 0; year < years; year++) {
    const shock = uncertainty.priceDeviation === 0 && uncertainty.soldShock === 0 ? 0 : random.normal()
    if (year > 0) deviation = nextDeviation(deviation, shock, uncertainty, random)
    const marketPrice = model.priceIndex[year]! * (deviation === 0 ? 1 : Math.exp(deviation))
    sum += marketPrice
    operating[year] = overlap(year, year + 1, drawn.delay, years) * model.operatingShare[year]!
    const bound = boundIn(year, signed, drawn.delay, overlap(year, year + 1, drawn.delay, years))
    const taken = year < drawn.life ? marketDemand(drawn.market, year, shock, { uncertainty, random }) : 0
    const open = (1 - bound.share) * taken
    const total = bound.share + open
    sold[year] = total
    const mixed = bound.value + open * marketPrice
    price[year] = bound.share === 0 || total === 0 ? marketPrice : mixed / total
  }
  return { sold, price, operating, meanPrice: sum / years }
}

/** The share that contracts bind in the running part of a year, and that share times its prices. */
function boundIn(
  year: number,
  signed: readonly SignedContract[],
  delay: number,
  running: number,
): { share: number; value: number } {
  let [share, value] = [0, 0]
  if (running === 0) return { share, value }
  for (const contract of signed) {
    const within = overlap(year, year + 1, delay + contract.fromYear - 1, delay + contract.toYear)
    const part = (contract.share * within) / running
    share += part
    value += part * contract.priceMultiple
  }
  return { share, value }
}

function nextDeviation(deviation: number, shock: number, uncertainty: Uncertainty, random: Random): number {
  let next = (1 - uncertainty.priceReversion) * deviation + uncertainty.priceDeviation * shock
  if (uncertainty.jumpsPerYear > 0 && random.next() < uncertainty.jumpsPerYear) {
    const direction = random.next() < 0.5 ? -1 : 1
    next += direction * uncertainty.jumpMean + uncertainty.jumpDeviation * random.normal()
  }
  return next
}

function marketDemand(
  market: number,
  year: number,
  priceShock: number,
  chance: { readonly uncertainty: Uncertainty; readonly random: Random },
): number {
  const { ramp, soldShock, shockCorrelation } = chance.uncertainty
  const share = market * (ramp[Math.min(year, ramp.length - 1)] ?? 1)
  if (soldShock === 0 || share <= 0 || share >= 1) return Math.min(1, Math.max(0, share))
  const own = Math.sqrt(1 - shockCorrelation * shockCorrelation) * chance.random.normal()
  const logit = Math.log(share / (1 - share)) + soldShock * (shockCorrelation * priceShock + own)
  return 1 / (1 + Math.exp(-logit))
}

function overlap(from: number, to: number, start: number, end: number): number {
  return Math.max(0, Math.min(to, end) - Math.max(from, start))
}

interface Outcome {
  readonly npv: Float64Array
  readonly gap: Float64Array
  readonly rates: number[]
  readonly paybacks: number[]
  readonly drivers: Readonly<Record<Driver, Float64Array>>
  thinCover: number
}

function emptyOutcome(paths: number): Outcome {
  const drivers = Object.fromEntries(DRIVERS.map((driver) => [driver, new Float64Array(paths)]))
  return {
    npv: new Float64Array(paths),
    gap: new Float64Array(paths),
    rates: [],
    paybacks: [],
    drivers: drivers as Record<Driver, Float64Array>,
    thinCover: 0,
  }
}

function record(outcome: Outcome, path: number, draw: Draw, debt: DebtTerms | undefined): void {
  const flows = freeCashFlows(draw.model)
  const npv = netPresentValue(flows, draw.rate)
  outcome.npv[path] = npv
  outcome.gap[path] = npv >= 0 ? 0 : -npv / annuityFactor(draw.rate, draw.model.lifeYears)
  const rates = internalRates(flows)
  if (rates.kind === 'one') outcome.rates.push(rates.rate)
  const back = payback(flows)
  if (back.kind === 'after') outcome.paybacks.push(back.years)
  if (debt && isThin(flows, debt, draw.drivers.delay)) outcome.thinCover++
  for (const driver of DRIVERS) outcome.drivers[driver][path] = draw.drivers[driver]
}

/** Counts from commissioning: before it nothing is due, and a late start is no missed payment. */
function isThin(flows: readonly number[], debt: DebtTerms, delayYears: number): boolean {
  return debtService(debt, delayYears).some(
    (due, year) => due > 0 && (flows[year + 1] ?? 0) < THIN_COVER * due,
  )
}

function summary(outcome: Outcome, indebted: boolean, paths: number, seed: number): Simulation {
  const gains = outcome.npv.reduce((count, npv) => count + (npv > 0 ? 1 : 0), 0)
  const chance = gains / paths
  return {
    paths,
    seed,
    chanceOfGain: chance,
    chanceError: Math.sqrt((chance * (1 - chance)) / paths),
    meanNpvYuan: mean(outcome.npv),
    npvYuan: fan(outcome.npv)!,
    internalRate: fan(Float64Array.from(outcome.rates)),
    internalRateMissing: paths - outcome.rates.length,
    paybackYears: fan(Float64Array.from(outcome.paybacks)),
    chanceOfNoPayback: 1 - outcome.paybacks.length / paths,
    chanceOfThinCover: indebted ? outcome.thinCover / paths : undefined,
    yearlyGapYuan: { mean: mean(outcome.gap), p95: quantile(outcome.gap.slice().sort(), 0.95) },
    tornado: DRIVERS.map((driver) => ({
      driver,
      correlation: rankCorrelation(outcome.drivers[driver], outcome.npv),
    })).sort((left, right) => Math.abs(right.correlation) - Math.abs(left.correlation)),
  }
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function fan(values: Float64Array): Fan | undefined {
  if (values.length === 0) return undefined
  const sorted = values.slice().sort()
  return { p5: quantile(sorted, 0.05), p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) }
}
