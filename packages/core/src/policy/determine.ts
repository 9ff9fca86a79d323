// Determination (测算): a pure function of a programme, facts and balances. Every condition is looked at and every
// reason given; unknown stays unknown with the facts that would settle it. A bare programme can be tried, only an
// adopted one decides.
import { isDay, type Day } from '../calendar/index.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { accountOf, awardNamed } from './caps.ts'
import type {
  Balances,
  ConditionFinding,
  Determination,
  Facts,
  Headroom,
  Outcome,
  Verdict,
} from './determination.ts'
import { readFacts } from './fact-values.ts'
import { preparedFor, type Act } from './prepared.ts'
import type { Award, Programme } from './programme.ts'
import {
  addBase,
  addCap,
  addLegs,
  addLimit,
  addRate,
  addRounding,
  openReceipt,
  totalOf,
  type Receipt,
} from './receipt.ts'
import { findCondition, governedBy, openSession, verdictOf, type Session } from './session.ts'

export interface DeterminationInput {
  readonly facts: Facts
  /** what was already used, by cap and counter; a cap without a balance counts as unused and says so */
  readonly balances: Balances
  /** the day of issue or payment, which picks the calendar year of the caps; by default the governing day */
  readonly on?: Day
  /** needed when the programme has more than one award */
  readonly award?: string
}

export type DeterminationRefusal =
  | 'policy.facts_not_valid'
  | 'policy.award_not_named'
  | 'policy.not_a_date'
  | 'policy.no_redemption'

/** What may be granted (申领): conditions, base, rate, rounding, caps and the ceiling. */
export function determine(
  programme: Programme,
  input: DeterminationInput,
): Decision<Determination, DeterminationRefusal> {
  return prepare(programme, input, (session, award, on) => {
    const prepared = preparedFor(programme, award, 'grant')
    const conditions = prepared.conditions.map((item) => findCondition(session, item))
    const receipt = openReceipt(session)
    addBase(receipt, award.base)
    if (award.rate) addRate(receipt, award.rate)
    addRounding(receipt, award.round, 'amount')
    for (const item of prepared.caps) {
      const found = accountOf(session, award, item, { act: 'grant', on })
      addCap(receipt, item.cap, { found, balances: input.balances, round: award.round })
    }
    return concluded({ act: 'grant', award, session, conditions, receipt })
  })
}

/**
 * What may be paid on a claim (兑付): the least of the legs, at the rate, within the voucher and the paid counters.
 * The conditions of the grant are not asked again; those of the redemption are.
 */
export function determineRedemption(
  programme: Programme,
  input: DeterminationInput,
): Decision<Determination, DeterminationRefusal> {
  const { redemption } = programme
  if (!redemption) return refuse('policy.no_redemption', { programme: programme.id })
  return prepare(programme, input, (session, award, on) => {
    const prepared = preparedFor(programme, award, 'payment')
    const conditions = prepared.conditions.map((item) => findCondition(session, item))
    const receipt = openReceipt(session)
    addLegs(receipt, redemption.legs)
    addRate(receipt, redemption.rate)
    addRounding(receipt, redemption.round, 'amount')
    for (const limit of redemption.within) addLimit(receipt, limit)
    for (const item of prepared.caps) {
      const found = accountOf(session, award, item, { act: 'payment', on })
      addCap(receipt, item.cap, { found, balances: input.balances, round: redemption.round })
    }
    const leftOut = redemption.leftOut.map(({ id, text, cite }) =>
      cite === undefined ? { id, text } : { id, text, cite },
    )
    return { ...concluded({ act: 'payment', award, session, conditions, receipt }), leftOut }
  })
}

function prepare(
  programme: Programme,
  input: DeterminationInput,
  next: (session: Session, award: Award, on: Day) => Determination,
): Decision<Determination, DeterminationRefusal> {
  const { facts, problems } = readFacts(programme.facts, input.facts)
  if (problems.length > 0) {
    const wrong = problems.map((item) => item.fact)
    return refuse('policy.facts_not_valid', { facts: wrong, codes: problems.map((item) => item.code) })
  }
  if (input.on !== undefined && !isDay(input.on)) return refuse('policy.not_a_date', { text: input.on })
  const award = awardNamed(programme.awards, input.award)
  if (!award) return refuse('policy.award_not_named', { awards: programme.awards.map((item) => item.id) })
  const session = openSession(programme, facts)
  return accept(next(session, award, input.on ?? session.governingOn ?? programme.governs.from))
}

interface Conclusion {
  readonly act: Act
  readonly award: Award
  readonly session: Session
  readonly conditions: readonly ConditionFinding[]
  readonly receipt: Receipt
}

function concluded({ act, award, session, conditions, receipt }: Conclusion): Determination {
  const { programme } = session
  const governed = governedBy(session)
  const eligible = governed.verdict === false ? false : verdictOf(conditions)
  const total = totalOf(receipt)
  const outcome = outcomeOf(governed.verdict, eligible, receipt, total)
  const ceilingFen =
    outcome === 'not_governed' || outcome === 'not_eligible' ? 0n : outcome === 'unknown' ? null : total
  const supported = ceilingFen !== null && ceilingFen > 0n
  const headrooms = receipt.headrooms.map(({ account, used, balanceKnown, headroom }): Headroom => {
    const take = account.measure === 'count' ? 1n : (ceilingFen ?? 0n)
    return { account, used, balanceKnown, headroom, take: supported ? take : 0n }
  })
  return {
    kind: act,
    programme: { id: programme.id, version: programme.version },
    award: award.id,
    authority: programme.adoption?.authority ?? null,
    decides: programme.adoption !== undefined && outcome !== 'unknown',
    governed,
    eligible,
    outcome,
    conditions,
    failed: conditions.filter((item) => item.verdict === false).map((item) => item.id),
    steps: receipt.steps,
    rateCase: receipt.rateCase,
    ceilingFen,
    binding: receipt.binding,
    headrooms,
    needed:
      outcome === 'not_governed' || outcome === 'not_eligible' ? [] : neededBy(session, conditions, receipt),
    leftOut: [],
  }
}

function outcomeOf(governed: Verdict, eligible: Verdict, receipt: Receipt, total: bigint | null): Outcome {
  if (governed === false) return 'not_governed'
  if (eligible === false) return 'not_eligible'
  if (governed === 'unknown' || eligible === 'unknown' || total === null) return 'unknown'
  const openCap = receipt.steps.some((step) => step.kind === 'cap' && step.limit === null)
  if (total === 0n) return 'exhausted'
  return openCap && receipt.session.programme.adoption ? 'unknown' : 'supported'
}

function neededBy(session: Session, conditions: readonly ConditionFinding[], receipt: Receipt): string[] {
  const { by } = session.programme.governs
  const names = new Set(receipt.needed)
  if (session.governingOn === undefined) names.add(by)
  for (const { needed } of conditions) for (const name of needed) names.add(name)
  return [...names].sort()
}
