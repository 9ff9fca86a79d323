// What an error of the YAML library means to whoever wrote the file: a tab, a full-width colon, a text that needs
// quotes. The library names the token that surprised it; the line around it says what was meant.
import type { RefusalParams } from '../refusal.ts'

export interface YamlFault {
  readonly code: string
  /** into the text */
  readonly offset: number
  readonly params: RefusalParams
}

interface Line {
  readonly text: string
  readonly from: number
}

/** @param reason the library's name of the error, such as `BAD_INDENT` */
export function yamlFault(text: string, reason: string, offset: number): YamlFault {
  const line = lineAt(text, offset)
  const fault = (code: string, at: number, params: RefusalParams = {}): YamlFault => ({
    code,
    offset: at,
    params,
  })
  if (reason === 'MULTIPLE_DOCS') return fault('policy.yaml_documents', offset)
  const tab = /^ *\t/.exec(line.text)
  if (tab) return fault('policy.yaml_tab', line.from + tab[0].length - 1)
  const wide = wideMark(line)
  if (wide) return fault('policy.yaml_wide_mark', wide.offset, { found: wide.found, put: wide.put })
  const unquoted = needsQuotes(line, reason)
  if (unquoted !== undefined) return fault('policy.yaml_quotes', line.from + unquoted)
  if (reason === 'MISSING_CHAR' || (reason === 'BAD_INDENT' && isOpen(line)))
    return fault('policy.yaml_not_closed', offset)
  if (INDENT.has(reason)) return fault('policy.yaml_indent', line.from + line.text.search(/\S|$/))
  return fault('policy.yaml_syntax', offset, { reason })
}

/** A key that took its colon, or all that follows, into its name: `zh：有` and `zh:有` are one key each. */
export function swallowedColon(key: string): { readonly found: string; readonly put: string } | undefined {
  const found = /^[\w.-]+([:：])/.exec(key)?.[1]
  return found === undefined ? undefined : { found, put: ': ' }
}

/** More brackets begin on the line than end. */
function isOpen({ text }: Line): boolean {
  const bare = text.replace(/"[^"]*"|'[^']*'|#.*$/g, '')
  return (bare.match(/[{[]/g) ?? []).length > (bare.match(/[}\]]/g) ?? []).length
}

const INDENT = new Set(['BAD_INDENT', 'BLOCK_AS_IMPLICIT_KEY', 'MULTILINE_IMPLICIT_KEY', 'BLOCK_IN_FLOW'])

function lineAt(text: string, offset: number): Line {
  const from = text.lastIndexOf('\n', offset - 1) + 1
  const end = text.indexOf('\n', from)
  return { text: text.slice(from, end === -1 ? text.length : end), from }
}

/** Marks of a Chinese keyboard, and blanks that are none, where YAML needs its own. */
const WIDE: readonly (readonly [RegExp, string])[] = [
  [/^[ -]*([\u00a0\u3000\u200b])/u, ' '],
  [/[\w"']:([\u00a0\u3000])/u, ' '],
  [/(?:^[ -]*|[{,]\s*)[a-z_]+(：)/u, ': '],
  [/(，)\s*[a-z_]+:\s/u, ', '],
  [/:\s*(｛|［)/u, '{'],
  [/(｝|］)\s*$/u, '}'],
]

function wideMark({ text, from }: Line): (Omit<YamlFault, 'code' | 'params'> & Wide) | undefined {
  for (const [pattern, put] of WIDE) {
    const match = pattern.exec(text)
    if (match) {
      const found = match[1]!
      return { offset: from + match.index + match[0].indexOf(found), found: nameOf(found), put }
    }
  }
  return undefined
}

interface Wide {
  readonly found: string
  readonly put: string
}

/** What cannot be seen is named by its number. */
function nameOf(mark: string): string {
  return /[\u00a0\u3000\u200b]/u.test(mark)
    ? `U+${mark.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
    : mark
}

/** Where on the line a text begins that must stand between quotes. */
function needsQuotes({ text }: Line, reason: string): number | undefined {
  const braces = /[{,]\s*[a-z_]+:\s*([^'"{}[\],\s][^'"{}]*|)\{[a-z_]+\.[a-z_.]+\}/.exec(text)
  if (braces) return braces.index + braces[0].indexOf(':') + 2
  const odd = /(?::|[{,-])\s+([@`%|>].*)$/.exec(text)
  if (odd && reason === 'BAD_SCALAR_START') return odd.index + odd[0].indexOf(odd[1]!)
  const quotedThenMore = /:\s+(("[^"]*"|'[^']*')\s*[^\s,}\]#].*)$/.exec(text)
  if (quotedThenMore && reason === 'UNEXPECTED_TOKEN')
    return quotedThenMore.index + quotedThenMore[0].indexOf(quotedThenMore[1]!)
  const bare = text.replace(/"[^"]*"|'[^']*'/g, (quoted) => '_'.repeat(quoted.length))
  const twoColons = /^[ -]*[\w.-]+:\s+(?![{[])(.*:\s.*)$/.exec(bare)
  return twoColons ? bare.length - twoColons[1]!.length : undefined
}
