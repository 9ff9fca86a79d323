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

/** The query for `copyOut`: rows after a sequence up to another, in order. */
export function rowQuery(ledger: number, after: bigint, last: bigint): string {
  return `select ${COLUMNS.map(([name]) => name).join(', ')} from ledger.posting
    where ledger = ${ledger} and seq > ${after} and seq <= ${last} order by seq`
}

export interface EncodedRow {
  readonly sequence: number
  readonly at: Instant
  /** 0x00 and the canonical bytes: what the hash of a leaf is taken of; valid until the next row */
  readonly leaf: Uint8Array
}

/** @returns a function from a copied row to its bytes */
export function rowEncoder(ledger: number): (row: Buffer) => EncodedRow {
  const out = Buffer.alloc(4096)
  const first = putInteger(out, 1, ledger)
  const kinds = COLUMNS.map(([, kind]) => KINDS.indexOf(kind))
  return (row) => {
    let [from, to] = [0, first]
    let [sequence, at] = [0, 0]
    for (let column = 0; column < kinds.length; column++) {
      const length = row.readInt32BE(from)
      from += 4
      if (length === -1) {
        to = putLength(out, to, 0, 0)
        continue
      }
      const kind = kinds[column]!
      if (kind <= TIME) {
        const number = kind === TIME ? momentAt(row, from) : integerAt(row, from, length)
        if (column === 0) sequence = number
        else if (column === 1) at = number
        to = putInteger(out, to, number)
      } else {
        to = putLength(out, to, kind, length)
        row.copy(out, to, from, from + length)
        to += length
      }
      from += length
    }
    return { sequence, at, leaf: out.subarray(0, to) }
  }
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
