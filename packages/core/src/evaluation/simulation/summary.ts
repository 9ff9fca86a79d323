// From draws to what a council reads: medians with 5–95 per cent ranges, the burn curve with the chance that the pool
// is gone by each month, who gets the money, and what changes when one number of the policy does.
import { accept, refuse, type Decision } from '../../refusal.ts'
import { mean, summarise, variance } from '../mathematics/statistics.ts'
import { simulate, type DrawResults, type SimulationInput } from './simulate.ts'
import type { FirmClass } from './schedule.ts'

export interface Range {
  readonly median: number
  readonly p5: number
  readonly p95: number
}

export interface SimulationSummary {
  readonly draws: number
  readonly applications: Range
  readonly vouchers: Range
  /** share of all firms that received a voucher */
  readonly takeUp: Range
  readonly committed: Range
  readonly redeemed: Range
  /** support that paid for spend that would have happened anyway, over all support redeemed */
  readonly deadWeightShare: Range
  readonly additionalSpend: Range
  readonly additionalCompute: Range
  /** additional yuan per yuan redeemed */
  readonly incrementality: Range
  readonly localRevenue: Range
  readonly outsideRevenue: Range
  readonly gini: Range
  /** of 100 vouchers: additional users, would have bought anyway, never used */
  readonly ofHundred: { readonly additional: number; readonly anyway: number; readonly unused: number }
  readonly burn: readonly {
    readonly month: number
    readonly committed: Range
    readonly redeemed: Range
    readonly exhaustedBy: number
    /** P_d16·h that vouchers call up in this month alone */
    readonly compute: Range
  }[]
  /** mean share of money by each attribute of firms */
  readonly moneyBy: Readonly<
    Record<'size' | 'industry' | 'district' | 'ownership', Readonly<Record<string, number>>>
  >
  readonly expectedLoss: Range | null
}

/**
 * @param lossRate the share of money lost to fraud as the random audit puts it; left out while there is none
 */
export function summariseDraws(
  input: SimulationInput,
  parts: readonly DrawResults[],
  lossRate?: number,
): SimulationSummary {
  const column = (name: ColumnName): Float64Array => joined(parts, (part) => part[name])
  const firms = input.population.classOf.length
  const [redeemed, committed, granted] = [column('redeemed'), column('committed'), column('granted')]
  const additional = column('additionalSpend')
  const over = (top: Float64Array, bottom: Float64Array): Float64Array =>
    top.map((value, draw) => (bottom[draw]! > 0 ? value / bottom[draw]! : 0))
  const sum = (values: Float64Array): number => values.reduce((left, right) => left + right, 0)
  const vouchers = Math.max(sum(granted), 1)
  return {
    draws: redeemed.length,
    applications: summarise(column('applied')),
    vouchers: summarise(granted),
    takeUp: summarise(granted.map((count) => count / firms)),
    committed: summarise(committed),
    redeemed: summarise(redeemed),
    deadWeightShare: summarise(over(column('deadWeight'), redeemed)),
    additionalSpend: summarise(additional),
    additionalCompute: summarise(additional.map((spend) => spend / input.pricePerCompute)),
    incrementality: summarise(over(additional, redeemed)),
    localRevenue: summarise(column('localRevenue')),
    outsideRevenue: summarise(column('outsideRevenue')),
    gini: summarise(column('gini')),
    ofHundred: {
      additional: (100 * sum(column('newUsers'))) / vouchers,
      anyway: (100 * sum(column('anywayVouchers'))) / vouchers,
      unused: (100 * sum(column('unusedVouchers'))) / vouchers,
    },
    burn: burnOf(input, parts),
    moneyBy: moneyBy(input, parts),
    expectedLoss: lossRate === undefined ? null : summarise(redeemed.map((amount) => amount * lossRate)),
  }
}

type ColumnName = {
  [Name in keyof DrawResults]: DrawResults[Name] extends Float64Array ? Name : never
}[keyof DrawResults]

function joined(parts: readonly DrawResults[], pick: (part: DrawResults) => Float64Array): Float64Array {
  const ordered = parts.toSorted((a, b) => a.from - b.from)
  return Float64Array.from(ordered.flatMap((part) => Array.from(pick(part))))
}

function burnOf(input: SimulationInput, parts: readonly DrawResults[]): SimulationSummary['burn'] {
  const { months } = input
  const exhausted = joined(parts, (part) => part.exhaustedIn)
  const running = (pick: (part: DrawResults) => Float64Array): Float64Array => {
    const values = joined(parts, pick)
    for (let at = 0; at < values.length; at++) if (at % months > 0) values[at]! += values[at - 1]!
    return values
  }
  const committed = running((part) => part.committedByMonth)
  const redeemed = running((part) => part.redeemedByMonth)
  const spend = joined(parts, (part) => part.spendByMonth)
  return Array.from({ length: months }, (_, month) => ({
    month: month + 1,
    committed: summarise(committed.filter((_, at) => at % months === month)),
    redeemed: summarise(redeemed.filter((_, at) => at % months === month)),
    exhaustedBy: exhausted.filter((value) => value > 0 && value <= month + 1).length / exhausted.length,
    compute: summarise(
      spend.filter((_, at) => at % months === month).map((yuan) => yuan / input.pricePerCompute),
    ),
  }))
}

function moneyBy(input: SimulationInput, parts: readonly DrawResults[]): SimulationSummary['moneyBy'] {
  const { classes } = input.population
  const money = new Float64Array(classes.length)
  joined(parts, (part) => part.redeemedByClass).forEach(
    (amount, at) => (money[at % classes.length]! += amount),
  )
  const total = Math.max(
    money.reduce((sum, amount) => sum + amount, 0),
    Number.MIN_VALUE,
  )
  const by = (attribute: 'size' | 'industry' | 'district' | 'ownership'): Record<string, number> => {
    const shares: Record<string, number> = {}
    classes.forEach((firmClass: FirmClass, index) => {
      shares[firmClass[attribute]] = (shares[firmClass[attribute]] ?? 0) + money[index]! / total
    })
    return shares
  }
  return { size: by('size'), industry: by('industry'), district: by('district'), ownership: by('ownership') }
}

export interface MarginalValue {
  /** additional spend of the variant minus that of the base, draw by draw */
  readonly additionalSpend: Comparison
  readonly redeemed: Comparison
  /** additional yuan per extra yuan redeemed; null when the variant redeems no more */
  readonly perExtraYuan: number | null
  /** mean change of each firm's support, yuan */
  readonly changePerFirm: Float64Array
  readonly winners: number
  readonly losers: number
}

export interface Comparison {
  readonly difference: number
  readonly se: number
}

/** What a change of the policy changes, on the same firms in the same draws. */
export function compareVersions(
  base: DrawResults,
  variant: DrawResults,
): Decision<MarginalValue, 'evaluation.different_draws'> {
  const draws = base.redeemed.length
  if (
    base.from !== variant.from ||
    draws !== variant.redeemed.length ||
    base.perFirm.length !== variant.perFirm.length
  )
    return refuse('evaluation.different_draws', { base: draws, variant: variant.redeemed.length })
  const paired = (pick: (results: DrawResults) => Float64Array): Comparison => {
    const differences = pick(variant).map((value, draw) => value - pick(base)[draw]!)
    return { difference: mean(differences), se: draws > 1 ? Math.sqrt(variance(differences) / draws) : 0 }
  }
  const additionalSpend = paired((results) => results.additionalSpend)
  const redeemed = paired((results) => results.redeemed)
  const changes = variant.perFirm.map((amount, firm) => amount - base.perFirm[firm]!)
  return accept({
    additionalSpend,
    redeemed,
    perExtraYuan: redeemed.difference > 0 ? additionalSpend.difference / redeemed.difference : null,
    changePerFirm: changes,
    winners: changes.filter((change) => change > 1).length,
    losers: changes.filter((change) => change < -1).length,
  })
}

export interface Variant {
  /** what is moved: rate, cap, pool, bonus for small firms … */
  readonly name: string
  /** by how much, in its own unit */
  readonly step: number
  readonly input: SimulationInput
}

export interface MarginalRow {
  readonly name: string
  /** additional yuan and redeemed yuan per unit of the step */
  readonly additionalSpend: Comparison
  readonly redeemed: Comparison
  readonly perExtraYuan: number | null
}

/** What one more unit of each lever of the policy brings, on the same firms in the same draws. */
export function marginalValues(
  base: SimulationInput,
  variants: readonly Variant[],
  draws: number,
): Decision<readonly MarginalRow[], 'evaluation.bad_option' | 'evaluation.different_draws'> {
  const before = simulate(base, 0, draws)
  if (!before.ok) return before
  const rows: MarginalRow[] = []
  for (const { name, step, input } of variants) {
    if (!(Math.abs(step) > 0) || input.seed !== base.seed)
      return refuse('evaluation.bad_option', { option: name, value: step })
    const after = simulate(input, 0, draws)
    if (!after.ok) return after
    const compared = compareVersions(before.value, after.value)
    if (!compared.ok) return compared
    const each = ({ difference, se }: Comparison): Comparison => ({
      difference: difference / step,
      se: se / Math.abs(step),
    })
    const { additionalSpend, redeemed, perExtraYuan } = compared.value
    rows.push({ name, additionalSpend: each(additionalSpend), redeemed: each(redeemed), perExtraYuan })
  }
  return accept(rows)
}

export interface Candidate {
  readonly name: string
  readonly additionalCompute: number
  readonly smeShare: number
}

/** Policies that no other beats on both additional compute and the share of small firms. */
export function efficiencyFrontier(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates
    .filter(
      (one) =>
        !candidates.some(
          (other) =>
            other.additionalCompute >= one.additionalCompute &&
            other.smeShare >= one.smeShare &&
            (other.additionalCompute > one.additionalCompute || other.smeShare > one.smeShare),
        ),
    )
    .toSorted((a, b) => b.additionalCompute - a.additionalCompute)
}

export interface BackTest {
  /** mean of |predicted median − actual| over the actual total */
  readonly meanError: number
  /** share of months whose actual lies within the predicted 5–95 per cent */
  readonly monthsWithin: number
}

/** Predicted against actual burn of a past year; both cumulative by month, in yuan. */
export function backTest(
  burn: SimulationSummary['burn'],
  actualRedeemed: readonly number[],
): Decision<BackTest, 'evaluation.bad_option'> {
  const total = actualRedeemed.at(-1) ?? 0
  if (actualRedeemed.length !== burn.length || !(total > 0) || !actualRedeemed.every(Number.isFinite))
    return refuse('evaluation.bad_option', { option: 'actual', value: actualRedeemed.length })
  const errors = burn.map(({ redeemed }, month) => Math.abs(redeemed.median - actualRedeemed[month]!) / total)
  const within = burn.filter(
    ({ redeemed }, month) => actualRedeemed[month]! >= redeemed.p5 && actualRedeemed[month]! <= redeemed.p95,
  )
  return accept({ meanError: mean(errors), monthsWithin: within.length / burn.length })
}
