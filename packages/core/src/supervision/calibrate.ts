// Expert priors give way to what audits found. A detector's weight becomes the share of audited findings that were fraud
// at its severity: isotonic regression (pool adjacent violators), so that a higher severity never means less. And a
// changed parameter is tried on history before it rules: which findings come, which go, how many honest firms it costs.
import type { Hash } from '../canonical.ts'
import type { Parameters } from './detector.ts'
import { supervise, type Finding } from './supervise.ts'
import type { World } from './world/tables.ts'
import { indexWorld, type WorldIndex } from './world/world-index.ts'

export interface Outcome {
  /** what was predicted, here a severity */
  readonly score: number
  readonly fraud: boolean
  /** inverse of the probability of having been audited */
  readonly weight: number
}

export interface Step {
  /** from this score on */
  readonly from: number
  readonly chance: number
  readonly weight: number
}

/** A non-decreasing step function from score to the chance of fraud. */
export function isotonic(outcomes: readonly Outcome[]): readonly Step[] {
  const steps: { from: number; sum: number; weight: number }[] = []
  for (const { score, fraud, weight } of [...outcomes].sort((a, b) => a.score - b.score)) {
    const last = steps.at(-1)
    if (last?.from === score) {
      last.sum += fraud ? weight : 0
      last.weight += weight
    } else steps.push({ from: score, sum: fraud ? weight : 0, weight })
  }
  const pooled: typeof steps = []
  for (const step of steps) {
    pooled.push({ ...step })
    while (pooled.length > 1) {
      const [before, last] = [pooled.at(-2)!, pooled.at(-1)!]
      if (before.sum / before.weight < last.sum / last.weight) break
      before.sum += last.sum
      before.weight += last.weight
      pooled.pop()
    }
  }
  return pooled.map(({ from, sum, weight }) => ({ from, chance: sum / weight, weight }))
}

/** Weights of the noisy-or from audited vouchers; detectors with fewer audited findings than `least` keep their prior. */
export function calibratedWeights(
  world: WorldIndex,
  findings: readonly Finding[],
  least = 30,
): Record<string, number> {
  const outcomes = new Map<string, { outcome: string; probability: number }>()
  for (const audit of world.rows('audits')) {
    const firm = world.find('vouchers', audit.voucher)?.firm
    if (firm !== undefined && audit.probability > 0) outcomes.set(firm, audit)
  }
  const byDetector = new Map<string, Outcome[]>()
  for (const finding of findings) {
    const audit = finding.firms.map((firm) => outcomes.get(firm)).find((found) => found !== undefined)
    if (audit === undefined) continue
    const known = byDetector.get(finding.detector) ?? []
    known.push({ score: finding.severity, fraud: audit.outcome === 'fraud', weight: 1 / audit.probability })
    byDetector.set(finding.detector, known)
  }
  const weights: Record<string, number> = {}
  for (const [detector, own] of byDetector)
    if (own.length >= least) weights[detector] = Math.min(0.99, isotonic(own).at(-1)!.chance)
  return weights
}

export interface BackTest {
  readonly appeared: readonly string[]
  readonly disappeared: readonly string[]
  /** firms whose band rises or falls, with both bands */
  readonly bands: readonly { readonly firm: string; readonly before: string; readonly after: string }[]
}

/** What other parameters of one detector would have done to a known world. */
export function backTest(
  world: World,
  change: { readonly detector: string; readonly parameters: Parameters },
  hash: Hash,
): BackTest {
  const index = indexWorld(world)
  const before = supervise(index, { hash })
  const after = supervise(index, { hash, parameters: { [change.detector]: change.parameters } })
  const subjects = (findings: readonly Finding[]): Set<string> =>
    new Set(
      findings
        .filter(({ detector }) => detector === change.detector)
        .map(({ subject }) => `${subject.table}/${subject.id}`),
    )
  const [old, now] = [subjects(before.findings), subjects(after.findings)]
  const bandsBefore = new Map(before.firms.map(({ firm, band }) => [firm, band]))
  const bandsAfter = new Map(after.firms.map(({ firm, band }) => [firm, band]))
  const firms = [...new Set([...bandsBefore.keys(), ...bandsAfter.keys()])].sort()
  return {
    appeared: [...now].filter((subject) => !old.has(subject)),
    disappeared: [...old].filter((subject) => !now.has(subject)),
    bands: firms
      .map((firm) => ({
        firm,
        before: bandsBefore.get(firm) ?? 'none',
        after: bandsAfter.get(firm) ?? 'none',
      }))
      .filter(({ before: was, after: is }) => was !== is),
  }
}
