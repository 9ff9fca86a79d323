// The cases of an expression: what it comes to under each combination of its tests. `a ? b : c` within other operators
// is drawn to the outside, definitions are followed, and combinations that cannot be (two values of one fact) are left
// out. More than `MOST_CASES` are not shown as a table.
import { printed } from '../check/truth-table.ts'
import { partsOf } from '../references.ts'
import type { Expression } from '../types.ts'

export const MOST_CASES = 24

export interface Test {
  readonly test: Expression
  readonly holds: boolean
}

export interface Branch {
  readonly tests: readonly Test[]
  readonly is: Expression
}

export interface Reading {
  readonly definition: (name: string) => Expression
  /** tests that stay inside: those of the amount itself, which make bands and not cases */
  readonly inside: (test: Expression) => boolean
}

/** @returns every case once, in the order of the text; undefined when there are too many */
export function branchesOf(expression: Expression, reading: Reading): Branch[] | undefined {
  if (expression.kind === 'definition') {
    const inner = branchesOf(reading.definition(expression.name), reading)
    return inner && inner.length === 1 && inner[0]!.tests.length === 0
      ? [{ tests: [], is: expression }]
      : inner
  }
  if (expression.kind === 'choose' && !reading.inside(expression.test)) {
    const [yes, no] = [branchesOf(expression.yes, reading), branchesOf(expression.no, reading)]
    if (!yes || !no) return undefined
    return within([
      ...under({ test: expression.test, holds: true }, yes),
      ...under({ test: expression.test, holds: false }, no),
    ])
  }
  if (expression.kind === 'macro') return [{ tests: [], is: expression }]
  const parts = partsOf(expression).map((part) => branchesOf(part, reading))
  if (parts.some((part) => part === undefined)) return undefined
  return combined(parts as Branch[][], (whole) => withParts(expression, whole))
}

/** Every consistent combination of cases; undefined when there are too many. */
export function combined(
  lists: readonly (readonly Branch[])[],
  make: (parts: readonly Expression[]) => Expression,
): Branch[] | undefined {
  let found: { readonly tests: readonly Test[]; readonly parts: readonly Expression[] }[] = [
    { tests: [], parts: [] },
  ]
  for (const list of lists) {
    found = found.flatMap(({ tests, parts }) =>
      list.flatMap((branch) => {
        const merged = both(tests, branch.tests)
        return merged ? [{ tests: merged, parts: [...parts, branch.is] }] : []
      }),
    )
    if (found.length > MOST_CASES) return undefined
  }
  return found.map(({ tests, parts }) => ({ tests, is: make(parts) }))
}

function within(branches: Branch[]): Branch[] | undefined {
  return branches.length > MOST_CASES ? undefined : branches
}

function under(test: Test, branches: readonly Branch[]): Branch[] {
  return branches.flatMap(({ tests, is }) => {
    const merged = both([test], tests)
    return merged ? [{ tests: merged, is }] : []
  })
}

/** Both lists of tests at once; undefined when they exclude one another. What another test implies is left out. */
export function both(left: readonly Test[], right: readonly Test[]): Test[] | undefined {
  const all: Test[] = [...left]
  for (const test of right) {
    const name = printed(test.test)
    const same = all.find((item) => printed(item.test) === name)
    if (same === undefined) all.push(test)
    else if (same.holds !== test.holds) return undefined
  }
  const chosen = new Map<string, string>()
  for (const { test, holds } of all) {
    const value = valueTest(test)
    if (!value || !holds) continue
    if (chosen.has(value.of)) return undefined
    chosen.set(value.of, value.is)
  }
  return all.filter(({ test, holds }) => {
    const value = valueTest(test)
    return holds || value === undefined || !chosen.has(value.of)
  })
}

/** `fact == "value"` */
function valueTest(test: Expression): { readonly of: string; readonly is: string } | undefined {
  if (test.kind !== 'binary' || test.operator !== '==' || test.right.kind !== 'literal') return undefined
  return { of: printed(test.left), is: printed(test.right) }
}

/** The same node over other parts, in the order of `partsOf`. */
export function withParts(expression: Expression, parts: readonly Expression[]): Expression {
  const [first, second, third] = parts as [Expression, Expression, Expression]
  switch (expression.kind) {
    case 'not':
    case 'negate':
      return { ...expression, operand: first }
    case 'binary':
    case 'logic':
      return { ...expression, left: first, right: second }
    case 'choose':
      return { ...expression, test: first, yes: second, no: third }
    case 'list':
      return { ...expression, items: parts }
    case 'index':
      return { ...expression, list: first, at: second }
    case 'call':
      return { ...expression, args: parts }
    default:
      return expression
  }
}
