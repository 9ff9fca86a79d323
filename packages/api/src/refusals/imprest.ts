import type { RefusalTexts } from './texts.ts'

export const imprest = {
  'imprest.not_provided': {
    status: 409,
    zh: '这项措施没有备用金，或其比例、金额、缴回期限尚未由采用机关确定',
    en: 'the programme has no imprest, or the authority has not set its share, amount and return',
  },
  'imprest.provider_unknown': {
    status: 422,
    zh: '备用金只拨给已登记为供给方的单位',
    en: 'an imprest is advanced only to an organisation that is registered as a provider',
  },
  'imprest.return_day_unfit': {
    status: 422,
    zh: '缴回日不早于拨付日 {paidOn}，不晚于 {latest}',
    en: 'it is returned no earlier than {paidOn}, the day it is paid, and no later than {latest}',
  },
  'imprest.above_limit': {
    status: 409,
    zh: '按措施的备用金上限还可拨付 {leftYuan} 元；请改小金额，或先下达资金、缴回备用金',
    en: 'by the limit of the programme {leftYuan} yuan more can be advanced; take less, or allot more or have some returned first',
  },
  'imprest.short': {
    status: 409,
    zh: '备用金还剩 {leftYuan} 元，不够抵扣 {wantedYuan} 元；这项措施不允许超出备用金抵扣，请先兑付已抵扣的部分或申请增拨',
    en: 'the imprest holds {leftYuan} yuan and {wantedYuan} are to be deducted, which this programme does not allow; claim what was deducted first, or ask for a larger advance',
  },
} as const satisfies RefusalTexts
