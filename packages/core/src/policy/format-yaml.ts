// The canonical layout of the files of this module: two blanks a level, lists indented under their key, one blank after
// every colon and comma, at most one empty line, no blanks at line ends. What an author chooses stays: block or flow, one
// line or several, quotes, anchors, every comment. A layout never changes what a file says nor loses a comment: both are
// compared afterwards, and a file that would not survive is left as it is.
import { isAlias, isMap, isScalar, isSeq, Lexer, parseDocument } from 'yaml'
import type { Alias, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml'
import { canonicalText } from '../canonical.ts'
import { report, type Diagnostic, type Report } from './diagnostic.ts'
import { contentOf } from './shaped.ts'
import { readYaml } from './yaml-tree.ts'

/** Where a flow list or map that stands on several lines is broken. */
const WIDTH = 110

type Collection = YAMLMap<Node, Node | null> | YAMLSeq<Node>

interface Printer {
  readonly source: string
  readonly lines: string[]
}

/** @returns the file laid out; or what keeps it from being laid out */
export function formatYaml(
  text: string,
  file: string,
): { readonly diagnostics: readonly Diagnostic[]; readonly text?: string } {
  const into: Report = { file, diagnostics: [] }
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const tree = readYaml(source, into)
  if (!tree || into.diagnostics.length > 0) return { diagnostics: into.diagnostics }
  const formatted = laidOut(source)
  const again = readYaml(formatted, { file, diagnostics: [] })
  const same = again !== undefined && canonicalText(contentOf(again)) === canonicalText(contentOf(tree))
  if (same && commentsOf(formatted) === commentsOf(source)) return { diagnostics: [], text: formatted }
  report(into, { line: 1, column: 1 }, 'policy.layout_kept')
  return { diagnostics: into.diagnostics }
}

function commentsOf(source: string): string {
  const comments = [...new Lexer().lex(source)].filter((token) => token.startsWith('#'))
  return comments.map((token) => token.trim()).sort().join('\n') // prettier-ignore
}

function laidOut(source: string): string {
  const document = parseDocument(source, { schema: 'failsafe', uniqueKeys: false })
  const printer: Printer = { source, lines: [] }
  comment(printer, document.commentBefore, 0)
  if (document.commentBefore) printer.lines.push('')
  const contents = document.contents as Node | null
  if (contents && isBlock(contents)) block(printer, contents, 0)
  else if (contents) ended(printer, inline(printer, contents, 0), contents, 0)
  if (document.comment) printer.lines.push('')
  comment(printer, document.comment, 0)
  const lines = printer.lines.map((line) => line.trimEnd())
  const single = lines.filter((line, index) => line !== '' || lines[index - 1] !== '')
  return `${single.join('\n').replace(/^\n+|\n+$/g, '')}\n`
}

function isBlock(node: Node): node is Collection {
  return (isMap(node) || isSeq(node)) && node.flow !== true && node.items.length > 0
}

/** Comment lines; an empty one among them is an empty line. */
function comment({ lines }: Printer, text: string | null | undefined, indent: number): void {
  if (!text) return
  for (const line of text.split('\n')) lines.push(line === '' ? '' : `${' '.repeat(indent)}#${line}`)
}

function block(printer: Printer, node: Collection, indent: number): void {
  comment(printer, node.commentBefore, indent)
  for (const item of node.items) {
    if (isMap(node)) entry(printer, item as Pair<Node, Node | null>, indent)
    else listItem(printer, item as Node, indent)
  }
  comment(printer, node.comment, indent)
}

function entry(printer: Printer, { key, value }: Pair<Node, Node | null>, indent: number): void {
  if (key.spaceBefore) printer.lines.push('')
  comment(printer, key.commentBefore, indent)
  const head = `${' '.repeat(indent)}${inline(printer, key, indent)}:`
  if (value === null) printer.lines.push(head)
  else if (isBlock(value)) {
    printer.lines.push(`${head}${anchorOf(value, ' ')}`)
    block(printer, value, indent + 2)
  } else {
    const written = inline(printer, value, indent, head.length + 1)
    ended(printer, written === '' ? head : `${head} ${written}`, value, indent)
  }
}

function listItem(printer: Printer, node: Node, indent: number): void {
  if (node.spaceBefore) printer.lines.push('')
  if (!isBlock(node) || node.anchor !== undefined) {
    comment(printer, node.commentBefore, indent)
    if (isBlock(node)) {
      printer.lines.push(`${' '.repeat(indent)}-${anchorOf(node, ' ')}`)
      return block(printer, Object.assign(node, { commentBefore: null }), indent + 2)
    }
    const head = `${' '.repeat(indent)}- `
    return ended(printer, head + inline(printer, node, indent, head.length), node, indent)
  }
  const inner: Printer = { source: printer.source, lines: [] }
  block(inner, node, indent + 2)
  const first = inner.lines.findIndex((line) => line !== '' && !line.trimStart().startsWith('#'))
  for (const line of inner.lines.slice(0, first)) printer.lines.push(line.slice(2))
  const lead = inner.lines[first]!
  printer.lines.push(`${' '.repeat(indent)}- ${lead.slice(indent + 2)}`, ...inner.lines.slice(first + 1))
}

/** Pushes what may be several lines, with the comment that stands behind it. */
function ended(printer: Printer, text: string, node: Node, indent: number): void {
  const [behind = '', ...below] = (node.comment ?? '').split('\n')
  printer.lines.push(...`${text}${behind === '' ? '' : ` #${behind}`}`.split('\n'))
  comment(printer, below.join('\n'), indent)
}

function anchorOf(node: Node, before = ''): string {
  const { anchor } = node as { anchor?: string }
  return anchor === undefined ? '' : `${before}&${anchor}`
}

/** @param column where it begins, for what may be broken */
function inline(printer: Printer, node: Node, indent: number, column = indent): string {
  if (isAlias(node)) return `*${(node as Alias).source}`
  const anchor = anchorOf(node)
  const text = isScalar(node)
    ? scalar(printer, node, indent)
    : flow(printer, node as Collection, indent, column)
  return anchor === '' ? text : text === '' ? anchor : `${anchor} ${text}`
}

function sourceOf({ source }: Printer, node: Node): string {
  return node.range ? source.slice(node.range[0], node.range[1]) : ''
}

function scalar(printer: Printer, node: Scalar, indent: number): string {
  const text = sourceOf(printer, node)
  const [first = '', ...rest] = text.split('\n')
  if (rest.length === 0) return text
  const deeper = ' '.repeat(indent + 2)
  if (node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED')
    return [first.trimEnd(), ...rest.map((line) => (line.trim() === '' ? '' : deeper + line.trim()))].join(
      '\n',
    )
  const filled = rest.filter((line) => line.trim() !== '')
  const least = Math.min(...filled.map((line) => line.search(/\S/)))
  const body = rest.map((line) => (line.trim() === '' ? '' : deeper + line.slice(least)))
  return [first, ...body].join('\n').trimEnd()
}

function flow(printer: Printer, node: Collection, indent: number, column: number): string {
  const text = sourceOf(printer, node)
  const several = text.includes('\n')
  if (several && [...new Lexer().lex(text)].some((token) => token.startsWith('#'))) {
    const [first, ...rest] = text.split('\n')
    return [first, ...rest.map((line) => ' '.repeat(indent + 2) + line.trim())].join('\n')
  }
  const parts = isMap(node)
    ? node.items.map((pair) => flowEntry(printer, pair as Pair<Node, Node | null>, indent))
    : node.items.map((item) => inline(printer, item as Node, indent).replace(/\s*\n\s*/g, ' '))
  const [open, close] = isMap(node) ? ['{', '}'] : ['[', ']']
  const whole = `${open}${parts.join(', ')}${close}`
  return several && column + whole.length > WIDTH
    ? filled(whole, parts, { open, close, indent, column })
    : whole
}

function flowEntry(printer: Printer, { key, value }: Pair<Node, Node | null>, indent: number): string {
  const one = (node: Node): string => inline(printer, node, indent).replace(/\s*\n\s*/g, ' ')
  if (value === null) return one(key)
  const written = one(value)
  return written === '' ? `${one(key)}:` : `${one(key)}: ${written}`
}

interface Frame {
  readonly open: string
  readonly close: string
  readonly indent: number
  readonly column: number
}

/** As many parts on a line as fit. */
function filled(whole: string, parts: readonly string[], { open, close, indent, column }: Frame): string {
  if (parts.length < 2) return whole
  const lead = ' '.repeat(indent + 2)
  const lines = [open]
  let used = column + 1
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1
    const piece = part + (last ? close : ',')
    if (index > 0 && used + 1 + piece.length > WIDTH) {
      lines.push(lead + piece)
      used = lead.length + piece.length
    } else {
      lines[lines.length - 1] += index === 0 ? piece : ` ${piece}`
      used += piece.length + (index === 0 ? 0 : 1)
    }
  }
  return lines.join('\n')
}
