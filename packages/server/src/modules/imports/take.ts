// Takes in the rows of a plan: versions of the register, and the row of each organisation as they now stand.
import type { ImportKindName } from '@suanquan/api'
import { importKinds } from '@suanquan/api'
import type { Day, Instant } from '@suanquan/core/calendar'
import { readCreditCode, type RegisterEntry } from '@suanquan/core/party'
import type { Selectable, Transaction } from 'kysely'
import { sql } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import { projected, registerEntries, storeEntries, type EntryToStore } from '../party/index.ts'
import { isOwnColumn, type PlannedRow, registerOf } from './plan.ts'

export interface Taking {
  readonly importId: string
  readonly kind: ImportKindName
  readonly source: string
  readonly asOf: Day
  readonly at: Instant
  readonly jurisdiction: string
  readonly newId: () => string
}

/** Imports come one after the other: the plan of the second sees what the first stored. */
export async function lockImports(tx: Transaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(tx)
}

const IMPORT_LOCK = 7_278_263n

export async function takeRows(
  tx: Transaction<Tables>,
  taking: Taking,
  rows: readonly PlannedRow[],
): Promise<void> {
  const changing = rows.filter(({ outcome }) => outcome === 'new' || outcome === 'changed')
  const there = changing.flatMap(({ organisationId }) => organisationId ?? [])
  const known = await registerEntries(tx, there, 'standing')
  const standing = (row: PlannedRow): readonly RegisterEntry[] => known.get(row.organisationId ?? '') ?? []
  const entries = new Map(changing.map((row) => [row, entryOf(taking, row, standing(row))]))
  const created = changing.filter(({ organisationId }) => organisationId === null)
  const ids = await createOrganisations(tx, taking, created, entries)
  for (const row of changing)
    if (row.organisationId !== null)
      await changeOrganisation(tx, taking, row, [...standing(row), entries.get(row)!])
  const idOf = (row: PlannedRow): string => row.organisationId ?? ids.get(row)!
  const places = await placesOf(tx, changing.map(idOf))
  const { importId, at } = taking
  await storeEntries(
    tx,
    changing.map((row): EntryToStore => {
      const organisationId = idOf(row)
      return { ...entries.get(row)!, organisationId, ...places.get(organisationId)!, importId, at }
    }),
  )
}

function entryOf(
  { kind, source, asOf, at, newId }: Taking,
  { values }: PlannedRow,
  standing: readonly RegisterEntry[],
): RegisterEntry {
  const fields = importKinds[kind].columns.slice(1).filter(({ id }) => !isOwnColumn(id))
  const facts = Object.fromEntries(fields.map(({ id }) => [id, values[id] ?? null]))
  const register = registerOf(kind)
  const before = standing.find((each) => each.register === register)?.version ?? 0
  return { id: newId(), register, source, asOf, importedAt: at, version: before + 1, facts }
}

async function createOrganisations(
  tx: Transaction<Tables>,
  { at, jurisdiction, newId }: Taking,
  rows: readonly PlannedRow[],
  entries: ReadonlyMap<PlannedRow, RegisterEntry>,
): Promise<ReadonlyMap<PlannedRow, string>> {
  const ids = new Map(rows.map((row) => [row, newId()]))
  for (let from = 0; from < rows.length; from += 500) {
    const values = rows.slice(from, from + 500).map((row) => ({
      id: ids.get(row)!,
      jurisdiction,
      credit_code: String(row.values['creditCode']),
      credit_code_doubt: doubtOf(row),
      ...ownOf(row),
      ...projected([entries.get(row)!], jurisdiction),
      updated_at: timestamp(at),
    }))
    await tx.insertInto('organisation').values(values).execute()
  }
  return ids
}

function doubtOf({ values }: PlannedRow): string {
  const read = readCreditCode(String(values['creditCode']))
  return read.ok && read.value.warnings.length === 0 ? 'none' : 'check_digit'
}

function ownOf({
  values,
}: PlannedRow): Pick<
  Selectable<Tables['organisation']>,
  'bank_name' | 'bank_account' | 'bank_code' | 'roles'
> {
  return {
    bank_name: String(values['bankName'] ?? ''),
    bank_account: values['bankAccount'] === null ? null : String(values['bankAccount']),
    bank_code: (values['bankCode'] ?? null) === null ? null : String(values['bankCode']),
    roles: [...(values['roles'] as readonly string[])],
  }
}

async function changeOrganisation(
  tx: Transaction<Tables>,
  { kind, at, jurisdiction }: Taking,
  row: PlannedRow,
  standing: readonly RegisterEntry[],
): Promise<void> {
  const own = kind === 'organisations' ? ownOf(row) : {}
  await tx
    .updateTable('organisation')
    .set({ ...projected(standing, jurisdiction), ...own, updated_at: timestamp(at) })
    .where('id', '=', row.organisationId!)
    .execute()
}

async function placesOf(
  tx: Transaction<Tables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly jurisdiction: string; readonly district: string }>> {
  const rows = await tx
    .selectFrom('organisation')
    .select(['id', 'jurisdiction', 'district'])
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, jurisdiction, district }) => [id, { jurisdiction, district }]))
}
