// Texts become values only by the type they are read as; what does not fit is refused with its own code.
import { isDay } from '../calendar/index.ts'
import { parseMoney, parseRate } from '../money/index.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import type { Type, Value } from './types.ts'

export type LiteralRefusal =
  | 'money.no_unit'
  | 'money.finer_than_fen'
  | 'money.not_a_number'
  | 'rate.not_a_rate'
  | 'rate.above_one'
  | 'policy.not_a_date'
  | 'policy.not_a_period'
  | 'policy.not_a_region'
  | 'policy.not_an_industry'
  | 'policy.not_a_whole_number'
  | 'policy.not_a_bool'
  | 'policy.unknown_member'
  | 'policy.not_a_single_value'

const MINUTE = /^([01]\d|2[0-3]):[0-5]\d$/

export const INT_MIN = -(2n ** 63n)
export const INT_MAX = 2n ** 63n - 1n

/** Reads one text as a value of the type: `200万元`, `30%`, `2025-06-30`, `2024-03-01/2024-03-31T17:30`, `'3202'`, `I65`, `true`. */
export function readLiteral(type: Type, text: string): Decision<Value, LiteralRefusal> {
  switch (type.kind) {
    case 'money':
    case 'exact':
      return parseMoney(text)
    case 'rate':
      return parseRate(text)
    case 'date':
      return isDay(text) ? accept(text) : refuse('policy.not_a_date', { text })
    case 'period':
      return readPeriod(text)
    case 'region':
      return /^\d{2}(\d{2}){0,2}$/.test(text) ? accept(text) : refuse('policy.not_a_region', { text })
    case 'industry':
      return /^[A-T](\d{2,4})?$/.test(text) ? accept(text) : refuse('policy.not_an_industry', { text })
    case 'int':
      return readInt(text)
    case 'bool':
      return text === 'true' || text === 'false'
        ? accept(text === 'true')
        : refuse('policy.not_a_bool', { text })
    case 'enumeration':
      return type.members.includes(text)
        ? accept(text)
        : refuse('policy.unknown_member', { text, name: type.name, members: type.members })
    case 'list':
      return refuse('policy.not_a_single_value', { text })
    default:
      return accept(text)
  }
}

function readPeriod(text: string): Decision<Value, LiteralRefusal> {
  const [first = '', last = '', rest] = text.split('/')
  const [from = '', opensAt, more] = first.split('T')
  const [to = '', closesAt, most] = last.split('T')
  const minutes = [opensAt, closesAt].every((minute) => minute === undefined || MINUTE.test(minute))
  const ordered = from < to || (from === to && (opensAt ?? '00:00') <= (closesAt ?? '24:00'))
  const parts = rest === undefined && more === undefined && most === undefined
  if (!parts || !minutes || !ordered || !isDay(from) || !isDay(to))
    return refuse('policy.not_a_period', { text })
  const times = {
    ...(opensAt === undefined ? {} : { opensAt }),
    ...(closesAt === undefined ? {} : { closesAt }),
  }
  return accept({ from, to, ...times })
}

function readInt(text: string): Decision<Value, LiteralRefusal> {
  if (!/^-?(0|[1-9]\d{0,18})$/.test(text)) return refuse('policy.not_a_whole_number', { text })
  const value = BigInt(text)
  return value >= INT_MIN && value <= INT_MAX ? accept(value) : refuse('policy.not_a_whole_number', { text })
}

/** A type by its written name, such as `money`, `list<industry>`; undefined for any other word. */
export function readType(name: string): Type | undefined {
  const list = /^list<([a-z]+)>$/.exec(name)
  const inner = list ? readType(list[1]!) : undefined
  if (list) return inner && { kind: 'list', of: inner }
  const kinds = ['bool', 'int', 'string', 'money', 'rate', 'date', 'period', 'region', 'industry'] as const
  const kind = kinds.find((item) => item === name)
  return kind && { kind }
}
