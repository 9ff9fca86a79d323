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
