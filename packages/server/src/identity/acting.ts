// Who acts, and for whom: a person with an own grant for a row acts for nobody else; without one, for the person whose
// duty was handed over for a time. What is done for somebody says so in the case's own record.
import type { Grant } from '@suanquan/api'
import type { Actor } from '@suanquan/core/application'
import type { Person } from '../http/world.ts'

interface Place {
  readonly jurisdiction: string
  readonly district: string
}

const covers = (grant: Grant, { jurisdiction, district }: Place): boolean =>
  grant.organisationId === null &&
  grant.jurisdiction === jurisdiction &&
  (grant.district === null || grant.district === district)

/** As whom a reviewer or a finance officer may act on a case, the most particular first. */
export function officeActors(person: Person | null, row: Place): readonly Actor[] {
  const grants = (person?.grants ?? []).filter((grant) => covers(grant, row))
  const reviews = grants.filter(({ role }) => role === 'reviewer')
  return [
    ...(reviews.some(({ district }) => district !== null) ? (['district_reviewer'] as const) : []),
    ...(reviews.some(({ district }) => district === null) ? (['city_reviewer'] as const) : []),
    ...(reviews.length > 0 ? (['reviewer'] as const) : []),
    ...(grants.some(({ role }) => role === 'finance') ? (['finance'] as const) : []),
  ]
}

/** The role that a workflow's actor holds, and the district that it must or must not be limited to. */
const GRANT_OF: Readonly<Partial<Record<Actor, (grant: Grant) => boolean>>> = {
  reviewer: ({ role }) => role === 'reviewer',
  district_reviewer: ({ role, district }) => role === 'reviewer' && district !== null,
  city_reviewer: ({ role, district }) => role === 'reviewer' && district === null,
  finance: ({ role }) => role === 'finance',
}

export interface ActedBy {
  readonly actorId: string
  readonly forPersonId: string | null
}

export function actedBy(person: Person, row: Place, actor: Actor): ActedBy {
  const held = person.grants.filter((grant) => covers(grant, row) && GRANT_OF[actor]?.(grant) === true)
  const own = held.length === 0 || held.some(({ forPersonId }) => forPersonId === undefined)
  return { actorId: person.id, forPersonId: own ? null : held[0]!.forPersonId! }
}

/** Four eyes: whether an act is the person's, or of anybody whose duty the person may be doing, in whose name it was done included. */
export function isBehind(person: Person, { actorId, forPersonId }: Partial<ActedBy>): boolean {
  const people = personsBehind(person)
  return [actorId, forPersonId].some((id) => id !== null && id !== undefined && people.includes(id))
}

/** The person and everybody whose duty the person may be doing: a conflict of any of them counts. */
export function personsBehind(person: Person): readonly string[] {
  return [...new Set([person.id, ...person.grants.flatMap(({ forPersonId }) => forPersonId ?? [])])]
}
