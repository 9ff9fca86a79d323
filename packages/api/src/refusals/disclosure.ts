import type { CloseRefusal, NoticeRefusal, ObjectionRefusal } from '@suanquan/core/disclosure'
import type { RefusalText } from './texts.ts'

type DisclosureRefusal =
  | Extract<NoticeRefusal, `disclosure.${string}`>
  | ObjectionRefusal
  | CloseRefusal
  | 'disclosure.progress_not_found'

export const disclosure = {
  'disclosure.notice_empty': {
    status: 422,
    zh: '公示 {noticeNo} 没有任何申请，请先加入拟支持的申请',
    en: 'the notice {noticeNo} lists no application; add those to be supported first',
  },
  'disclosure.notice_without_period': {
    status: 422,
    zh: '公示期应为 1 至 365 个工作日的整数，现为 {workingDays}',
    en: 'a notice runs a whole number of 1 to 365 working days, not {workingDays}',
  },
  'disclosure.line_twice': {
    status: 422,
    zh: '申请 {applicationNo} 在同一公示中出现两次，请删除重复项',
    en: 'application {applicationNo} stands twice in the notice; remove one',
  },
  'disclosure.not_a_legal_person': {
    status: 422,
    zh: '申请 {applicationNo} 的主体不是法人，公示不得列出自然人或个体工商户',
    en: 'the applicant of {applicationNo} is not a legal person; a notice never lists natural persons',
  },
  'disclosure.personal_data': {
    status: 422,
    zh: '申请 {applicationNo} 的公示内容含手机号或身份证号，请删除后再公示',
    en: 'what would be published of {applicationNo} contains a telephone or identity number; remove it first',
  },
  'disclosure.notice_not_open_yet': {
    status: 409,
    zh: '公示 {noticeNo} 自 {opensOn} 起受理异议，请届时提出',
    en: 'the notice {noticeNo} hears objections from {opensOn}; come back then',
  },
  'disclosure.notice_closed': {
    status: 410,
    zh: '公示 {noticeNo} 已于 {closesOn} 结束，不再受理异议；可向主管部门举报',
    en: 'the notice {noticeNo} ended on {closesOn} and hears no more objections; you may still report to the authority',
  },
  'disclosure.not_in_notice': {
    status: 404,
    zh: '公示 {noticeNo} 中没有申请 {applicationNo}，请核对编号',
    en: 'the notice {noticeNo} does not list application {applicationNo}; check the number',
  },
  'disclosure.objection_empty': {
    status: 422,
    zh: '请写明异议的事项和理由',
    en: 'say what you object to and why',
  },
  'disclosure.notice_still_open': {
    status: 409,
    zh: '公示 {noticeNo} 到 {closesOn} 当日结束才期满，请届时办结',
    en: 'the notice {noticeNo} runs until the end of {closesOn}; close it then',
  },
  'disclosure.closing_day_provisional': {
    status: 409,
    zh: '公示 {noticeNo} 的截止日 {closesOn} 超出已公布的工作日安排，请先录入当年节假日通知并重新计算',
    en: 'the closing day {closesOn} of notice {noticeNo} lies beyond the published working days; enter the year’s notice and count again',
  },
  'disclosure.progress_not_found': {
    status: 404,
    zh: '没有与该编号和统一社会信用代码相符的申请，请核对后重试',
    en: 'no application matches this number and credit code; check both and try again',
  },
} as const satisfies Readonly<Record<DisclosureRefusal, RefusalText>>
