// What every part of the checker shares: the content and its places, the report, the names an expression may use.
import { reportNear, type Report } from '../diagnostic.ts'
import { resolveExpression, type ExpressionSource, type Names } from '../expression/index.ts'
import type { Programme, Provenance } from '../programme.ts'
import type { ProgrammeShape } from '../shape.ts'
import { locate, placeOf, type Path } from '../shaped.ts'
import { sameType, typeName, type Expression, type Place, type Type } from '../types.ts'
import type { Tree } from '../yaml-tree.ts'

export interface Context {
  readonly content: ProgrammeShape
  readonly tree: Tree
  readonly into: Report
  readonly names: Names
  /** facts that the file itself declares */
  readonly ownFacts: Programme['ownFacts']
  /** `<source>.<clause>` of every clause there is */
  readonly clauses: ReadonlySet<string>
  /** dotted paths of what is assumed, collected while checking */
  readonly assumptions: string[]
}

export function at(context: Context, path: Path): Place {
  return placeOf(context.tree, path)
}

export function complain(context: Context, path: Path, finding: Parameters<typeof reportNear>[2]): undefined {
  reportNear(context.into, at(context, path), finding)
  return undefined
}

export function sourceAt(context: Context, path: Path): ExpressionSource {
  const tree = locate(context.tree, path)
  return tree?.kind === 'scalar'
    ? { text: tree.text, placeOf: tree.placeOf }
    : { text: '', placeOf: () => at(context, path) }
}

/** The expression at a path, of the expected type; `exact` where money is expected is told to be rounded first. */
export function expressionAt(context: Context, path: Path, expected?: Type): Expression | undefined {
  const expression = resolveExpression(sourceAt(context, path), context.names, context.into, expected)
  if (!expression || !expected || sameType(expression.type, expected)) return expression
  const params = { expected: typeName(expected), found: typeName(expression.type) }
  const unrounded = expected.kind === 'money' && expression.type.kind === 'exact'
  return complain(context, path, { code: unrounded ? 'policy.unrounded' : 'policy.expected_type', params })
}

export interface Origin {
  readonly cite?: string | undefined
  readonly basis?: 'cited' | 'derived' | 'assumed' | undefined
  readonly note?: string | undefined
}

/**
 * Where an item comes from. Without cite and basis it is refused; a cited clause must exist; what is assumed is noted
 * under its dotted name, to be answered by an adoption.
 */
export function provenance(context: Context, path: Path, origin: Origin, name: string): Provenance {
  if (origin.cite === undefined && origin.basis === undefined) {
    complain(context, path, { code: 'policy.no_provenance', params: { at: name } })
  }
  if (origin.cite !== undefined && !context.clauses.has(origin.cite)) {
    const params = { cite: origin.cite, clauses: clausesBeside(context, origin.cite) }
    const finding = { code: 'policy.unknown_clause', params, written: origin.cite }
    complain(context, [...path, 'cite'], { ...finding, known: context.clauses })
  }
  const basis = origin.basis ?? 'cited'
  if (basis === 'assumed') context.assumptions.push(name)
  return {
    basis,
    ...(origin.cite === undefined ? {} : { cite: origin.cite }),
    ...(origin.note === undefined ? {} : { note: origin.note }),
  }
}

/** The clauses of the source that is named, or of all sources; the first twenty. */
function clausesBeside({ clauses }: Context, cite: string): string[] {
  const source = `${cite.split('.')[0]!}.`
  const same = [...clauses].filter((clause) => clause.startsWith(source))
  return (same.length > 0 ? same : [...clauses]).slice(0, 20)
}

/** Copies the keys that are not undefined: optional stays absent, never undefined. */
export function present<Record extends object>(
  record: Record,
): { [Key in keyof Record]: Exclude<Record[Key], undefined> } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as never
}

/** Reports the second of two equal ids. */
export function uniqueIds(context: Context, path: Path, ids: readonly string[]): void {
  ids.forEach((id, index) => {
    if (ids.indexOf(id) !== index)
      complain(context, [...path, index, 'id'], { code: 'policy.duplicate_id', params: { id } })
  })
}
