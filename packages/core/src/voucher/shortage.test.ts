// Whatever the list: the awards are the pool to the fen or less by a stated reason, nobody gets more than approved, and
// the order of the rows decides nothing.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../random.ts'
import { shareOut, shortageRules, type Contender, type ShortageTerms } from './index.ts'

const list = fc
  .array(
    fc.record({
      claimFen: fc.bigInt({ min: 1n, max: 1_000_000n }),
      completeAt: fc.integer({ min: 0, max: 5 }),
      score: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 40 },
  )
  .chain((rows) =>
    fc
      .shuffledSubarray(
        rows.map((_, index) => index + 1),
        { minLength: rows.length },
      )
      .map((places): Contender[] =>
        rows.map((row, index) => ({ ...row, number: `N${index}`, drawn: places[index]! })),
      ),
  )
const terms = fc.record({
  rule: fc.constantFrom(...shortageRules),
  poolFen: fc.bigInt({ min: 0n, max: 20_000_000n }),
  minimumFen: fc.bigInt({ min: 1n, max: 200_000n }),
})

describe('every rule', () => {
  test('gives out the pool exactly, or less by a stated reason; nobody above what was approved', () => {
    fc.assert(
      fc.property(list, terms, (contenders, each) => {
        const { lines, awardedFen, leftFen, leftWhy } = shareOut(contenders, each)
        expect(lines.reduce((sum, { awardFen }) => sum + awardFen, 0n)).toBe(awardedFen)
        expect(awardedFen + leftFen).toBe(each.poolFen)
        expect(leftFen >= 0n).toBe(true)
        expect(lines.every(({ awardFen, claimFen }) => awardFen >= 0n && awardFen <= claimFen)).toBe(true)
        expect(leftWhy === 'nothing').toBe(leftFen === 0n)
        if (leftWhy === 'all_met') expect(lines.every(({ why }) => why === 'whole')).toBe(true)
        expect(lines.map(({ number }) => number).sort()).toEqual(
          contenders.map(({ number }) => number).sort(),
        )
      }),
    )
  })

  test('is the same whatever the order of the rows', () => {
    fc.assert(
      fc.property(list, terms, fc.integer(), (contenders, each, seed) => {
        const random = seededRandom(seed)
        const mixed = contenders
          .map((row) => ({ row, key: random.next() }))
          .sort((a, b) => a.key - b.key)
          .map(({ row }) => row)
        expect(shareOut(mixed, each)).toEqual(shareOut(contenders, each))
      }),
    )
  })

  test('never gives in part below the minimum, and in turn nobody overtakes', () => {
    fc.assert(
      fc.property(list, terms, (contenders, each) => {
        const { lines } = shareOut(contenders, each)
        for (const line of lines)
          if (line.why === 'in_part') expect(line.awardFen >= each.minimumFen).toBe(true)
        if (each.rule === 'pro_rata' || each.rule === 'merit_shared') return
        const end = lines.findIndex(({ awardFen }) => awardFen === 0n)
        if (end >= 0) expect(lines.slice(end).every(({ awardFen }) => awardFen === 0n)).toBe(true)
      }),
    )
  })
})

const three: readonly Contender[] = [
  { number: 'A', claimFen: 100n, completeAt: 3, score: 5, drawn: 2 },
  { number: 'B', claimFen: 200n, completeAt: 1, score: 9, drawn: 3 },
  { number: 'C', claimFen: 300n, completeAt: 2, score: 5, drawn: 1 },
]

function awards(rule: ShortageTerms['rule'], poolFen: bigint, minimumFen = 1n): Record<string, bigint> {
  const { lines } = shareOut(three, { rule, poolFen, minimumFen })
  return Object.fromEntries(lines.map(({ number, awardFen }) => [number, awardFen]))
}

test('the same short pool under each rule', () => {
  expect(awards('first_come', 350n)).toEqual({ B: 200n, C: 0n, A: 0n })
  expect(awards('merit', 350n)).toEqual({ B: 200n, C: 0n, A: 0n })
  expect(awards('merit_shared', 350n)).toEqual({ B: 200n, C: 113n, A: 37n })
  expect(awards('pro_rata', 350n)).toEqual({ A: 58n, B: 117n, C: 175n })
  expect(awards('pro_rata', 350n, 60n)).toEqual({ A: 0n, B: 140n, C: 210n })
  expect(awards('lottery', 350n)).toEqual({ C: 300n, A: 0n, B: 0n })
})

test('thirty thousand awards, exact to the fen', () => {
  const random = seededRandom('many')
  const many = Array.from({ length: 30_000 }, (_, index): Contender => ({
    number: String(index),
    claimFen: BigInt(1 + random.int(1_000_000_000)),
    completeAt: random.int(1000),
    score: 0,
    drawn: null,
  }))
  const poolFen = 3_333_333_333_333n
  const { awardedFen, lines } = shareOut(many, { rule: 'pro_rata', poolFen, minimumFen: 1_000_000n })
  expect(awardedFen).toBe(poolFen)
  expect(lines.filter(({ awardFen }) => awardFen > 0n).every(({ awardFen }) => awardFen >= 1_000_000n)).toBe(
    true,
  )
})

test('example 79 of the research notes: what a year cannot carry is the first of the next one', () => {
  const WAN = 1_000_000n
  const asked = (number: string, wan: bigint, completeAt: number): Contender => ({
    number,
    claimFen: wan * WAN,
    completeAt,
    score: 0,
    drawn: null,
  })
  const terms = { rule: 'first_come', poolFen: 100n * WAN, minimumFen: 1n } as const
  const short = [asked('A', 92n, 1), asked('B', 8n, 2), asked('C', 8n, 3)]
  const first = shareOut(short, terms)
  expect(first.lines.map(({ awardFen }) => awardFen)).toEqual([92n * WAN, 8n * WAN, 0n])
  const waiting = short.filter((_, index) => first.lines[index]!.awardFen === 0n)
  const next = shareOut([asked('D', 99n, 4), ...waiting], terms)
  expect(next.lines[0]).toMatchObject({ number: 'C', place: 1, awardFen: 8n * WAN })
})
