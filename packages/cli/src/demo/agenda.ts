// What is to happen on which day: acts wait in the order in which they were planned, by the part of the day in which
// their people work; an act may plan further acts, for later parts of the same day too.
import { addWorkingDays, addDays, type Day } from '@suanquan/core/calendar'
import { worksOn } from '@suanquan/city'
import type { DemoClock } from './clock.ts'

/** Parts of a day with the hour at which each begins. */
const PARTS = { clerks: 9, providers: 11, public: 13, reviewers: 14, finance: 17 } as const

export type Part = keyof typeof PARTS

export type Act = () => Promise<void>

export interface Agenda {
  readonly plan: (day: Day, part: Part, act: Act) => void
  /** one day from its tick to its evening */
  readonly runDay: (day: Day, clock: DemoClock, tick: Act) => Promise<void>
}

export function openAgenda(): Agenda {
  const waiting = new Map<string, Act[]>()
  return {
    plan: (day, part, act) => {
      const key = `${day}/${part}`
      const list = waiting.get(key)
      if (list === undefined) waiting.set(key, [act])
      else list.push(act)
    },
    runDay: async (day, clock, tick) => {
      clock.moveTo(day, 0, 5)
      await tick()
      for (const [part, hour] of Object.entries(PARTS)) {
        clock.moveTo(day, hour)
        const acts = waiting.get(`${day}/${part}`) ?? []
        for (const act of acts) await act()
        waiting.delete(`${day}/${part}`)
      }
    },
  }
}

/** The n-th working day after a day. */
export function workingDaysAfter(day: Day, days: number): Day {
  const counted = addWorkingDays(day, days)
  if (!counted.ok) throw new Error(`${day} lies before the table of working days`)
  return counted.value.day
}

/** The day itself when people work on it, else the next one on which they do. */
export function workingDayFrom(day: Day): Day {
  let found = day
  while (!worksOn(found)) found = addDays(found, 1)
  return found
}
