// A FOCUS file as CSV: RFC 4180 in UTF-8, an empty field for null, moments and decimals as FOCUS writes them. A text that a
// spreadsheet would run as a formula is led by an apostrophe.
import { FOCUS_COLUMNS, type FocusRow } from './focus-columns.ts'

export function focusHead(): string {
  return `${FOCUS_COLUMNS.map(({ name }) => name).join(',')}\r\n`
}

export function focusLine(row: FocusRow): string {
  return `${FOCUS_COLUMNS.map(({ name, kind }) => field(row[name], kind === 'text')).join(',')}\r\n`
}

function field(value: string | null, isText: boolean): string {
  if (value === null) return ''
  const safe = isText && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
