// What was decided, in the sentence that a document opens with.
import type { Both } from './word-tables.ts'

export type DecisionAct = 'approval' | 'correction' | 'refusal' | 'appeal'

const ON_APPEAL: Readonly<Record<string, Both>> = {
  affirm: { zh: '经复核，维持原决定。', en: 'On appeal, the decision stands.' },
  change: {
    zh: '经复核，变更原决定，支持金额如下。',
    en: 'On appeal, the decision is changed; the following is granted.',
  },
  change_waiting: {
    zh: '经复核，变更原决定，支持金额如下，待资金到位后办理。',
    en: 'On appeal, the decision is changed; the following is granted when there are funds.',
  },
  remand: { zh: '经复核，发回重新决定。', en: 'On appeal, it is returned for a new decision.' },
}

export function outcomeOf({ act, event }: { readonly act: DecisionAct; readonly event: string }): Both {
  return act === 'appeal' ? ON_APPEAL[event]! : OUTCOME[act]
}

const OUTCOME = {
  approval: {
    zh: '经审核，符合条件，拟给予支持，金额如下。',
    en: 'It meets the conditions and is to be supported with the following amount.',
  },
  correction: {
    zh: '经审核，材料需要补正，请按下表逐项补正后重新提交。',
    en: 'It has to be corrected. Please mend the following and submit it again.',
  },
  refusal: {
    zh: '经审核，决定不予支持，理由和依据如下。',
    en: 'It is refused for the following reasons.',
  },
} as const
