import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startOf } from '../calendar/index.ts'
import {
  clockOffset,
  feedDays,
  gapsOf,
  joinedSpans,
  overlapOf,
  sharedHours,
  type FeedSpan,
  type Span,
} from './index.ts'

const HOUR = 3_600_000
const start = startOf('2026-03-02')
const days = { from: '2026-03-01', to: '2026-03-04' }
const feed: FeedSpan = { id: 'f', enrolledAt: start, endedAt: null, read: [], devices: [] }
const later = startOf('2026-03-06')

test('a day is complete, partial with its share, silent, or has no feed', () => {
  const read = [
    { from: start - HOUR, until: start + 20 * HOUR },
    { from: start + 10 * HOUR, until: start + 24 * HOUR },
    { from: start + 24 * HOUR, until: start + 30 * HOUR },
  ]
  expect(feedDays({ ...feed, read }, days, later)).toMatchObject([
    { day: '2026-03-01', state: 'no_feed', expectedSeconds: 0 },
    { day: '2026-03-02', state: 'complete', percent: 100 },
    { day: '2026-03-03', state: 'partial', percent: 25, readSeconds: 6 * 3_600 },
    { day: '2026-03-04', state: 'silent', percent: 0 },
  ])
})

test('of today only what has passed is expected, of a withdrawn feed only what was before', () => {
  const read = [{ from: start, until: start + 6 * HOUR }]
  expect(feedDays({ ...feed, read }, days, start + 6 * HOUR)[1]).toMatchObject({ state: 'complete' })
  expect(feedDays({ ...feed, read, endedAt: start + 6 * HOUR }, days, later)).toMatchObject([
    {},
    { state: 'complete', expectedSeconds: 6 * 3_600 },
    { state: 'no_feed' },
    {},
  ])
})

test('a device that is not covered makes the day partial, although the accounting was read whole', () => {
  const read = [{ from: start, until: start + 72 * HOUR }]
  const devices = [0, 1, 3].map((hour) => ({
    device: 'g',
    hourAt: start + hour * HOUR,
    coveredSeconds: 3_600,
  }))
  expect(feedDays({ ...feed, read, devices }, days, later)[1]).toMatchObject({
    state: 'partial',
    percent: 75,
    expectedDeviceSeconds: 4 * 3_600,
    coveredDeviceSeconds: 3 * 3_600,
  })
})

const spans = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 30 }))
    .map(([from, length]): Span => ({ from, until: from + length })),
)

test('what was read and the gaps share the window between them, minute by minute', () => {
  fc.assert(
    fc.property(
      spans,
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 1, max: 60 }),
      (all, from, length) => {
        const window = { from, until: from + length }
        const inside = (list: readonly Span[], at: number): boolean =>
          list.some((span) => at >= span.from && at < span.until)
        const gaps = gapsOf(all, window)
        for (let at = window.from; at < window.until; at++) expect(inside(gaps, at)).toBe(!inside(all, at))
        const missing = gaps.reduce((sum, gap) => sum + gap.until - gap.from, 0)
        expect(overlapOf(joinedSpans(all), window) + missing).toBe(length)
      },
    ),
  )
})

test('the order and the repetition of what came do not matter', () => {
  fc.assert(
    fc.property(spans, (all) => {
      expect(joinedSpans([...all, ...all].reverse())).toEqual(joinedSpans(all))
    }),
  )
})

test('a clock that runs ahead shows in the batch that was under way the shortest', () => {
  expect(clockOffset([])).toBeNull()
  expect(
    clockOffset([
      { madeAt: 90_000, receivedAt: 30_000 },
      { madeAt: 0, receivedAt: 500_000 },
    ]),
  ).toBe(-60)
})

test('a device that two hold at one time is shown with the hour and both of them', () => {
  const hour = { device: 'g', hourAt: start, coveredSeconds: 1_200 }
  expect(
    sharedHours([
      { ...hour, owner: '7' },
      { ...hour, owner: '7 + 8' },
      { ...hour, device: 'h', owner: '9' },
      { ...hour, device: 'h', owner: '' },
    ]),
  ).toEqual([{ device: 'g', hourAt: start, owners: ['7', '8'], seconds: 1_200 }])
})
