// The permission table applied to rows: which rows a person may see for an action, and whether one row is covered.
import { permits, scopeOf, type Action } from '@suanquan/api'
import { refuse, type Refusal } from '@suanquan/core'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { Person } from '../http/world.ts'
import { personsBehind } from './acting.ts'

export interface RowPlace {
  readonly jurisdiction: string
  readonly district: string
  /** none: a thing of the city rather than of somebody in it */
  readonly organisationIds?: readonly string[]
  /** the person asked is invited to judge it */
  readonly invited?: boolean
}

/** True when one of the person's grants covers the row. */
export function mayTouch(person: Person | null, action: Action, row: RowPlace): boolean {
  if (person === null) return false
  return permits(action, person.grants, { ...row, organisationIds: row.organisationIds ?? [] })
}

/** A draft is its firm's own: the offices see an application from its submission on. */
export function mayRead(person: Person | null, row: RowPlace & { readonly state: string }): boolean {
  return (
    mayTouch(person, 'application.read', row) &&
    (row.state !== 'draft' || mayTouch(person, 'application.draft', row))
  )
}

/** Whoever acts for an organisation decides nothing about it, whatever other role the same person has. */
async function actsFor(
  db: Kysely<Tables>,
  people: readonly string[],
  organisationId: string,
): Promise<boolean> {
  const held = await db
    .selectFrom('role_grant')
    .select('id')
    .where('person_id', 'in', people)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  return held !== undefined
}

/**
 * Whether the person, or anybody whose duty the person may be doing, acted on the case for the office, or had it done.
 * @param events only these acts; all when left out
 */
export async function hadPart(
  db: Kysely<Tables>,
  person: Person,
  objectId: string,
  events?: readonly string[],
): Promise<boolean> {
  const people = personsBehind(person)
  let acts = db
    .selectFrom('workflow_event')
    .select('id')
    .where('object_id', '=', objectId)
    .where('actor_role', 'in', ['reviewer', 'district_reviewer', 'city_reviewer', 'finance'])
    .where((eb) => eb.or([eb('actor_id', 'in', people), eb('for_person', 'in', people)]))
  if (events !== undefined) acts = acts.where('event', 'in', events)
  return (await acts.executeTakeFirst()) !== undefined
}

/** 回避: whoever acts for the organisation, or has declared a conflict about it or the case, does not decide; nor does
 * anybody in the name of such a person. */
export async function mustStandAside(
  db: Kysely<Tables>,
  person: Person | null,
  organisationId: string,
  objectIds: readonly string[] = [],
): Promise<boolean> {
  if (person === null) return true
  const people = personsBehind(person)
  if (await actsFor(db, people, organisationId)) return true
  const declared = await db
    .selectFrom('conflict_declaration')
    .select('id')
    .where('person_id', 'in', people)
    .where('object_id', 'in', [organisationId, ...objectIds])
    .executeTakeFirst()
  return declared !== undefined
}

/** A condition for what belongs to the person alone: theirs, of a jurisdiction where they have a role. */
export function ownRows(person: Person, table: string): RawBuilder<boolean> {
  const sites = [...new Set(person.grants.map(({ jurisdiction }) => jurisdiction))]
  return sql<boolean>`(${sql.ref(`${table}.person_id`)} = ${person.id}
    and ${sql.ref(`${table}.jurisdiction`)} = any(${sites}::text[]))`
}

export const forbidden = (action: Action): ReturnType<typeof refuse<'request.forbidden'>> =>
  refuse('request.forbidden', { action })

/**
 * The refusal of an object that the person's grants do not cover. The trail keeps that it was asked for; the person is
 * told the same as of an object that does not exist (`answered`), so that nobody learns what is there.
 * @param what the word that `notFound` says of this kind
 */
export const outOfScope = (action: Action, what: string): ReturnType<typeof refuse<'request.forbidden'>> =>
  refuse('request.forbidden', { action, what })

/** A refusal as it leaves the house: what lies outside a person's scope was not found. */
export function answered(refusal: Refusal): Refusal {
  const { what } = refusal.params
  if (refusal.code !== 'request.forbidden' || what === undefined) return refusal
  return { code: 'request.not_found', params: { what } }
}

export const notFound = (what: string): ReturnType<typeof refuse<'request.not_found'>> =>
  refuse('request.not_found', { what })

/**
 * A condition for the rows of a list: the same rule as `mayTouch`, in SQL.
 * @param table the alias whose jurisdiction and district count
 * @param organisations the columns with the organisations the row belongs to
 */
export function visibleRows(
  person: Person,
  action: Action,
  table: string,
  ...organisations: readonly string[]
): RawBuilder<boolean> {
  const parts = person.grants.flatMap((grant) => {
    const scope = scopeOf(action, grant.role)
    if (scope === undefined) return []
    const here = sql`${sql.ref(`${table}.jurisdiction`)} = ${grant.jurisdiction}`
    if (scope === 'all' || (scope === 'district' && grant.district === null)) return [here]
    if (scope === 'district') return [sql`${here} and ${sql.ref(`${table}.district`)} = ${grant.district}`]
    if (grant.organisationId === null) return []
    return organisations.map((column) => sql`${here} and ${sql.ref(column)} = ${grant.organisationId}`)
  })
  if (parts.length === 0) return sql<boolean>`false`
  return sql<boolean>`(${sql.join(parts, sql` or `)})`
}
