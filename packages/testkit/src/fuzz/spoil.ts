// One thing wrong: a value that should not be there, a field too many or too few. The list is that of bad inputs which
// every route must survive: amounts, dates, codes, hidden and rare characters, sizes, and texts that other programs would
// carry out.
import type { Random } from '@suanquan/core'

/** Written into the JSON as it stands: numbers that JavaScript cannot hold, keys twice, depth. */
export interface Verbatim {
  readonly verbatim: string
}

const verbatim = (text: string): Verbatim => ({ verbatim: text })

const AMOUNTS =
  '-0.01 0 1e309 NaN Infinity 1e3 0.005 9007199254740993 １２３ 1,000 0x10 -1 00 999999999999999'
const DAYS =
  '2023-02-29 2026-02-30 0000-01-01 0001-01-01 9999-12-31 2024-13-01 +002024-05-06 2024-05-06T24:00:00+08:00 24:00'
const ATTACKS = [
  '=cmd|calc',
  "'; drop table person; --",
  '../../../../etc/passwd',
  'http://127.0.0.1:22/',
  'http://[::1]/',
  'http://2130706433/',
  '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  '<svg onload=alert(1)>',
  '${7*7}',
  '%00',
  '%',
  '\\',
  '__proto__',
  'constructor',
  'hasOwnProperty',
]
const CHARACTERS = [
  '',
  ' ',
  '\u0000',
  'a\u202eb',
  '\ud800',
  'x\udc00y',
  '\ufeff',
  '\u200b',
  'e\u0301'.repeat(200),
  '㼆𠮷😀👩‍👩‍👧',
  '91АВ0101МА0000000Х',
  '名'.repeat(100_000),
]
const OTHERS: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  0.1,
  1e308,
  [],
  {},
  [[]],
  [null],
  { $ne: null },
  { toString: 1 },
  verbatim('1e309'),
  verbatim('-0'),
  verbatim('9007199254740993'),
  verbatim('123456789012345678901234567890.5'),
  verbatim('{"__proto__":{"polluted":true}}'),
  verbatim('{"a":1,"a":2}'),
  verbatim(`${'['.repeat(10_000)}${']'.repeat(10_000)}`),
  verbatim(`[${'null,'.repeat(20_000)}null]`),
]
const RARELY: readonly unknown[] = [
  'x'.repeat(1_000_000),
  verbatim(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`),
]

const TEXTS = [...AMOUNTS.split(' '), ...DAYS.split(' '), ...ATTACKS, ...CHARACTERS]

export function badValue(random: Random): unknown {
  if (random.int(60) === 0) return random.pick(RARELY)
  return random.pick(random.int(3) === 0 ? OTHERS : TEXTS)
}

export function badText(random: Random): string {
  return random.pick(TEXTS)
}

/** A copy with one thing wrong somewhere in it. */
export function spoilt(value: unknown, random: Random): unknown {
  if (value === null || typeof value !== 'object' || random.int(12) === 0) return badValue(random)
  const keys = Object.keys(value)
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>
  if (keys.length === 0 || random.int(8) === 0) {
    if (Array.isArray(copy)) copy.push(badValue(random))
    else copy[random.pick(['extra', 'id', 'constructor', 'jurisdiction', 'toJSON'])] = badValue(random)
    return copy
  }
  const key = random.pick(keys)
  if (random.int(8) === 0 && !Array.isArray(copy)) delete copy[key]
  else if (random.int(8) === 0 && Array.isArray(copy)) return Array.from({ length: 2500 }, () => copy[0])
  else copy[key] = spoilt(copy[key], random)
  return copy
}

/** JSON with its verbatim parts. */
export function written(value: unknown): string {
  const parts: string[] = []
  const text = JSON.stringify(value, (_, each: unknown) => {
    if (each === null || typeof each !== 'object' || !('verbatim' in each)) return each
    return `@verbatim ${parts.push(String(each.verbatim)) - 1}@`
  })
  return text.replaceAll(/"@verbatim (\d+)@"/g, (_, index: string) => parts[Number(index)]!)
}
