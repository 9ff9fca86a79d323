// YAML as a tree with places. Every scalar stays text (the failsafe schema), so that 0110 keeps its zero and 2023.10
// its last digit; what a text means is decided by the type it is read as. Bounded in size, depth and aliases: a bomb
// is refused, never expanded. Only the first syntax error is reported: the rest are its echoes.
import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { Document, Node, Scalar } from 'yaml'
import { report, type Report } from './diagnostic.ts'
import type { Place } from './types.ts'
import { yamlFault } from './yaml-faults.ts'

export type Tree = { readonly place: Place } & (
  | {
      readonly kind: 'map'
      readonly entries: ReadonlyMap<string, { readonly key: Place; readonly value: Tree }>
    }
  | { readonly kind: 'list'; readonly items: readonly Tree[] }
  | {
      readonly kind: 'scalar'
      readonly text: string
      readonly plain: boolean
      readonly placeOf: (offset: number) => Place
    }
)

const LIMITS = { characters: 262_144, nodes: 20_000, depth: 40 } as const

interface Reader {
  readonly text: string
  readonly lines: LineCounter
  readonly into: Report
  /** what each anchor names so far; the library looks through the whole file for every alias */
  readonly anchors: Map<string, Node>
  count: number
}

/** @returns the tree, or undefined after reporting why there is none */
export function readYaml(source: string, into: Report): Tree | undefined {
  const text = source.replace(/\r(?!\n)/g, '\n') // a lone CR ends a line too; offsets stay
  const start = { line: 1, column: 1 }
  if (text.length > LIMITS.characters) {
    report(into, start, 'policy.too_large', { limit: LIMITS.characters })
    return undefined
  }
  const lines = new LineCounter()
  let document: Document
  try {
    const options = {
      lineCounter: lines,
      schema: 'failsafe',
      uniqueKeys: false,
      prettyErrors: false,
    } as const
    document = parseDocument(text, options)
  } catch {
    report(into, start, 'policy.too_deep', { limit: LIMITS.depth }) // the parser's own stack ran out
    return undefined
  }
  const error = document.errors[0]
  if (error) {
    const { code, offset, params } = yamlFault(text, error.code, error.pos[0])
    report(into, placeAt(lines, offset), code, params)
    return undefined
  }
  if (document.contents === null) {
    report(into, start, 'policy.empty_file')
    return undefined
  }
  const reader: Reader = { text, lines, into, anchors: new Map(), count: 0 }
  return readNode(reader, document.contents, 0, new Set())
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}

function readNode(reader: Reader, node: Node, depth: number, inside: ReadonlySet<Node>): Tree | undefined {
  const place = placeAt(reader.lines, node.range?.[0] ?? 0)
  reader.count++
  if (depth > LIMITS.depth || reader.count > LIMITS.nodes) {
    const code = depth > LIMITS.depth ? 'policy.too_deep' : 'policy.too_many_nodes'
    if (!reader.into.diagnostics.some((item) => item.code === code)) {
      report(reader.into, place, code, { limit: depth > LIMITS.depth ? LIMITS.depth : LIMITS.nodes })
    }
    return undefined
  }
  remember(reader, node, inside)
  if (isAlias(node)) return readAlias(reader, node, { depth, inside, place })
  if (node.tag !== undefined) reportTag(reader, node)
  if (isScalar(node)) return readScalar(reader, node, place)
  if (isSeq(node)) {
    const items = node.items.map((item) => readNode(reader, item as Node, depth + 1, inside))
    return { kind: 'list', place, items: items.filter((item) => item !== undefined) }
  }
  if (isMap(node))
    return readMap(reader, node.items as { key: Node; value: Node | null }[], { depth, inside, place })
  return undefined
}

/** An anchor counts where it stands in the file, not again where an alias repeats what holds it. */
function remember(reader: Reader, node: Node, inside: ReadonlySet<Node>): void {
  if (inside.size === 0 && !isAlias(node) && node.anchor !== undefined) reader.anchors.set(node.anchor, node)
}

/** A tag as it is written, `!parties.related` or `!!float`: it changes what a text is, and mostly was meant as text. */
function reportTag({ text, lines, into }: Reader, node: Node): void {
  const end = node.range?.[0] ?? 0
  const from = Math.max(0, end - 200)
  const found = /![^\s{}[\],]*(?=\s*$)/.exec(text.slice(from, end))
  const at = found ? from + found.index : end
  report(into, placeAt(lines, at), 'policy.yaml_tag', { tag: found?.[0] ?? String(node.tag) })
}

interface Spot {
  readonly depth: number
  readonly inside: ReadonlySet<Node>
  readonly place: Place
}

function readAlias(reader: Reader, node: Node, spot: Spot): Tree | undefined {
  const target = isAlias(node) ? reader.anchors.get(node.source) : undefined
  if (target === undefined || spot.inside.has(target)) {
    report(reader.into, spot.place, 'policy.bad_alias', { alias: isAlias(node) ? node.source : '' })
    return undefined
  }
  return readNode(reader, target, spot.depth + 1, new Set([...spot.inside, target]))
}

function readMap(
  reader: Reader,
  pairs: readonly { key: Node; value: Node | null }[],
  spot: Spot,
): Tree | undefined {
  const entries = new Map<string, { key: Place; value: Tree }>()
  const merged = new Map<string, { key: Place; value: Tree }>()
  for (const pair of pairs) {
    const key = placeAt(reader.lines, pair.key?.range?.[0] ?? 0)
    if (!isScalar(pair.key)) {
      report(reader.into, key, 'policy.key_not_text')
      continue
    }
    remember(reader, pair.key, spot.inside)
    const name = String(pair.key.value)
    const value = pair.value ? readNode(reader, pair.value, spot.depth + 1, spot.inside) : emptyScalar(key)
    if (value === undefined) continue
    if (name === '__proto__') report(reader.into, key, 'policy.bad_name', { name })
    else if (name === '<<') mergeInto(reader, merged, value)
    else if (entries.has(name)) report(reader.into, key, 'policy.duplicate_key', { key: name })
    else entries.set(name, { key, value })
  }
  return { kind: 'map', place: spot.place, entries: new Map([...merged, ...entries]) }
}

/** `<<: *base` or a list of such; a text there is a forgotten asterisk, and what it stands for would be lost. */
function mergeInto(reader: Reader, merged: Map<string, { key: Place; value: Tree }>, value: Tree): void {
  if (value.kind === 'scalar') report(reader.into, value.place, 'policy.bad_alias', { alias: value.text })
  else if (value.kind === 'list') for (const item of value.items) mergeInto(reader, merged, item)
  else for (const [name, entry] of value.entries) if (!merged.has(name)) merged.set(name, entry)
}

function emptyScalar(place: Place): Tree {
  return { kind: 'scalar', place, text: '', plain: true, placeOf: () => place }
}

function readScalar(reader: Reader, node: Scalar, place: Place): Tree {
  const text = typeof node.value === 'string' ? node.value : ''
  const [from, to] = node.range ?? [0, 0]
  const placeOf = (offset: number): Place =>
    placeAt(reader.lines, sourceOffset(reader.text, { from, to }, text, offset))
  return { kind: 'scalar', place, text, plain: node.type === 'PLAIN', placeOf }
}

/** Where the character `offset` of a scalar's value stands in the source: quotes, escapes and folding are skipped. */
function sourceOffset(
  source: string,
  range: { from: number; to: number },
  value: string,
  offset: number,
): number {
  let at = range.from
  for (let index = 0; at < range.to; at++) {
    const same = source[at] === value[index] || (/\s/.test(source[at]!) && /\s/.test(value[index] ?? ''))
    if (!same) continue
    if (index === offset) return at
    index++
  }
  return Math.max(range.from, Math.min(at, range.to))
}
