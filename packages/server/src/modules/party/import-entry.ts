import type { BodyOf, Routes } from '@suanquan/api'
import type { Day, Instant } from '@suanquan/core/calendar'
import { sizeClassOf } from '@suanquan/core/party'
import type { Transaction } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { timestamp } from '../../database/index.ts'

export type RegisterEntry = BodyOf<Routes['importOrganisations']>['entries'][number]

export interface EntryToImport {
  readonly entry: RegisterEntry
  readonly doubtful: boolean
  readonly source: string
  readonly asOf: Day
  readonly at: Instant
  readonly today: Day
  readonly id: string
  readonly jurisdiction: string
}

/** Stores one register entry unless a newer one is there. */
export async function importEntry(
  tx: Transaction<Tables>,
  imported: EntryToImport,
): Promise<'created' | 'updated' | 'unchanged'> {
  const { entry, asOf } = imported
  const values = valuesOf(imported)
  const doubt = imported.doubtful ? 'check_digit' : 'none'
  const identity = { id: imported.id, credit_code: entry.creditCode, credit_code_doubt: doubt }
  const created = await tx
    .insertInto('organisation')
    .values({ ...identity, ...values })
    .onConflict((conflict) => conflict.column('credit_code').doNothing())
    .executeTakeFirst()
  if (created.numInsertedOrUpdatedRows === 1n) return 'created'
  const known = await tx
    .selectFrom('organisation')
    .select(['id', 'as_of'])
    .where('credit_code', '=', entry.creditCode)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
  if (known.as_of > asOf) return 'unchanged'
  await tx.updateTable('organisation').set(values).where('id', '=', known.id).execute()
  return 'updated'
}

/** Employees, revenue and assets as the size table reads them; null becomes unknown. */
export function sizeOf(
  row: {
    readonly industry: string
    readonly employees: number | null
    readonly revenueFen: bigint | null
    readonly assetsFen: bigint | null
  },
  on: Day,
): { size: string; table: string } {
  const answer = sizeClassOf(
    {
      industry: row.industry,
      ...(row.employees === null ? {} : { employees: row.employees }),
      ...(row.revenueFen === null ? {} : { revenueFen: row.revenueFen }),
      ...(row.assetsFen === null ? {} : { assetsFen: row.assetsFen }),
    },
    on,
  )
  return answer.size === 'unknown'
    ? { size: 'unknown', table: '' }
    : { size: answer.size, table: answer.table }
}

function valuesOf({ entry, source, asOf, at, jurisdiction }: EntryToImport): {
  [
    Column in Exclude<
      keyof Tables['organisation'],
      'id' | 'credit_code' | 'credit_code_doubt' | 'credit_code_evidence' | 'updated_at'
    >
  ]: Tables['organisation'][Column]
} & { updated_at: string } {
  const revenue = entry.revenueFen === null ? null : BigInt(entry.revenueFen)
  const assets = entry.assetsFen === null ? null : BigInt(entry.assetsFen)
  const { size, table } = sizeOf({ ...entry, revenueFen: revenue, assetsFen: assets }, asOf)
  return {
    jurisdiction,
    district: entry.region.startsWith(jurisdiction.slice(0, 4)) ? entry.region : jurisdiction,
    name: entry.name,
    kind: entry.kind,
    independent_legal_person: entry.independentLegalPerson,
    region: entry.region,
    status: entry.status,
    industry: entry.industry,
    employees: entry.employees,
    revenue_fen: revenue,
    assets_fen: assets,
    size_class: size,
    size_table: table,
    established_on: entry.establishedOn,
    dishonest: entry.dishonestWithinThreeYears,
    bank_name: entry.bankName,
    bank_account: entry.bankAccount,
    roles: entry.roles,
    source,
    as_of: asOf,
    updated_at: timestamp(at),
  }
}
