// Caps as accounts: which counter of whom and when a grant (申领) or a payment (兑付) goes through, and what is left.
// Under the reading `each_of` each counter has the limit for itself; under `joint` one counter takes both.
import { yearOf, type Day } from '../calendar/index.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import type { Balances, CapAccount, Facts, Headroom } from './determination.ts'
import { readFacts } from './fact-values.ts'
import { isOpen, merge, missing, openEnds, type Outcome } from './expression/index.ts'
import { COUNTED, escapeKey, fixedSubject, preparedFor, type Act, type PreparedCap } from './prepared.ts'
import type { AdoptedProgramme, Award, Cap, Counter } from './programme.ts'
import { openSession, type Session } from './session.ts'

/** The account of a cap for an act; `open` when a fact or an answer it needs is missing. */
export type CapFound = { readonly account: CapAccount } | { readonly open: Outcome }

/** @param on the day of the act (issue or payment): it picks the calendar year */
export function accountOf(
  session: Session,
  award: Award,
  prepared: PreparedCap,
  act: { readonly act: Act; readonly on: Day },
): CapFound {
  const { cap, keyHead } = prepared
  const limit = prepared.limit(session.scope)
  const reading = prepared.reading ? prepared.reading(session.scope) : 'each_of'
  const subject = prepared.fixedSubject ?? subjectKeyOf(session, award, cap)
  if (isOpen(limit) || isOpen(reading) || isOpen(subject)) return { open: merge([limit, reading, subject])! }
  const counter: Counter = reading === 'joint' && cap.counts.length > 1 ? 'joint' : COUNTED[act.act]
  const { id, measure, subjects } = cap
  const subjectKey = subject as string
  const periodKey = cap.period === 'calendar_year' ? String(yearOf(act.on)) : ''
  const key = `${keyHead}${counter}/${subjectKey}/${periodKey}`
  const account = { cap: id, counter, measure, subjects, subjectKey, periodKey, key, limit: limit as bigint }
  return { account }
}

function subjectKeyOf(session: Session, award: Award, cap: Cap): Outcome {
  const { programme, facts } = session
  const values = cap.subjects.map(
    (subject): Outcome => fixedSubject(programme, award, subject) ?? facts.get(subject) ?? missing(subject),
  )
  return values.some(isOpen) ? merge(values)! : values.map((value) => escapeKey(String(value))).join('+')
}

/** What is left of an account; never below zero, although a lowered limit may lie under what was used. */
export function headroomOf(account: CapAccount, balances: Balances): Omit<Headroom, 'take'> {
  const used = balances[account.cap]?.[account.counter]
  const left = account.limit - (used ?? 0n)
  return { account, used: used ?? 0n, balanceKnown: used !== undefined, headroom: left > 0n ? left : 0n }
}

export interface CapAccountsInput {
  readonly facts: Facts
  readonly act: Act
  /** the day of issue or of payment */
  readonly on: Day
  readonly award?: string
}

/**
 * The cap accounts that an issue or a payment posts through, in the order of the programme.
 * @returns `policy.facts_not_valid`, `policy.award_not_named`, or `policy.facts_missing` with all that is needed
 */
export function capAccounts(
  programme: AdoptedProgramme,
  input: CapAccountsInput,
): Decision<
  readonly CapAccount[],
  'policy.facts_not_valid' | 'policy.award_not_named' | 'policy.facts_missing'
> {
  const { facts, problems } = readFacts(programme.facts, input.facts)
  if (problems.length > 0)
    return refuse('policy.facts_not_valid', { facts: problems.map((item) => item.fact) })
  const award = awardNamed(programme.awards, input.award)
  if (!award) return refuse('policy.award_not_named', { awards: programme.awards.map((item) => item.id) })
  const session = openSession(programme, facts)
  const { caps } = preparedFor(programme, award, input.act)
  const found = caps.map((cap) => accountOf(session, award, cap, input))
  const open = merge(found.map((item) => ('open' in item ? item.open : true)))
  if (open !== undefined) return refuse('policy.facts_missing', { facts: openEnds(open).needed })
  return accept(found.flatMap((item) => ('account' in item ? [item.account] : [])))
}

export function awardNamed(awards: readonly Award[], id: string | undefined): Award | undefined {
  return id === undefined
    ? awards.length === 1
      ? awards[0]
      : undefined
    : awards.find((award) => award.id === id)
}
