// A total shared out by weights loses and gains nothing: each gets the floor of its share, the fen left over go one
// by one to the largest remainders, ties to the earlier (largest-remainder method).
import { assert } from '../assert.ts'
import type { Fen } from './fen.ts'

/**
 * @param total fen to share out, not negative
 * @param weights one per share, not negative; all zero gives every share zero only when the total is zero
 * @returns shares in the order of the weights; their sum is the total
 */
export function splitInProportion(total: Fen, weights: readonly bigint[]): Fen[] {
  const sum = weights.reduce((left, right) => left + right, 0n)
  assert(total >= 0n && weights.every((weight) => weight >= 0n), 'totals and weights are not negative')
  assert(sum > 0n || total === 0n, 'a total needs a weight to go to')
  if (sum === 0n) return weights.map(() => 0n)
  const products = weights.map((weight) => total * weight)
  const shares = products.map((product) => product / sum)
  const left = total - shares.reduce((have, share) => have + share, 0n)
  const remainders = products.map((product, index) => product - shares[index]! * sum)
  const byRemainder = remainders
    .map((_, index) => index)
    .sort((a, b) => (remainders[a]! > remainders[b]! ? -1 : remainders[a]! < remainders[b]! ? 1 : a - b))
  for (const index of byRemainder.slice(0, Number(left))) shares[index] = shares[index]! + 1n
  return shares
}
