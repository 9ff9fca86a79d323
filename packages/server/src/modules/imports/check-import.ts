// 校验 (the dry run) and 确认: a file is read and planned, and its plan is kept with the bytes under their hash. What is
// confirmed is these bytes on this plan; when what the platform knows has changed since, nothing is taken in.
import { importKinds, type ImportKindName } from '@suanquan/api'
import { accept, refuse, type Decision } from '@suanquan/core'
import type { Instant } from '@suanquan/core/calendar'
import type { Selectable, Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import { readTable, type TableRefusal } from '../../files/tables/index.ts'
import { fileNameOf } from '../../files/file-name.ts'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { planImport, type Plan, type PlannedRow } from './plan.ts'
import { type HeadRefusal, readRows, type ReadTable } from './read-rows.ts'
import { lockImports, takeRows } from './take.ts'
import { checkRows, type KeptRow, viewCheck } from './view.ts'

export type ReadFile = ReadTable & { readonly format: 'csv' | 'xlsx' }

export async function readImportFile(
  kind: ImportKindName,
  bytes: Uint8Array,
): Promise<Decision<ReadFile, TableRefusal | HeadRefusal>> {
  const table = await readTable(bytes)
  if (!table.ok) return table
  const read = readRows(importKinds[kind], table.value)
  return read.ok ? accept({ ...read.value, format: table.value.format }) : read
}

export function checkImport(world: World): Handler<'checkImport'> {
  return {
    kind: 'command',
    run: async ({ query, file, person, at, today }, { tx, newId, touch }) => {
      touch({ kind: 'import', id: null })
      const fileName = fileNameOf(file!.name)
      if (fileName === null) return refuse('attachment.name_refused')
      if (query.asOf > today) return refuse('imports.as_of_future', { asOf: query.asOf })
      const read = await readImportFile(query.kind, file!.bytes)
      if (!read.ok) return read
      await world.files.put(file!.bytes)
      const plan = await planImport(tx, { ...query, rows: read.value.rows })
      const id = newId()
      await storeCheck(tx, world, {
        ...query,
        id,
        fileName,
        format: read.value.format,
        sha256: file!.sha256,
        bytes: file!.bytes.byteLength,
        ignored: read.value.ignored,
        plan,
        by: person!.id,
        at,
      })
      touch({ kind: 'import', id })
      return accept({ subject: id })
    },
    view: async (subject, { db }) =>
      viewCheck(await checkRows(db).where('import_check.id', '=', subject).executeTakeFirstOrThrow()),
  }
}

export interface CheckToStore {
  readonly id: string
  readonly kind: ImportKindName
  readonly source: string
  readonly asOf: string
  readonly fileName: string
  readonly format: string
  readonly sha256: string
  readonly bytes: number
  readonly ignored: readonly string[]
  readonly plan: Plan
  readonly by: string
  readonly at: Instant
}

export async function storeCheck(
  tx: Transaction<Tables>,
  { site }: World,
  check: CheckToStore,
): Promise<void> {
  await tx
    .insertInto('import_check')
    .values({
      id: check.id,
      jurisdiction: site.jurisdiction,
      district: site.jurisdiction,
      kind: check.kind,
      source: check.source,
      as_of: check.asOf,
      file_name: check.fileName,
      format: check.format,
      sha256: check.sha256,
      bytes: check.bytes,
      checked_by: check.by,
      checked_at: timestamp(check.at),
      counts: JSON.stringify(check.plan.counts),
      ignored: JSON.stringify(check.ignored),
      plan_hash: check.plan.hash,
      rows: JSON.stringify(check.plan.rows.map(kept)),
    })
    .execute()
}

/** What is kept of a row: of one that is taken in the values stand in its changes. */
export function kept(row: PlannedRow): KeptRow {
  const { number, outcome, creditCode, name, changes, reasons, organisationId, cells } = row
  return { number, outcome, creditCode, name, changes, reasons, organisationId, cells }
}

export function confirmImport(world: World): Handler<'confirmImport'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, newId, touch }) => {
      touch({ kind: 'import', id: params.id })
      await lockImports(tx)
      const check = await tx
        .selectFrom('import_check')
        .selectAll()
        .where('id', '=', params.id)
        .forUpdate()
        .executeTakeFirst()
      if (!check) return notFound('import')
      if (!mayTouch(person, 'organisation.import', check)) return outOfScope('organisation.import', 'import')
      if (check.taken !== null) return refuse('imports.confirmed')
      const { refused } = check.counts
      if (body.rows === 'all' && refused > 0) return refuse('imports.rows_refused', { count: refused })
      if (refused === Object.values(check.counts).reduce((sum, count) => sum + count, 0))
        return refuse('imports.nothing_good')
      const plan = await planAgain(tx, world, check)
      if (plan.hash !== check.plan_hash) return refuse('imports.base_changed')
      const { kind, source, as_of: asOf } = check
      const { jurisdiction } = world.site
      const taking = {
        importId: check.id,
        kind: kind as ImportKindName,
        source,
        asOf,
        at,
        jurisdiction,
        newId,
      }
      await takeRows(tx, taking, plan.rows)
      await tx
        .updateTable('import_check')
        .set({ taken: body.rows, confirmed_by: person!.id, confirmed_at: timestamp(at) })
        .where('id', '=', check.id)
        .execute()
      return accept({ subject: check.id })
    },
    view: async (subject, { db }) =>
      viewCheck(await checkRows(db).where('import_check.id', '=', subject).executeTakeFirstOrThrow()),
  }
}

/** The plan of the very bytes that were checked, on what is known now. */
async function planAgain(
  tx: Transaction<Tables>,
  world: World,
  check: Pick<Selectable<Tables['import_check']>, 'kind' | 'source' | 'as_of' | 'sha256'>,
): Promise<Plan> {
  const kind = check.kind as ImportKindName
  const read = await readImportFile(kind, await world.files.get(check.sha256))
  if (!read.ok) throw new Error(`a file that was read once can be read again: ${read.refusal.code}`)
  return planImport(tx, { kind, source: check.source, asOf: check.as_of, rows: read.value.rows })
}
