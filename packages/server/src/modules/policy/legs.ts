import { LEGS, type Leg } from '@suanquan/core/settlement'
import type { InForce } from './programmes.ts'

/** The legs that the programme pays on: those of its redemption, less the ones it leaves out by its own text. */
export function legsOf({ programme }: Pick<InForce, 'programme'>): readonly Leg[] {
  const named = programme.redemption?.legs.map(({ id }) => id) ?? LEGS
  return LEGS.filter((leg) => named.includes(leg))
}
