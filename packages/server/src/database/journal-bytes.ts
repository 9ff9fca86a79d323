// The canonical bytes of journal rows straight from the database's binary form, as `rowBytes` of core makes them from a
// row: a test holds the two equal. Millions of rows are hashed without becoming objects.
import type { Instant } from '@suanquan/core/calendar'

/** The columns in the order of the canonical row; the ledger, which comes first, is a number of the query. */
const COLUMNS = [
  ['seq', 'int'],
  ['at', 'time'],
  ['id', 'bytes'],
  ['kind', 'int'],
  ['debit', 'bytes'],
  ['credit', 'bytes'],
  ['amount', 'int'],
  ['reservation', 'bytes'],
  ['code', 'int'],
  ['expires_at', 'time'],
  ['document', 'bytes'],
  ['jurisdiction', 'text'],
  ['district', 'text'],
  ['link', 'int'],
  ['links', 'int'],
] as const

type Column = (typeof COLUMNS)[number][0]

/** The places of the columns, for `numbers` and `starts`. */
export const columnOf = Object.fromEntries(COLUMNS.map(([name], place) => [name, place])) as Readonly<
  Record<Column, number>
>

/**
 * The query for `copyOut`: rows after a sequence up to another, in order.
 * @param more columns after those of the canonical row
 */
export function rowQuery(
  ledger: number,
  { after, last }: { readonly after: bigint; readonly last: bigint },
  more: readonly ('set_hash' | 'chain')[] = [],
): string {
  return `select ${[...COLUMNS.map(([name]) => name), ...more].join(', ')} from ledger.posting
    where ledger = ${ledger} and seq > ${after} and seq <= ${last} order by seq`
}

export interface EncodedRow {
  readonly sequence: number
  readonly at: Instant
  /** what was left free, then the canonical bytes; valid until the next row, as all that is here */
  readonly leaf: Buffer
  /** where in `leaf` the content begins: the canonical bytes without ledger, sequence and moment */
  readonly content: number
  /** numbers by the place of their column; NaN for null and for what is no number */
  readonly numbers: Float64Array
  /** where in the row the bytes of a column begin, −1 for null; after the last column: where the row goes on */
  readonly starts: Int32Array
}

/**
 * @param free bytes left free before the canonical ones: for a leaf one of 0x00, for the chain what it was before
 * @returns a function from a copied row to its bytes
 */
export function rowEncoder(ledger: number, free = 1): (row: Buffer) => EncodedRow {
  const out = Buffer.alloc(4096)
  const first = putInteger(out, free, ledger)
  const kinds = COLUMNS.map(([, kind]) => KINDS.indexOf(kind))
  const numbers = new Float64Array(kinds.length).fill(Number.NaN)
  const starts = new Int32Array(kinds.length + 1)
  return (row) => {
    let [from, to, content] = [0, first, first]
    for (let column = 0; column < kinds.length; column++) {
      const length = lengthAt(row, from)
      from += 4
      if (column === columnOf.id) content = to
      if (length === -1) {
        starts[column] = -1
        numbers[column] = Number.NaN
        to = putLength(out, to, 0, 0)
        continue
      }
      starts[column] = from
      const kind = kinds[column]!
      if (kind <= TIME) {
        const number = kind === TIME ? momentAt(row, from) : integerAt(row, from, length)
        numbers[column] = number
        to = putInteger(out, to, number)
      } else {
        to = putLength(out, to, kind, length)
        for (let index = 0; index < length; index++) out[to + index] = row[from + index]!
        to += length
      }
      from += length
    }
    starts[kinds.length] = from
    return {
      sequence: numbers[columnOf.seq]!,
      at: numbers[columnOf.at]!,
      leaf: out.subarray(0, to),
      content,
      numbers,
      starts,
    }
  }
}

function lengthAt(row: Buffer, from: number): number {
  return (row[from]! << 24) | (row[from + 1]! << 16) | (row[from + 2]! << 8) | row[from + 3]!
}

/** Kinds of fields by the byte that opens them in the canonical form; a moment is written as a number. */
const KINDS = ['int', 'time', '', 'text', 'bytes']
const TIME = 1
const NUMBER = 2

/** PostgreSQL counts microseconds from the year 2000. */
const EPOCH_MS = Date.UTC(2000, 0, 1)

function momentAt(row: Buffer, from: number): number {
  return integerAt(row, from, 8) / 1000 + EPOCH_MS
}

function integerAt(row: Buffer, from: number, length: number): number {
  if (length === 2) return row.readInt16BE(from)
  if (length === 4) return row.readInt32BE(from)
  return row.readInt32BE(from) * 4_294_967_296 + row.readUInt32BE(from + 4)
}

function putInteger(out: Buffer, at: number, number: number): number {
  const digits = String(number)
  const start = putLength(out, at, NUMBER, digits.length)
  for (let index = 0; index < digits.length; index++) out[start + index] = digits.charCodeAt(index)
  return start + digits.length
}

function putLength(out: Buffer, at: number, kind: number, length: number): number {
  out[at] = kind
  out.writeUInt32BE(length, at + 1)
  return at + 5
}
