// Refusals of adopting a programme and of determining by it.
import type { RefusalTexts } from './texts.ts'

export const policy = {
  'policy.facts_not_valid': {
    status: 422,
    zh: '以下事实填写有误：{facts}',
    en: 'these facts are not valid: {facts}',
  },
  'policy.facts_missing': {
    status: 422,
    zh: '还缺少以下事实：{facts}',
    en: 'these facts are still missing: {facts}',
  },
  'policy.award_not_named': {
    status: 422,
    zh: '请指明奖补项目：{awards}',
    en: 'name one of the awards: {awards}',
  },
  'policy.no_redemption': {
    status: 422,
    zh: '{programme} 没有兑付环节',
    en: '{programme} has no redemption',
  },
  'policy.terms_open': {
    status: 409,
    zh: '以下事项尚未由采用机关确定：{needed}',
    en: 'the adopting authority has not settled these: {needed}',
  },
  'policy.wrong_kind': {
    status: 422,
    zh: '“{text}”不是 {kind}',
    en: '"{text}" is not of the kind {kind}',
  },
  'policy.text_too_long': {
    status: 422,
    zh: '文字超过 {limit} 个字符',
    en: 'the text is longer than {limit} characters',
  },
  'policy.empty_text': {
    status: 422,
    zh: '文字为空',
    en: 'the text is empty',
  },
  'policy.negative_amount': {
    status: 422,
    zh: '{fact} 不能为负',
    en: '{fact} cannot be negative',
  },
  'policy.absurd_amount': {
    status: 422,
    zh: '{fact} 超过可受理的最大金额（{maxFen} 分），请核对单位',
    en: '{fact} is above the largest amount accepted ({maxFen} fen); check the unit',
  },
  'policy.adoption_of_another': {
    status: 422,
    zh: '采用记录写的是 {found}，政策文件是 {expected}',
    en: 'the adoption is of {found}, the programme is {expected}',
  },
  'policy.adoption_incomplete': {
    status: 422,
    zh: '采用记录还须答复：{items}',
    en: 'the adoption must still answer: {items}',
  },
  'policy.adoption_unknown_items': {
    status: 422,
    zh: '采用记录答复了不存在的事项：{items}',
    en: 'the adoption answers items that do not exist: {items}',
  },
  'policy.adoption_unsigned': {
    status: 422,
    zh: '以下答复没有写明出处或签署人：{items}',
    en: 'these answers lack their source or signature: {items}',
  },
  'policy.adoption_bad_values': {
    status: 422,
    zh: '以下答复的取值无法读取：{items}',
    en: 'the values of these answers cannot be read: {items}',
  },
  'policy.adoption_beyond_bounds': {
    status: 422,
    zh: '以下取值超过原文上限或低于原文下限：{items}',
    en: 'these values go beyond the bound of the measure: {items}',
  },
  'policy.adoption_disagrees': {
    status: 422,
    zh: '以下假定只能写 accepted；不同意时请另立版本：{items}',
    en: 'these assumptions can only be accepted; who disagrees writes another version: {items}',
  },
  'policy.only_proposed': {
    status: 422,
    zh: '这是一份建议，没有机关发布过，不能采用；请按正式印发的措施另立政策文件',
    en: 'this is a proposal that no authority has issued; write a programme of the measure once it is issued',
  },
} as const satisfies RefusalTexts
