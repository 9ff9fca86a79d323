import type { RefusalTexts } from './texts.ts'

export const application = {
  'application.not_editable': {
    status: 409,
    zh: '申请当前为“{state}”，不能修改；如需更正请先撤回或等待补正通知',
    en: 'the application is {state} and cannot be edited; withdraw it or wait for a correction request',
  },
  'application.transition_not_allowed': {
    status: 409,
    zh: '申请当前为“{state}”，不能执行“{event}”；页面可能已过时，请刷新',
    en: 'the application is {state}: {event} is not possible now; the page may be out of date, reload it',
  },
  'application.incomplete': {
    status: 422,
    zh: '还不能提交，缺少：{missing}',
    en: 'not ready to submit, missing: {missing}',
  },
  'application.contract_already_used': {
    status: 409,
    zh: '合同 {contractNumber} 已在申请 {number} 中使用，同一合同只能申请一次',
    en: 'contract {contractNumber} is used by application {number}; one application a contract',
  },
  'application.contract_terms_differ': {
    status: 409,
    zh: '合同 {contractNumber} 已由另一方登记，以下内容与其不一致：{fields}。请与对方核对，以双方签订的合同为准后再提交',
    en: 'contract {contractNumber} is registered by its other party with other terms: {fields}. Settle with them what was signed, then submit again',
  },
  'application.other_applicants': {
    status: 403,
    zh: '这项政策由“{applicant}”办理，您的账号不是该身份；请换用相应账号，或选择其他政策',
    en: 'this programme is for a {applicant} to act on, which your account is not; sign in as one, or choose another programme',
  },
  'application.contract_ends_before_start': {
    status: 422,
    zh: '合同止日早于起日，请核对日期',
    en: 'the contract ends before it starts; check the days',
  },
  'application.contract_term_too_long': {
    status: 422,
    zh: '合同期超过十年，请核对日期',
    en: 'the contract runs longer than ten years; check the days',
  },
  'application.draft_changed': {
    status: 409,
    zh: '这份草稿已在另一页面或由同事改过，为免覆盖，这次没有保存；请刷新页面，在最新内容上再改',
    en: 'this draft was changed on another page or by a colleague, so nothing was overwritten; reload and change the newest',
  },
  'application.field_not_asked': {
    status: 409,
    zh: '补正通知没有要求修改：{fields}。请只改通知列出的内容；确需改动其他内容的，请先撤回申请再重新提交',
    en: 'the correction does not ask for: {fields}. Change only what it lists; to change anything else, withdraw and apply again',
  },
  'application.field_not_correctable': {
    status: 422,
    zh: '这份申请没有可以补正的字段：{fields}，请从表单列出的字段中选择',
    en: 'this application has no such fields to correct: {fields}; choose from those that the form lists',
  },
  'application.excluded_above_amount': {
    status: 422,
    zh: '不计入部分不能超过合同金额',
    en: 'the excluded part cannot exceed the contract amount',
  },
  'application.not_eligible': {
    status: 422,
    zh: '不符合条件，不能批准：{failed}',
    en: 'conditions are not held, it cannot be approved: {failed}',
  },
  'application.eligibility_unknown': {
    status: 422,
    zh: '还有条件未认定：{unknown}',
    en: 'conditions are still open: {unknown}',
  },
  'application.above_ceiling': {
    status: 422,
    zh: '批准金额不能超过测算上限 {ceilingYuan} 元',
    en: 'the approved amount cannot exceed the ceiling of {ceilingYuan} yuan',
  },
  'application.amount_zero': {
    status: 422,
    zh: '批准金额须大于零；如不予支持请选择“不予支持”',
    en: 'the approved amount must be above zero; to grant nothing, refuse the application',
  },
  'application.finding_not_asked': {
    status: 422,
    zh: '“{fact}”不由审核人认定',
    en: '"{fact}" is not a reviewer\'s finding',
  },
  'application.conflict_of_interest': {
    status: 403,
    zh: '您与该单位有任职关系或已声明回避，须由其他人办理',
    en: 'you act for this organisation or declared a conflict of interest; somebody else must do it',
  },
  'application.other_tier': {
    status: 403,
    zh: '这份申请现由{tier}审核，您不在这一级；请由该级的人办理',
    en: 'this application is with {tier}; somebody of that tier must act',
  },
  'application.four_eyes': {
    status: 403,
    zh: '您已在另一级办理过这份申请，同一人不能在两级办理；请由其他人办理',
    en: 'you acted on this application in another tier; nobody acts in two, so somebody else must',
  },
  'application.not_tiered': {
    status: 409,
    zh: '这份申请不分级审核，请直接作出决定',
    en: 'this application has one tier of review: decide on it',
  },
  'application.refuse_instead': {
    status: 422,
    zh: '会签只针对拟支持的申请；不支持的请直接作出不予支持的决定',
    en: 'the treasury signs what is to be granted; an application that is not to be supported is refused here',
  },
  'application.experts_asked': {
    status: 409,
    zh: '这份申请正在专家评审；请先结束评审再决定',
    en: 'experts are judging this application; close their review before deciding',
  },
  'party.credit_code_unconfirmed': {
    status: 422,
    zh: '统一社会信用代码 {creditCode} 的校验位不符，请先对照登记核实',
    en: 'the check digit of credit code {creditCode} differs; confirm it against the register first',
  },
  'party.credit_code_not_in_doubt': {
    status: 409,
    zh: '该信用代码无须核实',
    en: 'this credit code is not in doubt',
  },
} as const satisfies RefusalTexts
