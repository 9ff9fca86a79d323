// Why a rule of the model is not decided by machine. Four reasons follow from the rule or the file; single rules that say
// something else than their own sentence when they are run literally stand here by id, with the reason.
import type { Sentence } from '../language.ts'

export type WaivedReason =
  | 'dynamic'
  | 'not_applicable'
  | 'column_absent'
  | 'permission'
  | 'parts_waived'
  | 'wrong_as_written'

export const waivedReasons: Readonly<Record<WaivedReason, Sentence>> = {
  dynamic: {
    zh: '规则标明只能由人判断（模型中没有可运行的要求）',
    en: 'the model itself leaves it to people: it carries no requirement that can be run',
  },
  not_applicable: {
    zh: '规则只适用于本平台没有的业务（如承诺折扣、容量预留、多币种定价）',
    en: 'it applies to something this platform does not have, such as commitment discounts or several currencies',
  },
  column_absent: {
    zh: '规则所说的列不在文件里，且没有规则要求它在',
    en: 'its column is not in the file, and no rule demands it there',
  },
  permission: { zh: '规则只是允许（MAY），无从违反', en: 'it only permits (MAY); nothing can break it' },
  parts_waived: { zh: '它的各部分都已按各自的理由豁免', en: 'every part of it is waived for its own reason' },
  wrong_as_written: {
    zh: '照字面运行时与规则自己的文字相反',
    en: 'run literally it contradicts its own sentence',
  },
}

/** Rules that say something else than their sentence when run as written. */
export const wrongAsWritten: Readonly<Record<string, Sentence>> = {
  'ConsumedQuantity-C-006-C': {
    zh: '文字说“不是更正时不得为空”，条件却写成“是更正时”',
    en: 'its sentence speaks of charges that are no correction, its condition of those that are',
  },
  'InvoiceId-C-004-C': {
    zh: '条件（“没有对应发票时”）没有写进规则，照字面就成了“永远为空”',
    en: 'its condition (no invoice belongs to the charge) is not in the rule, so run literally it demands null always',
  },
  'InvoiceId-C-005-C': {
    zh: '条件（“已有对应发票时”）没有写进规则，照字面就成了“永远不为空”，与上一条相反',
    en: 'its condition (an invoice belongs to the charge) is not in the rule, so run literally it contradicts the one above',
  },
}

/** What the 621 rules of FOCUS 1.2 come to for every kind of export of ours. */
export const focusCounts: Readonly<Record<'passed' | Exclude<WaivedReason, 'column_absent'>, number>> = {
  passed: 257,
  dynamic: 201,
  not_applicable: 126,
  parts_waived: 30,
  permission: 4,
  wrong_as_written: 3,
}
