// What publishing an offer, its next price, or a contract that names one can be refused for.
import type { RefusalTexts } from './texts.ts'

const publishing = {
  'market.price_not_positive': {
    status: 422,
    zh: '每一项价格都要大于零：没有价格的项目请删除',
    en: 'every price must be above zero: take out an item that has none',
  },
  'market.discount_too_high': {
    status: 422,
    zh: '优惠须在 0 到 99.99% 之间，最多两位小数',
    en: 'a discount is from 0 to 99.99 %, with at most two decimals',
  },
  'market.steps_not_rising': {
    status: 422,
    zh: '各档的起点须大于零且逐档升高：请按从小到大填写',
    en: 'steps begin above zero and rise: write them from the lowest to the highest',
  },
  'market.term_not_of_mode': {
    status: 422,
    zh: '{fields} 不适用于这种售卖方式：请清空',
    en: '{fields} does not apply to this mode of sale: clear it',
  },
  'market.version_too_early': {
    status: 422,
    zh: '新价格的生效日 {day} 须不早于今天 {today}，并晚于上一版的生效日',
    en: 'the price starts on {day}; it must start today ({today}) or later, and after the version before it',
  },
  'market.version_unchanged': {
    status: 422,
    zh: '与第 {version} 版完全相同：没有变化不需要发布新版',
    en: 'it is the same as version {version}: without a change there is no next version',
  },
} as const satisfies RefusalTexts

const agreeing = {
  'market.price_unknown': {
    status: 422,
    zh: '合同引用的报价不存在或不属于这家供给方：请重新选择',
    en: 'the published price that the contract names is not one of this provider: choose it again',
  },
  'market.offer_withdrawn': {
    status: 422,
    zh: '报价 {offer} 在合同签订日已停用或尚未生效，不能用于新合同',
    en: 'the price of offer {offer} had not started, or was withdrawn, on the day of signing',
  },
  'market.not_metered': {
    status: 422,
    zh: '报价 {offer} 按词元计价，平台没有计量来源：请在合同中写明卡时单价',
    en: 'offer {offer} is priced by tokens, for which there is no meter here: name card-hour prices in the contract',
  },
  'market.one_offer_a_chip': {
    status: 422,
    zh: '合同对 {chip} 引用了不止一个报价：每种卡型只能引用同一报价的各版价格',
    en: 'the contract names more than one offer for {chip}: one offer a chip, whose versions may follow each other',
  },
  'market.price_differs': {
    status: 422,
    zh: '合同中 {chip} 的卡时单价与报价 {offer} 折算的单价 {fen} 分不同：请按报价填写，或不引用报价',
    en: 'the contract’s card-hour price of {chip} is not that of offer {offer}, {fen} fen: state it so, or name no offer',
  },
} as const satisfies RefusalTexts

export const market = {
  ...publishing,
  ...agreeing,
  'market.offer_ended': {
    status: 409,
    zh: '报价 {offer} 已停用，不能再发布新价格：请新建报价',
    en: 'offer {offer} is withdrawn and takes no further price: publish another offer',
  },
} as const satisfies RefusalTexts

/** The codes with which a price can be refused, and a contract that names one, for the route table. */
export const priceRefusals = Object.keys(publishing) as (keyof typeof publishing)[]
export const agreedRefusals = Object.keys(agreeing) as (keyof typeof agreeing)[]
