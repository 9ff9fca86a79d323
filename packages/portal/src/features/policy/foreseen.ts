// What an application can come to as it stands: the ceiling once every condition is known, before that what the reckoning
// gives if the open ones hold.
import type { Determination } from './determination.tsx'

export interface Foreseen {
  readonly fen: string
  /** false while something is still to be told */
  readonly sure: boolean
}

/** null when nothing can be said yet, or when a condition fails. */
export function foreseen(determination: Determination | null): Foreseen | null {
  if (determination === null || determination.eligible === 'no') return null
  if (determination.ceilingFen !== '0') return { fen: determination.ceilingFen, sure: true }
  if (determination.eligible === 'yes') return { fen: '0', sure: true }
  const amounts = determination.steps.filter(({ kind }) => kind !== 'total').map(({ amountFen }) => amountFen)
  const last = amounts[amounts.length - 1]
  return last === null || last === undefined ? null : { fen: last, sure: false }
}
