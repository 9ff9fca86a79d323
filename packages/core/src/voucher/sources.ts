// Who pays for a grant: one pool, or two tiers by shares. The shares are exact: each but the last gets its share rounded
// down to whole fen, the last pays the rest. With two tiers no share falls when the whole grows, so what was spent, and
// with it what goes back, follows from the whole alone.
import { assert } from '../assert.ts'
import type { Fen, Rate } from '../money/index.ts'
import type { Fund, PoolKey } from './accounts.ts'

export interface Source {
  readonly pool: PoolKey
  readonly amountFen: Fen
}

/** The programme's own pool. */
export function ownPool(fund: Fund): PoolKey {
  return { kind: '', district: fund.jurisdiction, reference: '' }
}

export function sourcesOf(
  fund: Fund,
  approval: { readonly amountFen: Fen; readonly sources?: readonly Source[] },
): readonly Source[] {
  return approval.sources ?? [{ pool: ownPool(fund), amountFen: approval.amountFen }]
}

export interface Tier {
  readonly pool: PoolKey
  readonly share: Rate
}

/**
 * The parts of an award: the first tier gets its share rounded down, the second pays the rest.
 * @param first whose share is stated
 * @param second who pays the rest
 */
export function sharedAward(amountFen: Fen, first: Tier, second: PoolKey): readonly [Source, Source] {
  const { numerator, denominator } = first.share
  assert(numerator >= 0n && numerator <= denominator, 'a share is between nothing and the whole')
  const part = (amountFen * numerator) / denominator
  return [
    { pool: first.pool, amountFen: part },
    { pool: second, amountFen: amountFen - part },
  ]
}

export function totalOf(sources: readonly Source[]): Fen {
  return sources.reduce((sum, { amountFen }) => sum + amountFen, 0n)
}

/** What each source has paid once `spentFen` of the whole is spent; the last pays the rest. */
export function spentOf(sources: readonly Source[], spentFen: Fen): readonly Fen[] {
  const whole = totalOf(sources)
  assert(sources.length <= 2, 'an award has one source or two')
  assert(spentFen >= 0n && spentFen <= whole, 'no more is spent than was granted')
  const parts = sources
    .slice(0, -1)
    .map(({ amountFen }) => (whole === 0n ? 0n : (spentFen * amountFen) / whole))
  return [...parts, spentFen - parts.reduce((sum, part) => sum + part, 0n)]
}
