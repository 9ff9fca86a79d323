// CSV as RFC 4180 has it: commas, double quotes doubled inside quotes, CR LF or LF. A quote that never ends or stands
// in the middle of a bare field is a fault of the file, named by its line.

/** Calls `take` with each record and its line; answers the line of the first fault, or undefined. */
export function eachRecord(
  text: string,
  take: (fields: readonly string[], line: number) => void,
): number | undefined {
  let line = 1
  let at = text.startsWith('\uFEFF') ? 1 : 0
  while (at < text.length) {
    const first = line
    const fields: string[] = []
    for (;;) {
      const field = text[at] === '"' ? quoted(text, at) : bare(text, at)
      if (field === undefined) return line
      fields.push(field.value)
      if (field.lines > 0) line += field.lines
      at = field.end
      if (text[at] !== ',') break
      at += 1
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1
    if (at < text.length && text[at] !== '\n') return line
    at += 1
    line += 1
    take(fields, first)
  }
  return undefined
}

interface Field {
  readonly value: string
  readonly end: number
  readonly lines: number
}

function bare(text: string, from: number): Field | undefined {
  let end = from
  for (; end < text.length; end++) {
    const unit = text.charCodeAt(end)
    if (unit === 44 || unit === 10 || unit === 13) break
    if (unit === 34) return undefined
  }
  return { value: text.slice(from, end), end, lines: 0 }
}

function quoted(text: string, from: number): Field | undefined {
  let end = from + 1
  for (;;) {
    end = text.indexOf('"', end)
    if (end === -1) return undefined
    if (text[end + 1] !== '"') break
    end += 2
  }
  const raw = text.slice(from + 1, end)
  return { value: raw.replaceAll('""', '"'), end: end + 1, lines: raw.split('\n').length - 1 }
}

/** One field, quoted where it must be. */
export function csvField(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
