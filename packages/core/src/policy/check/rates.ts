// Rate rules: one default with exceptions of which at most one holds, or cases of which exactly one holds.
import type { Definition, RateRow, RateRule } from '../programme.ts'
import type { Path } from '../shaped.ts'
import type { ProgrammeShape } from '../shape.ts'
import type { Expression } from '../types.ts'
import { at, complain, expressionAt, present, provenance, uniqueIds, type Context } from './context.ts'
import { truthTable, type Table } from './truth-table.ts'

type RateShape = NonNullable<ProgrammeShape['awards'][number]['rate']>

/** @param name the dotted name under which an assumption is noted, such as `awards.compute.rate` */
export function checkRate(
  context: Context,
  path: Path,
  shape: RateShape,
  given: { readonly name: string; readonly definitions: ReadonlyMap<string, Definition> },
): RateRule | undefined {
  const kind = shape.cases ? 'cases' : 'exceptions'
  const bothOrNeither = (shape.cases === undefined) === (shape.default === undefined)
  if (bothOrNeither || (shape.cases && shape.exceptions)) {
    return complain(context, path, { code: 'policy.default_or_cases', params: { at: given.name } })
  }
  const written = shape[kind] ?? []
  uniqueIds(context, [...path, kind], written.map((row) => row.id)) // prettier-ignore
  const rows = written.map((row, index) =>
    checkRow(context, [...path, kind, index], row, `${given.name}.${row.id}`),
  )
  const byDefault =
    shape.default === undefined ? undefined : expressionAt(context, [...path, 'default'], { kind: 'rate' })
  const whole = rows.filter((row) => row !== undefined)
  if (whole.length !== rows.length || (shape.default !== undefined && !byDefault)) return undefined
  const table = truthTable(whole.map((row) => row.when), given.definitions) // prettier-ignore
  if (!table) complain(context, [...path, kind], { code: 'policy.too_many_cases', params: {} })
  else if (shape.cases) checkCases(context, [...path, kind], whole, table)
  else checkExceptions(context, [...path, kind], whole, table)
  const origin = shape.cases && !shape.cite && !shape.basis ? { basis: 'derived' as const } : shape
  const found = provenance(context, path, origin, given.name)
  return present({ ...found, default: byDefault, rows: whole, place: at(context, path) }) as RateRule
}

function checkRow(
  context: Context,
  path: Path,
  row: NonNullable<RateShape['cases']>[number],
  name: string,
): RateRow | undefined {
  const when: Expression | undefined = expressionAt(context, [...path, 'when'], { kind: 'bool' })
  const value = expressionAt(context, [...path, 'value'], { kind: 'rate' })
  const origin = provenance(context, path, row, name)
  return when && value && { id: row.id, when, value, place: at(context, path), ...origin }
}

function checkCases(context: Context, path: Path, rows: readonly RateRow[], table: Table): void {
  checkAlive(context, path, rows, table)
  const uncovered = table.rows.find((row) => !row.verdicts.includes(true))
  if (uncovered) {
    complain(context, path, { code: 'policy.cases_not_exhaustive', params: { when: uncovered.describe() } })
  }
  const twice = table.rows.find((row) => row.verdicts.filter(Boolean).length > 1)
  if (!twice) return
  const [first, second] = rows.filter((_, index) => twice.verdicts[index])
  const params = { first: first!.id, second: second!.id, when: twice.describe() }
  complain(context, path, { code: 'policy.cases_overlap', params })
}

/** Two exceptions contradict when one cannot hold without the other; what only may meet is caught when it does. */
function checkExceptions(context: Context, path: Path, rows: readonly RateRow[], table: Table): void {
  checkAlive(context, path, rows, table)
  rows.forEach((second, later) => {
    rows.slice(0, later).forEach((first, earlier) => {
      const holds = (index: number): boolean => table.rows.some((row) => row.verdicts[index])
      const implied = (one: number, other: number): boolean =>
        holds(one) && table.rows.every((row) => !row.verdicts[one] || row.verdicts[other] === true)
      if (!implied(earlier, later) && !implied(later, earlier)) return
      const params = { first: first.id, second: second.id }
      complain(context, [...path, later], { code: 'policy.exceptions_contradict', params })
    })
  })
}

/** A row that no facts can ever reach says something else than its author meant. */
function checkAlive(context: Context, path: Path, rows: readonly RateRow[], table: Table): void {
  rows.forEach(({ id }, index) => {
    if (table.rows.some(({ verdicts }) => verdicts[index])) return
    complain(context, [...path, index, 'when'], { code: 'policy.never_holds', params: { id } })
  })
}
