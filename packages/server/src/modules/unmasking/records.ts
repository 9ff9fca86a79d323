// What can be unmasked: where a record stands, who may read it at all, and the personal data that it holds.
import type { Action, AnswerOf, Routes } from '@suanquan/api'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'

export type About = AnswerOf<Routes['unmask']>['about']
export type Value = AnswerOf<Routes['readUnmasked']>['values'][number]

/** Nobody unmasks what they may not read masked. */
export const READ_BY: Readonly<Record<About, Action>> = {
  application: 'application.read',
  claim: 'claim.read',
  objection: 'objection.list',
  organisation: 'organisation.read',
  disbursement: 'disbursement.read',
}

export interface Place {
  readonly jurisdiction: string
  readonly district: string
  readonly organisation_id: string | null
}

export async function placeOf(db: Kysely<Tables>, about: About, id: string): Promise<Place | undefined> {
  if (about === 'organisation') {
    return db
      .selectFrom('organisation')
      .select(['jurisdiction', 'district', 'id as organisation_id'])
      .where('id', '=', id)
      .executeTakeFirst()
  }
  if (about === 'disbursement') {
    const row = await db
      .selectFrom('disbursement')
      .select(['jurisdiction', 'district'])
      .where('id', '=', id)
      .executeTakeFirst()
    return row && { ...row, organisation_id: null }
  }
  if (about === 'objection') {
    return db
      .selectFrom('objection')
      .innerJoin('application', 'application.id', 'objection.application_id')
      .select(['objection.jurisdiction', 'objection.district', 'application.organisation_id'])
      .where('objection.id', '=', id)
      .executeTakeFirst()
  }
  const row = await db
    .selectFrom(about)
    .select(['jurisdiction', 'district', 'organisation_id', 'state'])
    .where('id', '=', id)
    .executeTakeFirst()
  // a draft is its firm's own, and firms unmask nothing
  return row?.state === 'draft' ? undefined : row
}

export async function valuesOf(db: Kysely<Tables>, about: About, id: string): Promise<Value[]> {
  if (about === 'objection') {
    const row = await db.selectFrom('objection').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    return [
      { field: 'contact_name', of: null, value: row.contact_name },
      { field: 'contact_phone', of: null, value: row.contact_phone },
    ]
  }
  if (about === 'organisation') {
    const { bank_account: account } = await db
      .selectFrom('organisation')
      .select('bank_account')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return account === null ? [] : [{ field: 'bank_account', of: null, value: account }]
  }
  if (about === 'disbursement') {
    const lines = await db
      .selectFrom('disbursement_line')
      .select(['payee_name', 'bank_account'])
      .where('disbursement_id', '=', id)
      .orderBy('payee_name')
      .execute()
    return lines.map((line) => ({ field: 'bank_account', of: line.payee_name, value: line.bank_account }))
  }
  const actors = await db
    .selectFrom('workflow_event')
    .innerJoin('person', 'person.id', 'workflow_event.actor_id')
    .select(['actor_role', 'display_name'])
    .distinct()
    .where('object_id', '=', id)
    .orderBy('actor_role')
    .orderBy('display_name')
    .execute()
  return actors.map((actor) => ({ field: 'actor_name', of: actor.actor_role, value: actor.display_name }))
}
