// Fields of a file into columns: each kind by its own small reader over the bytes. Decimal numbers of up to fifteen
// digits are read by hand, which is exact (an integer below 2^53 over a power of ten is rounded once); others by `Number`.
import { isDay } from '../../calendar/index.ts'
import { utf8 } from '../../canonical.ts'
import {
  baseOf,
  columnsOf,
  emptyColumn,
  kindsOf,
  laidOut,
  orderOfIds,
  type Column,
  type Columns,
} from './columns.ts'
import type { CsvRecord } from './csv.ts'
import type { ColumnKind, TableName } from './tables.ts'
import { decoded, type Texts } from './texts.ts'

/** A value that cannot stand in its column, or without a column an id that stood before. */
export interface Fault {
  readonly column?: string
  readonly text: string
}

export interface TableWriter<Name extends TableName> {
  /** @param places of the columns among the fields of the record */
  readonly write: (record: CsvRecord, places: readonly number[]) => Fault | undefined
  readonly done: () => Columns<Name>
}

/** What a reader answers for a text that is no value of its kind; no column can hold it. */
const INVALID = Infinity

type Reader = (bytes: Uint8Array, start: number, end: number) => number

export function tableWriter<Name extends TableName>(table: Name, texts: Texts): TableWriter<Name> {
  const kinds = kindsOf(table)
  const readers = kinds.map(([, kind]) => readerOf(kind, texts))
  let columns = kinds.map(([, kind]) => emptyColumn(kind, 1024))
  const idAt = kinds.findIndex(([name]) => name === 'id')
  const known = codeSet()
  let [size, capacity] = [0, 1024]
  return { write, done }

  function write(record: CsvRecord, places: readonly number[]): Fault | undefined {
    if (size === capacity) grow()
    for (let index = 0; index < readers.length; index++) {
      const place = places[index]!
      const missing = place >= record.count
      const [start, end] = [record.starts[place]!, record.ends[place]!]
      const value = missing ? INVALID : readers[index]!(record.within[place]!, start, end)
      if (value === INVALID) {
        const text = missing ? '' : decoded(record.within[place]!.subarray(start, end))
        return { column: kinds[index]![0], text }
      }
      columns[index]![size] = value
    }
    const id = columns[idAt]![size]!
    if (!known.add(id)) return { text: texts.textOf(id) }
    size += 1
    return undefined
  }

  function grow(): void {
    capacity *= 2
    columns = columns.map((column, index) => {
      const larger = emptyColumn(kinds[index]![1], capacity)
      larger.set(column)
      return larger
    })
  }

  function done(): Columns<Name> {
    const order = orderOfIds(columns[idAt]!.subarray(0, size) as Int32Array, texts)
    const data = new Map<string, Column>(
      kinds.map(([name], index) => [name, laidOut(columns[index]!, size, order)]),
    )
    return columnsOf(table, size, data, texts)
  }
}

function readerOf(kind: ColumnKind, texts: Texts): Reader {
  const unknown = !kind.endsWith('?') ? INVALID : baseOf(kind) === 'number' ? Number.NaN : -1
  const read = known(kind.replace('?', ''), texts)
  return (bytes, start, end) => (start === end ? unknown : read(bytes, start, end))
}

function known(kind: string, texts: Texts): Reader {
  switch (kind) {
    case 'text':
      return textReader(texts)
    case 'day':
      return dayReader(texts)
    case 'flag':
      return flagOf
    case 'number':
      return numberOf
    default:
      return integerOf
  }
}

const [TRUE, FALSE] = [utf8('true'), utf8('false')]

function flagOf(bytes: Uint8Array, start: number, end: number): number {
  const word = bytes[start] === TRUE[0] ? TRUE : FALSE
  if (end - start !== word.length) return INVALID
  for (let at = 0; at < word.length; at++) if (bytes[start + at] !== word[at]) return INVALID
  return word === TRUE ? 1 : 0
}

/** Many columns repeat the value of the row before. */
function textReader(texts: Texts): Reader {
  let before = -1
  return (bytes, start, end) => {
    if (before < 0 || !texts.is(before, bytes, start, end)) before = texts.intern(bytes, start, end)
    return before
  }
}

/** A day is checked when it is first met. */
function dayReader(texts: Texts): Reader {
  const days = new Set<number>()
  return (bytes, start, end) => {
    const code = texts.intern(bytes, start, end)
    if (days.has(code)) return code
    if (!isDay(texts.textOf(code))) return INVALID
    days.add(code)
    return code
  }
}

const [MINUS, POINT, ZERO, NINE] = [45, 46, 48, 57] as const
const MOST_DIGITS = 15

function integerOf(bytes: Uint8Array, start: number, end: number): number {
  const from = bytes[start] === MINUS ? start + 1 : start
  let value = 0
  for (let at = from; at < end; at++) {
    const byte = bytes[at]!
    if (byte < ZERO || byte > NINE) return INVALID
    value = 10 * value + (byte - ZERO)
  }
  if (from === end) return INVALID
  // With over fifteen digits the sum may have been rounded: read again, and refused where it is not exact.
  const number = end - from <= MOST_DIGITS ? value : Number(decoded(bytes.subarray(from, end)))
  if (!Number.isSafeInteger(number)) return INVALID
  return from > start ? -number : number
}

const POWERS = Array.from({ length: MOST_DIGITS + 1 }, (_, digits) => Number(`1e${digits}`))
const DECIMAL = /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/

function numberOf(bytes: Uint8Array, start: number, end: number): number {
  const from = bytes[start] === MINUS ? start + 1 : start
  let [value, digits, point] = [0, 0, -1]
  for (let at = from; at < end; at++) {
    const byte = bytes[at]!
    if (byte === POINT && point === -1 && digits > 0 && at < end - 1) point = digits
    else if (byte < ZERO || byte > NINE || digits === MOST_DIGITS) return spelled(bytes, start, end)
    else {
      value = 10 * value + (byte - ZERO)
      digits += 1
    }
  }
  if (digits === 0) return INVALID
  const number = point === -1 ? value : value / POWERS[digits - point]!
  return from > start ? -number : number
}

function spelled(bytes: Uint8Array, start: number, end: number): number {
  const text = decoded(bytes.subarray(start, end))
  const number = DECIMAL.test(text) ? Number(text) : INVALID
  return Number.isFinite(number) ? number : INVALID
}

/** A set of codes as bits. */
function codeSet(): { readonly add: (code: number) => boolean } {
  let bits = new Uint8Array(1024)
  return { add }

  /** False where it was in already. */
  function add(code: number): boolean {
    const byte = code >>> 3
    if (byte >= bits.length) {
      const larger = new Uint8Array(Math.max(2 * bits.length, byte + 1))
      larger.set(bits)
      bits = larger
    }
    const bit = 1 << (code & 7)
    if ((bits[byte]! & bit) !== 0) return false
    bits[byte]! |= bit
    return true
  }
}
