import type { RefusalTexts } from './texts.ts'

export const delegation = {
  'delegation.unfit_deputy': {
    status: 422,
    zh: '{name} 不能代办：须是本单位在岗、不代表任何企业、不做管理员的其他人员；请换一位',
    en: '{name} cannot act for you: it must be somebody else of the office who is active, acts for no firm and is no administrator; choose another',
  },
  'delegation.days_wrong': {
    status: 422,
    zh: '委托的起止日期不对：不早于今天，止日不早于起日，最长一年',
    en: 'the days of the delegation are not possible: from today on, the end not before the start, a year at most',
  },
  'delegation.district_not_yours': {
    status: 422,
    zh: '区县 {district} 不在您的办理范围内',
    en: 'district {district} is not within your own duty',
  },
  'delegation.exists': {
    status: 409,
    zh: '这段时间已经委托给同一人，请先结束原委托',
    en: 'the same person acts for you in these days already; end that delegation first',
  },
  'delegation.over': {
    status: 409,
    zh: '这项委托已经结束，请刷新页面',
    en: 'this delegation is over; reload the page',
  },
} as const satisfies RefusalTexts
