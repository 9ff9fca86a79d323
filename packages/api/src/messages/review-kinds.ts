// What is told of review in several tiers, of appeals and of hearings.
import {
  APPLICANT,
  CLAIM_REVIEWER,
  PAYEE,
  REVIEWER,
  binding,
  finance,
  informing,
  words,
  type MessageKind,
} from './kind-forms.ts'

export const reviewKinds = {
  review_passed_on: informing(
    REVIEWER,
    words(
      { zh: '有申请待复审', en: 'application passed on for review' },
      { zh: '申请 {number} 已由下级审核，待复审', en: 'Application {number} is passed on for review' },
      {
        zh: '{organisation} 的申请。下级意见：{reason}',
        en: '{organisation} has filed it. The tier below says: {reason}',
      },
    ),
  ),
  countersign_asked: informing(
    finance('application.examine'),
    words(
      { zh: '有申请待会签', en: 'application to countersign' },
      { zh: '申请 {number} 待财政会签', en: 'Application {number} waits for the treasury’s signature' },
      {
        zh: '{organisation} 的申请，主管部门意见：{reason}',
        en: '{organisation} has filed it. The authority says: {reason}',
      },
    ),
  ),
  review_sent_back: informing(
    REVIEWER,
    words(
      { zh: '申请被退回', en: 'application sent back' },
      { zh: '申请 {number} 被上级退回重新审核', en: 'Application {number} is sent back for another review' },
      { zh: '理由：{reason}', en: 'The reason: {reason}' },
    ),
  ),
  appeal_received: binding(
    APPLICANT,
    words(
      { zh: '复核申请已收到', en: 'appeal received' },
      {
        zh: '对申请 {number} 的复核申请已收到',
        en: 'The appeal about application {number} has been received',
      },
      { zh: '由未参与原决定的人办理。', en: 'Somebody who had no part in the decision looks at it.' },
    ),
  ),
  appeal_to_decide: informing(
    { ...REVIEWER, action: 'appeal.decide' },
    words(
      { zh: '有复核待办理', en: 'appeal to decide' },
      { zh: '申请 {number} 的复核待办理', en: 'An appeal about application {number} waits for a decision' },
      {
        zh: '{organisation} 申请复核。原决定的办理人不得办理。',
        en: '{organisation} appeals. Nobody who decided before may decide it.',
      },
    ),
  ),
  appeal_affirmed: binding(
    APPLICANT,
    words(
      { zh: '复核维持原决定', en: 'decision upheld on appeal' },
      {
        zh: '申请 {number} 的复核已决定：维持原决定',
        en: 'Appeal about application {number}: the decision stands',
      },
      { zh: '理由：{reason}', en: 'The reason: {reason}' },
    ),
  ),
  appeal_changed: binding(
    APPLICANT,
    words(
      { zh: '复核变更原决定', en: 'decision changed on appeal' },
      {
        zh: '申请 {number} 的复核已决定：变更原决定',
        en: 'Appeal about application {number}: the decision is changed',
      },
      {
        zh: '审定金额 {amount}，将进行公示。理由：{reason}',
        en: 'The amount is {amount}; a public notice follows. The reason: {reason}',
      },
    ),
  ),
  appeal_remanded: binding(
    APPLICANT,
    words(
      { zh: '复核发回重新决定', en: 'returned for a new decision' },
      {
        zh: '申请 {number} 的复核已决定：发回重新决定',
        en: 'Appeal about application {number}: it is decided anew',
      },
      { zh: '理由：{reason}', en: 'The reason: {reason}' },
    ),
  ),
  claim_appeal_received: binding(
    { ...APPLICANT, action: 'claim.read' },
    words(
      { zh: '兑付复核申请已收到', en: 'appeal about a claim received' },
      { zh: '对兑付申请 {number} 的复核申请已收到', en: 'The appeal about claim {number} has been received' },
      { zh: '由未参与原决定的人办理。', en: 'Somebody who had no part in the decision looks at it.' },
    ),
  ),
  claim_appeal_to_decide: informing(
    { ...CLAIM_REVIEWER, action: 'appeal.decide' },
    words(
      { zh: '有兑付复核待办理', en: 'appeal about a claim to decide' },
      { zh: '兑付申请 {number} 的复核待办理', en: 'An appeal about claim {number} waits for a decision' },
      {
        zh: '{organisation} 申请复核。原决定的办理人不得办理。',
        en: '{organisation} appeals. Nobody who decided before may decide it.',
      },
    ),
  ),
  claim_appeal_affirmed: binding(
    PAYEE,
    words(
      { zh: '兑付复核维持原决定', en: 'refusal of a claim upheld' },
      {
        zh: '兑付申请 {number} 的复核已决定：维持原决定',
        en: 'Appeal about claim {number}: the decision stands',
      },
      { zh: '理由：{reason}', en: 'The reason: {reason}' },
    ),
  ),
  explanation_asked: binding(
    APPLICANT,
    words(
      { zh: '请就异议提出申辩', en: 'say what you have to say to an objection' },
      {
        zh: '请就申请 {number} 收到的异议提出申辩',
        en: 'Say what you have to say to the objection to application {number}',
      },
      { zh: '需要说明：{reason}', en: 'What is asked: {reason}' },
    ),
  ),
  explanation_given: informing(
    { ...REVIEWER, action: 'objection.answer' },
    words(
      { zh: '企业已提出申辩', en: 'the firm has answered an objection' },
      {
        zh: '申请 {number} 的企业已就异议提出申辩',
        en: 'The firm has answered the objection to application {number}',
      },
      { zh: '{organisation}：{reason}', en: '{organisation}: {reason}' },
    ),
  ),
} as const satisfies Record<string, MessageKind>
