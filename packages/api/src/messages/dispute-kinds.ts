// What is told of a dispute: to the side that answers, to the office that decides, to both when it is decided or closed.
import { binding, informing, stating, words, type Audience, type MessageKind } from './kind-forms.ts'

const PARTY: Audience = { to: ['clerk', 'provider'], action: 'dispute.read', of: 'provider' }

export const disputeKinds = {
  dispute_to_answer: binding(
    PARTY,
    words(
      { zh: '有争议待答复', en: 'a dispute to answer' },
      { zh: '争议 {number} 请在期限前答复', en: 'Answer dispute {number} in time' },
      {
        zh: '涉及金额 {amount}。逾期未答复的，由受理部门直接决定。',
        en: 'It is about {amount}. Without an answer the office decides.',
      },
    ),
  ),
  dispute_to_decide: informing(
    { to: ['reviewer'], action: 'dispute.decide', of: 'office' },
    words(
      { zh: '争议待决定', en: 'dispute to decide' },
      { zh: '争议 {number} 待决定', en: 'Dispute {number} waits for a decision' },
      { zh: '对方已答复，或答复期限已过。', en: 'The other side has answered, or its time is over.' },
    ),
  ),
  dispute_decided: binding(
    PARTY,
    words(
      { zh: '争议已决定', en: 'dispute decided' },
      { zh: '争议 {number} 已作出决定', en: 'Dispute {number} has been decided' },
      { zh: '支持金额 {amount}。理由：{reason}', en: 'Upheld: {amount}. The reason: {reason}' },
    ),
  ),
  dispute_closed: stating(
    PARTY,
    words(
      { zh: '争议已办结', en: 'dispute closed' },
      { zh: '争议 {number} 已办结或撤回', en: 'Dispute {number} is closed or was taken back' },
      { zh: '理由：{reason}', en: 'The reason: {reason}' },
    ),
  ),
} as const satisfies Readonly<Record<string, MessageKind>>
