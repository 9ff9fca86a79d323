// Edits of a tree by dotted paths. A step names a key of a map, or the `id` of an item of a list. Trees are never
// changed: every edit gives another one that shares what it left alone.
import { nearest } from '../diagnostic.ts'
import type { Place } from '../types.ts'
import type { Tree } from '../yaml-tree.ts'

export type Edited =
  | { readonly ok: true; readonly tree: Tree }
  /** the part that is not there, and the nearest name that is */
  | { readonly ok: false; readonly missing: string; readonly suggestion?: string }

/** Sets what stands at a path; the last step may be new, every step before it must be there. */
export function putAt(tree: Tree, steps: readonly string[], value: Tree): Edited {
  return edit(tree, steps, (parent, last) => ({ ok: true, tree: withPart(parent, last, value) }))
}

/** Takes away what stands at a path; it must be there. */
export function removeAt(tree: Tree, steps: readonly string[]): Edited {
  return edit(tree, steps, (parent, last) => {
    if (partOf(parent, last) === undefined) return missing(parent, last)
    if (parent.kind === 'list') {
      return { ok: true, tree: { ...parent, items: parent.items.filter((item) => idOf(item) !== last) } }
    }
    const entries = new Map(parent.kind === 'map' ? parent.entries : [])
    entries.delete(last)
    return { ok: true, tree: { kind: 'map', place: parent.place, entries } }
  })
}

/** The tree with every place in the file that it came from. */
export function placedIn(tree: Tree, file: string): Tree {
  const there = (place: Place): Place => ({ ...place, file })
  const place = there(tree.place)
  if (tree.kind === 'list') return { ...tree, place, items: tree.items.map((item) => placedIn(item, file)) }
  if (tree.kind === 'scalar') return { ...tree, place, placeOf: (offset) => there(tree.placeOf(offset)) }
  const entries = [...tree.entries].map(
    ([key, entry]) => [key, { key: there(entry.key), value: placedIn(entry.value, file) }] as const,
  )
  return { ...tree, place, entries: new Map(entries) }
}

/** Items of one list after those of another; what is no list counts as an empty one. */
export function listsTogether(first: Tree | undefined, second: Tree): Tree {
  const items = [first, second].flatMap((tree) => (tree?.kind === 'list' ? tree.items : []))
  return { kind: 'list', place: second.place, items }
}

export function scalarOf(text: string, place: Place): Tree {
  return { kind: 'scalar', place, text, plain: false, placeOf: () => place }
}

type Change = (parent: Tree, last: string) => Edited

function edit(tree: Tree, steps: readonly string[], change: Change): Edited {
  const [step = '', ...rest] = steps
  if (rest.length === 0) return change(tree, step)
  const part = partOf(tree, step)
  if (part === undefined) return missing(tree, step)
  const edited = edit(part, rest, change)
  return edited.ok ? { ok: true, tree: withPart(tree, step, edited.tree) } : edited
}

function missing(parent: Tree, step: string): Edited {
  const known = parent.kind === 'map' ? [...parent.entries.keys()] : itemIds(parent)
  const suggestion = nearest(step, known)
  return { ok: false, missing: step, ...(suggestion === undefined ? {} : { suggestion }) }
}

function partOf(tree: Tree, step: string): Tree | undefined {
  if (tree.kind === 'map') return tree.entries.get(step)?.value
  return tree.kind === 'list' ? tree.items.find((item) => idOf(item) === step) : undefined
}

function withPart(tree: Tree, step: string, value: Tree): Tree {
  if (tree.kind === 'list') {
    const at = tree.items.findIndex((item) => idOf(item) === step)
    return { ...tree, items: at < 0 ? [...tree.items, value] : tree.items.with(at, value) }
  }
  const entries = new Map(tree.kind === 'map' ? tree.entries : [])
  entries.set(step, { key: entries.get(step)?.key ?? value.place, value })
  return { kind: 'map', place: tree.place, entries }
}

function itemIds(tree: Tree): string[] {
  return tree.kind === 'list' ? tree.items.flatMap((item) => idOf(item) ?? []) : []
}

function idOf(item: Tree): string | undefined {
  const id = item.kind === 'map' ? item.entries.get('id')?.value : undefined
  return id?.kind === 'scalar' ? id.text : undefined
}
