// Shares of an award between two tiers: exact to the fen whatever is spent and in whatever steps.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rate } from '../money/index.ts'
import { sharedAward, spentOf, totalOf, type PoolKey } from './index.ts'

const CITY: PoolKey = { kind: '', district: '990100', reference: '' }
const DISTRICT: PoolKey = { kind: 'tier', district: '990101', reference: '' }

const fen = fc.bigInt({ min: 0n, max: 10_000_000_000n })
const share = fc
  .tuple(fc.bigInt({ min: 0n, max: 1000n }), fc.bigInt({ min: 1n, max: 1000n }))
  .map(([part, rest]) => rate(part, part + rest))

test('the first tier gets its share rounded down, the second pays the rest, together the award', () => {
  fc.assert(
    fc.property(fen, share, (amount, city) => {
      const sources = sharedAward(amount, { pool: CITY, share: city }, DISTRICT)
      expect(totalOf(sources)).toBe(amount)
      expect(sources[0].amountFen).toBe((amount * city.numerator) / city.denominator)
    }),
  )
})

test('what is spent falls on both to the fen, no share shrinks as more is spent, and the whole spends both', () => {
  fc.assert(
    fc.property(fen, share, fen, fen, (amount, city, some, more) => {
      const sources = sharedAward(amount, { pool: CITY, share: city }, DISTRICT)
      const less = some % (amount + 1n)
      const spent = less + (more % (amount - less + 1n))
      const [before, after] = [spentOf(sources, less), spentOf(sources, spent)]
      expect(after[0]! + after[1]!).toBe(spent)
      expect(after.every((part, index) => part >= before[index]!)).toBe(true)
      expect(after.every((part, index) => part <= sources[index]!.amountFen)).toBe(true)
      expect(spentOf(sources, amount)).toEqual(sources.map(({ amountFen }) => amountFen))
    }),
  )
})
