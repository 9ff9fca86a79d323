// Days and moments as they are read. All days are days in China, whatever the reader's own clock says.
import { readDay, type Language } from '@suanquan/api'
import { dayOf, daysBetween, type Day } from '@suanquan/core/calendar'

export { readDay } from '@suanquan/api'

/** The day and minute in China of an instant written as ISO 8601. */
export function readInstant(iso: string, language: Language): string {
  const instant = Date.parse(iso)
  const minute = new Date(instant + 8 * 3_600_000).toISOString().slice(11, 16)
  return `${readDay(dayOf(instant), language)} ${minute}`
}

export function dayOfInstant(iso: string): Day {
  return dayOf(Date.parse(iso))
}

/** Calendar days from the first to the second, negative when it is past. */
export function daysUntil(from: Day, to: Day): number {
  return daysBetween(from, to)
}
