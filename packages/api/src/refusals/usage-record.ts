// What closing a month of use, and looking at it, can be refused for.
import type { RefusalTexts } from './texts.ts'

export const usageRecord = {
  'metering.period_not_due': {
    status: 409,
    zh: '{month} 的用量要到 {dueOn} 才能关账：宽限期内仍可补报',
    en: '{month} cannot be closed before {dueOn}: use may still come in its days of grace',
  },
  'metering.period_closed': {
    status: 409,
    zh: '{month} 的用量已经关账，不能再次提出：迟到的用量计入之后的账期',
    en: '{month} is closed already: use that comes late counts in a later period',
  },
  'metering.period_before_open': {
    status: 409,
    zh: '{month} 之前的 {earlier} 还没有关账：账期按月份顺序关闭，请先关 {earlier}',
    en: '{earlier} is still open: periods close in their order, so close it before {month}',
  },
  'metering.period_without_use': {
    status: 409,
    zh: '该算力中心在 {month} 及以前没有用量：没有可以关账的内容',
    en: 'the centre has no use up to {month}: there is nothing to close',
  },
  'metering.period_proposed': {
    status: 409,
    zh: '{month} 已有人提出关账，等待另一人确认：请在账期列表中确认或退回',
    en: 'somebody has proposed to close {month} already: confirm or return it in the list of periods',
  },
  'metering.period_not_proposed': {
    status: 409,
    zh: '{month} 没有待确认的关账：请先提出关账',
    en: 'nobody has proposed to close {month}: propose it first',
  },
  'metering.period_own_proposal': {
    status: 403,
    zh: '{month} 的关账是您提出的，须由另一人确认：请中心或财政的另一位同事办理',
    en: 'you proposed to close {month} yourself: another person of the centre or of finance confirms it',
  },
  'metering.alert_settled': {
    status: 409,
    zh: '这条提醒已经处理：请刷新后查看处理意见',
    en: 'this alert is settled already: load the page again to read how',
  },
} as const satisfies RefusalTexts
