// What a determination needs of a programme and does not depend on the case, worked out once and kept as long as the
// programme: closures of its expressions, the facts that each reads, the parts of its cap accounts that stand fixed.
import { runOf, type Run } from './expression/index.ts'
import type { Award, Cap, Condition, Programme } from './programme.ts'
import { referencesOf } from './references.ts'

/** 申领 a grant, 兑付 a payment */
export type Act = 'grant' | 'payment'

export const COUNTED = { grant: 'granted', payment: 'paid' } as const

export interface PreparedCondition {
  readonly condition: Condition
  readonly run: Run
  /** the facts it reads, sorted */
  readonly reads: readonly string[]
  /** neither its text nor its reason has a place to fill in */
  readonly plain: boolean
}

export interface PreparedCap {
  readonly cap: Cap
  readonly limit: Run
  readonly reading: Run | undefined
  /** whose account it is, where no fact says so */
  readonly fixedSubject: string | undefined
  /** `<jurisdiction>/<programme id>/<cap>/`, in front of every key */
  readonly keyHead: string
}

export interface Prepared {
  readonly conditions: readonly PreparedCondition[]
  readonly caps: readonly PreparedCap[]
}

const known = {
  grant: new WeakMap<Programme, Map<Award, Prepared>>(),
  payment: new WeakMap<Programme, Map<Award, Prepared>>(),
}

/** Conditions and caps of an act on an award, in the order of the programme. */
export function preparedFor(programme: Programme, award: Award, act: Act): Prepared {
  let ofProgramme = known[act].get(programme)
  if (ofProgramme === undefined) known[act].set(programme, (ofProgramme = new Map()))
  let prepared = ofProgramme.get(award)
  if (prepared === undefined) ofProgramme.set(award, (prepared = prepare(programme, award, act)))
  return prepared
}

function prepare(programme: Programme, award: Award, act: Act): Prepared {
  const asked =
    act === 'grant'
      ? [...programme.eligibility, ...award.eligibility]
      : (programme.redemption?.eligibility ?? [])
  return {
    conditions: asked.map((condition) => ({
      condition,
      run: runOf(condition.require),
      reads: [...referencesOf(programme, [condition.require]).facts].sort(),
      plain: ![condition.text, condition.fail].some(({ zh, en }) => `${zh}${en}`.includes('{')),
    })),
    caps: capsOf(award, act).map((cap) => prepareCap(programme, award, cap)),
  }
}

/** The caps of an award through which an act goes. */
export function capsOf(award: Award, act: Act): readonly Cap[] {
  return award.caps.filter((cap) => cap.counts.includes(COUNTED[act]))
}

function prepareCap(programme: Programme, award: Award, cap: Cap): PreparedCap {
  const subjects = cap.subjects.map((subject) => fixedSubject(programme, award, subject))
  const jurisdiction = programme.adoption?.jurisdiction ?? programme.jurisdiction
  return {
    cap,
    limit: runOf(cap.limit),
    reading: cap.reading && runOf(cap.reading),
    fixedSubject: subjects.includes(undefined)
      ? undefined
      : subjects.map((each) => escapeKey(each!)).join('+'),
    keyHead: `${jurisdiction}/${programme.id}/${cap.id}/`,
  }
}

/** A pool belongs to its adoption; the cap of a firm or a contract outlives it, so that a new adoption cannot reset it. */
export function fixedSubject(programme: Programme, award: Award, subject: string): string | undefined {
  const adoption = programme.adoption?.id ?? ''
  if (subject === 'programme') return adoption
  if (subject === 'award') return `${adoption}:${award.id}`
  return subject.startsWith('group:') ? `${adoption}:${subject.slice(6)}` : undefined
}

export function escapeKey(text: string): string {
  return /[%/+]/.test(text) ? text.replace(/[%/+]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`) : text
}
