import type { CreditCodeRefusal } from '@suanquan/core/party'
import type { RefusalText } from './texts.ts'

export const party = {
  'party.credit_code_length': {
    status: 422,
    zh: '统一社会信用代码应为 18 位，现为 {length} 位，请对照营业执照补全',
    en: 'a unified social credit code has 18 symbols, this one has {length}; check it against the business licence',
  },
  'party.credit_code_lower_case': {
    status: 422,
    zh: '统一社会信用代码第 {position} 位“{symbol}”是小写字母，请改为大写“{instead}”',
    en: 'symbol {position} of the credit code, "{symbol}", is a small letter; write "{instead}"',
  },
  'party.credit_code_full_width': {
    status: 422,
    zh: '统一社会信用代码第 {position} 位“{symbol}”是全角字符，请改为半角“{instead}”',
    en: 'symbol {position} of the credit code, "{symbol}", is full-width; write "{instead}"',
  },
  'party.credit_code_look_alike': {
    status: 422,
    zh: '统一社会信用代码第 {position} 位“{symbol}”不在代码字符集内（不使用 I、O、S、V、Z 及外文字母），可能应为“{instead}”，请对照营业执照',
    en: 'symbol {position} of the credit code, "{symbol}", is not in its alphabet (no I, O, S, V, Z, no Greek or Cyrillic); it may be "{instead}": check the business licence',
  },
  'party.credit_code_symbol': {
    status: 422,
    zh: '统一社会信用代码第 {position} 位“{symbol}”不是允许的字符，只能是数字和大写字母',
    en: 'symbol {position} of the credit code, "{symbol}", is not allowed; use digits and capital letters only',
  },
  'party.credit_code_region': {
    status: 422,
    zh: '统一社会信用代码第 3 至 8 位应为 6 位数字，现为“{region}”，请对照营业执照',
    en: 'symbols 3 to 8 of a credit code are six digits, not "{region}"; check the business licence',
  },
} as const satisfies Readonly<Record<CreditCodeRefusal, RefusalText>>

/** Warnings that a reviewer confirms against the register; they never stop an application by themselves. */
export const partyWarnings = {
  credit_code_check_digit: {
    zh: '统一社会信用代码的校验位不符（试点期发放的代码可能如此），请审核人对照登记信息确认',
    en: 'the check digit of the credit code does not fit (codes of the pilot years may fail it); a reviewer confirms against the register',
  },
  organisation_code_check_digit: {
    zh: '统一社会信用代码中组织机构代码（第 9 至 17 位）的校验位不符，请审核人对照登记信息确认',
    en: 'the check digit of the organisation code (symbols 9 to 17) does not fit; a reviewer confirms against the register',
  },
} as const
