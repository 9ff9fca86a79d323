import type { RefusalTexts } from './texts.ts'

export const fund = {
  'fund.amount_zero': { status: 422, zh: '金额须大于零', en: 'the amount must be above zero' },
  'fund.fields_unfit': {
    status: 422,
    zh: '这一事项须填且只填：{fields}',
    en: 'this takes exactly these fields: {fields}',
  },
  'fund.share_unfit': {
    status: 422,
    zh: '管理费比例须写成 2% 或 1/50 这样，0 到 100%',
    en: 'write the share for management as 2% or 1/50, from 0 to 100 %',
  },
  'fund.document_later': {
    status: 422,
    zh: '日期 {documentOn} 晚于今天',
    en: '{documentOn} is later than today',
  },
  'fund.document_used': {
    status: 409,
    zh: '文号 {documentNumber} 已登记过同一事项',
    en: 'document {documentNumber} carries the same act already',
  },
  'fund.programme_foreign': {
    status: 422,
    zh: '这项措施不由该资金支持',
    en: 'the fund does not pay for this programme',
  },
  'fund.own_proposal': {
    status: 403,
    zh: '须由提出人以外的人复核',
    en: 'somebody else than who proposed it must decide',
  },
  'fund.wrong_state': {
    status: 409,
    zh: '这一事项已办结（{state}）',
    en: 'this is decided already ({state})',
  },
  'fund.reason_missing': { status: 422, zh: '不同意须写明理由', en: 'a refusal needs its reason' },
  'fund.short': {
    status: 409,
    zh: '转出方只剩 {leftYuan} 元；请改小金额或先补足',
    en: 'only {leftYuan} yuan are left where it comes from; take less, or fund it first',
  },
  'fund.management_share_missing': {
    status: 409,
    zh: '还没有核定管理费比例，先提出并复核',
    en: 'no share for management is in force; propose it and have it approved first',
  },
  'fund.management_above_share': {
    status: 409,
    zh: '管理费按 {share} 最多 {mostYuan} 元，已提取 {setAsideYuan} 元',
    en: 'at {share} management may cost {mostYuan} yuan at most, and {setAsideYuan} yuan are set aside',
  },
  'fund.cap_year_begun': {
    status: 409,
    zh: '{year} 年的共用限额不能再改：年度已开始，或已有限额。新限额最早从 {earliest} 年起',
    en: 'the shared cap of {year} can no longer be set: the year has begun under another, or has one. {earliest} is the first year that can change',
  },
  'fund.shared_cap_reached': {
    status: 409,
    zh: '该单位 {year} 年在本资金各项措施下合计最多 {limitYuan} 元，还剩 {leftYuan} 元',
    en: 'all programmes of the fund together may grant this firm {limitYuan} yuan in {year}; {leftYuan} yuan are left',
  },
  'fund.year_not_over': {
    status: 409,
    zh: '{year} 年还没有结束，年度终了后才能结账',
    en: '{year} is not over yet; a year is closed after its end',
  },
  'fund.year_not_open': {
    status: 409,
    zh: '不能结 {year} 年的账：该年度已结账，或应先结 {openYear} 年',
    en: '{year} cannot be closed: it is closed already, or {openYear} comes first',
  },
  'fund.year_proposed': {
    status: 409,
    zh: '{year} 年的结账已经提出，待复核',
    en: 'closing {year} is proposed already and waits for its decision',
  },
  'fund.rules_unfit': {
    status: 422,
    zh: '须为每项有余额的措施写明结转还是收回：{missing}',
    en: 'say for each programme with money left whether it is carried over or lapses: {missing}',
  },
  'fund.hold_unknown': {
    status: 409,
    zh: '有 {count} 笔预留找不到对应的申请，先核对账本再结账',
    en: '{count} reservations belong to no application; verify the ledger before the year is closed',
  },
} as const satisfies RefusalTexts
