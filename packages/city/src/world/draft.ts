// A world while it is being made: tables that grow, ids in the order of making, provenance put on every row.
import type { Random } from '@suanquan/core'
import { addDays, startOf, type Day, type Instant } from '@suanquan/core/calendar'
import { tableNames, type Row, type TableName } from '@suanquan/core/supervision'
import type { Knobs, Level } from './levels.ts'

type Tables = { [Name in TableName]: Row<Name>[] }
type Made<Name extends TableName> = Omit<Row<Name>, 'id' | 'source' | 'fetchedOn'> & { readonly id?: string }

export interface Draft {
  readonly tables: Tables
  readonly random: Random
  readonly knobs: Knobs
  readonly level: Level
  /** adds a row and answers it with its id and provenance */
  readonly add: <Name extends TableName>(table: Name, row: Made<Name>) => Row<Name>
  /** a keyed hash that nothing else has */
  readonly secret: () => string
}

export const YEAR = { first: '2024-01-01', last: '2024-12-31' } as const
const FETCHED_ON = '2025-03-01'
const SOURCES: Partial<Record<TableName, string>> = {
  firms: 'market_register',
  roles: 'market_register',
  payments: 'bank_feed',
  invoices: 'tax_platform',
  usage: 'meter',
  samples: 'meter',
  meters: 'meter',
}

export function newDraft(random: Random, knobs: Knobs, level: Level): Draft {
  const tables = Object.fromEntries(tableNames.map((name) => [name, []])) as unknown as Tables
  const hashes = random.fork('secrets')
  return { tables, random, knobs, level, add, secret }

  function add<Name extends TableName>(table: Name, row: Made<Name>): Row<Name> {
    const rows = tables[table] as Row<Name>[]
    const id = row.id ?? `${table}-${rows.length + 1}`
    const source = SOURCES[table] ?? 'platform'
    const whole = { ...row, id, source, fetchedOn: FETCHED_ON } as unknown as Row<Name>
    rows.push(whole)
    return whole
  }

  function secret(): string {
    return Array.from({ length: 4 }, () => hashes.int(65_536).toString(16).padStart(4, '0')).join('')
  }
}

export function dayBetween(random: Random, from: Day, days: number): Day {
  return addDays(from, random.int(Math.max(1, days)))
}

/** A moment in the working hours of a day. */
export function momentOn(random: Random, day: Day): Instant {
  return startOf(day) + (8 * 3600 + random.int(10 * 3600)) * 1000
}

export function between(random: Random, low: number, high: number): number {
  return low + random.next() * (high - low)
}

/** A lognormal draw with the given median. */
export function lognormal(random: Random, median: number, sigma: number): number {
  return median * Math.exp(sigma * random.normal())
}

/** True with the given chance. */
export function chance(random: Random, share: number): boolean {
  return random.next() < share
}
