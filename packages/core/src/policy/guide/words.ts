// An expression in words, in both languages: facts by their labels, parameters by their value on a day, operators as
// people say them. It covers every kind of node, so that whatever a programme may write can be read.
import type { Day } from '../../calendar/index.ts'
import { writeValue } from '../message.ts'
import { datedValue } from '../parameters.ts'
import type { Programme, Text } from '../programme.ts'
import { fillFrom, openSession } from '../session.ts'
import type { Expression, Type } from '../types.ts'

/** @param on the day whose values stand for the parameters */
export function inWords(programme: Programme, on: Day, expression: Expression): Text {
  const say = (language: 'zh' | 'en'): string => spoken({ programme, on, language }, expression)
  return { zh: say('zh'), en: say('en') }
}

interface Speaker {
  readonly programme: Programme
  readonly on: Day
  readonly language: 'zh' | 'en'
}

type Pair = readonly [zh: string, en: string]

function spoken(speaker: Speaker, expression: Expression): string {
  const { programme, language } = speaker
  const part = (inner: Expression): string => bracketed(spoken(speaker, inner), expression, inner)
  const pick = ([zh, en]: Pair): string => (language === 'zh' ? zh : en)
  switch (expression.kind) {
    case 'literal':
      return writeValue(expression.value, expression.type, { schema: programme.facts, language })
    case 'fact':
      return named(pick, labelOf(speaker, expression.path), expression.type)
    case 'parameter':
      return parameterWords(speaker, expression.name)
    case 'definition':
      return definitionWords(speaker, expression.name)
    case 'variable':
      return expression.name
    case 'not':
      return negated(speaker, expression.operand)
    case 'negate':
      return `−${part(expression.operand)}`
    case 'binary': {
      const between = pick(operatorWords(expression.operator, expression.left.type))
      const gap = /[\u4e00-\u9fff]/.test(between) ? '' : ' '
      return `${part(expression.left)}${gap}${between}${gap}${part(expression.right)}`
    }
    case 'logic':
      return `${part(expression.left)}${pick(expression.operator === '&&' ? ['，且', ', and '] : ['，或', ', or '])}${part(expression.right)}`
    case 'choose': {
      const [test, yes, no] = [expression.test, expression.yes, expression.no].map((item) =>
        spoken(speaker, item),
      )
      return pick([`（${test!}时为 ${yes!}，否则为 ${no!}）`, `(${yes!} if ${test!}, otherwise ${no!})`])
    }
    case 'list':
      return expression.items.map((item) => spoken(speaker, item)).join(pick(['、', ', ']))
    case 'index':
      return pick([
        `${part(expression.list)} 的第 ${part(expression.at)} 项`,
        `item ${part(expression.at)} of ${part(expression.list)}`,
      ])
    case 'call':
      return callWords(speaker, expression.name, expression.args)
    default: {
      const [list, body] = [part(expression.list), part(expression.body)]
      return `${list}.${expression.name}(${expression.variable}, ${body})`
    }
  }
}

/** Its text, with the numbers that stand in it. */
function definitionWords({ programme, on, language }: Speaker, name: string): string {
  const session = openSession(programme, new Map([[programme.governs.by, on]]))
  return fillFrom(session, programme.definitions[name]!.text)[language]
}

/** A yes-or-no fact stands as a sentence, every other as a name. */
function named(pick: (pair: Pair) => string, label: string, type: Type): string {
  return type.kind === 'bool' ? pick([`“${label}”为是`, `“${label}” is yes`]) : label
}

function negated(speaker: Speaker, operand: Expression): string {
  const { language } = speaker
  if (operand.kind === 'fact') {
    const label = labelOf(speaker, operand.path)
    return language === 'zh' ? `“${label}”为否` : `“${label}” is no`
  }
  const inner = spoken(speaker, operand)
  return language === 'zh' ? `不是“${inner}”` : `not “${inner}”`
}

function labelOf({ programme, language }: Speaker, path: string): string {
  return programme.facts.facts[path]!.label[language]
}

function parameterWords({ programme, on, language }: Speaker, name: string): string {
  const parameter = programme.parameters[name]!
  const value = datedValue(parameter, on)?.value ?? null
  if (value !== null) return writeValue(value, parameter.type, { schema: programme.facts, language })
  const label = parameter.label[language]
  return language === 'zh' ? `${label}（待定）` : `${label} (to be decided)`
}

const OPERATORS: Readonly<Record<string, Pair>> = {
  '+': ['+', '+'],
  '-': ['−', '−'],
  '*': ['×', '×'],
  '/': ['÷', '÷'],
  '%': ['除以余', 'modulo'],
  '<': ['低于', 'below'],
  '<=': ['不超过', 'at most'],
  '==': ['为', 'is'],
  '!=': ['不是', 'is not'],
  '>=': ['不少于', 'at least'],
  '>': ['超过', 'above'],
  in: ['属于', 'is one of'],
}

const DATES: Readonly<Record<string, Pair>> = {
  '<': ['早于', 'before'],
  '<=': ['不晚于', 'on or before'],
  '>=': ['不早于', 'on or after'],
  '>': ['晚于', 'after'],
}

function operatorWords(operator: string, type: Type): Pair {
  return (type.kind === 'date' ? DATES[operator] : undefined) ?? OPERATORS[operator]!
}

const LOOSE = ['binary', 'logic']

/** Operators within operators stand between brackets, but for chains of one. */
function bracketed(text: string, outer: Expression, inner: Expression): string {
  if (!LOOSE.includes(outer.kind) || !LOOSE.includes(inner.kind)) return text
  const [one, other] = [outer, inner] as { operator: string }[]
  const chain = one!.operator === other!.operator && ['+', '&&', '||', '*'].includes(one!.operator)
  const product = one!.operator === '+' && ['*', '/'].includes(other!.operator)
  return chain || product ? text : `(${text})`
}

const ROUNDINGS: Readonly<Record<string, Pair>> = {
  round_down: ['舍到', 'rounded down to'],
  round_up: ['进到', 'rounded up to'],
  round_half_up: ['四舍五入到', 'rounded half up to'],
  round_half_even: ['四舍六入五成双到', 'rounded half to even to'],
}

const CALLS: Readonly<Record<string, (args: readonly string[]) => Pair>> = {
  least: (args) => [`${args.join('、')} 中最小的`, `the least of ${args.join(', ')}`],
  greatest: (args) => [`${args.join('、')} 中最大的`, `the greatest of ${args.join(', ')}`],
  share: ([part, whole]) => [`${part!} ÷ ${whole!}`, `${part!} ÷ ${whole!}`],
  plus_days: ([day, n]) => [`${day!}后 ${n!} 天`, `${n!} days after ${day!}`],
  plus_months: ([day, n]) => [`${day!}后 ${n!} 个月`, `${n!} months after ${day!}`],
  plus_years: ([day, n]) => [`${day!}后 ${n!} 年`, `${n!} years after ${day!}`],
  year: ([day]) => [`${day!}的年份`, `the year of ${day!}`],
  first: ([period]) => [`${period!}的首日`, `the first day of ${period!}`],
  last: ([period]) => [`${period!}的末日`, `the last day of ${period!}`],
  within: ([one, all]) => [`${one!} 在 ${all!} 之内`, `${one!} within ${all!}`],
  within_any: ([one, all]) => [`${one!} 属于 ${all!}`, `${one!} within one of ${all!}`],
  contains: ([all, one]) => [`${all!} 包含 ${one!}`, `${all!} contains ${one!}`],
  startsWith: ([text, start]) => [`${text!} 以 ${start!} 开头`, `${text!} starts with ${start!}`],
  endsWith: ([text, end]) => [`${text!} 以 ${end!} 结尾`, `${text!} ends with ${end!}`],
  size: ([list]) => [`${list!} 的数目`, `the number of ${list!}`],
}

function callWords(speaker: Speaker, name: string, args: readonly Expression[]): string {
  const words = args.map((item) => spoken(speaker, item))
  const rounding = ROUNDINGS[name]
  const [zh, en] = rounding
    ? [`${words[0]!}（${rounding[0]} ${words[1]!}）`, `${words[0]!} (${rounding[1]} ${words[1]!})`]
    : (CALLS[name]?.(words) ?? [`${name}(${words.join('、')})`, `${name}(${words.join(', ')})`])
  return speaker.language === 'zh' ? zh : en
}
