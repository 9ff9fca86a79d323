import type { RefusalTexts } from './texts.ts'

export const notice = {
  'notice.mixed_adoptions': {
    status: 422,
    zh: '一次公示只能包含同一措施的申请',
    en: 'one notice holds applications of one programme only',
  },
  'notice.line_unknown': {
    status: 422,
    zh: '公示中没有编号 {applicationNumber}',
    en: 'the notice has no application {applicationNumber}',
  },
  'notice.objection_answered': {
    status: 409,
    zh: '该异议已答复',
    en: 'this objection is answered already',
  },
} as const satisfies RefusalTexts
