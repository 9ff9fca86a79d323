// The firms of a city as the simulation knows them: class, what each would spend on compute in a year, and how likely
// it is to use compute at all. From registers and meters where there are any, else from stated priors.
import { seededRandom, type Random } from '../../random.ts'
import { accept, refuse, type Decision } from '../../refusal.ts'
import { mean, variance } from '../mathematics/statistics.ts'
import type { FirmClass } from './schedule.ts'

export interface SimulatedFirm {
  readonly firmClass: FirmClass
  /** median of what it would spend in a year if it uses compute, yuan, and the spread of its logarithm */
  readonly medianSpend: number
  readonly logSpread: number
  /** chance that it uses compute without any support */
  readonly adopts: number
  /** share of its spend that goes to providers in the city */
  readonly localShare: number
  /** for programmes that select by score */
  readonly score: number
}

/** The same in columns. */
export interface Population {
  readonly classes: readonly FirmClass[]
  readonly classOf: Uint16Array
  readonly logMedian: Float64Array
  readonly logSpread: Float64Array
  readonly adopts: Float64Array
  readonly localShare: Float64Array
  readonly score: Float64Array
  /** yuan; schedules are tabulated up to here */
  readonly largestSpend: number
}

/** Spend is cut at this many spreads above the median, so that schedules have an end. */
const CUT_SPREADS = 4

export function populationOf(
  firms: readonly SimulatedFirm[],
): Decision<Population, 'evaluation.bad_firm' | 'evaluation.too_few'> {
  if (firms.length === 0) return refuse('evaluation.too_few', { where: 'firms', found: 0, needed: 1 })
  const isShare = (value: number): boolean => value >= 0 && value <= 1
  const bad = firms.findIndex(
    (firm) =>
      !(firm.medianSpend > 0 && firm.medianSpend < 1e12 && firm.logSpread >= 0 && firm.logSpread <= 5) ||
      !(isShare(firm.adopts) && isShare(firm.localShare) && Number.isFinite(firm.score)),
  )
  if (bad !== -1) return refuse('evaluation.bad_firm', { firm: bad + 1 })
  const codes = new Map<string, number>()
  const classes: FirmClass[] = []
  const classOf = Uint16Array.from(firms, ({ firmClass }) => {
    const key = JSON.stringify([
      firmClass.size,
      firmClass.industry,
      firmClass.district,
      firmClass.ownership,
      firmClass.ageYears,
    ])
    const known = codes.get(key)
    if (known !== undefined) return known
    codes.set(key, classes.length)
    return classes.push(firmClass) - 1
  })
  if (classes.length > 65_535) return refuse('evaluation.bad_firm', { firm: firms.length })
  return accept({
    classes,
    classOf,
    logMedian: Float64Array.from(firms, ({ medianSpend }) => Math.log(medianSpend)),
    logSpread: Float64Array.from(firms, ({ logSpread }) => logSpread),
    adopts: Float64Array.from(firms, ({ adopts }) => adopts),
    localShare: Float64Array.from(firms, ({ localShare }) => localShare),
    score: Float64Array.from(firms, ({ score }) => score),
    largestSpend: firms.reduce(
      (largest, { medianSpend, logSpread }) =>
        Math.max(largest, medianSpend * Math.exp(CUT_SPREADS * logSpread)),
      0,
    ),
  })
}

/** Median and log-spread of metered yearly spends, the lognormal that fits them best; firms with none left out. */
export function fitSpend(
  spends: readonly number[],
): Decision<{ readonly medianSpend: number; readonly logSpread: number }, 'evaluation.too_few'> {
  const logs = spends.filter((spend) => spend > 0 && spend < Infinity).map(Math.log)
  if (logs.length < 5) return refuse('evaluation.too_few', { where: 'spends', found: logs.length, needed: 5 })
  return accept({ medianSpend: Math.exp(mean(logs)), logSpread: Math.sqrt(variance(logs)) })
}

export interface PopulationPriors {
  readonly basis: 'assumed' | 'measured'
  readonly firms: number
  /** for each size: share of firms, median yearly spend of users in yuan, share that use compute */
  readonly sizes: Readonly<Record<string, { share: number; medianSpend: number; adopts: number }>>
  readonly industries: readonly string[]
  readonly districts: readonly string[]
  readonly privateShare: number
  readonly logSpread: number
}

/** A first-year population from stated priors, before any meter has run. */
export function samplePopulation(priors: PopulationPriors, seed: string): readonly SimulatedFirm[] {
  const random = seededRandom(seed)
  const sizes = Object.entries(priors.sizes)
  return Array.from({ length: priors.firms }, () => {
    const [size, of] = pickByShare(sizes, random)
    return {
      firmClass: {
        size,
        industry: random.pick(priors.industries),
        district: random.pick(priors.districts),
        ownership: random.next() < priors.privateShare ? 'private' : 'state',
        ageYears: 1 + random.int(4) * 3,
      },
      medianSpend: of.medianSpend * Math.exp(priors.logSpread * random.normal()),
      logSpread: priors.logSpread / 2,
      adopts: of.adopts,
      localShare: random.next(),
      score: 100 * random.next(),
    }
  })
}

function pickByShare<Item extends { share: number }>(
  items: readonly (readonly [string, Item])[],
  random: Random,
): readonly [string, Item] {
  let rest = random.next() * items.reduce((sum, [, { share }]) => sum + share, 0)
  for (const item of items) {
    rest -= item[1].share
    if (rest < 0) return item
  }
  return items.at(-1)!
}
