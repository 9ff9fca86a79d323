// The expressions that a determination of a programme evaluates, written for other engines from the typed tree itself.
import { dayNumber } from '@suanquan/core/calendar'
import type { Expression, Programme, Type, Value } from '@suanquan/core/policy'

export interface Asked {
  readonly id: string
  readonly cel: string
  readonly zen: string
  /** for json-rules-engine; undefined for what it cannot say */
  readonly rule: unknown
}

/** Conditions, base, cases of the rate, limits of the caps. */
export function askedOf(programme: Programme): readonly Asked[] {
  const [award] = programme.awards
  const { base, rate, caps } = award!
  const expressions: (readonly [string, Expression])[] = [
    ...programme.eligibility.map(({ id, require }) => [id, require] as const),
    ...rate!.rows.map(({ id, when }) => [id, when] as const),
    ['base', base.is],
    ...caps.map(({ id, limit }) => [`limit ${id}`, limit] as const),
  ]
  return expressions.map(([id, expression]) => ({
    id,
    cel: written(expression, { programme, and: '&&', or: '||', not: '!', method: true }),
    zen: written(expression, { programme, and: 'and', or: 'or', not: 'not ', method: false }),
    rule: expression.type.kind === 'bool' ? ruleOf(expression, true) : undefined,
  }))
}

interface Dialect {
  readonly programme: Programme
  readonly and: string
  readonly or: string
  readonly not: string
  /** `x.startsWith(y)`, else `startsWith(x, y)` */
  readonly method: boolean
}

function written(expression: Expression, dialect: Dialect): string {
  const inner = (part: Expression): string => written(part, dialect)
  switch (expression.kind) {
    case 'literal':
      return literal(expression.value, expression.type)
    case 'fact':
      return expression.path
    case 'parameter': {
      const { values, type } = dialect.programme.parameters[expression.name]!
      return literal(values[0]!.value!, type)
    }
    case 'not':
      return `${dialect.not}(${inner(expression.operand)})`
    case 'logic': {
      const sign = expression.operator === '&&' ? dialect.and : dialect.or
      return `(${inner(expression.left)} ${sign} ${inner(expression.right)})`
    }
    case 'choose':
      return `(${inner(expression.test)} ? ${inner(expression.yes)} : ${inner(expression.no)})`
    case 'binary':
      return `(${inner(expression.left)} ${expression.operator} ${inner(expression.right)})`
    case 'list':
      return `[${expression.items.map(inner).join(', ')}]`
    case 'call':
      return calling(expression, dialect)
    default:
      throw new Error(`${expression.kind} is not written for other engines`)
  }
}

function calling(expression: Expression & { kind: 'call' }, dialect: Dialect): string {
  const [first, second] = expression.args as [Expression, Expression]
  const [a, b] = [written(first, dialect), second.type.kind === 'period' ? '' : written(second, dialect)]
  const starts = (prefix: string): string =>
    dialect.method ? `${a}.startsWith(${prefix})` : `startsWith(${a}, ${prefix})`
  switch (expression.name) {
    case 'least':
      return `(${a} < ${b} ? ${a} : ${b})`
    case 'within':
      return starts(b)
    case 'within_any':
      return `(${textsIn(second)
        .map((text) => starts(JSON.stringify(text)))
        .join(` ${dialect.or} `)})`
    case 'contains': {
      const [from, to] = a.split(' ')
      return `(${b} >= ${from} ${dialect.and} ${b} <= ${to})`
    }
    case 'plus_years':
      return `${a}_next_year`
    default:
      throw new Error(`${expression.name}() is not written for other engines`)
  }
}

function textsIn(list: Expression): readonly string[] {
  if (list.kind !== 'list') throw new Error('a list of texts is written out')
  return list.items.map((item) => String((item as Expression & { kind: 'literal' }).value))
}

function literal(value: Value, type: Type): string {
  if (type.kind === 'date') return String(dayNumber(value as string))
  if (typeof value === 'object' && 'from' in value) return `${dayNumber(value.from)} ${dayNumber(value.to)}`
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}

const OPERATORS: Readonly<Record<string, string>> = {
  '==': 'equal', '!=': 'notEqual', '<': 'lessThan', '<=': 'lessThanInclusive', '>': 'greaterThan',
  '>=': 'greaterThanInclusive', in: 'in',
} // prettier-ignore

/** A condition as json-rules-engine has it, or undefined: a fact beside a value, nothing computed. */
function ruleOf(expression: Expression, wanted: boolean): unknown {
  const plain = (fact: Expression, operator: string, value: unknown): unknown => {
    if (fact.kind !== 'fact') return undefined
    const condition = { fact: fact.path, operator, value }
    return wanted ? condition : { not: condition }
  }
  switch (expression.kind) {
    case 'fact':
      return plain(expression, 'equal', true)
    case 'not':
      return ruleOf(expression.operand, !wanted)
    case 'logic': {
      const parts = [ruleOf(expression.left, wanted), ruleOf(expression.right, wanted)]
      if (parts.includes(undefined)) return undefined
      return (expression.operator === '&&') === wanted ? { all: parts } : { any: parts }
    }
    case 'binary': {
      const value = constant(expression.right)
      return value === undefined ? undefined : plain(expression.left, OPERATORS[expression.operator]!, value)
    }
    case 'call': {
      const [first, second] = expression.args as [Expression, Expression]
      if (expression.name === 'within') return plain(first, 'startsWith', constant(second))
      if (expression.name === 'within_any')
        return { any: textsIn(second).map((text) => plain(first, 'startsWith', text)) }
      if (expression.name !== 'contains') return undefined
      const [from, to] = literal((first as Expression & { kind: 'literal' }).value, first.type).split(' ')
      const [lower, upper] = ['greaterThanInclusive', 'lessThanInclusive']
      return { all: [plain(second, lower!, Number(from)), plain(second, upper!, Number(to))] }
    }
    default:
      return undefined
  }
}

function constant(expression: Expression): unknown {
  if (expression.kind === 'list') return textsIn(expression)
  if (expression.kind !== 'literal') return undefined
  return typeof expression.value === 'bigint' ? Number(expression.value) : expression.value
}
