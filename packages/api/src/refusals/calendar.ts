import type { WorkingDayRefusal } from '@suanquan/core/calendar'
import type { RefusalText } from './texts.ts'

export const calendar = {
  'calendar.not_a_day': {
    status: 422,
    zh: '“{text}”不是存在的日期，请写成 2026-03-31 的形式',
    en: '"{text}" is not an existing day; write it like 2026-03-31',
  },
  'calendar.before_table': {
    status: 422,
    zh: '{day} 早于工作日表的起始年份 {from}，请改用 {from} 年及以后的日期，或由管理员补录当年的节假日通知',
    en: '{day} lies before {from}, the first year of the working-day table; use a later day or have the notice of that year entered',
  },
} as const satisfies Readonly<Record<WorkingDayRefusal, RefusalText>>
