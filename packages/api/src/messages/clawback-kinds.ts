// What is told of a revocation or clawback: to whoever owes, to whoever decides, to finance.
import { binding, informing, stating, words, type Audience, type MessageKind } from './kind-forms.ts'

const DEBTOR: Audience = { to: ['clerk', 'provider'], action: 'clawback.read', of: 'provider' }

export const clawbackKinds = {
  clawback_hearing: binding(
    DEBTOR,
    words(
      { zh: '拟撤销、追回，请陈述', en: 'clawback proposed: state your case' },
      { zh: '事项 {number} 拟撤销或追回，请陈述', en: 'Clawback {number} is proposed; state your case' },
      { zh: '请在期限前陈述和申辩。拟追回 {amount}。', en: 'State your case in time. Proposed: {amount}.' },
    ),
  ),
  clawback_to_decide: informing(
    { to: ['reviewer'], action: 'clawback.decide', of: 'office' },
    words(
      { zh: '撤销追回待决定', en: 'clawback to decide' },
      { zh: '撤销追回 {number} 待决定', en: 'Clawback {number} waits for a decision' },
      { zh: '由提出人以外的人决定。', en: 'Somebody else than who proposed it decides.' },
    ),
  ),
  clawback_decided: binding(
    DEBTOR,
    words(
      { zh: '撤销、追回决定', en: 'clawback decided' },
      { zh: '已作出撤销追回决定 {number}', en: 'Clawback {number} has been decided' },
      { zh: '应退还 {amount}。理由：{reason}', en: 'To be paid back: {amount}. The reason: {reason}' },
    ),
  ),
  clawback_dropped: stating(
    DEBTOR,
    words(
      { zh: '不予追究', en: 'clawback dropped' },
      { zh: '撤销追回 {number} 不再追究', en: 'Clawback {number} has been dropped' },
      { zh: '理由：{reason}', en: 'The reason: {reason}' },
    ),
  ),
  clawback_annulled: binding(
    DEBTOR,
    words(
      { zh: '追回决定已撤销', en: 'clawback annulled' },
      { zh: '撤销追回决定 {number} 已被撤销', en: 'The decision on clawback {number} has been annulled' },
      { zh: '依据：{reason}', en: 'By the ruling: {reason}' },
    ),
  ),
  clawback_due: binding(
    DEBTOR,
    words(
      { zh: '退还期限将至', en: 'repayment falls due' },
      { zh: '追回 {number} 的退还期限将至或已过', en: 'The repayment of clawback {number} is due' },
      { zh: '待退还 {amount}。', en: '{amount} is to be paid back.' },
    ),
  ),
  clawback_to_collect: informing(
    { to: ['finance'], action: 'clawback.collect', of: 'office' },
    words(
      { zh: '追回待收', en: 'clawback to collect' },
      { zh: '追回 {number} 待办理收款、核销或退还', en: 'Clawback {number} waits for finance' },
      { zh: '金额 {amount}。', en: 'The amount is {amount}.' },
    ),
  ),
} as const satisfies Record<string, MessageKind>
