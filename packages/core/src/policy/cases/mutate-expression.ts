// Small faults planted into an expression, one at a time: what a careless author could have written instead.
import { dayFromNumber, dayNumber, type Day } from '../../calendar/index.ts'
import type { Rate } from '../../money/index.ts'
import type { Expression, Period, Type, Value } from '../types.ts'

export interface Mutant<Item> {
  readonly change: string
  readonly item: Item
}

const SWAPS: Readonly<Record<string, string>> = {
  '<': '<=', '<=': '<', '>': '>=', '>=': '>', '==': '!=', '!=': '==', '+': '-', '-': '+', '&&': '||', '||': '&&',
} // prettier-ignore
const CALL_SWAPS: Readonly<Record<string, string>> = {
  least: 'greatest',
  greatest: 'least',
  round_down: 'round_up',
  round_up: 'round_down',
  first: 'last',
  last: 'first',
  plus_years: 'plus_months',
  plus_months: 'plus_days',
}

/** Every expression that differs from the given one by one planted fault. */
export function mutateExpression(expression: Expression): Mutant<Expression>[] {
  return [...mutateHere(expression), ...mutateParts(expression)]
}

function mutateHere(expression: Expression): Mutant<Expression>[] {
  switch (expression.kind) {
    case 'literal':
      return mutateValue(expression.value, expression.type).map(({ change, item }) => ({
        change,
        item: { ...expression, value: item },
      }))
    case 'not':
      return [{ change: '! dropped', item: expression.operand }]
    case 'binary':
    case 'logic': {
      const swap = SWAPS[expression.operator]
      if (swap === undefined || (expression.left.type.kind === 'date' && swap === '+')) return []
      return [
        { change: `${expression.operator} → ${swap}`, item: { ...expression, operator: swap } as Expression },
      ]
    }
    case 'choose':
      return [{ change: '?: swapped', item: { ...expression, yes: expression.no, no: expression.yes } }]
    case 'list':
      return expression.items.map((_, index) => ({
        change: `item ${index + 1} dropped`,
        item: { ...expression, items: expression.items.toSpliced(index, 1) },
      }))
    case 'call': {
      const swap = CALL_SWAPS[expression.name]
      return swap === undefined
        ? []
        : [{ change: `${expression.name} → ${swap}`, item: { ...expression, name: swap } }]
    }
    default:
      return []
  }
}

function mutateParts(expression: Expression): Mutant<Expression>[] {
  const within = (key: string, part: Expression): Mutant<Expression>[] =>
    mutateExpression(part).map(({ change, item }) => ({
      change,
      item: { ...expression, [key]: item } as Expression,
    }))
  const among = (key: string, parts: readonly Expression[]): Mutant<Expression>[] =>
    parts.flatMap((part, index) =>
      mutateExpression(part).map(({ change, item }) => ({
        change,
        item: { ...expression, [key]: parts.with(index, item) } as Expression,
      })),
    )
  switch (expression.kind) {
    case 'not':
    case 'negate':
      return within('operand', expression.operand)
    case 'binary':
    case 'logic':
      return [...within('left', expression.left), ...within('right', expression.right)]
    case 'choose':
      return [
        ...within('test', expression.test),
        ...within('yes', expression.yes),
        ...within('no', expression.no),
      ]
    case 'list':
      return among('items', expression.items)
    case 'call':
      return among('args', expression.args)
    case 'index':
      return [...within('list', expression.list), ...within('at', expression.at)]
    case 'macro':
      return [...within('list', expression.list), ...within('body', expression.body)]
    default:
      return []
  }
}

/** Values near a value: amounts × 100 and one yuan more, a rate one point more, the next day, each list item dropped. */
export function mutateValue(value: Value, type: Type): Mutant<Value>[] {
  switch (type.kind) {
    case 'money': {
      const fen = value as bigint
      return [
        ...(fen === 0n ? [] : [{ change: 'money × 100', item: fen * 100n }]),
        { change: 'money + 1元', item: fen + 100n },
      ]
    }
    case 'rate': {
      const { numerator, denominator } = value as Rate
      return [
        {
          change: 'rate + 1%',
          item: { numerator: numerator * 100n + denominator, denominator: denominator * 100n },
        },
      ]
    }
    case 'int':
      return [{ change: 'int + 1', item: (value as bigint) + 1n }]
    case 'bool':
      return [{ change: 'bool flipped', item: value !== true }]
    case 'date':
      return [{ change: 'date + 1', item: nextDay(value as Day) }]
    case 'region':
      return [{ change: 'another region', item: value === '99' ? '98' : '99' }]
    case 'period': {
      const { from, to, ...minutes } = value as Period
      return [
        { change: 'period starts a day later', item: { from: nextDay(from), to, ...minutes } },
        { change: 'period ends a day later', item: { from, to: nextDay(to), ...minutes } },
      ]
    }
    case 'list': {
      const items = value as readonly Value[]
      return items.map((_, index) => ({
        change: `item ${index + 1} dropped`,
        item: items.toSpliced(index, 1),
      }))
    }
    case 'enumeration': {
      const next = type.members[(type.members.indexOf(value as string) + 1) % type.members.length]!
      return next === value ? [] : [{ change: `${String(value)} → ${next}`, item: next }]
    }
    default:
      return []
  }
}

function nextDay(day: Day): Day {
  return dayFromNumber(dayNumber(day) + 1)
}
