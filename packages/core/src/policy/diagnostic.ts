// What the checker says: a code, its place and the values of its sentence. The sentences stand in the refusal
// catalogue (`policy.*`), the offer "Did you mean …?" is one sentence of its own.
import type { RefusalParams } from '../refusal.ts'
import type { Place } from './types.ts'

export interface Diagnostic extends Place {
  readonly file: string
  readonly severity: 'error' | 'warning'
  /** `policy.…` (or `money.…`, `rate.…`) of the refusal catalogue */
  readonly code: string
  readonly params: RefusalParams
  /** the nearest name that does exist */
  readonly suggestion?: string
}

/** Collects diagnostics; after `limit` errors it stops taking more, so that a broken file stays readable. */
export interface Report {
  readonly file: string
  readonly diagnostics: Diagnostic[]
}

const LIMIT = 200

export function report(into: Report, place: Place, code: string, params: RefusalParams = {}): void {
  reportNear(into, place, { code, params })
}

export interface NearMiss {
  readonly code: string
  readonly params: RefusalParams
  /** the name that was written and those that exist: the nearest becomes the suggestion */
  readonly written?: string
  readonly known?: Iterable<string>
  /** what was meant, where it is known better than by its letters */
  readonly suggestion?: string | undefined
  readonly severity?: 'error' | 'warning'
}

export function reportNear(into: Report, place: Place, finding: NearMiss): void {
  if (into.diagnostics.length >= LIMIT) return
  const { code, params, written, known, severity = 'error' } = finding
  const near = written === undefined || known === undefined ? undefined : nearest(written, known)
  const suggestion = finding.suggestion ?? near
  const base = {
    file: place.file ?? into.file,
    line: place.line,
    column: place.column,
    severity,
    code,
    params,
  }
  into.diagnostics.push(suggestion === undefined ? base : { ...base, suggestion })
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((item) => item.severity === 'error')
}

/** The known name with the least edits, if that is at most a third of the longer name's length. */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  let best: string | undefined
  let fewest = Infinity
  for (const name of known) {
    const allowed = Math.max(1, Math.floor(Math.max(name.length, written.length) / 3))
    const edits = editDistance(written.slice(0, 80), name.slice(0, 80))
    if (edits <= allowed && edits < fewest) [best, fewest] = [name, edits]
  }
  return best
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
function editDistance(left: string, right: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1]
      let edits = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1))
      const swapped = row > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      if (swapped) edits = Math.min(edits, beforeLast[column - 2]! + 1)
      current.push(edits)
    }
    ;[beforeLast, last] = [last, current]
  }
  return last[right.length]!
}
