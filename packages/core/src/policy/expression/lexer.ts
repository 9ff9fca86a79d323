// Tokens of the CEL profile (cel-spec, doc/langdef.md, "Syntax"), each with its offset in the expression.

export type TokenKind = 'identifier' | 'int' | 'string' | 'operator' | 'end'

export interface Token {
  readonly kind: TokenKind
  /** the identifier or operator, the digits of an int, the value of a string */
  readonly text: string
  readonly offset: number
}

/** Thrown inside this folder only; `parseExpression` turns it into a diagnostic. */
export class SyntaxFault extends Error {
  readonly offset: number
  readonly code: string
  readonly found: string
  constructor(code: string, offset: number, found = '') {
    super(code)
    this.code = code
    this.offset = offset
    this.found = found
  }
}

const OPERATORS = ['&&', '||', '<=', '>=', '==', '!=', ...'+-*/%<>!?:.,()[]'] as const
const RESERVED = new Set(
  'as break const continue else for function if import let loop package namespace return var void while null'.split(
    ' ',
  ),
)
const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v',
  '\\': '\\', '?': '?', '"': '"', "'": "'", '`': '`',
} // prettier-ignore

/** @param source at most a few thousand characters; the caller bounds it */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = []
  let at = skipBlank(source, 0)
  while (at < source.length) {
    const token = nextToken(source, at)
    tokens.push(token.token)
    at = skipBlank(source, token.end)
  }
  tokens.push({ kind: 'end', text: '', offset: source.length })
  return tokens
}

function skipBlank(source: string, from: number): number {
  const blank = /(?:[ \t\n\r\f]|\/\/[^\n]*)*/y
  blank.lastIndex = from
  blank.exec(source)
  return blank.lastIndex
}

function nextToken(source: string, at: number): { token: Token; end: number } {
  const string = /([rR]?)("""|'''|"|')/y
  string.lastIndex = at
  const opening = string.exec(source)
  if (opening) return readString(source, { at, raw: opening[1] !== '', quote: opening[2]! })
  const word = /[A-Za-z_][A-Za-z0-9_]*|0[xX][0-9A-Fa-f]+|\d+/y
  word.lastIndex = at
  const text = word.exec(source)?.[0]
  if (text !== undefined) return readWord(source, text, at)
  const operator = OPERATORS.find((item) => source.startsWith(item, at))
  if (operator === undefined)
    throw new SyntaxFault('policy.bad_character', at, String.fromCodePoint(source.codePointAt(at)!))
  return { token: { kind: 'operator', text: operator, offset: at }, end: at + operator.length }
}

function readWord(source: string, text: string, at: number): { token: Token; end: number } {
  const end = at + text.length
  if (RESERVED.has(text)) throw new SyntaxFault('policy.reserved_word', at, text)
  if (text === 'in') return { token: { kind: 'operator', text, offset: at }, end }
  if (!/\d/.test(text[0]!)) return { token: { kind: 'identifier', text, offset: at }, end }
  if (/^\.?[A-Za-z0-9_]/.test(source.slice(end, end + 2)))
    throw new SyntaxFault('policy.not_an_int', at, text)
  return { token: { kind: 'int', text, offset: at }, end }
}

interface Opening {
  readonly at: number
  readonly raw: boolean
  readonly quote: string
}

function readString(source: string, { at, raw, quote }: Opening): { token: Token; end: number } {
  let value = ''
  let here = at + (raw ? 1 : 0) + quote.length
  for (;;) {
    if (here >= source.length || (quote.length === 1 && /[\n\r]/.test(source[here]!))) {
      throw new SyntaxFault('policy.open_string', at)
    }
    if (source.startsWith(quote, here)) break
    if (source[here] === '\\' && !raw) {
      const escape = readEscape(source, here)
      value += escape.value
      here += escape.length
    } else value += source[here++]
  }
  return { token: { kind: 'string', text: value, offset: at }, end: here + quote.length }
}

function readEscape(source: string, at: number): { value: string; length: number } {
  const simple = ESCAPES[source[at + 1] ?? '']
  if (simple !== undefined) return { value: simple, length: 2 }
  const coded = /\\(?:[xX]([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-3][0-7]{2}))/y
  coded.lastIndex = at
  const match = coded.exec(source)
  const hex = match?.[1] ?? match?.[2] ?? match?.[3]
  const point = hex === undefined ? parseInt(match?.[4] ?? '', 8) : parseInt(hex, 16)
  const good = match && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)
  if (!good) throw new SyntaxFault('policy.bad_escape', at, source.slice(at, at + 2))
  return { value: String.fromCodePoint(point), length: match[0].length }
}
