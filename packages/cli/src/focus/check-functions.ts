// The check functions of the requirements model, over one row or over the whole table. A value that is not there passes
// every check of type and format: whether it may be missing is what the rules of nullability say.
import type { Check } from './rules.ts'

export interface FocusTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
}

/** The value of a row by the name of its column; null also where there is no such column. */
export type Row = (column: string) => string | null

type RowCheck = (check: Check, row: Row) => boolean

const NUMBER = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const TIMES = 'Year|Month|Day|Hour|Minute|Second'
const UNIT = new RegExp(
  `^(?:[1-9]\\d* )?[A-Za-z][A-Za-z]*(?: [A-Z][A-Za-z]*)*(?:-(?:${TIMES})s|/(?:[1-9]\\d* )?(?:${TIMES})s?)?$`,
)
const currencies = new Set(Intl.supportedValuesOf('currency'))

const unlessNull =
  (holds: (value: string) => boolean): RowCheck =>
  (check, row) => {
    const value = row(columnOf(check))
    return value === null || holds(value)
  }

export const rowChecks: Readonly<Record<string, RowCheck>> = {
  AND: ({ Items = [] }, row) => Items.every((item) => holdsIn(item, row)),
  OR: ({ Items = [] }, row) => Items.some((item) => holdsIn(item, row)),
  CheckValue: (check, row) => isValue(row(columnOf(check)), check.Value ?? null),
  CheckNotValue: (check, row) => !isValue(row(columnOf(check)), check.Value ?? null),
  CheckSameValue: ({ ColumnAName, ColumnBName }, row) => row(ColumnAName!) === row(ColumnBName!),
  CheckNotSameValue: ({ ColumnAName, ColumnBName }, row) => row(ColumnAName!) !== row(ColumnBName!),
  CheckDecimalValue: unlessNull((value) => NUMBER.test(value)),
  CheckGreaterOrEqualThanValue: (check, row) => {
    const value = row(columnOf(check))
    return value === null || (NUMBER.test(value) && Number(value) >= Number(check.Value))
  },
  ColumnByColumnEqualsColumnValue: ({ ColumnAName, ColumnBName, ResultColumnName }, row) => {
    const [a, b, product] = [row(ColumnAName!), row(ColumnBName!), row(ResultColumnName!)].map(decimalOf)
    if (!a || !b || !product) return false
    return sameDecimal({ value: a.value * b.value, digits: a.digits + b.digits }, product)
  },
  CheckNationalCurrency: unlessNull((value) => currencies.has(value)),
  TypeDecimal: unlessNull((value) => NUMBER.test(value)),
  TypeString: () => true,
  TypeDateTime: unlessNull((value) => !Number.isNaN(Date.parse(value))),
  FormatDateTime: unlessNull(
    (value) => MOMENT.test(value) && new Date(value).toISOString().slice(0, 19) === value.slice(0, 19),
  ),
  FormatNumeric: unlessNull((value) => NUMBER.test(value)),
  FormatString: unlessNull((value) => !/[\uD800-\uDFFF\uFFFD]/u.test(value)),
  FormatUnit: unlessNull((value) => UNIT.test(value)),
  FormatCurrency: unlessNull((value) => /^[A-Z]{3}$/.test(value)),
  FormatKeyValue: unlessNull(isKeyValue),
}

export function holdsIn(check: Check, row: Row): boolean {
  const found = rowChecks[check.CheckFunction ?? '']
  if (found === undefined) throw new Error(`no check function ${check.CheckFunction}`)
  return found(check, row)
}

/** Rows (from 1) of values of the first column that stand beside another number of values of the second than expected. */
export function distinctCountFaults(
  { ColumnAName, ColumnBName, ExpectedCount }: Check,
  rows: readonly Row[],
): number[] {
  const beside = new Map<string, Set<string | null>>()
  for (const row of rows) {
    const value = row(ColumnAName!)
    if (value === null) continue
    const found = beside.get(value) ?? new Set()
    beside.set(value, found.add(row(ColumnBName!)))
  }
  return rows.flatMap((row, index) => {
    const value = row(ColumnAName!)
    return value !== null && beside.get(value)!.size !== ExpectedCount ? [index + 1] : []
  })
}

/** The columns that a check reads. */
export function columnsOf(check: Check): string[] {
  const { ColumnName, ColumnAName, ColumnBName, ResultColumnName, Items = [] } = check
  const own = [ColumnName, ColumnAName, ColumnBName, ResultColumnName].filter((name) => name !== undefined)
  return [...own, ...Items.flatMap(columnsOf)]
}

function columnOf({ ColumnName, CheckCondition }: Check): string {
  return ColumnName ?? CheckCondition ?? ''
}

function isValue(value: string | null, wanted: string | number | null): boolean {
  if (value === null || wanted === null) return value === wanted
  return typeof wanted === 'number' ? NUMBER.test(value) && Number(value) === wanted : value === wanted
}

interface Decimal {
  readonly value: bigint
  readonly digits: number
}

function decimalOf(text: string | null): Decimal | null {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text ?? '')
  if (!match) return null
  const [, sign, whole, rest = ''] = match
  const value = BigInt(`${whole}${rest}`)
  return { value: sign === '-' ? -value : value, digits: rest.length }
}

function sameDecimal(a: Decimal, b: Decimal): boolean {
  const digits = Math.max(a.digits, b.digits)
  const scaled = ({ value, digits: own }: Decimal): bigint => BigInt(`${value}${'0'.repeat(digits - own)}`)
  return scaled(a) === scaled(b)
}

function isKeyValue(text: string): boolean {
  try {
    const told: unknown = JSON.parse(text)
    return (
      typeof told === 'object' &&
      told !== null &&
      !Array.isArray(told) &&
      Object.values(told).every((value) => typeof value !== 'object' || value === null)
    )
  } catch {
    return false
  }
}
