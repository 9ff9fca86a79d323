// Prints typed expressions as JavaScript over columns, for a row whose facts are all known. What reads no fact is worked
// out once; a truth that depends on one coded fact is a table over its dictionary, made by the scalar evaluator. What
// may fail sets `odd`, and the row goes to the scalar path; what cannot be printed throws `NotColumnar`.
import { addMonthsToNumber, dayFromNumber, dayNumber, type Day } from '../../calendar/index.ts'
import { FEN_PER_UNIT, type MoneyUnit } from '../../money/index.ts'
import { asFraction, evaluate, isValue, MACRO_TURNS, type Outcome } from '../expression/index.ts'
import { parameterValue } from '../parameters.ts'
import type { Programme } from '../programme.ts'
import { referencesOf } from '../references.ts'
import type { Expression, Period, Type, Value } from '../types.ts'
import {
  bounded,
  chosen,
  constant,
  extreme,
  LIMIT,
  most,
  product,
  sameScale,
  sum,
  type Guard,
  type Num,
} from './numbers.ts'
import { isCoded, type Population } from './population.ts'

/** An expression that has no columnar code; its rows are determined one by one. */
export class NotColumnar extends Error {}

/** Where statements of a row go, and the arrays that they read. */
export interface Printer {
  readonly programme: Programme
  readonly population: Population
  /** a day of the span in which the parameters have one value */
  readonly on: Day
  /** arrays by the name they have in the code */
  readonly arrays: Map<string, unknown>
  /** statements that come before what is printed next */
  readonly lines: string[]
  /** definitions that stand in `lines` */
  readonly locals: Map<string, string | Num>
  readonly variables: ReadonlyMap<string, Value>
}

export const DAYS = { first: dayNumber('1900-01-01'), last: dayNumber('2999-12-31') } as const

/** What the printed code calls. */
export const helpers = {
  months: addMonthsToNumber,
  year: (day: number): number => Number(dayFromNumber(day).slice(0, 4)),
}

export function guardOf(printer: Printer): Guard {
  return (code, low, high) => {
    const name = local(printer, code)
    printer.lines.push(`odd|=+!(${name}>=${low}&&${name}<=${high});`)
    return name
  }
}

function local(printer: Printer, code: string): string {
  const name = `v${printer.lines.length}`
  printer.lines.push(`const ${name}=${code};`)
  return name
}

/** The value of what reads no fact of a row; undefined where it has none. */
export function constantOf(printer: Printer, expression: Expression): Value | undefined {
  if (referencesOf(printer.programme, [expression]).facts.size > 0) return undefined
  const outcome = evaluateOn(printer, expression, new Map())
  return isValue(outcome) ? outcome : undefined
}

/** What the scalar evaluator says on the printer's day. */
export function evaluateOn(
  printer: Printer,
  expression: Expression,
  facts: ReadonlyMap<string, Value>,
): Outcome {
  const { programme, on, variables } = printer
  return evaluate(expression, {
    facts,
    parameter: (name) => parameterValue(programme, name, on),
    definition: (name) => programme.definitions[name]!.is,
    cache: new Map(),
    variables,
    budget: { turns: MACRO_TURNS },
  })
}

/** @returns code that gives 0 or 1 */
export function truth(printer: Printer, expression: Expression): string {
  const value = constantOf(printer, expression)
  if (value !== undefined) return value === true ? '1' : '0'
  const table = tableOf(printer, expression)
  if (table !== undefined) return table
  switch (expression.kind) {
    case 'fact':
      return columnOf(printer, expression.path)
    case 'definition':
      return definitionOf(printer, expression.name, truth)
    case 'not':
      return `(${truth(printer, expression.operand)}^1)`
    case 'logic': {
      const sign = expression.operator === '&&' ? '&' : '|'
      return `(${truth(printer, expression.left)}${sign}${truth(printer, expression.right)})`
    }
    case 'choose': {
      const [test, yes, no] = [expression.test, expression.yes, expression.no].map((part) =>
        truth(printer, part),
      )
      return `(${test}?${yes}:${no})`
    }
    case 'binary':
      return comparison(printer, expression)
    case 'call':
      return membership(printer, expression)
    case 'macro':
      return unrolled(printer, expression)
    default:
      throw new NotColumnar(expression.kind)
  }
}

/** A truth over one coded fact as a table by the places of its dictionary. */
function tableOf(printer: Printer, expression: Expression): string | undefined {
  const [path, ...more] = referencesOf(printer.programme, [expression]).facts
  if (path === undefined) throw new NotColumnar('what reads no fact and has no value')
  const { type } = printer.programme.facts.facts[path]!
  const dictionary = printer.population.facts.get(path)?.dictionary
  if (more.length > 0 || !isCoded(type) || dictionary === undefined) return undefined
  const verdicts = dictionary.map((text) => evaluateOn(printer, expression, new Map([[path, text]])))
  if (!verdicts.every((verdict) => typeof verdict === 'boolean'))
    throw new NotColumnar('a table that has failures')
  const name = `t${printer.arrays.size}`
  printer.arrays.set(name, Uint8Array.from(verdicts, Number))
  return `${name}[${columnOf(printer, path)}]`
}

export function columnOf(printer: Printer, path: string): string {
  const column = printer.population.facts.get(path)
  if (column === undefined) throw new NotColumnar(`no column ${path}`)
  for (const [name, array] of printer.arrays) if (array === column.values) return `${name}[i]`
  const name = `c${printer.arrays.size}`
  printer.arrays.set(name, column.values)
  return `${name}[i]`
}

function definitionOf<Printed extends string | Num>(
  printer: Printer,
  name: string,
  print: (printer: Printer, expression: Expression) => Printed,
): Printed {
  const known = printer.locals.get(name)
  if (known !== undefined) return known as Printed
  const outside = { ...printer, variables: new Map<string, Value>() }
  const printed: string | Num = print(outside, printer.programme.definitions[name]!.is)
  const kept =
    typeof printed === 'string' ? local(printer, printed) : { ...printed, code: local(printer, printed.code) }
  printer.locals.set(name, kept)
  return kept as Printed
}

function comparison(printer: Printer, expression: Expression & { kind: 'binary' }): string {
  const { operator, left, right } = expression
  if (operator === 'in') return `(${anyOf(printer, left, right)})`
  if (left.type.kind === 'bool') {
    if (operator !== '==' && operator !== '!=') throw new NotColumnar('order of truths')
    const different = `(${truth(printer, left)}^${truth(printer, right)})`
    return operator === '!=' ? different : `(${different}^1)`
  }
  const sign = operator === '==' ? '===' : operator === '!=' ? '!==' : operator
  if (isNumeric(left.type)) {
    const pair = [number(printer, left), number(printer, right)]
    const [a, b] = sameScale(pair, guardOf(printer)) as [Num, Num]
    return `+(${a.code}${sign}${b.code})`
  }
  if (sign !== '===' && sign !== '!==') throw new NotColumnar('order of texts')
  return `+(${textOf(printer, left)}${sign}${textOf(printer, right)})`
}

/** The text of a coded fact. */
function textOf(printer: Printer, expression: Expression): string {
  const value = constantOf(printer, expression)
  if (typeof value === 'string') return JSON.stringify(value)
  if (expression.kind !== 'fact') throw new NotColumnar(`a text from ${expression.kind}`)
  const place = columnOf(printer, expression.path)
  const name = `d${printer.arrays.size}`
  printer.arrays.set(name, printer.population.facts.get(expression.path)!.dictionary)
  return `${name}[${place}]`
}

function anyOf(printer: Printer, item: Expression, list: Expression): string {
  const values = constantOf(printer, list)
  if (!Array.isArray(values)) throw new NotColumnar('a list that depends on facts')
  if (values.length === 0) return '0'
  const { type, place } = item
  return values
    .map((value: Value) =>
      comparison(printer, {
        kind: 'binary',
        type: { kind: 'bool' },
        place,
        operator: '==',
        left: item,
        right: { kind: 'literal', type, place, value },
      }),
    )
    .join('|')
}

function membership(printer: Printer, expression: Expression & { kind: 'call' }): string {
  const [whole, part] = expression.args
  if (expression.name !== 'contains' || whole?.type.kind !== 'period')
    throw new NotColumnar(`${expression.name}()`)
  const period = constantOf(printer, whole) as Period | undefined
  if (period === undefined) throw new NotColumnar('a period that depends on facts')
  const day = local(printer, number(printer, part!).code)
  return `(+(${day}>=${dayNumber(period.from)})&+(${day}<=${dayNumber(period.to)}))`
}

/** A macro over a list that is known while printing. */
function unrolled(printer: Printer, expression: Expression & { kind: 'macro' }): string {
  const { name, variable, body } = expression
  const items = constantOf(printer, expression.list)
  if (!Array.isArray(items)) throw new NotColumnar('a list that depends on facts')
  const verdicts = items.map((item: Value) =>
    truth({ ...printer, variables: new Map(printer.variables).set(variable, item) }, body),
  )
  if (name === 'all') return `(${['1', ...verdicts].join('&')})`
  if (name === 'exists') return `(${['0', ...verdicts].join('|')})`
  if (name === 'exists_one') return `+((${['0', ...verdicts].join('+')})===1)`
  throw new NotColumnar(`${name}()`)
}

function isNumeric(type: Type): boolean {
  return ['int', 'money', 'rate', 'exact', 'date'].includes(type.kind)
}

/** @returns code that gives an amount, a whole number, a rate or the number of a day */
export function number(printer: Printer, expression: Expression): Num {
  const value = constantOf(printer, expression)
  if (value !== undefined) return constantNumber(expression.type, value)
  const guard = guardOf(printer)
  switch (expression.kind) {
    case 'fact':
      return factNumber(printer, expression.path)
    case 'definition':
      return definitionOf(printer, expression.name, number)
    case 'negate':
      return sum('-', [constant(0n), number(printer, expression.operand)], guard)
    case 'choose': {
      const test = truth(printer, expression.test)
      return chosen(test, [number(printer, expression.yes), number(printer, expression.no)], guard)
    }
    case 'binary':
      return calculation(printer, expression)
    case 'call':
      return called(printer, expression)
    default:
      throw new NotColumnar(expression.kind)
  }
}

function constantNumber(type: Type, value: Value): Num {
  if (type.kind === 'date') return constant(BigInt(dayNumber(value as string)))
  const { numerator, denominator } = asFraction(value)
  if (most([numerator, -numerator, denominator]) > LIMIT) throw new NotColumnar('a constant beyond 2^53')
  return constant(numerator, denominator)
}

function factNumber(printer: Printer, path: string): Num {
  const { type, maxFen } = printer.programme.facts.facts[path]!
  const code = columnOf(printer, path)
  if (type.kind === 'date') return { code, scale: 1n, low: BigInt(DAYS.first), high: BigInt(DAYS.last) }
  return { code, scale: 1n, low: maxFen === undefined ? -LIMIT : 0n, high: maxFen ?? LIMIT }
}

function calculation(printer: Printer, expression: Expression & { kind: 'binary' }): Num {
  const guard = guardOf(printer)
  const [left, right] = [number(printer, expression.left), number(printer, expression.right)]
  switch (expression.operator) {
    case '+':
    case '-':
      return sum(expression.operator, [left, right], guard)
    case '*':
      return product(left, right, guard)
    case '/':
    case '%':
      return division(printer, expression.operator, left, right)
    default:
      throw new NotColumnar(expression.operator)
  }
}

/** As in CEL, towards zero; by zero is a failure. */
function division(printer: Printer, operator: '/' | '%', left: Num, right: Num): Num {
  if (right.low <= 0n && right.high >= 0n) printer.lines.push(`odd|=+(${right.code}===0);`)
  const edge = most([left.high, -left.low, 0n])
  const code = operator === '/' ? `Math.trunc(${left.code}/${right.code})` : `(${left.code}%${right.code})`
  return { code, scale: 1n, low: -edge, high: edge }
}

function called(printer: Printer, expression: Expression & { kind: 'call' }): Num {
  const { name, args } = expression
  const guard = guardOf(printer)
  if (name === 'least' || name === 'greatest')
    return extreme(
      name === 'least' ? 'min' : 'max',
      args.map((arg) => number(printer, arg)),
      guard,
    )
  if (name.startsWith('round_')) {
    const unit = (args[1] as Expression & { kind: 'literal' }).value as MoneyUnit
    return rounded(printer, number(printer, args[0]!), { to: unit, mode: name.slice('round_'.length) })
  }
  if (name === 'year')
    return { code: `H.year(${number(printer, args[0]!).code})`, scale: 1n, low: 1900n, high: 2999n }
  if (name.startsWith('plus_')) return shifted(printer, name, { day: args[0]!, by: args[1]! })
  throw new NotColumnar(`${name}()`)
}

interface Move {
  readonly day: Expression
  readonly by: Expression
}

/** The bounds that `call.ts` sets to how far a day is moved, and those of the calendar. */
function shifted(printer: Printer, name: string, move: Move): Num {
  const guard = guardOf(printer)
  const [day, by] = [number(printer, move.day), number(printer, move.by)]
  const most = name === 'plus_days' ? 400_000n : name === 'plus_months' ? 12_000n : 1000n
  const moved = by.low >= -most && by.high <= most ? by.code : guard(by.code, -most, most)
  const [low, high] = [BigInt(DAYS.first), BigInt(DAYS.last)]
  const of = (code: string): Num => ({ code: guard(code, low, high), scale: 1n, low, high })
  if (name === 'plus_days') return of(`(${day.code}+${moved})`)
  const months = name === 'plus_years' ? 12n : 1n
  const isFixed = by.low === by.high && moved === by.code
  const known = isFixed ? monthsTable(printer, move.day, Number(by.low * months)) : undefined
  return of(known ?? `H.months(${day.code},${months === 12n ? '12*' : ''}${moved})`)
}

/** A longer span of days than this is worked out row by row. */
const MOST_DAYS = 200_000

/** A column of days moved by a fixed number of months: looked up, since there are fewer days than rows. */
function monthsTable(printer: Printer, day: Expression, months: number): string | undefined {
  if (day.kind !== 'fact') return undefined
  const column = printer.population.facts.get(day.path)
  if (column === undefined) return undefined
  let [first, last] = [Infinity, -Infinity]
  for (const value of column.values) {
    if (value < first) first = value
    if (value > last) last = value
  }
  if (!(last - first < MOST_DAYS)) return undefined
  const name = `t${printer.arrays.size}`
  const table = Int32Array.from({ length: last - first + 1 }, (_, at) =>
    addMonthsToNumber(first + at, months),
  )
  printer.arrays.set(name, table)
  return `${name}[${columnOf(printer, day.path)}-(${first})]`
}

/** A fraction of fen to whole units, in fen; amounts below zero go to the scalar path. */
export function rounded(
  printer: Printer,
  amount: Num,
  { to, mode }: { readonly to: MoneyUnit; readonly mode: string },
): Num {
  const guard = guardOf(printer)
  const unit = FEN_PER_UNIT[to]
  if (amount.scale === 1n && unit === 1n) return amount
  const by = amount.scale * unit
  // half of the bound, since halves are found by doubling
  const edge = (LIMIT - by) / 2n
  if (edge < by) throw new NotColumnar('a rounding beyond 2^53')
  const proved = amount.low >= 0n && amount.high <= edge
  const from = proved ? amount : { code: guard(amount.code, 0n, edge), high: edge }
  const highest = bounded(
    {
      code: `${quotient(printer, from.code, by, mode)}*${unit}`,
      scale: 1n,
      low: 0n,
      high: (from.high / by + 1n) * unit,
    },
    guard,
  )
  return { ...highest, code: `(${highest.code})` }
}

function quotient(printer: Printer, code: string, by: bigint, mode: string): string {
  if (mode === 'down') return `Math.floor(${code}/${by})`
  if (mode === 'up') return `Math.ceil(${code}/${by})`
  const whole = local(printer, code)
  if (mode === 'half_up') return `Math.floor((2*${whole}+${by})/${2n * by})`
  const floor = local(printer, `Math.floor(${whole}/${by})`)
  const rest = local(printer, `2*(${whole}-${floor}*${by})-${by}`)
  return `(${floor}+(${rest}>0||(${rest}===0&&${floor}%2===1)?1:0))`
}
