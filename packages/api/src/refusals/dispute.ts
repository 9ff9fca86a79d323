import type { RefusalTexts } from './texts.ts'

export const dispute = {
  'dispute.transition_not_allowed': {
    status: 409,
    zh: '这件争议当前为“{state}”，不能{event}；请刷新后再办理',
    en: 'this dispute is {state}; {event} is not possible now. Reload and look again',
  },
  'dispute.too_late': {
    status: 409,
    zh: '{month} 的明细只能在 {until} 以前提出争议；确需更正的，请联系受理部门',
    en: 'what {month} shows could be disputed until {until}; ask the office where a correction is still needed',
  },
  'dispute.open_already': {
    status: 409,
    zh: '这一项已有争议 {number} 在办理，请在其中补充',
    en: 'dispute {number} about the same is under way; go on there',
  },
  'dispute.subject_unknown': {
    status: 422,
    zh: '合同 {contract} 在 {month} 没有这一项；请从对账单或用量明细中选择要提出争议的一行',
    en: 'contract {contract} shows no such line in {month}; choose the line from the statement or the rated lines',
  },
  'dispute.amount_beyond': {
    status: 422,
    zh: '争议金额应大于 0 且不超过该项的 {mostYuan} 元，请更正',
    en: 'the disputed amount must be above zero and at most the {mostYuan} yuan of this line; correct it',
  },
  'dispute.shortfall_too_little': {
    status: 422,
    zh: '对未予支持的部分提出争议，只能是“少计”；请改选',
    en: 'what was left unpaid can only be disputed as too little; choose so',
  },
  'dispute.other_side_answers': {
    status: 403,
    zh: '由对方（{side}）答复，提出争议的一方不能自己答复',
    en: 'the other side ({side}) answers, not the one who disputes',
  },
  'dispute.not_yours': {
    status: 403,
    zh: '只有提出争议的一方可以撤回；其他各方请等待决定',
    en: 'only the one who disputes can take it back; the others wait for the decision',
  },
  'dispute.upheld_beyond': {
    status: 422,
    zh: '支持的金额应大于 0 且不超过争议金额 {mostYuan} 元；完全不支持请选择“不予支持”',
    en: 'what is upheld must be above zero and at most the disputed {mostYuan} yuan; to uphold nothing, dismiss it',
  },
  'dispute.not_corrected': {
    status: 409,
    zh: '算力中心尚未上报更正后的记录（该项仍为 {ratedYuan} 元）；收到更正记录后再办结',
    en: 'the centre has sent no corrected record yet (the line still says {ratedYuan} yuan); close it when it came',
  },
} as const satisfies RefusalTexts
