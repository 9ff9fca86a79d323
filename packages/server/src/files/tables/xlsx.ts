// Excel workbooks (.xlsx): the first sheet, each cell as it was typed. The archive is unpacked within bounds and the
// places of its cells are checked before the reader sees it: one cell in the last row of a sheet would make it build
// millions of empty ones.
import { MOST_IMPORT_ROWS } from '@suanquan/api'
import { accept, refuse, type Decision } from '@suanquan/core'
import { readSheet } from 'read-excel-file/universal'
import writeXlsxFile from 'write-excel-file/node'
import { isEmptyRow, MOST_COLUMNS, type Cell, type Table, type TableRefusal, type TableRow } from './table.ts'
import { unpackZip } from './zip.ts'

const MOST_LINES = MOST_IMPORT_ROWS + 1000

export async function readXlsx(bytes: Uint8Array): Promise<Decision<Table, TableRefusal>> {
  const unpacked = unpackZip(bytes)
  if (!unpacked.ok) return unpacked
  const sheet = firstSheet(unpacked.value)
  if (sheet === null || ![...unpacked.value].every(([name, part]) => PICTURE.test(name) || endsItsTags(part)))
    return refuse('imports.not_a_table', { found: 'ZIP' })
  const beyond = cellsBeyond(sheet)
  if (beyond !== null) return refuse('imports.too_large', { maximum: beyond })
  try {
    const copy = new Uint8Array(bytes).buffer
    const rows = (await readSheet(copy, {
      trim: false,
      parseNumber: (text) => ({ text }),
    })) as unknown as Found[][]
    const numbered = rows.map((cells, index) => ({ number: index + 1, cells: cells.map(cellOf) }))
    return accept({
      format: 'xlsx',
      rows: numbered.filter((row: TableRow) => !isEmptyRow(row)),
      merged: mergedIn(sheet),
    })
  } catch {
    return refuse('imports.not_a_table', { found: 'XLSX' })
  }
}

/** Parts of a workbook that are no XML. */
const PICTURE = /\.(?:png|jpe?g|gif|emf|wmf|bin)$/i
const [OPENS, ENDS] = [0x3c, 0x3e]

/** Readers of XML look for the end of a tag as far as the file goes: where tags never end, again for each of them. */
function endsItsTags(part: Uint8Array): boolean {
  let open = false
  for (const byte of part) {
    if (byte === OPENS && open) return false
    if (byte === OPENS || byte === ENDS) open = byte === OPENS
  }
  return !open
}

/** The XML of the first sheet: by the workbook's own order where it can be followed. */
function firstSheet(files: ReadonlyMap<string, Uint8Array>): string | null {
  const read = (name: string): string => Buffer.from(files.get(name) ?? []).toString('utf8')
  const id = /<(?:\w+:)?sheet\b[^<>]*?\b\w+:id\s*=\s*["']([^"']+)["']/.exec(read('xl/workbook.xml'))?.[1]
  const relations = read('xl/_rels/workbook.xml.rels').match(/<(?:\w+:)?Relationship\b[^<>]*>/g) ?? []
  const own = relations.find((each) => /\bId\s*=\s*["']([^"']+)["']/.exec(each)?.[1] === id)
  const target = /\bTarget\s*=\s*["']([^"']+)["']/.exec(own ?? '')?.[1]
  if (target === undefined) return null
  const name = target.startsWith('/') ? target.slice(1) : `xl/${target}`
  return files.has(name) && !PICTURE.test(name) ? read(name) : null
}

/** What is too much of a sheet, or null. No match reaches over the next tag: tags that never end cost no more than others. */
function cellsBeyond(sheet: string): string | null {
  for (const [, tag, column, row] of sheet.matchAll(
    /<(?:\w+:)?(c|row)\b[^<>]*?\br\s*=\s*["']([A-Za-z]*)(\d+)["']/g,
  )) {
    if (Number(row) > MOST_LINES) return `${MOST_IMPORT_ROWS}`
    if (tag === 'c' && columnNumber(column!) > MOST_COLUMNS) return `${MOST_COLUMNS}`
  }
  return null
}

function columnNumber(letters: string): number {
  return [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + (letter.charCodeAt(0) - 64), 0)
}

function mergedIn(sheet: string): Table['merged'] {
  const areas = sheet.matchAll(/<(?:\w+:)?mergeCell\b[^<>]*?\bref\s*=\s*["']([A-Z]+(\d+):[A-Z]+(\d+))["']/g)
  return [...areas].map(([, area, from, to]) => ({ area: area!, from: Number(from), to: Number(to) }))
}

type Found = string | { readonly text: string } | Date | boolean | null

function cellOf(found: Found): Cell {
  if (found === null) return { text: '', type: 'text' }
  if (typeof found === 'boolean') return { text: String(found), type: 'flag' }
  if (found instanceof Date) return { text: dateText(found), type: 'date' }
  if (typeof found === 'object') return { text: plainNumber(found.text), type: 'number' }
  return { text: String(found), type: 'text' }
}

function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '?'
  const text = date.toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ')
}

/** Digits without an exponent where that is exact. */
function plainNumber(text: string): string {
  if (!/e/i.test(text)) return text
  const number = Number(text)
  return Number.isSafeInteger(number) ? String(number) : text
}

/** A workbook of one sheet, every cell a text, so that nothing is read as a number or a formula. */
export async function writeXlsx(rows: readonly (readonly string[])[]): Promise<Uint8Array> {
  const sheet = rows.map((row, index) =>
    row.map((text) => ({
      value: text,
      type: String,
      ...(index === 0 ? { fontWeight: 'bold' as const } : {}),
    })),
  )
  return new Uint8Array(await writeXlsxFile(sheet).toBuffer())
}
