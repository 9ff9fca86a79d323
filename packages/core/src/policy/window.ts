// Application windows: whole days in China, or from and to a minute that the notice names. The named minute belongs to
// the window: whoever submits at 17:30 on the clock is in time (民法典 第一千二百五十九条: 以内 includes what it names).
import { startOf, type Day, type Instant } from '../calendar/index.ts'
import type { Period } from './types.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 1_440

/** The first instant of a minute (`HH:MM`) of a day in China. */
export function instantOf(day: Day, minute: string): Instant {
  const [hours, minutes] = minute.split(':')
  return startOf(day) + (Number(hours) * 60 + Number(minutes)) * MINUTE_MS
}

/** From the first instant that a window takes applications to the first that it no longer does. */
export function spanOf({ from, to, opensAt, closesAt }: Period): { opens: Instant; closes: Instant } {
  const opens = opensAt === undefined ? startOf(from) : instantOf(from, opensAt)
  const closes =
    closesAt === undefined ? startOf(to) + DAY_MINUTES * MINUTE_MS : instantOf(to, closesAt) + MINUTE_MS
  return { opens, closes }
}

export function windowTakes(window: Period, at: Instant): boolean {
  const { opens, closes } = spanOf(window)
  return opens <= at && at < closes
}

/** When a window opens and closes as people read it: the day, with the minute where there is one. */
export function endsOf({ from, to, opensAt, closesAt }: Period): { opensOn: string; closesOn: string } {
  return {
    opensOn: opensAt === undefined ? from : `${from} ${opensAt}`,
    closesOn: closesAt === undefined ? to : `${to} ${closesAt}`,
  }
}

/** As a file writes it: `2026-07-31/2026-08-31T17:30`. */
export function writePeriod(period: Period): string {
  const { opensOn, closesOn } = endsOf(period)
  return `${opensOn.replace(' ', 'T')}/${closesOn.replace(' ', 'T')}`
}
