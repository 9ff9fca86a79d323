// Days and moments as they are read. All days are days in China, whatever the reader's own clock says.
import { dayOf, daysBetween, type Day } from '@suanquan/core/calendar'
import type { Language } from './language.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `2024-05-06` in Chinese and in tables, `6 May 2024` in English. */
export function readDay(day: Day, language: Language): string {
  if (language === 'zh-CN') return day
  return `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`
}

/** A month on an axis. */
export function readMonth(month: number, language: Language): string {
  return language === 'zh-CN' ? `${month} 月` : MONTHS[month - 1]!
}

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
