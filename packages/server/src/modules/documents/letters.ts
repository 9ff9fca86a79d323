// What a font can write. Spaces of typography become plain ones; a letter that the font lacks is written as its code
// (𠮷 as [U+20BB7]) and reported, never shown as an empty box; what is invisible, or turns the direction of what
// follows, is written as its code too.
import type { Paper } from './paper.ts'

export interface Writable {
  readonly paper: Paper
  /** the letters that the font lacks, each once, in order of their codes */
  readonly missing: readonly string[]
}

/** @param has whether both weights of the font have a glyph for the code point */
export function writable(paper: Paper, has: (codePoint: number) => boolean): Writable {
  const missing = new Set<number>()
  const written = mapTexts(paper, (text) => writeText(text, has, missing))
  return {
    paper: written as Paper,
    missing: [...missing].toSorted((a, b) => a - b).map((code) => String.fromCodePoint(code)),
  }
}

/** Names of kinds are no text that is set; all other strings are, drawings included. */
const UNWRITTEN = new Set(['kind', 'language', 'stress', 'width'])

function mapTexts(value: unknown, write: (text: string) => string): unknown {
  if (typeof value === 'string') return write(value)
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, write))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, UNWRITTEN.has(key) ? each : mapTexts(each, write)]),
  )
}

function writeText(text: string, has: (codePoint: number) => boolean, missing: Set<number>): string {
  const plain = text
    .replace(/\p{Cs}/gu, '\ufffd')
    .normalize('NFC')
    .replace(SPACES, ' ')
  return Array.from(plain, (letter) => {
    const code = letter.codePointAt(0)!
    if (letter === '\n' || (has(code) && !UNSEEN.test(letter))) return letter
    missing.add(code)
    return codeOf(letter)
  }).join('')
}

/** How a letter that cannot be set is written. */
export function codeOf(letter: string): string {
  return `[U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`
}

const SPACES = /[\t\u00a0\u2002-\u200a\u202f\u205f]/g
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/u
