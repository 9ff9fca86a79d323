export interface PathDifference {
  readonly path: string
  readonly stored: string
  readonly again: string
}

const MOST_SHOWN = 20
const LONGEST = 200

/** Where two results differ, by path, the first few; what is missing on one side is shown as a dash. */
export function differencesBetween(stored: unknown, again: unknown): PathDifference[] {
  const found: PathDifference[] = []
  compare(stored, again, '', found)
  return found.slice(0, MOST_SHOWN)
}

function compare(left: unknown, right: unknown, path: string, into: PathDifference[]): void {
  if (into.length >= MOST_SHOWN) return
  if (isTree(left) && isTree(right) && Array.isArray(left) === Array.isArray(right)) {
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      compare(left[key], right[key], path === '' ? key : `${path}/${key}`, into)
    }
    return
  }
  const [stored, again] = [written(left), written(right)]
  if (stored !== again) into.push({ path, stored, again })
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function written(value: unknown): string {
  return value === undefined ? '—' : JSON.stringify(value).slice(0, LONGEST)
}
