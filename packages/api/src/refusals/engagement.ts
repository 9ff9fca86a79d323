import type { RefusalTexts } from './texts.ts'

export const engagement = {
  'engagement.days_wrong': {
    status: 422,
    zh: '委托期间不对：止期不早于起期和今天，最长三年；请改日期',
    en: 'the days do not fit: the last is neither before the first nor before today, and within three years; change them',
  },
  'engagement.number_taken': {
    status: 409,
    zh: '文号或合同编号 {number} 已用于这家机构的另一项委托；请核对编号',
    en: 'contract {number} stands for another engagement of this body; check the number',
  },
  'engagement.not_proposed': {
    status: 409,
    zh: '这项委托已经复核，不能再改；要停止请终止委托',
    en: 'this engagement has been decided; to stop it, end it',
  },
  'engagement.own_proposal': {
    status: 403,
    zh: '委托由另一人复核；请同事复核',
    en: 'an engagement is confirmed by somebody else; ask a colleague',
  },
  'engagement.not_in_force': {
    status: 409,
    zh: '这项委托今天不在有效期内：未复核、未开始、已到期或已终止',
    en: 'this engagement is not in force today: unconfirmed, not begun, over or ended',
  },
  'engagement.not_its_task': {
    status: 422,
    zh: '这项委托不包括所选任务，或该任务不适用于这类事项；请换任务或换机构',
    en: 'the engagement does not cover this task, or the task does not fit this kind of case; choose another task or body',
  },
  'engagement.not_its_case': {
    status: 422,
    zh: '事项不属于这项委托的措施或区县；请选相应的委托',
    en: 'the case is of another programme or district than the engagement; choose the engagement that covers it',
  },
  'inspection.body_related': {
    status: 409,
    zh: '{name} 与申请单位或供给方有关联，或已就此声明回避，不能核查；请换机构',
    en: '{name} is related to the firm or its provider, or stood aside, and cannot examine the case; engage another body',
  },
  'inspection.assigned_already': {
    status: 409,
    zh: '这一事项已有同类核查在进行；请等报告，或先收回',
    en: 'the case is being examined for this task already; wait for the report, or take it back first',
  },
  'inspection.not_inspectable': {
    status: 409,
    zh: '事项当前为“{state}”，没有可核查的内容',
    en: 'the case is {state}; there is nothing to examine',
  },
  'inspection.due_wrong': {
    status: 422,
    zh: '报告期限 {dueOn} 应在今天至委托止期 {endsOn} 之间；请改日期',
    en: 'the report is due on {dueOn}; choose a day from today to the end of the engagement, {endsOn}',
  },
  'inspection.over': {
    status: 409,
    zh: '这次核查已经结束，报告不能再改；如有更正请告诉委托部门',
    en: 'this inspection is over and its report stays; tell the bureau of a correction',
  },
  'inspection.point_unknown': {
    status: 422,
    zh: '“{point}”不是这次核查的事项，或写了两次；请从所列事项中选择',
    en: '"{point}" is no point of this inspection, or is there twice; choose from the list',
  },
  'inspection.visit_missing': {
    status: 422,
    zh: '现场核查请填写到现场的日期，不晚于今天',
    en: 'a check on site needs the day of the visit, not after today',
  },
  'application.inspection_open': {
    status: 409,
    zh: '第三方核查报告未到，期限 {dueOn}；请等报告，或先收回核查',
    en: "an engaged body's report is awaited until {dueOn}; wait for it, or take the inspection back first",
  },
} as const satisfies RefusalTexts
