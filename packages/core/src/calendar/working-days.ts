// Working days in mainland China. Our own table covers whole years; a deadline that runs past it is answered as a
// plain week and marked `provisional`, to be computed again when the next notice is entered; before the table nothing
// is guessed. Counting (Civil Code, articles 201 and 203): the day of the event is not counted, and a period that
// ends on a day off ends on the next working day.
import { assert } from '../assert.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { chinaWorkingDayYears } from './china-working-days.ts'
import { addDays, dayNumber, isDay, yearOf, type Day } from './day.ts'

/** A year of the table: `MM:DD,DD …` of weekdays off and of weekend days worked, with the notices that set them. */
export interface WorkingDayYear {
  readonly notices: readonly string[]
  readonly off: string
  readonly worked: string
}

export type WorkingDayYears = Readonly<Record<number, WorkingDayYear>>

export interface WorkingDayTable {
  /** the first and the last year that the table knows, both included, none missing between */
  readonly covers: { readonly from: number; readonly to: number }
  readonly off: ReadonlySet<Day>
  readonly worked: ReadonlySet<Day>
}

/** A day that was counted out. `provisional`: it or the way to it lies beyond the table and may still move. */
export interface CountedDay {
  readonly day: Day
  readonly provisional: boolean
}

export interface CountedDays {
  readonly days: number
  readonly provisional: boolean
}

export type WorkingDayRefusal = 'calendar.not_a_day' | 'calendar.before_table'

export function workingDayTable(years: WorkingDayYears): WorkingDayTable {
  const known = Object.keys(years).map(Number)
  const covers = { from: Math.min(...known), to: Math.max(...known) }
  assert(known.length === covers.to - covers.from + 1, 'a table of working days has no gap')
  const collect = (pick: 'off' | 'worked'): ReadonlySet<Day> =>
    new Set(known.flatMap((year) => daysOf(year, years[year]![pick])))
  return { covers, off: collect('off'), worked: collect('worked') }
}

export const chinaWorkingDays: WorkingDayTable = workingDayTable(chinaWorkingDayYears)

/** Monday is 1, Sunday is 7. */
export function weekdayOf(day: Day): number {
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1
}

/** Whether people work on a day. Refused: `calendar.not_a_day`, `calendar.before_table`. */
export function isWorkingDay(
  day: Day,
  table: WorkingDayTable = chinaWorkingDays,
): Decision<{ readonly working: boolean; readonly provisional: boolean }, WorkingDayRefusal> {
  const start = countable(day, table)
  if (!start.ok) return start
  return accept({ working: works(day, table), provisional: beyond(day, table) })
}

/**
 * The last day of a period of working days that begins with an event.
 * @param event the day of the event, which is not counted
 * @param count whole working days, at least 0; 0 gives the first working day that is not before the event
 */
export function addWorkingDays(
  event: Day,
  count: number,
  table: WorkingDayTable = chinaWorkingDays,
): Decision<CountedDay, WorkingDayRefusal> {
  assert(
    Number.isSafeInteger(count) && count >= 0 && count <= 10_000,
    'a count of working days is 0 to 10000',
  )
  const start = countable(event, table)
  if (!start.ok) return start
  if (count === 0) return nextWorkingDay(event, table)
  let day = event
  for (let left = count; left > 0;) {
    day = addDays(day, 1)
    if (works(day, table)) left--
  }
  return accept({ day, provisional: beyond(day, table) })
}

/** The day itself when it is worked, else the next that is: where a period in days, months or years really ends. */
export function nextWorkingDay(
  day: Day,
  table: WorkingDayTable = chinaWorkingDays,
): Decision<CountedDay, WorkingDayRefusal> {
  const start = countable(day, table)
  if (!start.ok) return start
  let end = day
  while (!works(end, table)) end = addDays(end, 1)
  return accept({ day: end, provisional: beyond(end, table) })
}

/**
 * The working days after today up to a deadline, the deadline included: 0 on the last day, negative by the working
 * days since when it has passed. The inverse of `addWorkingDays`.
 */
export function workingDaysLeft(
  today: Day,
  deadline: Day,
  table: WorkingDayTable = chinaWorkingDays,
): Decision<CountedDays, WorkingDayRefusal> {
  const [first, last] = today <= deadline ? [today, deadline] : [deadline, today]
  const start = countable(first, table)
  if (!start.ok) return start
  const end = countable(last, table)
  if (!end.ok) return end
  let days = 0
  for (let day = addDays(first, 1); day <= last; day = addDays(day, 1)) if (works(day, table)) days++
  return accept({ days: today <= deadline || days === 0 ? days : -days, provisional: beyond(last, table) })
}

function countable(day: Day, table: WorkingDayTable): Decision<Day, WorkingDayRefusal> {
  if (!isDay(day)) return refuse('calendar.not_a_day', { text: day })
  if (yearOf(day) < table.covers.from)
    return refuse('calendar.before_table', { day, from: table.covers.from })
  return accept(day)
}

function works(day: Day, table: WorkingDayTable): boolean {
  return table.worked.has(day) || (weekdayOf(day) <= 5 && !table.off.has(day))
}

function beyond(day: Day, table: WorkingDayTable): boolean {
  return yearOf(day) > table.covers.to
}

function daysOf(year: number, months: string): Day[] {
  return months.split(' ').flatMap((entry) => {
    const [month, dates] = entry.split(':')
    const days = dates!.split(',').map((date) => `${year}-${month}-${date}`)
    assert(days.every(isDay), 'a table of working days holds days')
    return days
  })
}
