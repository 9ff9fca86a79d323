// Caps as accounts: which counter of whom and when a grant (申领) or a payment (兑付) goes through, and what is left.
// Under the reading `each_of` each counter has the limit for itself; under `joint` one counter takes both.
import { yearOf, type Day } from '../calendar/index.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import type { Balances, CapAccount, Facts, Headroom } from './determination.ts'
import { readFacts } from './fact-values.ts'
import { isOpen, merge, missing, openEnds, type Outcome } from './expression/index.ts'
import type { AdoptedProgramme, Award, Cap, Counter } from './programme.ts'
import { openSession, type Session } from './session.ts'

export type Act = 'grant' | 'payment'

const COUNTED = { grant: 'granted', payment: 'paid' } as const

/** The account of a cap for an act; `open` when a fact or an answer it needs is missing. */
export type CapFound = { readonly account: CapAccount } | { readonly open: Outcome }

/** The caps of an award through which an act goes. */
export function capsOf(award: Award, act: Act): readonly Cap[] {
  return award.caps.filter((cap) => cap.counts.includes(COUNTED[act]))
}

/** @param on the day of the act (issue or payment): it picks the calendar year */
export function accountOf(
  session: Session,
  award: Award,
  cap: Cap,
  act: { readonly act: Act; readonly on: Day },
): CapFound {
  const limit = session.evaluate(cap.limit)
  const reading = cap.reading ? session.evaluate(cap.reading) : 'each_of'
  const subject = subjectKeyOf(session, award, cap)
  if (isOpen(limit) || isOpen(reading) || isOpen(subject)) return { open: merge([limit, reading, subject])! }
  const counter: Counter = reading === 'joint' && cap.counts.length > 1 ? 'joint' : COUNTED[act.act]
  const { programme } = session
  const jurisdiction = programme.adoption?.jurisdiction ?? programme.jurisdiction
  const { id, measure, subjects } = cap
  const subjectKey = subject as string
  const periodKey = cap.period === 'calendar_year' ? String(yearOf(act.on)) : ''
  const key = `${jurisdiction}/${programme.id}/${id}/${counter}/${subjectKey}/${periodKey}`
  const account = { cap: id, counter, measure, subjects, subjectKey, periodKey, key, limit: limit as bigint }
  return { account }
}

/** A pool belongs to its adoption; the cap of a firm or a contract outlives it, so that a new adoption cannot reset it. */
function subjectKeyOf(session: Session, award: Award, cap: Cap): Outcome {
  const values = cap.subjects.map((subject) => subjectOf(session, award, subject))
  return values.some(isOpen) ? merge(values)! : values.map((value) => escapeKey(String(value))).join('+')
}

function subjectOf(session: Session, award: Award, subject: string): Outcome {
  const adoption = session.programme.adoption?.id ?? ''
  if (subject === 'programme') return adoption
  if (subject === 'award') return `${adoption}:${award.id}`
  if (subject.startsWith('group:')) return `${adoption}:${subject.slice(6)}`
  return session.facts.get(subject) ?? missing(subject)
}

function escapeKey(text: string): string {
  return !/[%/+]/.test(text) ? text : text.replace(/[%/+]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
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
  const found = capsOf(award, input.act).map((cap) => accountOf(session, award, cap, input))
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
