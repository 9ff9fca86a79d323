// Time in which devices of a run are known to have done nothing: every sample of the hour was heard, and every one said so.
// What nobody watched is not idle. A piece of time is split by devices: so many worked, so many did not.
import type { Instant } from '../calendar/index.ts'
import type { RatedPiece } from './rating.ts'

export interface IdleWindow {
  readonly fromAt: Instant
  readonly untilAt: Instant
  /** whole cards of the run that did nothing meanwhile */
  readonly cards: number
}

/** By the key of the record. */
export type IdleWindows = ReadonlyMap<string, readonly IdleWindow[]>

export const noIdle: IdleWindows = new Map()

export function idleOf(idle: IdleWindows, recordKey: string): readonly IdleWindow[] {
  return idle.get(recordKey) ?? []
}

/** The piece lies inside or outside of every window, since it was cut at them. Shares of a card are not watched one by one. */
export function splitIdle(
  piece: RatedPiece,
  windows: readonly IdleWindow[],
  ratedZero: boolean,
): RatedPiece[] {
  if (piece.unitsPerCard > 1 || windows.length === 0) return [piece]
  const covering = windows.find(({ fromAt, untilAt }) => fromAt <= piece.fromAt && untilAt >= piece.untilAt)
  const cards = Math.min(covering?.cards ?? 0, piece.units)
  if (cards === 0) return [piece]
  const reason = ratedZero && piece.reason === 'rated' ? 'idle' : piece.reason
  const idle: RatedPiece = { ...piece, units: cards, reason, idle: true }
  return cards === piece.units ? [idle] : [{ ...piece, units: piece.units - cards }, idle]
}
