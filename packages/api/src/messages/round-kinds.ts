// What is told of a round (its result waits for the second person; to whom it did not reach, that it was so) and of a
// take-over, which waits for its second person too.
import { APPLICANT, finance, informing, stating, words } from './kind-forms.ts'
import { takeOverKinds } from './take-over-kinds.ts'

export const roundKinds = {
  ...takeOverKinds,
  round_to_decide: informing(
    finance('round.decide'),
    words(
      { zh: '分配结果待复核', en: 'result of a round to decide' },
      { zh: '分配批次 {number} 的结果待复核', en: 'The result of round {number} waits for its decision' },
      { zh: '登记人以外的人复核。', en: 'Somebody else than who entered it decides.' },
    ),
  ),
  round_not_reached: stating(
    APPLICANT,
    words(
      { zh: '本批次未分配到', en: 'not reached in a round' },
      {
        zh: '申请 {number} 在本批次中没有分配到资金',
        en: 'Application {number} was not reached in this round',
      },
      {
        zh: '名单、开奖和结果都已公布，任何人都可以复算。申请仍在排队，自动进入下一批次。',
        en: 'List, draw and result are public and anybody can replay them. The application still waits and enters the next round by itself.',
      },
    ),
  ),
} as const
