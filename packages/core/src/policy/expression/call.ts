// What each function and method of the profile computes.
import { addMonths, yearOf } from '../../calendar/index.ts'
import { rate, toFen, type MoneyUnit, type RoundingMode } from '../../money/index.ts'
import { readLiteral } from '../literals.ts'
import type { Period, Type, Value } from '../types.ts'
import { asFraction, compareValues, inCalendar, shiftDay } from './arithmetic.ts'
import { failure, type Outcome } from './outcome.ts'

type Implementation = (args: readonly Value[], types: readonly Type[]) => Outcome

const implementations: Readonly<Record<string, Implementation>> = {
  least: (args) => args.reduce((best, item) => (compareValues(item, best) < 0 ? item : best)),
  greatest: (args) => args.reduce((best, item) => (compareValues(item, best) > 0 ? item : best)),
  share: ([part, whole]) =>
    whole === 0n ? failure('division_by_zero') : rate(part as bigint, whole as bigint),
  round_down: rounding('down'),
  round_up: rounding('up'),
  round_half_up: rounding('half_up'),
  round_half_even: rounding('half_even'),
  plus_days: ([day, days]) => shiftDay(day as string, days as bigint),
  plus_months: ([day, months]) => shiftMonths(day as string, months as bigint),
  plus_years: ([day, years]) => shiftMonths(day as string, 12n * (years as bigint)),
  year: ([day]) => BigInt(yearOf(day as string)),
  first: ([period]) => (period as Period).from,
  last: ([period]) => (period as Period).to,
  within: ([code, prefix]) => isWithin(code as string, prefix as string),
  within_any: ([code, prefixes]) =>
    (prefixes as readonly string[]).some((prefix) => isWithin(code as string, prefix)),
  contains: ([whole, part], [type]) => {
    if (type!.kind !== 'period') return (whole as string).includes(part as string)
    return (whole as Period).from <= (part as string) && (part as string) <= (whole as Period).to
  },
  startsWith: ([text, start]) => (text as string).startsWith(start as string),
  endsWith: ([text, end]) => (text as string).endsWith(end as string),
  size: ([item]) =>
    BigInt(typeof item === 'string' ? Array.from(item).length : (item as readonly Value[]).length),
  int: ([item]) => (typeof item === 'string' ? readWhole(item) : item!),
  string: ([item]) => String(item),
  bool: ([item]) => (typeof item === 'string' ? readTruth(item) : item!),
}

function readWhole(text: string): Outcome {
  const read = readLiteral({ kind: 'int' }, text)
  return read.ok ? read.value : failure('not_convertible')
}

/** The words that CEL takes for a truth, no other spelling. */
function readTruth(text: string): Outcome {
  if (['1', 't', 'true', 'TRUE', 'True'].includes(text)) return true
  return ['0', 'f', 'false', 'FALSE', 'False'].includes(text) ? false : failure('not_convertible')
}

export function functionOf(name: string): Implementation {
  return implementations[name]!
}

function rounding(mode: RoundingMode): Implementation {
  return ([amount, unit]) => toFen(asFraction(amount!), unit as MoneyUnit, mode)
}

/** 29 February plus a year is 28 February. */
function shiftMonths(day: string, months: bigint): Outcome {
  if (months > 12_000n || months < -12_000n) return failure('date_out_of_range')
  return inCalendar(addMonths(day, Number(months)))
}

/** A region lies within a shorter code by its prefix; `110000` and `110100` count as `11` and `1101`. Industries alike. */
function isWithin(code: string, prefix: string): boolean {
  const whole = prefix.length === 6 && prefix.endsWith('00') ? prefix.replace(/(00){1,2}$/, '') : prefix
  return code.startsWith(whole)
}
