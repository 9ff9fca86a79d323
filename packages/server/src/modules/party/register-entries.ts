// The versions of what registers say, as the database keeps them: only ever added. The row of an organisation holds what
// stands now, for lists and searches; decisions read the versions.
import { assert } from '@suanquan/core'
import type { Day, Instant } from '@suanquan/core/calendar'
import {
  readRegisters,
  registers,
  sizeFromRegisters,
  standingEntries,
  type ReadingRules,
  type Register,
  type RegisterEntry,
  type RegisterReadings,
} from '@suanquan/core/party'
import { sql, type Kysely, type Transaction } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'

/** A version with the import it came by. */
export interface KeptEntry extends RegisterEntry {
  readonly organisationId: string
  readonly importId: string | null
}

/** Which versions are meant: all, or those that stand (of each register the latest). */
export type Which = 'all' | 'standing'

/** @param knownAt only what had been imported by then */
export async function registerEntries(
  db: Kysely<Tables>,
  organisationIds: readonly string[],
  which: Which,
  knownAt: Instant | null = null,
): Promise<ReadonlyMap<string, readonly KeptEntry[]>> {
  const by = new Map<string, KeptEntry[]>()
  for (let from = 0; from < organisationIds.length; from += 5000) {
    const ids = organisationIds.slice(from, from + 5000)
    const rows = await db
      .selectFrom('register_entry')
      .select([
        'id',
        'organisation_id',
        'register',
        'source',
        'as_of',
        'import_id',
        'imported_at',
        'version',
        'facts',
      ])
      .where('organisation_id', '=', sql<string>`any(${ids}::uuid[])`)
      .where(
        knownAt === null
          ? sql<boolean>`true`
          : sql<boolean>`imported_at <= ${timestamp(knownAt)}::timestamptz`,
      )
      .$if(which === 'standing', (query) => query.distinctOn(['organisation_id', 'register']))
      .orderBy('organisation_id')
      .orderBy('register')
      .orderBy('as_of', 'desc')
      .orderBy('version', 'desc')
      .execute()
    for (const row of rows) {
      const list = by.get(row.organisation_id) ?? []
      list.push({
        id: row.id,
        organisationId: row.organisation_id,
        register: row.register,
        source: row.source,
        asOf: row.as_of,
        importId: row.import_id,
        importedAt: row.imported_at,
        version: row.version,
        facts: row.facts,
      })
      by.set(row.organisation_id, list)
    }
  }
  return by
}

export async function registerLimits(
  db: Kysely<Tables>,
  jurisdiction: string,
): Promise<ReadingRules['maxAgeDays']> {
  const rows = await db
    .selectFrom('register_limit')
    .select(['register', 'max_age_days'])
    .where('jurisdiction', '=', jurisdiction)
    .execute()
  const limits: Partial<Record<Register, number | null>> = {}
  for (const register of registers)
    limits[register] = rows.find((row) => row.register === register)?.max_age_days ?? null
  return limits
}

/** What the registers say of one organisation on a day, by the site's limits. */
export async function readingsOf(
  db: Kysely<Tables>,
  organisation: { readonly id: string; readonly jurisdiction: string },
  { on, at }: { readonly on: Day; readonly at: Instant },
): Promise<{ readonly entries: readonly KeptEntry[]; readonly readings: RegisterReadings }> {
  const entries = (await registerEntries(db, [organisation.id], 'standing', at)).get(organisation.id) ?? []
  const maxAgeDays = await registerLimits(db, organisation.jurisdiction)
  return { entries, readings: readRegisters(entries, { on, maxAgeDays }) }
}

export interface EntryToStore {
  readonly id: string
  readonly organisationId: string
  readonly jurisdiction: string
  readonly district: string
  readonly register: Register
  readonly source: string
  readonly asOf: Day
  readonly importId: string
  readonly at: Instant
  readonly version: number
  readonly facts: RegisterEntry['facts']
}

export async function storeEntries(tx: Transaction<Tables>, entries: readonly EntryToStore[]): Promise<void> {
  for (let from = 0; from < entries.length; from += 1000) {
    const rows = entries.slice(from, from + 1000).map((entry) => ({
      id: entry.id,
      jurisdiction: entry.jurisdiction,
      district: entry.district,
      organisation_id: entry.organisationId,
      register: entry.register,
      source: entry.source,
      as_of: entry.asOf,
      import_id: entry.importId,
      imported_at: timestamp(entry.at),
      version: entry.version,
      facts: JSON.stringify(entry.facts),
    }))
    await tx.insertInto('register_entry').values(rows).execute()
  }
}

/** What the row of an organisation says of its registers. */
export interface Projected {
  readonly name: string
  readonly kind: string
  readonly independent_legal_person: boolean
  readonly region: string
  readonly district: string
  readonly status: string
  readonly industry: string
  readonly employees: number | null
  readonly revenue_fen: bigint | null
  readonly assets_fen: bigint | null
  readonly size_class: string
  readonly size_table: string
  readonly established_on: Day
  readonly dishonest: boolean | null
  readonly source: string
  readonly as_of: Day
}

/** The columns of an organisation that follow from the versions that stand; old ones count, nothing is decided here. */
export function projected(entries: readonly RegisterEntry[], jurisdiction: string): Projected {
  const business = standingEntries(entries).find(({ register }) => register === 'business')
  assert(business !== undefined, 'an organisation has a version of the business register')
  const readings = readRegisters(entries, { on: business.asOf, maxAgeDays: {} })
  const value = (field: keyof RegisterReadings): unknown => {
    const reading = readings[field]
    return reading.state === 'unknown' ? null : reading.value
  }
  const fen = (field: 'revenueFen' | 'assetsFen'): bigint | null =>
    value(field) === null ? null : BigInt(String(value(field)))
  const { answer } = sizeFromRegisters(readings, business.asOf)
  const region = String(value('region'))
  return {
    name: String(value('name')),
    kind: String(value('kind')),
    independent_legal_person: value('independentLegalPerson') === true,
    region,
    district: region.startsWith(jurisdiction.slice(0, 4)) ? region : jurisdiction,
    status: String(value('status')),
    industry: String(value('industry')),
    employees: value('employees') as number | null,
    revenue_fen: fen('revenueFen'),
    assets_fen: fen('assetsFen'),
    size_class: answer.size,
    size_table: answer.size === 'unknown' ? '' : answer.table,
    established_on: String(value('establishedOn')),
    dishonest: value('dishonestWithinThreeYears') as boolean | null,
    source: business.source,
    as_of: business.asOf,
  }
}
