import type { RefusalTexts } from './texts.ts'

export const project = {
  'project.transition_not_allowed': {
    status: 409,
    zh: '项目当前为“{state}”，不能{event}；请刷新后再办理',
    en: 'the project is {state}; {event} is not possible now. Reload and look again',
  },
  'project.way_selects_nothing': {
    status: 409,
    zh: '这项措施不择优立项，申请逐份审核；请在审核列表中办理',
    en: 'nothing is selected under this programme; its applications are decided one by one in the review list',
  },
  'project.selection_open': {
    status: 409,
    zh: '立项名单 {number} 还待复核，请先复核它',
    en: 'selection {number} waits for its second person; decide on it first',
  },
  'project.nobody_selected': {
    status: 422,
    zh: '按这条线没有项目入选或转入备选；请核对资金池、分数线和专家评分',
    en: 'by this line nobody is selected or moves; look at the pool, the least score and the experts’ scores',
  },
  'project.experts_open': {
    status: 409,
    zh: '{numbers} 还没有专家评分，评分齐了才能排名次；请先完成专家评审',
    en: '{numbers} have no scores yet; all candidates are ranked together, so have their experts finish first',
  },
  'project.selection_decided': {
    status: 409,
    zh: '这份立项名单已经复核，不能再改',
    en: 'this selection has been decided on and stays',
  },
  'project.own_selection': {
    status: 403,
    zh: '这份立项名单由您提出，须由另一位审核人复核',
    en: 'you proposed this selection; another reviewer decides on it',
  },
  'project.candidates_changed': {
    status: 409,
    zh: '提出名单之后有项目撤回或状态变化（{numbers}），请驳回后按新的名次重新提出',
    en: 'candidates have withdrawn or moved since ({numbers}); reject this selection and propose it anew',
  },
  'project.money_changed': {
    status: 409,
    zh: '资金池或限额已不够支付名单上的全部项目，请驳回后重新划线',
    en: 'pool or caps no longer carry everybody on the list; reject it and draw the line anew',
  },
  'project.extended_already': {
    status: 409,
    zh: '项目已延期到 {until}，只能延期一次',
    en: 'the project has been extended to {until}; that is possible once',
  },
  'project.extension_outside': {
    status: 422,
    zh: '延期须晚于现在的验收申请截止日 {from}，且不晚于 {to}；请改日期',
    en: 'choose a day after {from}, by which acceptance is filed so far, and not after {to}',
  },
  'project.no_expert_opinion': {
    status: 409,
    zh: '验收须有专家意见：请先请专家评审验收材料，结束评审后再提出结论',
    en: 'acceptance needs the opinion of experts; ask them about the filing and close their review first',
  },
  'project.own_conclusion': {
    status: 403,
    zh: '验收结论由您提出，须由另一位审核人复核',
    en: 'you concluded on this acceptance; another reviewer decides',
  },
} as const satisfies RefusalTexts
