import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { startOf } from '../calendar/index.ts'
import {
  bookUsage,
  noLongerProven,
  periodPhase,
  rateUsage,
  usageKey,
  type BookedLine,
  type Books,
  type ServiceContract,
  type UsageRecord,
} from './index.ts'

const contract: ServiceContract = {
  contractNo: 'HT-2026-0007',
  buyer: '91510100MA6C0000X1',
  seller: '91510100MA6C0000X9',
  amountFen: 100_000_000n,
  signedOn: '2026-01-05',
  termFrom: '2026-01-10',
  termUntil: '2026-12-31',
  prices: [{ chip: 'a100', fenPerCardHour: 2_801n }],
  shard: null,
}

function run(jobId: number, day: string, seconds: number, more: Partial<UsageRecord> = {}): UsageRecord {
  const startedAt = startOf(day)
  const identity = { cluster: 'c', jobId, submittedAt: startedAt, startedAt }
  return {
    ...identity,
    key: usageKey(identity),
    arrayTask: null,
    hetComponent: null,
    account: 'a',
    creditCode: null,
    qos: '',
    state: 'COMPLETED',
    cancelledBy: null,
    endedAt: startedAt + seconds * 1000,
    elapsedSeconds: seconds,
    suspendedSeconds: 0,
    limitSeconds: null,
    nodes: 1,
    nodeList: 'n1',
    gpus: 1,
    chips: [{ chip: 'a100', cards: 1 }],
    shards: 0,
    billing: 0,
    jobName: null,
    contractHint: null,
    ...more,
  }
}

const open: Books = { closedThrough: null, closed: [], late: 'next', claimed: () => false }

function booked(records: readonly UsageRecord[], books: Books): BookedLine[] {
  const lines = bookUsage(records, contract, books)
  if (!lines.ok) throw new Error(lines.refusal.code)
  return lines.value
}

/** The books after the close of a month, as the lines then stood. */
function closing(month: string, lines: readonly BookedLine[], more: Partial<Books> = {}): Books {
  const closed = lines.filter(({ bookedMonth }) => bookedMonth <= month)
  return { ...open, closedThrough: month, closed, ...more }
}

const sum = (lines: readonly BookedLine[]): bigint =>
  lines.filter(({ counts }) => counts).reduce((total, { amountFen }) => total + amountFen, 0n)
const ofMonth = (lines: readonly BookedLine[], month: string): BookedLine[] =>
  lines.filter(({ bookedMonth }) => bookedMonth === month)

const march = [run(1, '2026-03-03', 3_600), run(2, '2026-03-04', 7_200)]

describe('after the close', () => {
  const books = closing('2026-03', booked(march, open))

  test('what is told the same again changes nothing', () => {
    expect(booked(march, books)).toEqual(booked(march, open))
  })

  test('use that comes late counts in the month that follows, under its real month', () => {
    const lines = booked([...march, run(3, '2026-03-20', 3_600), run(4, '2026-04-02', 3_600)], books)
    expect(ofMonth(lines, '2026-03')).toEqual(booked(march, open))
    expect(ofMonth(lines, '2026-04')).toMatchObject([
      { booking: 'regular', month: '2026-04', amountFen: 2_801n },
      { booking: 'late', month: '2026-03', bookedAt: startOf('2026-04-01'), amountFen: 2_801n, counts: true },
    ])
  })

  test('or is refused by the rule of the site, and shown with what it would be worth', () => {
    const lines = booked([...march, run(3, '2026-03-20', 3_600)], { ...books, late: 'refuse' })
    expect(ofMonth(lines, '2026-04')).toMatchObject([
      { booking: 'refused', valueFen: 2_801n, amountFen: 0n, counts: false },
    ])
    expect(sum(lines)).toBe(sum(booked(march, open)))
  })

  test('a correction unwinds what stands and tells it right: the difference counts in the month that follows', () => {
    const lines = booked([march[0]!, run(2, '2026-03-04', 3_600)], books)
    expect(ofMonth(lines, '2026-04')).toMatchObject([
      { booking: 'reversal', seconds: -7_200, amountFen: -5_602n, correctsAt: startOf('2026-03-04') },
      { booking: 'restated', seconds: 3_600, amountFen: 2_801n },
    ])
    expect(sum(ofMonth(lines, '2026-04'))).toBe(-2_801n)
  })

  test('a correction that is corrected unwinds the last word only', () => {
    const april = booked([march[0]!, run(2, '2026-03-04', 3_600)], books)
    const lines = booked([march[0]!, run(2, '2026-03-04', 1_800)], closing('2026-04', april))
    expect(ofMonth(lines, '2026-05')).toMatchObject([
      { booking: 'reversal', amountFen: -2_801n },
      { booking: 'restated', seconds: 1_800 },
    ])
  })

  test('what a claim has used is not taken from another month: it waits for people', () => {
    const claim = { fromAt: startOf('2026-03-01'), untilAt: startOf('2026-04-01'), baseFen: 8_403n }
    const claimed = (at: number): boolean => at >= claim.fromAt && at < claim.untilAt
    const lines = booked([march[0]!, run(2, '2026-03-04', 3_600)], { ...books, claimed })
    expect(sum(ofMonth(lines, '2026-04'))).toBe(0n)
    expect(noLongerProven(lines, claim)).toBe(2_801n)
    // a claim that rests on less than was metered loses nothing
    expect(noLongerProven(lines, { ...claim, baseFen: 5_602n })).toBe(0n)
  })

  test('more than was claimed counts in the month that follows', () => {
    const lines = booked([march[0]!, run(2, '2026-03-04', 10_800)], { ...books, claimed: () => true })
    expect(sum(ofMonth(lines, '2026-04'))).toBe(2_801n)
  })

  test('a run that ends after the close is claimable where it stands', () => {
    const going = { state: 'RUNNING', endedAt: null } as const
    const before = booked([run(5, '2026-03-31', 86_400, going)], open)
    const after = booked([run(5, '2026-03-31', 90_000)], closing('2026-03', before))
    expect(ofMonth(before, '2026-03')).toMatchObject([{ open: true }])
    expect(ofMonth(after, '2026-03')).toMatchObject([{ open: false, booking: 'regular' }])
    expect(ofMonth(after, '2026-04')).toMatchObject([{ booking: 'regular', seconds: 3_600 }])
  })
})

test('however often months close and whatever comes when, closed months stand and all months add up to the truth', () => {
  const event = fc.record({
    job: fc.integer({ min: 1, max: 5 }),
    day: fc.integer({ min: 1, max: 28 }),
    month: fc.constantFrom('2026-02', '2026-03', '2026-04', '2026-05'),
    seconds: fc.integer({ min: 0, max: 20_000 }),
  })
  const step = fc.record({ events: fc.array(event, { maxLength: 4 }), close: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
      const known = new Map<string, UsageRecord>()
      let lines: BookedLine[] = []
      let books = open
      for (const { events, close } of steps) {
        for (const { job, day, month, seconds } of events) {
          const record = run(job, `${month}-${String(day).padStart(2, '0')}`, seconds)
          known.set(record.key, record)
        }
        const before = lines.filter(({ bookedMonth }) => bookedMonth <= (books.closedThrough ?? ''))
        lines = booked([...known.values()], books)
        expect(lines.filter(({ bookedMonth }) => bookedMonth <= (books.closedThrough ?? ''))).toEqual(before)
        const next = ['2026-02', '2026-03', '2026-04'].find((month) => month > (books.closedThrough ?? ''))
        if (close && next !== undefined) books = closing(next, lines)
      }
      const truth = rateUsage([...known.values()], contract)
      if (!truth.ok) throw new Error(truth.refusal.code)
      const seconds = (all: readonly { readonly seconds: number }[]): number =>
        all.reduce((total, line) => total + line.seconds, 0)
      expect(seconds(lines)).toBe(seconds(truth.value.lines))
      // rounded once a booking: half a fen for each month that was booked anew
      const off = sum(lines) - truth.value.amountFen
      expect(off < 20n && off > -20n).toBe(true)
    }),
    { numRuns: 60 },
  )
})

test('a month is open until it ends, in grace for the days of the site, then due', () => {
  const phase = (day: string): string => periodPhase('2026-03', { at: startOf(day), graceDays: 10 })
  expect(['2026-03-31', '2026-04-01', '2026-04-10', '2026-04-11'].map(phase)).toEqual([
    'open',
    'in_grace',
    'in_grace',
    'due',
  ])
})
