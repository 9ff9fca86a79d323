// CSV as RFC 4180 has it, over UTF-8 bytes: commas, double quotes doubled inside quotes, CR LF or LF. A quote that never
// ends or stands in the middle of a bare field is a fault of the file, named by its line. Fields are places in the bytes,
// so that reading a hundred megabytes makes no hundred million little strings.

/** The fields of one record: bytes from starts to ends of `within`; the same object for every record. */
export interface CsvRecord {
  count: number
  readonly starts: number[]
  readonly ends: number[]
  /** the file itself, or for a field with doubled quotes a copy without them */
  readonly within: Uint8Array[]
}

const [COMMA, QUOTE, CR, LF] = [44, 34, 13, 10] as const

/** Calls `take` with each record and its line until it answers false; answers the line of a fault, or undefined. */
export function eachRecord(
  bytes: Uint8Array,
  take: (record: CsvRecord, line: number) => boolean,
): number | undefined {
  const record: CsvRecord = { count: 0, starts: [], ends: [], within: [] }
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  let [line, at] = [1, marked ? 3 : 0]
  while (at < bytes.length) {
    const first = line
    record.count = 0
    for (;;) {
      if (bytes[at] === QUOTE) {
        const end = closing(bytes, at + 1)
        if (end === -1) return line
        line += unquoted(record, bytes, at + 1, end)
        at = end + 1
      } else {
        const end = bareEnd(bytes, at)
        if (bytes[end] === QUOTE) return line
        put(record, bytes, at, end)
        at = end
      }
      if (bytes[at] !== COMMA) break
      at += 1
    }
    if (bytes[at] === CR && bytes[at + 1] === LF) at += 1
    if (at < bytes.length && bytes[at] !== LF) return line
    at += 1
    line += 1
    if (!take(record, first)) return undefined
  }
  return undefined
}

function put(record: CsvRecord, within: Uint8Array, start: number, end: number): void {
  const place = record.count
  record.starts[place] = start
  record.ends[place] = end
  record.within[place] = within
  record.count = place + 1
}

function bareEnd(bytes: Uint8Array, from: number): number {
  let at = from
  for (; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte === COMMA || byte === LF || byte === CR || byte === QUOTE) break
  }
  return at
}

/** The place of the quote that ends a field, -1 without one. */
function closing(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] !== QUOTE) continue
    if (bytes[at + 1] !== QUOTE) return at
    at += 1
  }
  return -1
}

/** Puts a quoted field with its doubled quotes made single; answers the line breaks in it. */
function unquoted(record: CsvRecord, bytes: Uint8Array, start: number, end: number): number {
  let [lines, doubled] = [0, 0]
  for (let at = start; at < end; at++) {
    if (bytes[at] === LF) lines += 1
    else if (bytes[at] === QUOTE) doubled += 1
  }
  if (doubled === 0) put(record, bytes, start, end)
  else {
    const copy = new Uint8Array(end - start - doubled / 2)
    let length = 0
    for (let at = start; at < end; at++) {
      copy[length++] = bytes[at]!
      if (bytes[at] === QUOTE) at += 1
    }
    put(record, copy, 0, length)
  }
  return lines
}

/** One field, quoted where it must be. */
export function csvField(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
