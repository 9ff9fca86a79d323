// The size class of a firm: large, medium and small need all lower bounds of the industry, else one class down; micro
// when any measure falls short of small. A fact that is missing matters only while it could still change the answer:
// a measure that is micro by itself decides alone.
import { assert } from '../assert.ts'
import type { Day } from '../calendar/index.ts'
import { FEN_PER_UNIT, type Fen } from '../money/index.ts'
import { sizeTables, type Bounds, type SizeRow, type SizeTable } from './size-table.ts'

export type SizeClass = 'micro' | 'small' | 'medium' | 'large'

export type SizeFact = 'industry' | 'employees' | 'revenueFen' | 'assetsFen'

export interface SizeFacts {
  /** a GB/T 4754-2017 code with its section letter: `I65`, `I6510`, `K703` */
  readonly industry?: string
  readonly employees?: number
  readonly revenueFen?: Fen
  readonly assetsFen?: Fen
}

export type SizeAnswer =
  | { readonly size: SizeClass; readonly category: string; readonly table: string }
  | { readonly size: 'unknown'; readonly reason: UnknownSize; readonly needed: readonly SizeFact[] }

export type UnknownSize =
  | 'no_table_in_force'
  | 'industry_not_covered'
  | 'industry_unknown'
  | 'industry_too_coarse'
  | 'facts_missing'

const CLASSES = ['micro', 'small', 'medium', 'large'] as const

/**
 * The class of a firm by the table in force on a day.
 * @param facts employees in persons, revenue and assets of the last year in fen; what is left out is unknown
 */
export function sizeClassOf(
  facts: SizeFacts,
  on: Day,
  tables: readonly SizeTable[] = sizeTables,
): SizeAnswer {
  const table = tables.filter(({ from }) => from <= on).sort((a, b) => (a.from < b.from ? 1 : -1))[0]
  if (!table) return unknown('no_table_in_force')
  if (facts.industry === undefined) return unknown('facts_missing', ['industry'])
  const row = rowOf(facts.industry, table)
  if (typeof row === 'string') return unknown(row, row === 'industry_too_coarse' ? ['industry'] : [])
  const ranks = measuresOf(row).map(([fact, bounds]) => ({ fact, rank: rankOf(facts[fact], bounds, fact) }))
  const known = ranks.flatMap(({ rank }) => (rank === undefined ? [] : [rank]))
  const missing = ranks.filter(({ rank }) => rank === undefined).map(({ fact }) => fact)
  const least = Math.min(...known, CLASSES.length - 1)
  if (missing.length > 0 && least > 0) return unknown('facts_missing', missing)
  return { size: CLASSES[least]!, category: row.category, table: table.id }
}

function unknown(reason: UnknownSize, needed: readonly SizeFact[] = []): SizeAnswer {
  return { size: 'unknown', reason, needed }
}

/** The row with the longest code that the industry lies in; an industry that spans several rows is too coarse. */
function rowOf(industry: string, table: SizeTable): SizeRow | UnknownSize {
  const entries: { code: string; row: SizeRow | undefined }[] = [
    ...table.rows.flatMap((row) => row.codes.map((code) => ({ code, row }))),
    ...table.uncovered.map((code) => ({ code, row: undefined })),
  ]
  const spans = entries.some(({ code }) => code.length > industry.length && code.startsWith(industry))
  if (spans) return 'industry_too_coarse'
  const found = entries
    .filter(({ code }) => industry.startsWith(code))
    .sort((a, b) => b.code.length - a.code.length)[0]
  if (!found) return 'industry_unknown'
  return found.row ?? 'industry_not_covered'
}

function measuresOf(row: SizeRow): ['employees' | 'revenueFen' | 'assetsFen', Bounds][] {
  const measures = [
    ['employees', row.employees],
    ['revenueFen', row.revenueWan],
    ['assetsFen', row.assetsWan],
  ] as const
  return measures.flatMap(([fact, bounds]) => (bounds ? [[fact, bounds]] : []))
}

/** 3 at or above the bound of large, down to 0 below the bound of small */
function rankOf(value: number | Fen | undefined, bounds: Bounds, fact: SizeFact): number | undefined {
  if (value === undefined) return undefined
  const scale = fact === 'employees' ? 1n : FEN_PER_UNIT.wan
  assert(typeof value === 'bigint' || Number.isSafeInteger(value), 'a number of employees is whole')
  const reached = bounds.findIndex((bound) => BigInt(value) >= BigInt(bound) * scale)
  return reached === -1 ? 0 : 3 - reached
}
