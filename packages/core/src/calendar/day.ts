// Days are civil days in China time (UTC+8 the whole year since 1992, no summer time). An instant is a whole number
// of milliseconds since 1970-01-01T00:00Z, always handed in from outside.

/** Milliseconds since 1970-01-01T00:00:00Z, a safe integer. */
export type Instant = number

/** A civil day in China time, `YYYY-MM-DD`. Texts of this form compare as the days do. */
export type Day = string

const DAY_MS = 86_400_000
const CHINA_OFFSET_MS = 8 * 3_600_000

/** The civil day in China at an instant. */
export function dayOf(instant: Instant): Day {
  return dayFromNumber(Math.floor((instant + CHINA_OFFSET_MS) / DAY_MS))
}

/** The first instant of a civil day in China. */
export function startOf(day: Day): Instant {
  return dayNumber(day) * DAY_MS - CHINA_OFFSET_MS
}

/** True for an existing day in years 1900 to 2999: `2026-02-30` and `24:00` are not days. */
export function isDay(text: string): boolean {
  if (!/^(19|2\d)\d{2}-\d{2}-\d{2}$/.test(text)) return false
  const { year, month, date } = parts(text)
  return month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month)
}

/** Whole days from one day to a later one; the difference, so neighbours are 1 apart. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from)
}

export function addDays(day: Day, days: number): Day {
  return dayFromNumber(dayNumber(day) + days)
}

/** Same day n months later; a day that the month lacks becomes its last day (29 February + 12 → 28 February). */
export function addMonths(day: Day, months: number): Day {
  return composed(monthsOn(parts(day), months))
}

/** The same between days as numbers (`dayNumber`), in years that begin on 1 March so that 29 February ends one. */
export function addMonthsToNumber(number: number, months: number): number {
  const shifted = number + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - yearStart(yearOfEra)
  const month = Math.floor((5 * ofYear + 2) / 153)
  const total = (era * 400 + yearOfEra) * 12 + month + months
  const year = Math.floor(total / 12)
  const to = total - year * 12
  const end = to === 11 ? yearStart(year + 1) - yearStart(year) : monthStart(to + 1)
  const ofNewYear = Math.min(monthStart(to) + ofYear - monthStart(month), end - 1)
  return yearStart(year) + ofNewYear - 719_468
}

function yearStart(year: number): number {
  return 365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400)
}

/** Days from 1 March to the first of a month, counted from 0 for March. */
function monthStart(month: number): number {
  return Math.floor((153 * month + 2) / 5)
}

interface Civil {
  readonly year: number
  readonly month: number
  readonly date: number
}

function monthsOn({ year, month, date }: Civil, months: number): Civil {
  const total = year * 12 + (month - 1) + months
  const inYear = Math.floor(total / 12)
  const inMonth = (total % 12) + (total % 12 < 0 ? 13 : 1)
  return { year: inYear, month: inMonth, date: Math.min(date, daysInMonth(inYear, inMonth)) }
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4))
}

/** Days since 1970-01-01 by Hinnant's days-from-civil, so that no Date object is needed. */
export function dayNumber(day: Day): number {
  return numberOf(parts(day))
}

function numberOf({ year, month, date }: Civil): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The inverse of `dayNumber`. */
export function dayFromNumber(number: number): Day {
  return composed(civil(number))
}

function civil(number: number): Civil {
  const shifted = number + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153)
  const date = dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date }
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function parts(day: Day): Civil {
  return { year: digits(day, 0, 4), month: digits(day, 5, 7), date: digits(day, 8, 10) }
}

/** The number that stands from one place to before another; NaN where something else does. */
function digits(day: Day, from: number, to: number): number {
  let number = 0
  for (let at = from; at < to; at++) {
    const digit = day.charCodeAt(at) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    number = number * 10 + digit
  }
  return number
}

function composed({ year, month, date }: Civil): Day {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
}
