// A file read as YAML and held against its shape: what remains is its content, and a way from any part of the content
// back to its place.
import type { z } from 'zod'
import { report, reportNear, type Report } from './diagnostic.ts'
import type { Place } from './types.ts'
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
    for (const key of issue.keys) {
      const finding = {
        code: 'policy.unknown_key',
        params: { key, at },
        written: key,
        known: keysAt(schema, path),
      }
      reportNear(into, keyPlace(tree, path, key), finding)
    }
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
  else report(into, place, 'policy.bad_shape', { at, expected: expectation(issue) })
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return issue.expected
  if (issue.code === 'invalid_format') return issue.pattern ?? issue.format
  return issue.code
}

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
