// Share of firms still alive after some months, when some left the register's view earlier (Kaplan and Meier 1958),
// with Greenwood's variance; the difference of two groups for S17.
import { accept, type Decision } from '../../refusal.ts'
import { tooFew } from '../estimators/codes.ts'
import { estimateOf, type Estimate } from '../estimate.ts'

export interface Lifetime {
  /** months observed */
  readonly months: number
  /** true when the firm closed then, false when it was last seen alive then */
  readonly closed: boolean
}

export interface Survival {
  readonly share: number
  readonly variance: number
}

export function survivalAt(lifetimes: readonly Lifetime[], months: number): Survival {
  const sorted = lifetimes.toSorted((a, b) => a.months - b.months)
  let [share, hazard, at] = [1, 0, 0]
  while (at < sorted.length && sorted[at]!.months <= months) {
    const atRisk = sorted.length - at
    const time = sorted[at]!.months
    let closures = 0
    for (; at < sorted.length && sorted[at]!.months === time; at++) closures += sorted[at]!.closed ? 1 : 0
    share *= 1 - closures / atRisk
    if (closures < atRisk) hazard += closures / (atRisk * (atRisk - closures))
  }
  return { share, variance: share * share * hazard }
}

/** Survival of the treated minus survival of the controls after a number of months. */
export function survivalDifference(
  treated: readonly Lifetime[],
  controls: readonly Lifetime[],
  months: number,
): Decision<Estimate, 'evaluation.too_few'> {
  if (treated.length < 5) return tooFew('treated', treated.length, 5)
  if (controls.length < 5) return tooFew('control', controls.length, 5)
  const [one, other] = [survivalAt(treated, months), survivalAt(controls, months)]
  return accept(estimateOf(one.share - other.share, Math.sqrt(one.variance + other.variance)))
}
