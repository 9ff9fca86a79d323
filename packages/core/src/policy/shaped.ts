// A file read as YAML and held against its shape: what remains is its content, and a way from any part of the content
// back to its place.
import type { z } from 'zod'
import { report, reportNear, type Report } from './diagnostic.ts'
import { offerDay, offerFor } from './offers.ts'
import type { Place } from './types.ts'
import { swallowedColon } from './yaml-faults.ts'
import { readYaml, type Tree } from './yaml-tree.ts'

export type Path = readonly (string | number)[]

export interface Shaped<Content> {
  readonly content: Content
  readonly tree: Tree
}

/** @returns the content, or undefined after reporting at least one error */
export function readShaped<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  into: Report,
): Shaped<z.infer<Schema>> | undefined {
  const before = into.diagnostics.length
  const tree = readYaml(text, into)
  return tree && into.diagnostics.length === before ? shapeTree(tree, schema, into) : undefined
}

/** @returns the content of a tree that was read before, or undefined after reporting at least one error */
export function shapeTree<Schema extends z.ZodType>(
  tree: Tree,
  schema: Schema,
  into: Report,
): Shaped<z.infer<Schema>> | undefined {
  const parsed = schema.safeParse(contentOf(tree), { reportInput: true })
  if (parsed.success) return { content: parsed.data, tree }
  for (const issue of parsed.error.issues) reportIssue(into, { tree, schema }, issue)
  return undefined
}

/** Plain data: texts, true and false where written plainly, lists and records without a prototype's keys. */
export function contentOf(tree: Tree): unknown {
  if (tree.kind === 'list') return tree.items.map(contentOf)
  if (tree.kind === 'map') {
    const entries = [...tree.entries].filter(([key]) => key !== '__proto__')
    return Object.fromEntries(entries.map(([key, entry]) => [key, contentOf(entry.value)]))
  }
  return tree.plain && (tree.text === 'true' || tree.text === 'false') ? tree.text === 'true' : tree.text
}

export function locate(tree: Tree, path: Path): Tree | undefined {
  let here: Tree | undefined = tree
  for (const step of path) {
    if (here?.kind === 'list' && typeof step === 'number') here = here.items[step]
    else if (here?.kind === 'map') here = here.entries.get(String(step))?.value
    else return undefined
  }
  return here
}

/** The place of the value at the path, or of the nearest part above it that exists. */
export function placeOf(tree: Tree, path: Path): Place {
  for (let length = path.length; length >= 0; length--) {
    const found = locate(tree, path.slice(0, length))
    if (found) return found.place
  }
  return tree.place
}

/** The place of a key of the map at the path. */
export function keyPlace(tree: Tree, path: Path, key: string): Place {
  const map = locate(tree, path)
  return (map?.kind === 'map' ? map.entries.get(key)?.key : undefined) ?? placeOf(tree, path)
}

interface Held {
  readonly tree: Tree
  readonly schema: z.ZodType
}

function reportIssue(into: Report, { tree, schema }: Held, issue: z.core.$ZodIssue): void {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)))
  const at = path.join('.')
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) reportKey(into, { tree, schema }, path, key)
    return
  }
  const place = placeOf(tree, path)
  const absent = locate(tree, path) === undefined
  if (absent)
    report(into, place, 'policy.missing_key', {
      key: String(path.at(-1) ?? ''),
      at: path.slice(0, -1).join('.'),
    })
  else if (issue.code === 'invalid_value') {
    const known = issue.values.map(String)
    const written = String(issue.input)
    reportNear(into, place, { code: 'policy.not_one_of', params: { at, written, known }, written, known })
  } else if (issue.code === 'invalid_key')
    report(into, place, 'policy.bad_name', { name: String(path.at(-1)) })
  else reportShape(into, { place, at, found: locate(tree, path)! }, issue)
}

/** A key that does not exist; or that is none, since a colon or a comma was taken for part of a text. */
function reportKey(into: Report, { tree, schema }: Held, path: Path, key: string): void {
  const place = keyPlace(tree, path, key)
  const colon = swallowedColon(key)
  const value = locate(tree, [...path, key])
  const bare = value?.kind === 'scalar' && value.text === '' && value.plain
  if (colon && bare) report(into, place, 'policy.yaml_wide_mark', colon)
  else if (bare && !/^[\w.-]+$/.test(key)) report(into, place, 'policy.split_text', { key })
  else {
    const params = { key, at: path.join('.') }
    reportNear(into, place, { code: 'policy.unknown_key', params, written: key, known: keysAt(schema, path) })
  }
}

interface Spot {
  readonly place: Place
  readonly at: string
  readonly found: Tree
}

function reportShape(into: Report, { place, at, found }: Spot, issue: z.core.$ZodIssue): void {
  const shape = shapeOf(issue)
  const text = found.kind === 'scalar' ? found.text : ''
  if (shape === 'date' && found.kind === 'scalar') {
    const finding = { code: 'policy.not_a_date', params: { text }, suggestion: offerDay(text) }
    return reportNear(into, place, finding)
  }
  const suggestion = shape === 'true_or_false' ? offerFor({ kind: 'bool' }, text) : undefined
  reportNear(into, place, { code: 'policy.bad_shape', params: { at, shape }, suggestion })
}

/** The word for what belongs here: of `paramWords.shape`. A pattern names its own as its message. */
function shapeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return TYPES[issue.expected] ?? 'other'
  if (issue.code === 'too_small') return issue.origin === 'array' ? `at_least_${issue.minimum}` : 'filled'
  if (issue.code === 'invalid_union') return 'one_or_list'
  return NAMED.has(issue.message) ? issue.message : 'other'
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true_or_false',
  array: 'list',
  object: 'map',
  record: 'map',
}

/** The patterns and rules of `shape.ts` that have words. */
const NAMED = new Set(
  'date name division programme_id source_id pattern_number tiers document_code'.split(' '),
)

/** The keys that the schema has at a path: where a suggestion may come from. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  let here: unknown = schema
  for (const step of path) {
    const { shape, element, valueType } = definitionOf(here)
    here = shape?.[String(step)] ?? element ?? valueType
  }
  return Object.keys(definitionOf(here).shape ?? {})
}

interface Definition {
  readonly innerType?: unknown
  readonly shape?: Readonly<Record<string, unknown>>
  readonly element?: unknown
  readonly valueType?: unknown
}

function definitionOf(schema: unknown): Definition {
  const def = (schema as { def?: Definition } | undefined)?.def ?? {}
  return def.innerType === undefined ? def : definitionOf(def.innerType)
}
