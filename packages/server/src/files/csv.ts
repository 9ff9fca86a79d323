// A table as a file for a spreadsheet: RFC 4180, with a byte order mark so that Excel reads the Chinese. A field that
// would start a formula is led by an apostrophe: what people typed must not run on anybody's machine. Numbers of papers,
// accounts and codes are led by a tab: a spreadsheet would round them, or cut their zeros.

/** @param isFigure columns whose long numbers are figures, not names of something */
export function csvText(
  rows: readonly (readonly string[])[],
  isFigure: (column: number) => boolean = () => false,
): string {
  const lines = rows.map((row) => row.map((text, column) => field(text, isFigure(column))).join(','))
  return `\ufeff${lines.join('\r\n')}\r\n`
}

const FORMULA = /^[\s\u200b\ufeff]*[=+\-@＝＋－＠|]|^[\t\r\n]/
const NUMBER = /^-?\d+(\.\d+)?$/
const NAMING = /^(\d{8,}|0\d+)$/

function field(text: string, figure: boolean): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  const kept = !figure && NAMING.test(safe) ? `\t${safe}` : safe
  return /[",\r\n]/.test(kept) ? `"${kept.replaceAll('"', '""')}"` : kept
}
