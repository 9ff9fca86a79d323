import type { RefusalTexts } from './texts.ts'

export const sweep = {
  'sweep.way_is_applied_for': {
    status: 422,
    zh: '“{title}”由企业申请，不办理免申即享；请选择免申即享的措施',
    en: '“{title}” is applied for; choose a programme that runs without application',
  },
  'sweep.line_twice': {
    status: 422,
    zh: '名单里 {creditCode} 的合同 {contractNumber} 出现了两次，请删去重复的一行',
    en: 'the list names contract {contractNumber} of {creditCode} twice; take one line out',
  },
  'sweep.nobody_qualifies': {
    status: 422,
    zh: '名单 {lines} 行中没有一行符合条件；请看试比对结果里每行的原因，补齐数据后再比对',
    en: 'none of the {lines} lines qualifies; see why in the dry run, complete the data and sweep again',
  },
  'sweep.own': {
    status: 403,
    zh: '这份由您比对得出，须由另一位审核人核定',
    en: 'this came of your own sweep; another reviewer signs it off',
  },
  'offer.no_account': {
    status: 409,
    zh: '登记中没有贵单位的收款账户，请先请管理员补登，再来确认',
    en: 'the register holds no bank account of yours; have the administrator enter it, then consent',
  },
  'offer.account_differs': {
    status: 409,
    zh: '尾号与登记的收款账户不一致；请核对，账户有变的先请管理员更正登记',
    en: 'these are not the last digits of the account on record; check them, or have the record changed first',
  },
} as const satisfies RefusalTexts
