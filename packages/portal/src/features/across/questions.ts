// Which facts a firm is asked for across all programmes, and as what: the firm's own once, those of a contract once for
// each offer. Nothing here is sent anywhere.
import { cnVoucherFacts, isAsked, readFacts, type Fact, type FactValue } from '@suanquan/core/policy'
import type { Typed } from '../calculator/rules.ts'

/** A finding about itself that a firm knows before any reviewer. */
const KNOWN_FINDINGS: readonly string[] = ['applicant.one_person_company']

/** Asked first: what most programmes of the country turn on. */
export const FIRST: readonly string[] = [
  'applicant.kind',
  'applicant.region',
  'application.submitted_on',
  'contract.amount',
  'contract.use',
]

/** So many more questions at a time as anybody answers in one go. */
const AT_A_TIME = 8

export function mayBeAsked(path: string): boolean {
  const fact = cnVoucherFacts.facts[path]
  if (fact === undefined) return false
  return isAsked(fact) || KNOWN_FINDINGS.includes(path) || path === 'application.submitted_on'
}

/** What only a reviewer finds is taken as found. */
export function isAssumed({ path, source, type }: Fact): boolean {
  return source === 'reviewer' && type.kind === 'bool' && !KNOWN_FINDINGS.includes(path)
}

export function isOfOffer(path: string): boolean {
  return /^(contract|provider|parties)\./.test(path)
}

/** The facts of what was typed; what is not such a value is left unknown. */
export function factsOf(typed: Typed): Record<string, FactValue> {
  return Object.fromEntries(
    Object.entries(typed).flatMap(([path, value]) => {
      const fact = cnVoucherFacts.facts[path]
      if (fact === undefined || value === '' || value === ' ') return []
      const given = fact.type.kind === 'money' ? BigInt(value) : value
      return readFacts(cnVoucherFacts, { [path]: given }).problems.length > 0 ? [] : [[path, given]]
    }),
  )
}

/**
 * The questions that stand in the form: the first ones, those that have an answer, and the next that matter most.
 * @param matter how many programmes that are still possible wait for each fact
 */
export function shownQuestions(
  matter: Readonly<Record<string, number>>,
  answered: ReadonlySet<string>,
): { readonly facts: readonly Fact[]; readonly more: number } {
  const open = Object.entries(matter)
    .filter(([path]) => !FIRST.includes(path) && !answered.has(path))
    .toSorted(([, one], [, other]) => other - one)
    .map(([path]) => path)
  const shown = new Set([...FIRST, ...answered, ...open.slice(0, AT_A_TIME)])
  const facts = Object.values(cnVoucherFacts.facts).filter(({ path }) => shown.has(path))
  return { facts, more: Math.max(open.length - AT_A_TIME, 0) }
}
