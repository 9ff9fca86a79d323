// Loading an application with what belongs to it; the lock is the first thing a command takes.
import type { Way, Workflow } from '@suanquan/core/application'
import { dayOf, type Day } from '@suanquan/core/calendar'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Draft } from './draft.ts'

export type ApplicationRow = Omit<Selectable<Tables['application']>, 'draft' | 'workflow'> & {
  readonly draft: Draft
  readonly workflow: Workflow
}

export async function loadApplication(
  db: Kysely<Tables>,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<ApplicationRow | undefined> {
  let query = db.selectFrom('application').selectAll().where('id', '=', id)
  if (lock === 'lock') query = query.forUpdate()
  return (await query.executeTakeFirst()) as ApplicationRow | undefined
}

/**
 * Decisions that draw on a pool come one after the other: whoever holds this lock sees who waits and what is left, and
 * nobody overtakes. Taken after the application's own lock and before the ledger's.
 */
export async function lockPool(db: Kysely<Tables>, adoptionId: string): Promise<void> {
  await db
    .selectFrom('adoption')
    .select('id')
    .where('id', '=', adoptionId)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

export async function loadOrganisation(
  db: Kysely<Tables>,
  id: string,
): Promise<Selectable<Tables['organisation']>> {
  return db.selectFrom('organisation').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/**
 * Acts that compare what a firm has (its contracts, its invoices) with what it asks for come one after the other: of
 * two at once the second sees the first. Weaker than FOR UPDATE, so that rows which refer to the firm can be added.
 */
export async function lockOrganisation(tx: Transaction<Tables>, id: string): Promise<void> {
  await tx.selectFrom('organisation').select('id').where('id', '=', id).forNoKeyUpdate().execute()
}

/** Who buys and who sells. The applicant is one of them, the draft names the other; null while it names nobody known. */
export interface Parties {
  readonly buyer: Selectable<Tables['organisation']> | null
  readonly provider: Selectable<Tables['organisation']> | null
}

export async function loadParties(
  db: Kysely<Tables>,
  { applicant }: Way,
  organisation: Selectable<Tables['organisation']>,
  { contract: { providerId, buyerCode } }: Draft,
): Promise<Parties> {
  const known = db.selectFrom('organisation').selectAll()
  if (applicant === 'provider') {
    if (buyerCode === undefined) return { buyer: null, provider: organisation }
    const found = await known.where('credit_code', '=', buyerCode).executeTakeFirst()
    const admitted = found !== undefined && found.roles.includes('applicant') && found.id !== organisation.id
    return { buyer: admitted ? found : null, provider: organisation }
  }
  if (providerId === undefined) return { buyer: organisation, provider: null }
  const found = await known.where('id', '=', providerId).executeTakeFirst()
  return { buyer: organisation, provider: found?.roles.includes('provider') === true ? found : null }
}

/**
 * The day on which it was first submitted, or swept: a correction does not move it. Of what was taken over the day on
 * which it was issued elsewhere. Before that, the day given.
 */
export async function submissionDay(
  db: Kysely<Tables>,
  { id }: Pick<ApplicationRow, 'id'>,
  today: Day,
): Promise<Day> {
  const first = await db
    .selectFrom('workflow_event')
    .select(['at', 'detail'])
    .where('object_id', '=', id)
    .where('event', 'in', ['submit', 'sweep', 'take_over'])
    .orderBy('position')
    .executeTakeFirst()
  if (first === undefined) return today
  return (first.detail['issuedOn'] as Day | undefined) ?? dayOf(new Date(first.at).getTime())
}
