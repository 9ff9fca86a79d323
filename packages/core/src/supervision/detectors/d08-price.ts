// D08 虚高: what a card-hour costs beside what other providers' customers paid for the same chip and mode in the same
// month. The fit is the median log price of that cell, with few peers shrunk to the median over all time, weight
// n / (n + 8). Flagged when the robust z exceeds 3 and the price exceeds 1.3 × the fit; or when it exceeds 1.1 × the
// provider's own price 90 days before the programme (先涨价后补贴), beyond what the market rose. Where that price is unknown z
// must exceed 3.5; where it is known and was not raised, 4.5.
import { checked, detector, ref, refs, type Clause } from '../detector.ts'
import { median, robustSpread } from '../mathematics/robust.ts'
import { contractsAsked } from '../world/asked.ts'
import type { Row } from '../world/tables.ts'
import { grouped } from '../world/world-index.ts'

const parameters = {
  leastZ: 3,
  leastZWithoutList: 3.5,
  leastZAtListPrice: 4.5,
  leastRatio: 1.3,
  fullWeightPeers: 8,
  leastPeers: 5,
  leastSpread: 0.05,
  leastRise: 1.1,
  doubtOfMarket: 0.25,
  leastDearer: 1.25,
} as const
type Limits = Readonly<Record<keyof typeof parameters, number>>

export const price = detector({
  id: 'D08',
  name: 'price',
  version: 1,
  reach: 'firm',
  needs: ['contracts'],
  parameters,
  weight: 0.5,
  decisive: [],
  detect(world, limits, report) {
    const { fitOf, spread } = world.population(`prices ${JSON.stringify(limits)}`, (all) => {
      const contracts = all.rows('contracts').filter(priced)
      return {
        fitOf: fits(contracts, limits),
        spread: residualSpread(grouped(contracts, cellOf), limits.leastSpread),
      }
    })
    for (const contract of contractsAsked(world).filter(priced)) {
      const fit = fitOf(contract)
      if (fit === undefined) report.undecided(ref('contracts', contract), 'comparable_contracts')
      const rise = risen(contract, fit, limits)
      const clauses = [...rise, ...aboveFit(contract, fit, { spread, risen: rise.length > 0, limits })]
      if (clauses.length === 0) continue
      const excess = Math.max(...clauses.map(({ values }) => Number(values['ratio']))) - 1
      report.suspect({
        subject: ref('contracts', contract),
        firms: [contract.applicant, contract.provider],
        severity: Math.min(1, excess),
        clauses,
        innocent: [
          checked('other_services_bundled', contract.excludedFen > 0),
          checked('scarcity', fit && fit.market > 1.15),
        ],
        clears: ['dated_comparable_contracts', 'split_of_the_lines'],
      })
    }
  },
})

function priced(contract: Row<'contracts'>): boolean {
  return contract.priceFenPerCardHour > 0
}

interface Fit {
  readonly value: number
  /** contracts of other providers in the same month */
  readonly near: number
  /** what the whole market pays now over what it paid over all time: above 1 in scarce months */
  readonly market: number
  readonly peers: readonly Row<'contracts'>[]
}

const chipOf = (contract: Row<'contracts'>): string => `${contract.chip}|${contract.mode}`
const cellOf = (contract: Row<'contracts'>): string => `${chipOf(contract)}|${contract.signedOn.slice(0, 7)}`
const logPrice = (contract: Row<'contracts'>): number => Math.log(contract.priceFenPerCardHour)

/** The fit of a contract: its month's median, shrunk to the chip's median over all time. */
function fits(
  contracts: readonly Row<'contracts'>[],
  limits: Limits,
): (contract: Row<'contracts'>) => Fit | undefined {
  const wide = pools(contracts, chipOf)
  const near = pools(contracts, cellOf)
  return (contract) => {
    const [all, month] = [wide(contract), near(contract)]
    if (all.rows.length < limits.leastPeers) return undefined
    if (month.rows.length === 0) return { value: all.value, market: 1, near: 0, peers: all.rows }
    const weight = month.rows.length / (month.rows.length + limits.fullWeightPeers)
    const value = weight * month.value + (1 - weight) * all.value
    const peers =
      month.rows.length >= limits.leastPeers
        ? month.rows
        : [...month.rows, ...all.rows.slice(0, limits.leastPeers)]
    return { value, market: Math.exp(value - all.value), near: month.rows.length, peers }
  }
}

interface Pool {
  readonly rows: readonly Row<'contracts'>[]
  /** median log price */
  readonly value: number
}

/**
 * The pool that a contract is compared with, each made once. A provider that sells more than a twentieth of it would
 * set its own standard and is left out; the others hardly move a median.
 */
function pools(
  contracts: readonly Row<'contracts'>[],
  keyOf: (contract: Row<'contracts'>) => string,
): (contract: Row<'contracts'>) => Pool {
  const groups = grouped(contracts, keyOf)
  const own = new Map([...grouped(contracts, providerKey)].map(([key, rows]) => [key, rows.length]))
  const kept = new Map<string, Pool>()
  return (contract) => {
    const [key, rows] = [keyOf(contract), groups.get(keyOf(contract)) ?? []]
    const large = (own.get(providerKey(contract)) ?? 0) > rows.length / 20
    const name = large ? providerKey(contract) : key
    let pool = kept.get(name)
    if (pool === undefined) {
      const peers = large ? rows.filter((row) => row.provider !== contract.provider) : rows
      pool = { rows: peers, value: peers.length === 0 ? 0 : median(peers.map(logPrice)) }
      kept.set(name, pool)
    }
    return pool
  }

  function providerKey(contract: Row<'contracts'>): string {
    return `${keyOf(contract)}|${contract.provider}`
  }
}

/** The robust spread of log prices about the median of their cell, over all cells with peers. */
function residualSpread(cells: Map<string, Row<'contracts'>[]>, least: number): number {
  const residuals: number[] = []
  for (const rows of cells.values()) {
    if (rows.length < 5) continue
    const centre = median(rows.map(logPrice))
    for (const row of rows) residuals.push(logPrice(row) - centre)
  }
  return residuals.length === 0 ? least : Math.max(least, robustSpread(residuals, 0))
}

interface Judged {
  readonly spread: number
  readonly risen: boolean
  readonly limits: Limits
}

/** Who was always that dear sells something better: far more is needed than from one who raised the price. */
function aboveFit(
  contract: Row<'contracts'>,
  fit: Fit | undefined,
  { spread, risen, limits }: Judged,
): Clause[] {
  if (fit === undefined) return []
  const residual = logPrice(contract) - fit.value
  // The fit is itself a median, of so many: 1.57 is the variance of a median over that of a mean.
  const z = residual / (spread * Math.sqrt(1 + 1.57 / Math.max(fit.near, 1)))
  const ratio = Math.exp(residual)
  const unlisted = contract.listPriceFen === null ? limits.leastZWithoutList : limits.leastZAtListPrice
  if (z <= (risen ? limits.leastZ : unlisted) || ratio <= limits.leastRatio) return []
  const rows = refs('contracts', [contract, ...fit.peers.slice(0, 5)])
  return [{ code: 'above_comparable', values: { z, ratio, peers: fit.peers.length }, rows }]
}

/** Raised by the provider alone: where the whole market rose, the fit rose too. */
function risen(contract: Row<'contracts'>, fit: Fit | undefined, limits: Limits): Clause[] {
  const { listPriceFen, priceFenPerCardHour } = contract
  if (listPriceFen === null || listPriceFen <= 0 || fit === undefined) return []
  const ratio = priceFenPerCardHour / listPriceFen
  const dearer = Math.exp(logPrice(contract) - fit.value)
  // With few contracts in its month nobody knows how far the whole market rose.
  const doubt = 1 + (limits.doubtOfMarket * limits.fullWeightPeers) / (fit.near + limits.fullWeightPeers)
  if (ratio / Math.max(1, fit.market) <= limits.leastRise * doubt || dearer <= limits.leastDearer) return []
  return [
    {
      code: 'raised_before_subsidy',
      values: { ratio, dearer, listPriceFen },
      rows: [ref('contracts', contract)],
    },
  ]
}
