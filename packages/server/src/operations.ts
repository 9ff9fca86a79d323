// What whoever runs the installation may do on the machine itself, without a session: add a person, import a centre's
// accounting. It is written into the trail as done by the operator of the machine.
import { routes, type BodyOf, type Routes } from '@suanquan/api'
import { accept, refuse, type Decision } from '@suanquan/core'
import type { Instant } from '@suanquan/core/calendar'
import { createHash } from 'node:crypto'
import { timestamp, type Database, type Transaction } from './database/index.ts'
import { malformed } from './http/malformed.ts'
import { newUuid } from './identity/ids.ts'
import { exportBundle, type Exported, type ExportOptions } from './modules/audit/index.ts'
import { addPerson, type AddPersonCode } from './modules/identity/index.ts'
import {
  importUsage,
  type ImportCounts,
  type ImportProblem,
  type ImportRefusal,
} from './modules/metering/index.ts'

export interface PersonByOperator {
  readonly jurisdiction: string
  /** as the route `createPerson` takes it */
  readonly person: unknown
  readonly at: Instant
}

/** @returns the enrolment code, shown once */
export async function addPersonByOperator(
  database: Database,
  { jurisdiction, person, at }: PersonByOperator,
): Promise<
  Decision<{ readonly id: string; readonly enrolmentCode: string }, AddPersonCode | 'request.malformed'>
> {
  const body = routes.createPerson.body.safeParse(person)
  if (!body.success) return { ok: false, refusal: malformed('body', body.error) }
  return database.transaction(async (tx) => {
    const added = await addPerson(tx.kysely, newUuid, {
      body: body.data as BodyOf<Routes['createPerson']>,
      jurisdiction,
      grantedBy: null,
      at,
    })
    if (added.ok)
      await trail(tx, { jurisdiction, at, action: 'createPerson', kind: 'person', id: added.value.id })
    return added
  })
}

export interface JoiningByOperator {
  readonly jurisdiction: string
  readonly reason: string
  readonly at: Instant
}

/** Ends the separation of the three administrators (三员分立), with its reason; only on the machine itself. */
export async function joinAdministratorsByOperator(
  database: Database,
  { jurisdiction, reason, at }: JoiningByOperator,
): Promise<Decision<null, 'site.administrators_together' | 'site.reason_needed'>> {
  if (reason.trim().length < 2) return refuse('site.reason_needed')
  return database.transaction<Decision<null, 'site.administrators_together'>>(async (tx) => {
    const ended = await tx.kysely
      .updateTable('site_setting')
      .set({ administrators_apart: false, changed_by: null, changed_at: timestamp(at) })
      .where('jurisdiction', '=', jurisdiction)
      .where('administrators_apart', '=', true)
      .executeTakeFirst()
    if (ended.numUpdatedRows === 0n) return refuse('site.administrators_together')
    const id = newUuid()
    await tx.kysely
      .insertInto('site_event')
      .values({
        id,
        jurisdiction,
        district: jurisdiction,
        at: timestamp(at),
        event: 'administrators_together',
        detail: '{}',
        reason: reason.trim(),
        done_by: null,
      })
      .execute()
    await trail(tx, { jurisdiction, at, action: 'joinAdministrators', kind: 'site', id })
    return accept(null)
  })
}

export interface UsageByOperator {
  readonly providerCreditCode: string
  readonly fileName: string
  readonly bytes: Uint8Array
  readonly at: Instant
}

export interface UsageImported extends ImportCounts {
  readonly id: string
  readonly problems: readonly ImportProblem[]
}

export async function importUsageByOperator(
  database: Database,
  { providerCreditCode, fileName, bytes, at }: UsageByOperator,
): Promise<Decision<UsageImported, ImportRefusal | 'organisation.unknown'>> {
  return database.transaction<Decision<UsageImported, ImportRefusal | 'organisation.unknown'>>(async (tx) => {
    const provider = await tx.kysely
      .selectFrom('organisation')
      .select(['id', 'jurisdiction', 'district'])
      .where('credit_code', '=', providerCreditCode)
      .executeTakeFirst()
    if (!provider) return refuse('organisation.unknown', { creditCode: providerCreditCode })
    const { id: providerId, ...place } = provider
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const file = { id: newUuid(), providerId, place, fileName, bytes, sha256, importedBy: null, at }
    const imported = await importUsage(tx.kysely, newUuid, file)
    if (!imported.ok) return imported
    const { jurisdiction } = place
    await trail(tx, { jurisdiction, at, action: 'importUsage', kind: 'usage_import', id: imported.value })
    const row = await tx.kysely
      .selectFrom('usage_import')
      .select(['counts', 'problems'])
      .where('id', '=', imported.value)
      .executeTakeFirstOrThrow()
    const counts = row.counts as unknown as ImportCounts
    return accept({ ...counts, id: imported.value, problems: row.problems as unknown as ImportProblem[] })
  })
}

export interface ExportByOperator extends ExportOptions {
  readonly jurisdiction: string
}

/** Writes the bundle of an audit; that it was made, and why names were wanted, is kept before the first file is written. */
export async function exportByOperator(
  database: Database,
  { jurisdiction, ...options }: ExportByOperator,
): Promise<Exported> {
  const { at, personalReason } = options
  const id = newUuid()
  await database.transaction(async (tx) => {
    await tx.kysely
      .insertInto('site_event')
      .values({
        id,
        jurisdiction,
        district: jurisdiction,
        at: timestamp(at),
        event: 'audit_exported',
        detail: JSON.stringify({ personal: personalReason !== null }),
        reason: personalReason ?? '',
        done_by: null,
      })
      .execute()
    await trail(tx, { jurisdiction, at, action: 'exportAudit', kind: 'site', id })
  })
  return exportBundle(database, options)
}

interface Trail {
  readonly jurisdiction: string
  readonly at: Instant
  readonly action: string
  readonly kind: string
  readonly id: string
}

async function trail(tx: Transaction, { jurisdiction, at, action, kind, id }: Trail): Promise<void> {
  await tx.kysely
    .insertInto('audit_event')
    .values({
      jurisdiction,
      district: jurisdiction,
      at: timestamp(at),
      person_id: null,
      role: 'operator',
      action,
      reads: false,
      object_kind: kind,
      object_id: id,
      organisation_id: null,
      outcome: 'done',
      request_id: 'command',
    })
    .execute()
}
