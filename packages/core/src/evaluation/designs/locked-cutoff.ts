// A score cut-off that can be evaluated later: score and threshold are locked before applications open, an override
// needs two people and a reason and is kept as an override, and a report says how the design has fared (after the
// failures found in China's Innofund: missing scores, firms funded below the standard).
import type { Instant } from '../../calendar/index.ts'
import { canonicalBytes, hex, type Hash } from '../../canonical.ts'
import { accept, refuse, type Decision } from '../../refusal.ts'
import { densityTest, type DensityTest } from '../estimators/density.ts'
import { differenceInMeans } from '../estimators/lottery.ts'

export interface CutoffRule {
  readonly programme: string
  /** what the score is made of, as published */
  readonly score: string
  readonly threshold: number
  readonly opensAt: Instant
}

export interface LockedCutoff extends CutoffRule {
  readonly lockedAt: Instant
  /** to be published: any later change of rule or threshold changes it */
  readonly lockHash: string
}

/** @returns `evaluation.locked_too_late` when applications are already open, `evaluation.bad_option` */
export function lockCutoff(
  rule: CutoffRule,
  lockedAt: Instant,
  hash: Hash,
): Decision<LockedCutoff, 'evaluation.locked_too_late' | 'evaluation.bad_option'> {
  if (lockedAt >= rule.opensAt) return refuse('evaluation.locked_too_late', { programme: rule.programme })
  if (!Number.isFinite(rule.threshold))
    return refuse('evaluation.bad_option', { option: 'threshold', value: String(rule.threshold) })
  const fields = [rule.programme, rule.score, String(rule.threshold), rule.opensAt, lockedAt]
  return accept({ ...rule, lockedAt, lockHash: hex(hash(canonicalBytes(fields))) })
}

export interface Override {
  readonly select: boolean
  readonly signedBy: readonly string[]
  readonly reason: string
}

export interface CutoffDecision {
  readonly id: string
  /** null when there is none */
  readonly score: number | null
  readonly selected: boolean
  /** what the rule alone would have said; a missing score selects nobody */
  readonly byRule: boolean
  readonly override: Override | null
}

/** @returns `evaluation.override_unsigned` without two different people and a reason */
export function decideByCutoff(
  rule: LockedCutoff,
  scored: { readonly id: string; readonly score: number | null },
  override?: Override,
): Decision<CutoffDecision, 'evaluation.override_unsigned'> {
  const byRule = scored.score !== null && scored.score >= rule.threshold
  if (override === undefined || override.select === byRule)
    return accept({ ...scored, selected: byRule, byRule, override: null })
  const people = new Set(override.signedBy.map((name) => name.trim()).filter((name) => name !== ''))
  if (people.size < 2 || override.reason.trim() === '')
    return refuse('evaluation.override_unsigned', { id: scored.id, signatures: people.size })
  return accept({ ...scored, selected: override.select, byRule, override })
}

export interface CutoffReport {
  /** fuzzy as soon as one decision did not follow the score */
  readonly design: 'sharp' | 'fuzzy'
  readonly decisions: number
  readonly overrides: number
  readonly selectedBelow: number
  readonly rejectedAbove: number
  readonly missingScores: number
  /** are scores missing more often among the selected? null when there are too few to tell */
  readonly missingAmongSelected: { readonly difference: number; readonly pValue: number } | null
  /** did scores heap on one side? null when there are too few to tell */
  readonly manipulation: DensityTest | null
  /** rows within one point of the threshold, which the donut estimate leaves out */
  readonly withinOnePoint: number
}

export function reportCutoff(rule: LockedCutoff, decisions: readonly CutoffDecision[]): CutoffReport {
  const scored = decisions.filter(({ score }) => score !== null)
  const overrides = decisions.filter(({ override }) => override !== null)
  const missing = differenceInMeans({
    outcome: Float64Array.from(decisions, ({ score }) => (score === null ? 1 : 0)),
    treated: Float64Array.from(decisions, ({ selected }) => (selected ? 1 : 0)),
  })
  const density = densityTest(
    Float64Array.from(scored, ({ score }) => score!),
    rule.threshold,
  )
  return {
    design: overrides.length > 0 ? 'fuzzy' : 'sharp',
    decisions: decisions.length,
    overrides: overrides.length,
    selectedBelow: overrides.filter(({ selected }) => selected).length,
    rejectedAbove: overrides.filter(({ selected }) => !selected).length,
    missingScores: decisions.length - scored.length,
    missingAmongSelected: missing.ok
      ? { difference: missing.value.estimate, pValue: missing.value.pValue }
      : null,
    manipulation: density.ok ? density.value : null,
    withinOnePoint: scored.filter(({ score }) => Math.abs(score! - rule.threshold) < 1).length,
  }
}
