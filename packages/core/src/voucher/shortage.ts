// 资金不足时给谁: what falls out when a pool cannot carry all that was approved, rule by rule. Pure: the list, the pool and
// the rule decide, never the order in which the rows come. Together the awards are the pool exactly, or less by a stated
// reason; nobody gets more than what was approved for them.
//   first_come  the earlier complete first, whole amounts; the first that does not fit ends it: nobody overtakes
//   merit       the higher score first, ties by completeness
//   merit_shared the higher score first; those tied where the money ends share what is left in proportion
//   pro_rata    all in proportion to what was approved, by largest remainder; awards below the minimum fall out, the
//               smallest amounts first, of equal ones the later complete
//   lottery     in the order of the draw, whole amounts, without weights
import { assert } from '../assert.ts'
import type { Instant } from '../calendar/index.ts'
import { splitInProportion, type Fen } from '../money/index.ts'

export const shortageRules = ['first_come', 'merit', 'merit_shared', 'pro_rata', 'lottery'] as const

export type ShortageRule = (typeof shortageRules)[number]

export interface Contender {
  /** as it is published; unique in the list */
  readonly number: string
  /** what was approved: the most it can get */
  readonly claimFen: Fen
  readonly completeAt: Instant
  /** higher is better; the same for all where the programme has no order */
  readonly score: number
  /** its place in the draw, from 1; only the lottery reads it */
  readonly drawn: number | null
}

export interface ShortageTerms {
  readonly rule: ShortageRule
  readonly poolFen: Fen
  /** no award in part is smaller; 1 when the programme names none */
  readonly minimumFen: Fen
}

export type AwardReason = 'whole' | 'in_part' | 'pool_used_up' | 'below_minimum'

export interface AwardLine {
  readonly number: string
  /** the place in the order of the rule, from 1 */
  readonly place: number
  readonly claimFen: Fen
  readonly awardFen: Fen
  readonly why: AwardReason
}

export interface ShareOut {
  /** in the order of the rule */
  readonly lines: readonly AwardLine[]
  readonly awardedFen: Fen
  readonly leftFen: Fen
  /** why something is left: all were met, the next did not fit whole, or what was left is below the minimum */
  readonly leftWhy: 'nothing' | 'all_met' | 'next_does_not_fit' | 'below_minimum'
}

export function shareOut(contenders: readonly Contender[], terms: ShortageTerms): ShareOut {
  assert(terms.poolFen >= 0n && terms.minimumFen >= 1n, 'a pool and a minimum are not negative')
  assert(
    contenders.every(({ claimFen }) => claimFen > 0n),
    'whoever contends was approved something',
  )
  const ordered = inOrder(contenders, terms.rule)
  const awards =
    totalOf(ordered) <= terms.poolFen ? ordered.map(({ claimFen }) => claimFen) : shortAwards(ordered, terms)
  const lines = ordered.map(({ number, claimFen }, index): AwardLine => {
    const awardFen = awards[index]!
    const why = awardFen === claimFen ? 'whole' : awardFen > 0n ? 'in_part' : nothingWhy(terms.rule)
    return { number, place: index + 1, claimFen, awardFen, why }
  })
  const awardedFen = awards.reduce((sum, award) => sum + award, 0n)
  const leftFen = terms.poolFen - awardedFen
  return { lines, awardedFen, leftFen, leftWhy: leftWhyOf(lines, leftFen, terms.rule) }
}

function nothingWhy(rule: ShortageRule): AwardReason {
  return rule === 'pro_rata' ? 'below_minimum' : 'pool_used_up'
}

function leftWhyOf(lines: readonly AwardLine[], leftFen: Fen, rule: ShortageRule): ShareOut['leftWhy'] {
  if (leftFen === 0n) return 'nothing'
  if (lines.every(({ why }) => why === 'whole')) return 'all_met'
  return rule === 'pro_rata' || rule === 'merit_shared' ? 'below_minimum' : 'next_does_not_fit'
}

function totalOf(contenders: readonly Contender[]): Fen {
  return contenders.reduce((sum, { claimFen }) => sum + claimFen, 0n)
}

function inOrder(contenders: readonly Contender[], rule: ShortageRule): readonly Contender[] {
  const byTime = (a: Contender, b: Contender): number =>
    a.completeAt - b.completeAt || (a.number < b.number ? -1 : 1)
  if (rule === 'lottery') {
    assert(
      contenders.every(({ drawn }) => drawn !== null),
      'whoever enters a lottery has a place in its draw',
    )
    return [...contenders].sort((a, b) => a.drawn! - b.drawn!)
  }
  const byScore = (a: Contender, b: Contender): number => b.score - a.score || byTime(a, b)
  return [...contenders].sort(rule === 'merit' || rule === 'merit_shared' ? byScore : byTime)
}

function shortAwards(
  ordered: readonly Contender[],
  { rule, poolFen, minimumFen }: ShortageTerms,
): readonly Fen[] {
  if (rule === 'pro_rata') return inProportion(ordered, poolFen, minimumFen)
  return rule === 'merit_shared' ? byGroups(ordered, poolFen, minimumFen) : wholeInTurn(ordered, poolFen)
}

/** Whole amounts in turn; from the first that does not fit nobody gets anything. */
function wholeInTurn(ordered: readonly Contender[], poolFen: Fen): readonly Fen[] {
  let left = poolFen
  let open = true
  return ordered.map(({ claimFen }) => {
    open &&= claimFen <= left
    if (!open) return 0n
    left -= claimFen
    return claimFen
  })
}

/** Score by score; the first group that does not fit whole shares the rest. */
function byGroups(ordered: readonly Contender[], poolFen: Fen, minimumFen: Fen): readonly Fen[] {
  const awards: Fen[] = []
  let left = poolFen
  while (awards.length < ordered.length) {
    const { score } = ordered[awards.length]!
    const group = ordered.slice(awards.length).filter((each) => each.score === score)
    const whole = totalOf(group)
    const shares =
      whole <= left ? group.map(({ claimFen }) => claimFen) : inProportion(group, left, minimumFen)
    awards.push(...shares)
    if (whole > left) break
    left -= whole
  }
  return ordered.map((_, index) => awards[index] ?? 0n)
}

/**
 * The smallest amounts fall out until every share reaches the minimum; the rest share by largest remainder.
 * @param contenders by completeness, as ties of remainders go
 */
function inProportion(contenders: readonly Contender[], poolFen: Fen, minimumFen: Fen): readonly Fen[] {
  const out = fallingOut(contenders, poolFen, minimumFen)
  const weights = contenders.map((each) => (out.has(each) ? 0n : each.claimFen))
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  return total <= poolFen ? weights : splitInProportion(poolFen, weights)
}

function fallingOut(contenders: readonly Contender[], poolFen: Fen, minimumFen: Fen): ReadonlySet<Contender> {
  const out = new Set<Contender>()
  let total = totalOf(contenders)
  const stays = ({ claimFen }: Contender): boolean =>
    total <= poolFen || (poolFen * claimFen) / total >= minimumFen
  if (contenders.every(stays)) return out
  const rising = [...contenders].sort(
    (a, b) =>
      compare(a.claimFen, b.claimFen) || b.completeAt - a.completeAt || (a.number < b.number ? 1 : -1),
  )
  for (const each of rising) {
    if (stays(each)) break
    total -= each.claimFen
    out.add(each)
  }
  return out
}

function compare(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0
}
