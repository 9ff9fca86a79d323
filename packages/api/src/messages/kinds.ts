// What people are told, by kind: whom (the role, and the right that decides on what), what about, whether the law wants it
// told (决定、期限 cannot be switched off in the portal), and its words in both languages. Titles leave the portal by e-mail
// and 企业微信, so they hold a number and never an amount, a reason or a name; the body is read after signing in only.
import { balanceKinds } from './balance-kinds.ts'
import { clawbackKinds } from './clawback-kinds.ts'
import { disputeKinds } from './dispute-kinds.ts'
import {
  APPLICANT,
  binding,
  CLAIM_REVIEWER,
  finance,
  informing,
  type MessageKind,
  PAYEE,
  PROVIDER,
  REVIEWER,
  stating,
  words,
} from './kind-forms.ts'
import { offerKinds } from './offer-kinds.ts'
import { projectKinds } from './project-kinds.ts'
import { policyKinds } from './policy-kinds.ts'
import { roundKinds } from './round-kinds.ts'
import { reviewKinds } from './review-kinds.ts'
import { usageKinds } from './usage-kinds.ts'

export type { MessageKind, Words } from './kind-forms.ts'

/** Beyond the portal, in which every message stands. */
export const messageChannels = ['email', 'sms', 'wecom'] as const

export type MessageChannel = (typeof messageChannels)[number]

export const messageKinds = {
  ...reviewKinds,
  ...usageKinds,
  application_received: informing(
    APPLICANT,
    words(
      { zh: '申请已收到', en: 'application received' },
      { zh: '申请 {number} 已收到', en: 'Application {number} has been received' },
      { zh: '材料已提交，正在审核。', en: 'It is under review.' },
    ),
  ),
  application_to_review: informing(
    REVIEWER,
    words(
      { zh: '有申请待审核', en: 'application to review' },
      { zh: '申请 {number} 待审核', en: 'Application {number} waits for review' },
      { zh: '{organisation} 提交了申请。', en: '{organisation} has filed it.' },
    ),
  ),
  review_due: informing(
    REVIEWER,
    words(
      { zh: '审核期限将至', en: 'review falls due' },
      { zh: '申请 {number} 的审核期限将至', en: 'The review of application {number} falls due' },
      {
        zh: '{organisation} 的申请仍待审核。',
        en: 'The application of {organisation} is still under review.',
      },
    ),
  ),
  contract_to_check: informing(
    { to: ['provider'], action: 'usage.read', of: 'provider' },
    words(
      { zh: '有合同待核对', en: 'contract to check' },
      { zh: '合同 {contract} 请贵单位核对', en: 'Please check contract {contract}' },
      {
        zh: '{organisation} 以与贵单位签订的这份合同申请支持。如与事实不符，请联系主管部门。',
        en: '{organisation} applies with this contract with you. If it is not as stated, tell the authority.',
      },
    ),
  ),
  correction_asked: binding(
    APPLICANT,
    words(
      { zh: '需要补正', en: 'correction asked' },
      { zh: '申请 {number} 需要补正', en: 'Application {number} needs a correction' },
      { zh: '补正说明：{reason}', en: 'What is asked: {reason}' },
    ),
  ),
  correction_due: binding(
    APPLICANT,
    words(
      { zh: '补正期限将至', en: 'correction falls due' },
      { zh: '申请 {number} 的补正期限将至', en: 'The correction of application {number} falls due' },
      {
        zh: '逾期未补正，申请将终止。',
        en: 'An application that is not corrected in time ends.',
      },
    ),
  ),
  application_lapsed: binding(
    APPLICANT,
    words(
      { zh: '申请已终止', en: 'application ended' },
      { zh: '申请 {number} 已终止', en: 'Application {number} has ended' },
      {
        zh: '未在期限内补正，或额度内已无可支持的金额。',
        en: 'It was not corrected in time, or no cap leaves anything for it.',
      },
    ),
  ),
  ...offerKinds,
  ...projectKinds,
  application_approved: binding(
    APPLICANT,
    words(
      { zh: '审核通过', en: 'application approved' },
      { zh: '申请 {number} 审核通过', en: 'Application {number} has been approved' },
      { zh: '审定金额 {amount}，将进行公示。', en: 'The amount is {amount}; a public notice follows.' },
    ),
  ),
  application_waiting: binding(
    APPLICANT,
    words(
      { zh: '审核通过，排队等额度', en: 'approved, waiting for funds' },
      {
        zh: '申请 {number} 审核通过，排队等额度',
        en: 'Application {number} is approved and waits for funds',
      },
      {
        zh: '审定金额 {amount}。额度补足后按材料齐备的先后办理。',
        en: 'The amount is {amount}. When there are funds, those that were complete first come first.',
      },
    ),
  ),
  application_funded: binding(
    APPLICANT,
    words(
      { zh: '额度已补足', en: 'funds are there' },
      { zh: '申请 {number} 的额度已补足', en: 'Funds for application {number} are there' },
      { zh: '审定金额 {amount}，将进行公示。', en: 'The amount is {amount}; a public notice follows.' },
    ),
  ),
  application_refused: binding(
    APPLICANT,
    words(
      { zh: '不予支持', en: 'application refused' },
      { zh: '申请 {number} 不予支持', en: 'Application {number} has been refused' },
      { zh: '理由：{reason}', en: 'The reason: {reason}' },
    ),
  ),
  application_announced: stating(
    APPLICANT,
    words(
      { zh: '已公示', en: 'under public notice' },
      { zh: '申请 {number} 已公示', en: 'Application {number} is under public notice' },
      { zh: '公示期内无异议，即按 {amount} 办理。', en: 'Without objection it is granted with {amount}.' },
    ),
  ),
  objection_received: binding(
    APPLICANT,
    words(
      { zh: '收到异议', en: 'objection received' },
      { zh: '申请 {number} 在公示期收到异议', en: 'There is an objection to application {number}' },
      { zh: '正在核查，核查期间暂不发放。', en: 'It is being looked into; nothing is issued meanwhile.' },
    ),
  ),
  objection_to_answer: informing(
    { ...REVIEWER, action: 'objection.answer' },
    words(
      { zh: '有异议待答复', en: 'objection to answer' },
      { zh: '申请 {number} 有异议待答复', en: 'An objection to application {number} waits for an answer' },
      { zh: '涉及 {organisation}。', en: 'It is about {organisation}.' },
    ),
  ),
  objection_dismissed: binding(
    APPLICANT,
    words(
      { zh: '异议不成立', en: 'objection dismissed' },
      { zh: '对申请 {number} 的异议不成立', en: 'The objection to application {number} is dismissed' },
      { zh: '答复：{reason}', en: 'The answer: {reason}' },
    ),
  ),
  objection_upheld: binding(
    APPLICANT,
    words(
      { zh: '异议成立', en: 'objection upheld' },
      { zh: '对申请 {number} 的异议成立', en: 'The objection to application {number} is upheld' },
      { zh: '申请不予支持。答复：{reason}', en: 'The application is refused. The answer: {reason}' },
    ),
  ),
  voucher_issued: binding(
    { ...APPLICANT, to: ['clerk'], action: 'voucher.read' },
    words(
      { zh: '券已发放', en: 'voucher issued' },
      { zh: '券 {number} 已发放', en: 'Voucher {number} has been issued' },
      { zh: '金额 {amount}。', en: 'It is worth {amount}.' },
    ),
  ),
  support_awarded: binding(
    APPLICANT,
    words(
      { zh: '补贴已审定', en: 'support awarded' },
      {
        zh: '申请 {number} 公示期满，进入拨付',
        en: 'The notice of application {number} is over; it will be paid',
      },
      { zh: '应付 {amount}。', en: 'Payable is {amount}.' },
    ),
  ),
  voucher_expiring: binding(
    { ...APPLICANT, to: ['clerk'], action: 'voucher.read' },
    words(
      { zh: '券即将过期', en: 'voucher expires soon' },
      { zh: '券 {number} 将在 {days} 日内过期', en: 'Voucher {number} expires within {days} days' },
      { zh: '过期未用的金额退回资金池。', en: 'What is unused then returns to the pool.' },
    ),
  ),
  voucher_expired: stating(
    { ...APPLICANT, to: ['clerk'], action: 'voucher.read' },
    words(
      { zh: '券已过期', en: 'voucher expired' },
      { zh: '券 {number} 已过期', en: 'Voucher {number} has expired' },
      { zh: '未用的金额已退回资金池。', en: 'What was unused has returned to the pool.' },
    ),
  ),
  deduction_made: stating(
    { ...APPLICANT, action: 'claim.read' },
    words(
      { zh: '账单已抵扣', en: 'deducted from your bill' },
      { zh: '抵扣 {number} 已从账单中办理', en: 'Deduction {number} was made from your bill' },
      { zh: '抵扣 {amount}，其余由贵单位支付。', en: '{amount} was deducted; you pay the rest.' },
    ),
  ),
  deduction_reversed: stating(
    { ...APPLICANT, action: 'claim.read' },
    words(
      { zh: '抵扣已撤销', en: 'deduction reversed' },
      { zh: '抵扣 {number} 已撤销', en: 'Deduction {number} has been reversed' },
      {
        zh: '抵扣的金额已回到券上。理由：{reason}',
        en: 'The amount is back on the voucher. The reason: {reason}',
      },
    ),
  ),
  deductions_due: binding(
    PROVIDER,
    words(
      { zh: '抵扣待申请拨付', en: 'deductions to claim' },
      { zh: '{count} 笔抵扣须在期限前申请拨付', en: '{count} deductions must be claimed by the deadline' },
      { zh: '逾期不再受理拨付申请。', en: 'After that no claim is taken.' },
    ),
  ),
  claim_received: informing(
    PAYEE,
    words(
      { zh: '兑付申请已收到', en: 'claim received' },
      { zh: '兑付申请 {number} 已收到', en: 'Claim {number} has been received' },
      { zh: '正在审核。', en: 'It is under review.' },
    ),
  ),
  claim_to_review: informing(
    CLAIM_REVIEWER,
    words(
      { zh: '有兑付申请待审核', en: 'claim to review' },
      { zh: '兑付申请 {number} 待审核', en: 'Claim {number} waits for review' },
      { zh: '涉及 {organisation}。', en: 'It is about {organisation}.' },
    ),
  ),
  claim_review_due: informing(
    CLAIM_REVIEWER,
    words(
      { zh: '兑付审核期限将至', en: 'review of a claim falls due' },
      { zh: '兑付申请 {number} 的审核期限将至', en: 'The review of claim {number} falls due' },
      { zh: '{organisation} 的兑付申请仍待审核。', en: 'The claim of {organisation} is still under review.' },
    ),
  ),
  claim_approved: binding(
    PAYEE,
    words(
      { zh: '兑付已审定', en: 'claim approved' },
      { zh: '兑付申请 {number} 已审定', en: 'Claim {number} has been approved' },
      {
        zh: '审定 {amount}，将列入拨付。{shortfalls}',
        en: '{amount} is approved and will be paid. {shortfalls}',
      },
    ),
  ),
  claim_refused: binding(
    PAYEE,
    words(
      { zh: '兑付未通过', en: 'claim refused' },
      { zh: '兑付申请 {number} 未通过', en: 'Claim {number} has been refused' },
      { zh: '理由：{reason}。{shortfalls}', en: 'The reason: {reason}. {shortfalls}' },
    ),
  ),
  hold_ending: binding(
    PAYEE,
    words(
      { zh: '预扣即将到期', en: 'hold ends soon' },
      { zh: '兑付申请 {number} 的预扣即将到期', en: 'The hold of claim {number} ends soon' },
      {
        zh: '预扣 {amount}。到期仍未审定的，申请终止，金额退回券内，可在券的有效期内重新申请。',
        en: '{amount} is held. If it is not decided by then the claim ends and the amount is usable again; you can claim anew while the voucher lasts.',
      },
    ),
  ),
  hold_ended: binding(
    PAYEE,
    words(
      { zh: '预扣到期，申请终止', en: 'hold ended' },
      {
        zh: '兑付申请 {number} 预扣到期未审定，已终止',
        en: 'Claim {number} ended: its hold was over undecided',
      },
      {
        zh: '{amount} 已退回券内，可在券的有效期内重新申请兑付。',
        en: '{amount} is usable again; you can claim anew while the voucher lasts.',
      },
    ),
  ),
  disbursement_paid: stating(
    PAYEE,
    words(
      { zh: '款项已拨付', en: 'payment made' },
      { zh: '兑付申请 {number} 的款项已拨付', en: 'Claim {number} has been paid' },
      { zh: '已付 {amount}，请查收。', en: '{amount} has been paid.' },
    ),
  ),
  payment_returned: binding(
    PAYEE,
    words(
      { zh: '款项被退回', en: 'payment returned' },
      { zh: '兑付申请 {number} 的款项被银行退回', en: 'The bank returned the payment of claim {number}' },
      {
        zh: '退回原因：{reason}。请核对收款账户，款项仍为应付。',
        en: 'The reason: {reason}. Check the account; the amount remains payable.',
      },
    ),
  ),
  ...balanceKinds,
  ...clawbackKinds,
  ...disputeKinds,
  claim_corrected: binding(
    PAYEE,
    words(
      { zh: '兑付金额已更正', en: 'claim corrected' },
      { zh: '兑付申请 {number} 的金额有更正', en: 'The amount of claim {number} has been corrected' },
      { zh: '应为 {amount}。理由：{reason}', en: 'It is {amount}. The reason: {reason}' },
    ),
  ),
  batch_to_approve: informing(
    finance('disbursement.approve'),
    words(
      { zh: '拨付待复核', en: 'payments to approve' },
      { zh: '拨付批次 {number} 待复核', en: 'Payment batch {number} waits for approval' },
      { zh: '编制人以外的人复核。', en: 'Somebody else than who prepared it approves.' },
    ),
  ),
  appropriation_to_approve: informing(
    finance('appropriation.approve'),
    words(
      { zh: '预算安排待复核', en: 'appropriation to approve' },
      { zh: '预算安排 {number} 待复核', en: 'Appropriation {number} waits for approval' },
      { zh: '提出人以外的人复核。', en: 'Somebody else than who proposed it approves.' },
    ),
  ),
  pool_move_to_decide: informing(
    finance('pool_move.decide'),
    words(
      { zh: '资金调剂待复核', en: 'move of money to decide' },
      { zh: '资金调剂 {number} 待复核', en: 'The move of money {number} waits for its decision' },
      { zh: '提出人以外的人复核。', en: 'Somebody else than who proposed it decides.' },
    ),
  ),
  fund_act_to_decide: informing(
    finance('fund_act.decide'),
    words(
      { zh: '资金事项待复核', en: 'act of a fund to decide' },
      { zh: '资金事项 {number} 待复核', en: 'The act of a fund {number} waits for its decision' },
      { zh: '提出人以外的人复核。', en: 'Somebody else than who proposed it decides.' },
    ),
  ),
  year_close_to_decide: informing(
    finance('year_close.decide'),
    words(
      { zh: '年度结账待复核', en: 'closing of a year to decide' },
      { zh: '年度结账 {number} 待复核', en: 'Closing the year by {number} waits for its decision' },
      { zh: '提出人以外的人复核。', en: 'Somebody else than who proposed it decides.' },
    ),
  ),
  ...roundKinds,
  ...policyKinds,
} as const satisfies Record<string, MessageKind>

export type MessageKindName = keyof typeof messageKinds

export const messageKindNames = Object.keys(messageKinds) as readonly MessageKindName[]

export function isMessageKind(name: string): name is MessageKindName {
  return Object.hasOwn(messageKinds, name)
}

/** The words with their `{names}` filled in; what is not known is left out. */
export function fillWords(text: string, params: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_whole, name: string) => params[name] ?? '').trim()
}
