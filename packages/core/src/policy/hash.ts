// The hash of a programme: over what the file says, not over how it is laid out. Comments, order of keys, quotes and
// anchors do not change it; any change of content does.
import { assert } from '../assert.ts'
import { canonicalText, hex, utf8, type Hash } from '../canonical.ts'
import type { Report } from './diagnostic.ts'
import { contentOf } from './shaped.ts'
import { readYaml } from './yaml-tree.ts'

/** @param text of a programme that was checked before; what is not YAML has no hash */
export function programmeHash(text: string, hash: Hash): string {
  const into: Report = { file: '', diagnostics: [] }
  const tree = readYaml(text, into)
  assert(tree !== undefined && into.diagnostics.length === 0, 'only a checked programme is hashed')
  return hex(hash(utf8(`policy/v1\n${canonicalText(contentOf(tree))}`)))
}
