export {
  addDays,
  addMonths,
  dayFromNumber,
  dayNumber,
  dayOf,
  daysBetween,
  isDay,
  startOf,
  yearOf,
  type Day,
  type Instant,
} from './day.ts'
export { chinaWorkingDayYears } from './china-working-days.ts'
export {
  addWorkingDays,
  chinaWorkingDays,
  isWorkingDay,
  nextWorkingDay,
  weekdayOf,
  workingDaysLeft,
  workingDayTable,
  type CountedDay,
  type CountedDays,
  type WorkingDayRefusal,
  type WorkingDayTable,
  type WorkingDayYear,
  type WorkingDayYears,
} from './working-days.ts'
