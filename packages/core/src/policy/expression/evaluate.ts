// Evaluates a typed expression over facts of which some may be missing. A result is a value, or `missing` with the
// facts that still matter (Kleene's logic: false && unknown is false), or a `failure` with its reason. As in CEL,
// && and || absorb failures; a missing fact goes before a failure, since it may yet decide.
//
// Each tree becomes a tree of closures on first use, kept as long as the tree itself, so that what does not change from
// case to case (which operator, which types, which fact) is decided once.
import type { Expression, Value } from '../types.ts'
import { operatorOf } from './apply.ts'
import { functionOf } from './call.ts'
import { arithmetic } from './arithmetic.ts'
import { failure, isFailure, isMissing, isOpen, isValue, merge, missing, type Outcome } from './outcome.ts'

export interface Scope {
  readonly facts: ReadonlyMap<string, Value>
  /** the value of a parameter on the governing date; missing while an open question or that date is unanswered */
  readonly parameter: (name: string) => Outcome
  readonly definition: (name: string) => Expression
  readonly cache: Map<string, Outcome>
  readonly variables: ReadonlyMap<string, Value>
  /** macro turns left: nested macros over long lists end as a failure, never as a hang */
  readonly budget: { turns: number }
}

export const MACRO_TURNS = 20_000
const NO_VARIABLES: ReadonlyMap<string, Value> = new Map()

export type Run = (scope: Scope) => Outcome

const runs = new WeakMap<Expression, Run>()

export function evaluate(expression: Expression, scope: Scope): Outcome {
  return runOf(expression)(scope)
}

/** The closure of an expression, made once. */
export function runOf(expression: Expression): Run {
  let run = runs.get(expression)
  if (run === undefined) {
    run = compile(expression)
    runs.set(expression, run)
  }
  return run
}

function compile(expression: Expression): Run {
  switch (expression.kind) {
    case 'literal': {
      const { value } = expression
      return () => value
    }
    case 'fact': {
      const { path } = expression
      const absent = missing(path)
      return ({ facts }) => facts.get(path) ?? absent
    }
    case 'parameter': {
      const { name } = expression
      return (scope) => scope.parameter(name)
    }
    case 'definition':
      return compileDefinition(expression.name)
    case 'variable': {
      const { name } = expression
      return ({ variables }) => variables.get(name)!
    }
    case 'not':
      return then(runOf(expression.operand), (value) => value !== true)
    case 'negate': {
      const types = [{ kind: 'int' }, expression.operand.type] as const
      return then(runOf(expression.operand), (right) => arithmetic('-', { left: 0n, right, types }))
    }
    case 'logic':
      return compileLogic(expression)
    case 'choose': {
      const [yes, no] = [runOf(expression.yes), runOf(expression.no)]
      return then(runOf(expression.test), (test, scope) => (test === true ? yes : no)(scope))
    }
    case 'macro':
      return compileMacro(expression)
    case 'binary':
      return compileBinary(expression)
    default:
      return compileStrict(expression)
  }
}

function then(run: Run, next: (value: Value, scope: Scope) => Outcome): Run {
  return (scope) => {
    const outcome = run(scope)
    return isOpen(outcome) ? outcome : next(outcome, scope)
  }
}

function compileDefinition(name: string): Run {
  return (scope) => {
    const known = scope.cache.get(name)
    if (known !== undefined) return known
    const run = runOf(scope.definition(name))
    const outcome = run(scope.variables.size === 0 ? scope : { ...scope, variables: NO_VARIABLES })
    scope.cache.set(name, outcome)
    return outcome
  }
}

function compileLogic(expression: Expression & { kind: 'logic' }): Run {
  const absorbing = expression.operator === '||'
  const [first, second] = [runOf(expression.left), runOf(expression.right)]
  return (scope) => {
    const left = first(scope)
    if (left === absorbing) return absorbing
    const right = second(scope)
    if (right === absorbing) return absorbing
    return isOpen(left) || isOpen(right) ? merge([left, right])! : !absorbing
  }
}

function compileBinary(expression: Expression & { kind: 'binary' }): Run {
  const apply = operatorOf(expression)
  const first = runOf(expression.left)
  if (expression.right.kind === 'literal') {
    const { value } = expression.right
    return then(first, (left) => apply(left, value))
  }
  const second = runOf(expression.right)
  return (scope) => {
    const left = first(scope)
    const right = second(scope)
    return isOpen(left) || isOpen(right) ? merge([left, right])! : apply(left, right)
  }
}

/** Lists, indexing, calls: everything else whose parts must all be values. */
function compileStrict(expression: Expression & { kind: 'list' | 'index' | 'call' }): Run {
  const parts = partsOf(expression)
  const apply = combining(expression)
  const inner = parts.map(runOf)
  return (scope) => {
    const outcomes = inner.map((run) => run(scope))
    return outcomes.some(isOpen) ? merge(outcomes)! : apply(outcomes as Value[])
  }
}

function partsOf(expression: Expression & { kind: 'list' | 'index' | 'call' }): readonly Expression[] {
  if (expression.kind === 'list') return expression.items
  return expression.kind === 'call' ? expression.args : [expression.list, expression.at]
}

function combining(
  expression: Expression & { kind: 'list' | 'index' | 'call' },
): (values: readonly Value[]) => Outcome {
  if (expression.kind === 'list') return (values) => values
  if (expression.kind === 'index') {
    return ([list, at]) => (list as readonly Value[]).at(placeIn(list!, at!)) ?? failure('index_out_of_range')
  }
  const types = expression.args.map((part) => part.type)
  const call = functionOf(expression.name)
  return (values) => call(values, types)
}

/** The length itself, where nothing stands, for a place outside the list. */
function placeIn(list: Value, at: Value): number {
  const { length } = list as readonly Value[]
  return (at as bigint) >= 0n && (at as bigint) < BigInt(length) ? Number(at) : length
}

function compileMacro(expression: Expression & { kind: 'macro' }): Run {
  const { variable } = expression
  const body = runOf(expression.body)
  return then(runOf(expression.list), (list, scope) => {
    const items = list as readonly Value[]
    const variables = new Map(scope.variables)
    const inner = { ...scope, variables }
    const outcomes: Outcome[] = []
    for (const item of items) {
      if (scope.budget.turns-- <= 0) return failure('too_many_turns')
      variables.set(variable, item)
      outcomes.push(body(inner))
    }
    return foldMacro(expression, items, outcomes)
  })
}

function foldMacro(
  expression: Expression & { kind: 'macro' },
  items: readonly Value[],
  outcomes: readonly Outcome[],
): Outcome {
  const { name } = expression
  if (name === 'all' || name === 'exists') {
    const absorbing = name === 'exists'
    return outcomes.includes(absorbing) ? absorbing : (merge(outcomes) ?? !absorbing)
  }
  const open = merge(outcomes)
  if (open !== undefined) return open
  if (name === 'map') return outcomes as Value[]
  const kept = items.filter((_, index) => outcomes[index] === true)
  return name === 'filter' ? kept : kept.length === 1
}

/** What an expression is missing, or why it failed; an empty record for a value. */
export function openEnds(outcome: Outcome): {
  readonly needed: readonly string[]
  readonly failure?: string
} {
  if (isValue(outcome)) return NOTHING_OPEN
  if (isMissing(outcome)) return { needed: outcome.missing }
  return isFailure(outcome) ? { needed: [], failure: outcome.failure } : NOTHING_OPEN
}

const NOTHING_OPEN = { needed: [] }
