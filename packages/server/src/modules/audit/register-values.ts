// Whether the register facts of a decision are what the versions it names say. Versions are only ever added, so that a
// difference means that one of the two was changed by hand.
import { factsFromRegisters, type SourcedFact } from '@suanquan/core/application'
import { readRegisters, type RegisterEntry } from '@suanquan/core/party'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { storedText } from '../policy/index.ts'
import type { PathDifference } from './differences.ts'

/** @param decisions the sources that each stored decision read, as they are stored */
export async function registerValues(
  db: Kysely<Tables>,
  decisions: readonly (readonly SourcedFact[])[],
): Promise<readonly (readonly PathDifference[])[]> {
  const ids = new Set(decisions.flat().flatMap(({ versions = [] }) => versions.map(({ id }) => id)))
  const entries = await entriesById(db, [...ids])
  return decisions.map((sources) => sources.flatMap((fact) => difference(fact, entries)))
}

function difference(fact: SourcedFact, entries: ReadonlyMap<string, RegisterEntry>): PathDifference[] {
  const { id, value, versions = [] } = fact
  if (versions.length === 0 || id === 'applicant.uscc') return []
  const read = versions.flatMap(({ id: version, fields }) => {
    const entry = entries.get(version)
    if (entry === undefined) return []
    const facts = Object.entries(entry.facts).filter(([field]) => fields.includes(field))
    return [{ ...entry, facts: Object.fromEntries(facts) }]
  })
  const on = fact.asOf ?? ''
  const readings = readRegisters(read, { on, maxAgeDays: {} })
  const said = factsFromRegisters({ creditCode: '', codeSource: null }, readings, on)
  const again = said.find((each) => each.id === id)?.value
  const [stored, recomputed] = [written(value), again === undefined ? '—' : written(again)]
  return stored === recomputed ? [] : [{ path: `sources/${id}`, stored, again: recomputed }]
}

/** As the stored form writes it: a whole number carries its mark there already. */
function written(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : storedText(value)
}

async function entriesById(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RegisterEntry>> {
  const rows = await db
    .selectFrom('register_entry')
    .select(['id', 'register', 'source', 'as_of', 'imported_at', 'version', 'facts'])
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute()
  return new Map(
    rows.map(({ id, register, source, as_of: asOf, imported_at: importedAt, version, facts }) => [
      id,
      { id, register, source, asOf, importedAt, version, facts },
    ]),
  )
}
