// What a simulation is told beside the programme, as files give it: the firms as a table with named columns, and the
// setting (behaviour, price, the city's treasury and limits, free compute) as YAML or JSON. What is left out of a
// setting is the stated assumption, or unknown; a text where a number belongs is refused.
import { parse } from 'yaml'
import { z } from 'zod'
import { accept, refuse, type Decision } from '../../refusal.ts'
import { isMissing, labels, numbers, type Table, type TableCode } from '../table.ts'
import type { Limits, Treasury } from './affordability.ts'
import { ASSUMED_BEHAVIOUR } from './assumed-behaviour.ts'
import type { SimulatedFirm } from './population.ts'
import type { Behaviour } from './simulate.ts'

/** Columns that every table of firms has; `median_spend` is yuan a year, `adopts` a share. */
export const POPULATION_COLUMNS = ['size', 'industry', 'district', 'median_spend', 'adopts'] as const

/** Columns that may be left out, and what then holds for every firm. */
export const POPULATION_DEFAULTS = {
  ownership: 'unknown',
  age_years: 5,
  log_spread: 0.5,
  local_share: 1,
  score: 0,
} as const

export type PopulationColumn = (typeof POPULATION_COLUMNS)[number] | keyof typeof POPULATION_DEFAULTS

export interface ReadFirms {
  readonly firms: readonly SimulatedFirm[]
  /** optional columns that the table does not have: their defaults are assumptions */
  readonly assumed: readonly (keyof typeof POPULATION_DEFAULTS)[]
}

type FirmsCode = TableCode | 'evaluation.missing_cell'

/** Firms from a table; `evaluation.missing_cell` names the first empty cell of a column that is used. */
export function readFirms(table: Table): Decision<ReadFirms, FirmsCode> {
  const assumed = (Object.keys(POPULATION_DEFAULTS) as (keyof typeof POPULATION_DEFAULTS)[]).filter(
    (column) => !table.header.includes(column),
  )
  const text = new Map<string, readonly string[]>()
  const figures = new Map<string, Float64Array>()
  for (const column of [...POPULATION_COLUMNS, ...Object.keys(POPULATION_DEFAULTS)]) {
    if (assumed.some((name) => name === column)) continue
    const cells = labels(table, column)
    if (!cells.ok) return cells
    const empty = cells.value.findIndex(isMissing)
    if (empty !== -1) return refuse('evaluation.missing_cell', { column, row: empty + 1 })
    text.set(column, cells.value)
    if (TEXTS.has(column)) continue
    const values = numbers(table, column)
    if (!values.ok) return values
    figures.set(column, values.value)
  }
  const figure = (column: 'median_spend' | 'adopts' | Numeric, row: number): number =>
    figures.get(column)?.[row] ?? POPULATION_DEFAULTS[column as Numeric]
  const firms = table.rows.map((_, row) => ({
    firmClass: {
      size: text.get('size')![row]!,
      industry: text.get('industry')![row]!,
      district: text.get('district')![row]!,
      ownership: text.get('ownership')?.[row] ?? POPULATION_DEFAULTS.ownership,
      ageYears: figure('age_years', row),
    },
    medianSpend: figure('median_spend', row),
    logSpread: figure('log_spread', row),
    adopts: figure('adopts', row),
    localShare: figure('local_share', row),
    score: figure('score', row),
  }))
  return accept({ firms, assumed })
}

type Numeric = 'age_years' | 'log_spread' | 'local_share' | 'score'
const TEXTS: ReadonlySet<string> = new Set(['size', 'industry', 'district', 'ownership'])

const yuan = z.number().nonnegative()
const prior = z.strictObject({
  low: z.number(),
  mode: z.number(),
  high: z.number(),
  source: z.string().min(1),
})
const limit = z.strictObject({
  most: z.number().positive(),
  basis: z.enum(['stated', 'assumed']),
  source: z.string().min(1),
})
const settingShape = z.strictObject({
  behaviour: z
    .strictObject(
      Object.fromEntries(Object.keys(ASSUMED_BEHAVIOUR).map((name) => [name, prior])) as Record<
        keyof Behaviour,
        typeof prior
      >,
    )
    .partial()
    .optional(),
  pricePerCompute: z.strictObject({ value: z.number().positive(), source: z.string().min(1) }).optional(),
  treasury: z
    .strictObject({ revenue: yuan, scienceBudget: yuan, debt: yuan, fiscalCapacity: yuan })
    .partial()
    .optional(),
  limits: z
    .strictObject({ outlayOfRevenue: limit, outlayOfScienceBudget: limit, debtRatio: limit })
    .partial()
    .optional(),
  /** yuan of the programme that are borrowed, and its administration */
  borrowed: yuan.optional(),
  administration: yuan.optional(),
  /** P_d16·h free at admitted centres, month by month; null for a month nobody has reported */
  freeCompute: z.array(yuan.nullable()).max(60).optional(),
})

export interface Setting {
  readonly behaviour: Behaviour
  /** yuan per P_d16·h */
  readonly pricePerCompute: { readonly value: number; readonly source: string }
  readonly treasury: Treasury
  readonly limits: Limits
  readonly borrowed: number
  readonly administration: number
  readonly freeCompute: readonly (number | null)[]
}

const ASSUMED_PRICE = { value: 20, source: 'assumed, not measured' }

/** The setting that a file states; left out, everything is assumed or unknown. */
export function readSetting(
  text = '{}',
): Decision<Setting, 'evaluation.not_yaml' | 'evaluation.bad_setting'> {
  let given: unknown
  try {
    given = parse(text, { maxAliasCount: 0 }) ?? {}
  } catch (error) {
    return refuse('evaluation.not_yaml', { problem: error instanceof Error ? error.message : '' })
  }
  const read = settingShape.safeParse(given)
  if (!read.success) {
    const issue = read.error.issues[0]
    const place = issue?.code === 'unrecognized_keys' ? issue.keys : issue?.path
    return refuse('evaluation.bad_setting', { place: (place ?? []).join('.') })
  }
  const { behaviour, pricePerCompute, treasury, limits, borrowed, administration, freeCompute } = read.data
  return accept({
    behaviour: { ...ASSUMED_BEHAVIOUR, ...behaviour } as Behaviour,
    pricePerCompute: pricePerCompute ?? ASSUMED_PRICE,
    treasury: (treasury ?? {}) as Treasury,
    limits: (limits ?? {}) as Limits,
    borrowed: borrowed ?? 0,
    administration: administration ?? 0,
    freeCompute: freeCompute ?? [],
  })
}
