import type { RefusalTexts } from './texts.ts'

export const appeal = {
  'appeal.not_offered': {
    status: 409,
    zh: '本措施的主管部门没有规定内部复核；可以依法申请行政复议或者提起行政诉讼',
    en: 'the authority of this programme hears no appeals of its own; administrative reconsideration and an action in court remain',
  },
  'appeal.nothing_to_appeal': {
    status: 409,
    zh: '没有可以申请复核的决定：只有不予支持、核减金额、兑付未通过可以申请复核',
    en: 'there is no decision to appeal against: only a refusal, a reduced amount or a refused claim can be',
  },
  'appeal.too_late': {
    status: 409,
    zh: '申请复核的期限已于 {deadlineOn} 届满；可以依法申请行政复议或者提起行政诉讼',
    en: 'the time for an appeal ended on {deadlineOn}; administrative reconsideration and an action in court remain',
  },
  'appeal.once': {
    status: 409,
    zh: '这一决定已经复核过一次，不能再次申请；可以依法申请行政复议或者提起行政诉讼',
    en: 'this decision was appealed against once already; administrative reconsideration and an action in court remain',
  },
  'appeal.closed': {
    status: 409,
    zh: '这份复核申请已经办结，请刷新页面',
    en: 'this appeal is closed; reload the page',
  },
  'appeal.own_decision': {
    status: 403,
    zh: '您参与过原决定，不能办理它的复核；请由其他人办理',
    en: 'you had a part in the decision, so somebody else must decide the appeal against it',
  },
  'appeal.higher_tier': {
    status: 403,
    zh: '原决定由市级作出，复核须由市级的其他人办理',
    en: 'the city decided, so somebody else of the city must decide the appeal',
  },
  'appeal.not_better': {
    status: 422,
    zh: '变更后的金额须高于原审定的 {amountYuan} 元；不变更的请选择“维持原决定”',
    en: 'a changed amount must be above the {amountYuan} yuan that were approved; to change nothing, uphold the decision',
  },
  'appeal.not_of_claims': {
    status: 422,
    zh: '兑付的复核只能维持或者变更',
    en: 'of a claim, the decision is upheld or changed',
  },
  'appeal.voucher_gone': {
    status: 409,
    zh: '券已过期或没有余额，无法再预扣这笔兑付',
    en: 'the voucher has expired or nothing is left on it, so the claim cannot be held again',
  },
} as const satisfies RefusalTexts
