// A table from the bytes of a file, whatever its name says: an Excel workbook or CSV. Never throws.
import { refuse, type Decision } from '@suanquan/core'
import { readCsv } from './csv.ts'
import type { Table, TableRefusal } from './table.ts'
import { readXlsx } from './xlsx.ts'

export { writeCsv } from './csv.ts'
export { MOST_CELL_LENGTH, type Cell, type Table, type TableRefusal, type TableRow } from './table.ts'
export { writeXlsx } from './xlsx.ts'
export { undated } from './zip.ts'

export const TABLE_BYTES = 16 * 1024 * 1024

export async function readTable(bytes: Uint8Array): Promise<Decision<Table, TableRefusal>> {
  if (bytes.byteLength === 0) return refuse('imports.half_written', { row: 1 })
  if (bytes.byteLength > TABLE_BYTES) return refuse('imports.too_large', { maximum: '16 MB' })
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
  if (head.startsWith('PK\u0003\u0004')) return readXlsx(bytes)
  const other = Object.entries(OTHERS).find(([mark]) => head.startsWith(mark))
  return other === undefined ? readCsv(bytes) : refuse('imports.not_a_table', { found: other[1] })
}

/** What is sometimes sent instead of a table, by its first bytes. */
const OTHERS: Readonly<Record<string, string>> = {
  '\xd0\xcf\x11\xe0': 'XLS',
  '%PDF': 'PDF',
  '\x89PNG': 'PNG',
  '\xff\xd8\xff': 'JPEG',
  '\x1f\x8b': 'GZIP',
  '<': 'HTML/XML',
  '{': 'JSON',
}
