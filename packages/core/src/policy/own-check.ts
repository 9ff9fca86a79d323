// What a firm finds out for itself before it applies (政策计算器): which facts a grant of a programme depends on, and what
// the facts it has so far come to. What only a reviewer can find is taken as found, and said so.
import { determine } from './determine.ts'
import type { Determination, Facts } from './determination.ts'
import type { Fact } from './facts.ts'
import type { AdoptedProgramme, Programme } from './programme.ts'
import { expressionsOf, referencesOf } from './references.ts'
import { accept, type Decision } from '../refusal.ts'
import type { Day } from '../calendar/index.ts'
import type { DeterminationRefusal } from './determine.ts'

/** The facts that a grant depends on, in the order of the schema. */
export function grantFacts(programme: Programme): readonly Fact[] {
  const { redemption: _claimsComeLater, ...grant } = programme
  const read = new Set(referencesOf(programme, expressionsOf(grant)).facts).add(programme.governs.by)
  for (const cap of programme.awards.flatMap((award) => award.caps))
    for (const subject of cap.subjects) read.add(subject)
  return Object.values(programme.facts.facts).filter(({ path }) => read.has(path))
}

/** Facts that no firm states about itself: findings, the day of the application, and what only names a cap's subject. */
export function isAsked({ source, path, type }: Fact): boolean {
  return source !== 'reviewer' && path !== 'application.submitted_on' && type.kind !== 'string'
}

export interface OwnCheck {
  /** on what is known */
  readonly determination: Determination
  /** with what a reviewer has to find taken as found; equal when nothing is */
  readonly expected: Determination
  /** what a reviewer still has to find */
  readonly toFind: readonly string[]
}

/**
 * @param facts what the firm knows of itself; nothing is guessed
 * @param on the day on which it would apply
 */
export function ownCheck(
  programme: AdoptedProgramme,
  facts: Facts,
  on: Day,
): Decision<OwnCheck, DeterminationRefusal> {
  const asked = grantFacts(programme)
  const names = asked.filter(({ type }) => type.kind === 'string').map(({ path }) => [path, 'own'])
  const given = { 'application.submitted_on': on, ...(Object.fromEntries(names) as Facts), ...facts }
  const made = determine(programme, { facts: given, balances: {}, on })
  if (!made.ok) return made
  const reviewers = asked.filter(({ source, type }) => source === 'reviewer' && type.kind === 'bool')
  const toFind = reviewers.map(({ path }) => path)
  const found = Object.fromEntries(toFind.map((path) => [path, true]))
  const expected = determine(programme, { facts: { ...found, ...given }, balances: {}, on })
  if (!expected.ok) return expected
  return accept({ determination: made.value, expected: expected.value, toFind })
}
