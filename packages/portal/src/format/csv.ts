// A table as a file for a spreadsheet: RFC 4180, with a byte order mark so that Excel reads the Chinese. A cell that
// would start a formula is led by an apostrophe: what people typed must not run on a reviewer's machine.
const FORMULA = /^[=+\-@\t\r]/
const NUMBER = /^[+-]?\d[\d,]*(\.\d+)?%?$/

export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

function cell(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
