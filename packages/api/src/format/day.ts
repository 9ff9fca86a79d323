// Days as they are read.
import type { Day } from '@suanquan/core/calendar'
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
