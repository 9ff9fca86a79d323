// Walks the repository's own files: never what is installed or built.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const NOT_OURS = new Set(['node_modules', 'dist', '.git', '.cache', 'test-results'])

/** Paths of all files below a folder for which `wanted` holds, in a stable order. */
export function filesBelow(folder, wanted = () => true) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !NOT_OURS.has(name))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return path.endsWith('packages/server/portal') ? [] : filesBelow(path, wanted)
      return entry.isFile() && wanted(path) ? [path] : []
    })
}
