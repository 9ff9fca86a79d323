// Evaluates a typed expression over facts of which some may be missing. A result is a value, or `missing` with the
// facts that still matter (Kleene's logic: false && unknown is false), or a `failure` with its reason. As in CEL,
// && and || absorb failures; a missing fact goes before a failure, since it may yet decide.
import type { Expression, Value } from '../types.ts'
import { callFunction } from './call.ts'
import { compareValues, arithmetic, equalValues } from './arithmetic.ts'
import { failure, isFailure, isMissing, isValue, merge, missing, type Outcome } from './outcome.ts'

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

export function evaluate(expression: Expression, scope: Scope): Outcome {
  switch (expression.kind) {
    case 'literal':
      return expression.value
    case 'fact':
      return scope.facts.get(expression.path) ?? missing(expression.path)
    case 'parameter':
      return scope.parameter(expression.name)
    case 'definition':
      return evaluateDefinition(expression.name, scope)
    case 'variable':
      return scope.variables.get(expression.name)!
    case 'not':
      return then(evaluate(expression.operand, scope), (value) => value !== true)
    case 'negate':
      return then(evaluate(expression.operand, scope), (value) =>
        arithmetic('-', { left: 0n, right: value, types: [{ kind: 'int' }, expression.operand.type] }),
      )
    case 'logic':
      return evaluateLogic(expression, scope)
    case 'choose':
      return then(evaluate(expression.test, scope), (test) =>
        evaluate(test === true ? expression.yes : expression.no, scope),
      )
    case 'macro':
      return evaluateMacro(expression, scope)
    default:
      return evaluateStrict(expression, scope)
  }
}

function then(outcome: Outcome, next: (value: Value) => Outcome): Outcome {
  return isValue(outcome) ? next(outcome) : outcome
}

function evaluateDefinition(name: string, scope: Scope): Outcome {
  const known = scope.cache.get(name)
  if (known !== undefined) return known
  const outcome = evaluate(scope.definition(name), { ...scope, variables: new Map() })
  scope.cache.set(name, outcome)
  return outcome
}

function evaluateLogic(expression: Expression & { kind: 'logic' }, scope: Scope): Outcome {
  const absorbing = expression.operator === '||'
  const left = evaluate(expression.left, scope)
  if (left === absorbing) return absorbing
  const right = evaluate(expression.right, scope)
  if (right === absorbing) return absorbing
  if (isValue(left) && isValue(right)) return !absorbing
  return merge([left, right])!
}

/** Everything whose parts must all be values: operators, lists, indexing, calls. */
function evaluateStrict(
  expression: Expression & { kind: 'binary' | 'list' | 'index' | 'call' },
  scope: Scope,
): Outcome {
  const parts = partsOf(expression)
  const outcomes = parts.map((part) => evaluate(part, scope))
  const open = merge(outcomes)
  if (open !== undefined) return open
  const values = outcomes as Value[]
  switch (expression.kind) {
    case 'list':
      return values
    case 'index': {
      const [list, at] = values as [readonly Value[], bigint]
      return at >= 0n && at < BigInt(list.length) ? list[Number(at)]! : failure('index_out_of_range')
    }
    case 'call':
      return callFunction(
        expression.name,
        values,
        parts.map((part) => part.type),
      )
    default:
      return evaluateBinary(expression, values[0]!, values[1]!)
  }
}

function partsOf(
  expression: Expression & { kind: 'binary' | 'list' | 'index' | 'call' },
): readonly Expression[] {
  if (expression.kind === 'list') return expression.items
  if (expression.kind === 'call') return expression.args
  return expression.kind === 'index' ? [expression.list, expression.at] : [expression.left, expression.right]
}

function evaluateBinary(expression: Expression & { kind: 'binary' }, left: Value, right: Value): Outcome {
  switch (expression.operator) {
    case '==':
      return equalValues(left, right)
    case '!=':
      return !equalValues(left, right)
    case 'in':
      return (right as readonly Value[]).some((item) => equalValues(item, left))
    case '<':
      return compareValues(left, right) < 0
    case '<=':
      return compareValues(left, right) <= 0
    case '>=':
      return compareValues(left, right) >= 0
    case '>':
      return compareValues(left, right) > 0
    default: {
      const types = [expression.left.type, expression.right.type] as const
      return arithmetic(expression.operator, { left, right, types })
    }
  }
}

function evaluateMacro(expression: Expression & { kind: 'macro' }, scope: Scope): Outcome {
  return then(evaluate(expression.list, scope), (list) => {
    const items = list as readonly Value[]
    const outcomes: Outcome[] = []
    for (const item of items) {
      if (scope.budget.turns-- <= 0) return failure('too_many_turns')
      const variables = new Map(scope.variables).set(expression.variable, item)
      outcomes.push(evaluate(expression.body, { ...scope, variables }))
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
  if (isMissing(outcome)) return { needed: outcome.missing }
  return isFailure(outcome) ? { needed: [], failure: outcome.failure } : { needed: [] }
}
