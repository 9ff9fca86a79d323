// The yearly cash-flow model of a centre, without debt: what it sells, what it burns, what it pays in tax. The same
// function serves the stated case and, with drawn inputs, every path of the simulation.

export interface CentreModel {
  /** capital outlay today, yuan */
  readonly capexYuan: number
  /** whole years of operation after the outlay */
  readonly lifeYears: number
  /** what everything sold at the first year's price would bring in a year, yuan without VAT */
  readonly fullRevenueYuan: number
  /** price of year t over the price of year 1, one number a year */
  readonly priceIndex: ArrayLike<number>
  /** share of the year's capacity that is sold, one number a year, 0 to 1 */
  readonly soldShare: ArrayLike<number>
  /** share of the hours in which the installation can be used, 0 to 1 */
  readonly availability: number
  /** IT load when everything is sold, kW */
  readonly fullItKw: number
  /** share of the full IT load that is drawn when nothing is sold, 0 to 1 */
  readonly idleShare: number
  readonly pue: number
  readonly yuanPerKwh: number
  /** maintenance, staff, software and rent as a share of capex and year */
  readonly fixedOpexShare: number
  /** further yearly costs, yuan */
  readonly otherOpexYuan: number
  /** surcharges on revenue, 0 to 1 */
  readonly surchargeShare: number
  /** corporate income tax, 0 to 1; losses are carried five years forward (Enterprise Income Tax Law, art. 18) */
  readonly taxRate: number
  /** value left at the end of life as a share of capex */
  readonly residualShare: number
  /** grants, one number a year, yuan; taxed as income */
  readonly subsidyYuan: ArrayLike<number>
  /** share of each year in operation (a late start makes the first ones smaller than 1) */
  readonly operatingShare: ArrayLike<number>
}

export interface YearOfCentre {
  readonly year: number
  readonly revenueYuan: number
  readonly energyYuan: number
  readonly opexYuan: number
  readonly subsidyYuan: number
  readonly taxYuan: number
  /** cash available for debt service: revenue and grants less costs and tax */
  readonly cashYuan: number
}

export const HOURS_PER_YEAR = 8760
const LOSS_YEARS = 5

/** The years 1 to `lifeYears` of a centre. */
export function centreYears(model: CentreModel): YearOfCentre[] {
  const depreciation = (model.capexYuan * (1 - model.residualShare)) / model.lifeYears
  const losses: number[] = []
  return Array.from({ length: model.lifeYears }, (_, index) => {
    const revenueYuan = revenueOf(model, index)
    const energyYuan = energyOf(model, index)
    const subsidyYuan = model.subsidyYuan[index] ?? 0
    const opexYuan =
      energyYuan +
      model.capexYuan * model.fixedOpexShare +
      model.otherOpexYuan +
      revenueYuan * model.surchargeShare
    const profit = revenueYuan + subsidyYuan - opexYuan - depreciation
    const taxYuan = model.taxRate * taxable(profit, losses)
    const cashYuan = revenueYuan + subsidyYuan - opexYuan - taxYuan
    return { year: index + 1, revenueYuan, energyYuan, opexYuan, subsidyYuan, taxYuan, cashYuan }
  })
}

/** Flow 0 is the outlay; the residual value comes with the last year. */
export function freeCashFlows(model: CentreModel): number[] {
  const flows = [-model.capexYuan, ...centreYears(model).map((year) => year.cashYuan)]
  flows[model.lifeYears]! += model.capexYuan * model.residualShare
  return flows
}

/** P_d16·hours sold in each year by a centre of `densePetaflops`. */
export function petaflopHoursSold(model: CentreModel, densePetaflops: number): number[] {
  return Array.from(
    { length: model.lifeYears },
    (_, index) =>
      densePetaflops *
      HOURS_PER_YEAR *
      model.availability *
      model.soldShare[index]! *
      model.operatingShare[index]!,
  )
}

function revenueOf(model: CentreModel, index: number): number {
  return (
    model.fullRevenueYuan *
    model.priceIndex[index]! *
    model.availability *
    model.soldShare[index]! *
    model.operatingShare[index]!
  )
}

/** P_it(u) = P_max·(φ + (1 − φ)·u), times PUE, hours and tariff. */
function energyOf(model: CentreModel, index: number): number {
  const load = model.idleShare + (1 - model.idleShare) * model.soldShare[index]! * model.availability
  return model.fullItKw * load * model.pue * HOURS_PER_YEAR * model.yuanPerKwh * model.operatingShare[index]!
}

/** Uses the oldest losses first; a loss may be used in the five years after its own. */
function taxable(profit: number, losses: number[]): number {
  while (losses.length > LOSS_YEARS) losses.shift()
  if (profit <= 0) {
    losses.push(-profit)
    return 0
  }
  let rest = profit
  for (let index = 0; index < losses.length && rest > 0; index++) {
    const used = Math.min(rest, losses[index]!)
    losses[index]! -= used
    rest -= used
  }
  losses.push(0)
  return rest
}
