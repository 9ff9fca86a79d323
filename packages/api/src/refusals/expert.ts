import type { RefusalTexts } from './texts.ts'

export const expert = {
  'expert_review.not_under_review': {
    status: 409,
    zh: '申请当前为“{state}”，只有审核中的申请可以请专家评审',
    en: 'the application is {state}; experts are asked about applications under review only',
  },
  'expert_review.open_already': {
    status: 409,
    zh: '这份申请的专家评审还在进行，请先结束它',
    en: 'experts are already judging this application; close that review first',
  },
  'expert_review.due_in_the_past': {
    status: 422,
    zh: '截止日 {dueOn} 早于今天，请改为今天或以后',
    en: 'the due day {dueOn} has passed; choose today or later',
  },
  'expert_review.expert_twice': {
    status: 422,
    zh: '同一位专家选了两次；请选至少三位不同的专家',
    en: 'an expert is named twice; choose three different experts or more',
  },
  'expert_review.expert_unfit': {
    status: 422,
    zh: '{name} 不能评审这份申请：不是在册专家，或与申请单位、供给方有关、已声明回避；请换一位',
    en: '{name} cannot judge this application: no active expert, connected with the applicant or its provider, or standing aside; choose another',
  },
  'expert_review.over': {
    status: 409,
    zh: '这次评审已经结束，不能再改；申请可能已撤回或已决定',
    en: 'this review is over and cannot be changed; the application may be withdrawn or decided',
  },
  'expert_review.answered': {
    status: 409,
    zh: '您已就此答复，意见不能再改；如有更正请告诉审核人',
    en: 'you have answered already and an opinion stays; tell the reviewer of a correction',
  },
  'expert_review.points_missing': {
    status: 422,
    zh: '有 {criteria} 项评分标准，收到 {points} 个分数；请每项都打分',
    en: 'there are {criteria} criteria and {points} scores; score each criterion',
  },
  'expert_review.too_few': {
    status: 409,
    zh: '只收到 {given} 份意见，至少要 {needed} 份；请等其他专家答复，或中止后另行邀请',
    en: 'only {given} opinions came, {needed} are needed; wait for the others, or abandon it and ask other experts',
  },
  'expert_review.answers_awaited': {
    status: 409,
    zh: '还有 {waiting} 位专家未答复，截止日 {dueOn} 未到；请等待，或中止评审',
    en: '{waiting} experts have not answered and the due day {dueOn} has not come; wait, or abandon the review',
  },
} as const satisfies RefusalTexts
