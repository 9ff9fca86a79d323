// CSV by RFC 4180: quoted fields, doubled quotes, line breaks inside quotes. What Excel in China writes is read too:
// GB18030 where it is not UTF-8, UTF-16 with its mark, and tabs or semicolons between fields.
import { MOST_IMPORT_ROWS } from '@suanquan/api'
import { accept, refuse, type Decision } from '@suanquan/core'
import { isEmptyRow, MOST_COLUMNS, type Table, type TableRefusal, type TableRow } from './table.ts'

/** Rows before the head and empty ones are allowed for. */
const MOST_LINES = MOST_IMPORT_ROWS + 1000

export function readCsv(bytes: Uint8Array): Decision<Table, TableRefusal> {
  const text = decode(bytes)
  if (text === null) return refuse('imports.encoding')
  if (text.includes('\u0000')) return refuse('imports.not_a_table', { found: 'NUL' })
  return readFields(text, delimiterOf(text))
}

/** UTF-8 where every byte fits, else UTF-16 by its mark, else GB18030; null where nothing fits. */
function decode(bytes: Uint8Array): string | null {
  const [first, second] = bytes
  const marked =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null
  for (const encoding of marked === null ? ['utf-8', 'gb18030'] : [marked]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      continue
    }
  }
  return null
}

/** What stands most often, outside quotes, in the first lines. */
function delimiterOf(text: string): string {
  const head = text.slice(0, 4000).replace(/"[^"]*"/g, '')
  const count = (symbol: string): number => head.split(symbol).length
  return [',', '\t', ';', '，'].reduce((best, symbol) => (count(symbol) > count(best) ? symbol : best))
}

function readFields(text: string, delimiter: string): Decision<Table, TableRefusal> {
  const rows: TableRow[] = []
  let cells: string[] = []
  let [line, start, at] = [1, 1, 0]
  const close = (): void => {
    const row = { number: start, cells: cells.map((cell) => ({ text: cell, type: 'text' as const })) }
    if (!isEmptyRow(row)) rows.push(row)
    cells = []
  }
  while (at < text.length) {
    const field = text[at] === '"' ? quotedAt(text, at, delimiter) : plainAt(text, at, delimiter)
    if (field === null) return refuse('imports.half_written', { row: start })
    cells.push(field.text)
    line += field.lines
    at = field.end
    if (cells.length > MOST_COLUMNS) return refuse('imports.too_large', { maximum: `${MOST_COLUMNS}` })
    if (text[at] === delimiter) {
      at += 1
      if (at < text.length) continue
      cells.push('')
    }
    close()
    if (rows.length > MOST_LINES) return refuse('imports.too_large', { maximum: `${MOST_IMPORT_ROWS}` })
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1
    line += 1
    start = line
  }
  return accept({ format: 'csv', rows, merged: [] })
}

interface Field {
  readonly text: string
  readonly end: number
  readonly lines: number
}

function plainAt(text: string, from: number, delimiter: string): Field {
  let end = from
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1
  return { text: text.slice(from, end), end, lines: 0 }
}

/** Null when the closing quote is missing: the file broke off, or a quote stands where none may. */
function quotedAt(text: string, from: number, delimiter: string): Field | null {
  const parts: string[] = []
  for (let at = from + 1; ;) {
    const quote = text.indexOf('"', at)
    if (quote === -1) return null
    parts.push(text.slice(at, quote))
    if (text[quote + 1] !== '"') {
      // what wrongly follows a closing quote stays part of the field
      const rest = plainAt(text, quote + 1, delimiter)
      const field = parts.join('"') + rest.text
      return { text: field, end: rest.end, lines: field.split('\n').length - 1 }
    }
    at = quote + 2
  }
}

/** Writes rows so that Excel opens them as they are: UTF-8 with its mark, every field quoted where it has to be. */
export function writeCsv(rows: readonly (readonly string[])[]): Uint8Array {
  const quoted = (text: string): string =>
    /[",\r\n;\t，]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  const lines = rows.map((row) => row.map((text) => quoted(unformulated(text))).join(','))
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`, 'utf8')
}

/** A text that a spreadsheet would run as a formula gets an apostrophe before it. */
function unformulated(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.,]+$/.test(text) ? `'${text}` : text
}
