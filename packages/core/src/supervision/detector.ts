// What a detector is and what it says. It says codes and values, never sentences; every clause that fired names the
// rows it stands on; what it could not know is counted as undecided, never as clear.
import type { Row, RowRef, TableName } from './world/tables.ts'
import type { WorldIndex } from './world/world-index.ts'

export type Values = Readonly<Record<string, string | number | boolean>>
export type Parameters = Readonly<Record<string, number | string | boolean>>

/** One clause of the rule that holds, with the numbers it was judged by and the rows they come from. */
export interface Clause {
  readonly code: string
  readonly values: Values
  /** never empty */
  readonly rows: readonly RowRef[]
}

/** A known innocent explanation: looked for and not found, found in part, or its source is missing. */
export interface InnocentCheck {
  readonly explanation: string
  readonly result: 'not_found' | 'possible' | 'not_evaluable'
}

export interface Suspicion {
  readonly subject: RowRef
  /** the firms it speaks about */
  readonly firms: readonly string[]
  /** 0 to 1 */
  readonly severity: number
  /** never empty */
  readonly clauses: readonly Clause[]
  readonly innocent: readonly InnocentCheck[]
  /** what would clear it, as codes */
  readonly clears: readonly string[]
}

export interface Reporter {
  readonly suspect: (suspicion: Suspicion) => void
  /** the subject cannot be judged: a fact is unknown */
  readonly undecided: (subject: RowRef, missing: string) => void
}

export type Reach = 'firm' | 'feeds' | 'population'

export interface Detector<Own extends Parameters = Parameters> {
  readonly id: string
  readonly name: string
  /** changes whenever the rule does; parameters are part of a finding by themselves */
  readonly version: number
  /**
   * what its findings about a firm can change with: the firm's own application (`firm`), only what feeds bring later
   * (`feeds`: payments, invoices, use, decisions), or the whole population at once (`population`)
   */
  readonly reach: Reach
  /** tables without which it is not evaluable, first the one whose rows it judges */
  readonly needs: readonly TableName[]
  readonly parameters: Own
  /** expert prior of the noisy-or, replaced by calibration once audits exist */
  readonly weight: number
  /** clauses that may stop a payment by themselves: deterministic predicates only */
  readonly decisive: readonly string[]
  readonly detect: (world: WorldIndex, parameters: Own, report: Reporter) => void
}

/** A detector with its parameters' own types, forgotten once it stands in the list. */
export function detector<const Own extends Parameters>(
  own: Omit<Detector<Own>, 'parameters' | 'detect'> & {
    readonly parameters: Own
    readonly detect: (world: WorldIndex, parameters: Widened<Own>, report: Reporter) => void
  },
): Detector {
  return own as unknown as Detector
}

type Widened<Own> = {
  readonly [Name in keyof Own]: Own[Name] extends number
    ? number
    : Own[Name] extends string
      ? string
      : boolean
}

export function ref<Name extends TableName>(table: Name, row: Row<Name>): RowRef {
  return { table, id: row.id as string }
}

export function refs<Name extends TableName>(table: Name, rows: readonly Row<Name>[]): RowRef[] {
  return rows.map((row) => ref(table, row))
}

export function checked(explanation: string, possible: boolean | undefined): InnocentCheck {
  return {
    explanation,
    result: possible === undefined ? 'not_evaluable' : possible ? 'possible' : 'not_found',
  }
}
