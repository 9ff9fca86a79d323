// What a pilot can see before it starts: the smallest effect it would find with the stated power (Bloom 1995). Printed
// before launch, so that a pilot too small to see anything is not later read as "no effect".
import { accept, refuse, type Decision } from '../../refusal.ts'
import { normalQuantile } from '../mathematics/distributions.ts'

export interface PowerPlan {
  /** standard deviation of the outcome, in its unit */
  readonly deviation: number
  /** share of the outcome's variance that is known before (R²), 0 to below 1 */
  readonly explained?: number
  /** share of the units that are treated */
  readonly treatedShare: number
  /** units per cluster and their intra-cluster correlation, when whole clusters are drawn */
  readonly clusterSize?: number
  readonly intraCluster?: number
  readonly power?: number
  readonly level?: number
}

type PowerCode = 'evaluation.bad_option'

/** (z₁₋α/₂ + z_power) · σ · √(1 / (n p (1 − p))) · √(1 − R²) · √(1 + (m − 1) ρ), in the unit of the outcome. */
export function minimumDetectableEffect(plan: PowerPlan, units: number): Decision<number, PowerCode> {
  const checked = factorOf(plan)
  if (!checked.ok) return checked
  if (!(units >= 4 && units < Infinity))
    return refuse('evaluation.bad_option', { option: 'units', value: units })
  return accept(checked.value / Math.sqrt(units))
}

/** The number of units needed to see an effect of the given size. */
export function unitsNeeded(plan: PowerPlan, effect: number): Decision<number, PowerCode> {
  const checked = factorOf(plan)
  if (!checked.ok) return checked
  if (!(Math.abs(effect) > 0 && Math.abs(effect) < Infinity))
    return refuse('evaluation.bad_option', { option: 'effect', value: effect })
  const root = checked.value / effect
  const needed = Math.ceil(root * root)
  return Number.isSafeInteger(needed)
    ? accept(needed)
    : refuse('evaluation.bad_option', { option: 'effect', value: effect })
}

function factorOf(plan: PowerPlan): Decision<number, PowerCode> {
  const { deviation, treatedShare, explained = 0, power = 0.8, level = 0.05 } = plan
  const { clusterSize = 1, intraCluster = 0 } = plan
  const inside = (value: number, low: number, high: number): boolean => value >= low && value <= high
  const options: readonly [string, number, boolean][] = [
    ['deviation', deviation, deviation > 0 && deviation < Infinity],
    ['treatedShare', treatedShare, inside(treatedShare, 0.001, 0.999)],
    ['explained', explained, explained >= 0 && explained < 1],
    ['power', power, inside(power, 0.5, 0.999)],
    ['level', level, inside(level, 0.001, 0.2)],
    ['clusterSize', clusterSize, clusterSize >= 1 && clusterSize < Infinity],
    ['intraCluster', intraCluster, inside(intraCluster, 0, 1)],
  ]
  const bad = options.find(([, , fits]) => !fits)
  if (bad) return refuse('evaluation.bad_option', { option: bad[0], value: bad[1] })
  const reach = normalQuantile(1 - level / 2) + normalQuantile(power)
  const noise = (1 - explained) * (1 + (clusterSize - 1) * intraCluster)
  return accept((reach * deviation * Math.sqrt(noise)) / Math.sqrt(treatedShare * (1 - treatedShare)))
}
