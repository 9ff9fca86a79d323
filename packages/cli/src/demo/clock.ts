// The demo's own time: it stands still until the story moves it on, so that a year is exact and repeatable; when the
// portal is open to people it runs on by itself from where the story left it.
import { startOf, type Day, type Instant } from '@suanquan/core/calendar'

export interface DemoClock {
  readonly now: () => Instant
  /** to a time of a day in China; never backwards */
  readonly moveTo: (day: Day, hour: number, minute?: number) => void
  /** one act takes a while */
  readonly pass: () => void
  /** from now on it goes with the wall clock */
  readonly run: () => void
}

const ACT_SECONDS = 19

export function demoClock(from: Instant): DemoClock {
  let at = from
  let runsSince: number | null = null
  return {
    now: () => (runsSince === null ? at : at + Date.now() - runsSince),
    moveTo: (day, hour, minute = 0) => {
      at = Math.max(at, startOf(day) + (hour * 60 + minute) * 60_000)
    },
    pass: () => {
      at += ACT_SECONDS * 1000
    },
    run: () => {
      runsSince ??= Date.now()
    },
  }
}
