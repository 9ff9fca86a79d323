import type { RefusalTexts } from './texts.ts'

export const claim = {
  'claim.transition_not_allowed': {
    status: 409,
    zh: '兑付申请当前为“{state}”，不能执行“{event}”；请刷新页面',
    en: 'the claim is {state}: {event} is not possible now; reload the page',
  },
  'claim.voucher_revoked': {
    status: 409,
    zh: '券 {number} 已被撤销，不能再兑付或抵扣；决定书在“撤销与追回”中',
    en: 'voucher {number} was revoked and pays nothing any more; the decision is under revocations and clawbacks',
  },
  'claim.voucher_not_usable': {
    status: 409,
    zh: '券 {number} 不可用（可用至 {usableUntil}）',
    en: 'voucher {number} cannot be used (usable until {usableUntil})',
  },
  'claim.period_outside_contract': {
    status: 422,
    zh: '用量期间须在合同期 {startsOn} 至 {endsOn} 内',
    en: 'the period must lie within the contract, {startsOn} to {endsOn}',
  },
  'claim.period_overlaps': {
    status: 409,
    zh: '该期间与兑付申请 {number} 重叠，同一用量只能兑付一次',
    en: 'the period overlaps claim {number}; usage is claimed once',
  },
  'claim.nothing_payable': {
    status: 422,
    zh: '四项核对后可兑付金额为零：{reasons}',
    en: 'the match leaves nothing to pay: {reasons}',
  },
  'claim.hold_over': {
    status: 409,
    zh: '兑付申请 {number} 的预扣已于 {day} 到期，金额退回券内，不能再审定；请通知申报主体重新申请',
    en: 'the hold of claim {number} ended on {day} and its amount fell back to the voucher; it cannot be approved any more, ask the firm to claim anew',
  },
  'claim.above_payable': {
    status: 422,
    zh: '审定金额不能超过可兑付金额 {payableYuan} 元',
    en: 'the approved amount cannot exceed the payable {payableYuan} yuan',
  },
  'claim.amount_zero': {
    status: 422,
    zh: '审定金额须大于零；如不予兑付请选择“不予兑付”',
    en: 'the approved amount must be above zero; to pay nothing, refuse the claim',
  },
  'claim.nothing_unverified': {
    status: 409,
    zh: '兑付申请 {number} 没有待决定的未查验发票，不需要决定',
    en: 'claim {number} rests on no invoice that is neither verified nor decided on; there is nothing to decide',
  },
  'disbursement.invoice_unverified': {
    status: 409,
    zh: '兑付申请 {number} 的发票 {invoices} 尚未经税务查验；请先登记查验结果，或由审核人决定按未查验发票拨付',
    en: 'invoices {invoices} of claim {number} are not verified; record the answer of the tax authority, or have a reviewer decide to pay on them',
  },
  'disbursement.invoice_void': {
    status: 409,
    zh: '兑付申请 {number} 的发票 {invoices} 经查验已作废或查无此票，不能拨付；请更正该申请的金额',
    en: 'invoices {invoices} of claim {number} are void or unknown to the tax authority; it is not paid, correct its amount',
  },
  'disbursement.disputed': {
    status: 409,
    zh: '兑付申请 {number} 核准后有用量被提出争议（{dispute}），争议办结前不能拨付；编制时请先移出，已编制的批次请撤销后重编',
    en: 'use of claim {number} was disputed after its approval ({dispute}); leave it out until the dispute is closed; a batch that is prepared already is cancelled and prepared again',
  },
  'disbursement.mixed_adoptions': {
    status: 422,
    zh: '一个批次只能包含同一措施的兑付',
    en: 'one batch holds claims of one programme only',
  },
  'disbursement.no_bank_account': {
    status: 422,
    zh: '{organisationName} 没有登记银行账号',
    en: '{organisationName} has no bank account on record',
  },
  'disbursement.own_batch': {
    status: 403,
    zh: '编制人不能复核自己的批次，须由另一人复核',
    en: 'the preparer cannot approve the batch; another person must',
  },
  'disbursement.wrong_state': {
    status: 409,
    zh: '批次 {number} 当前为“{state}”，不能执行此操作',
    en: 'batch {number} is {state}; this is not possible now',
  },
  'disbursement.file_changed': {
    status: 409,
    zh: '批次文件已变化，请重新核对后再批准',
    en: 'the file of the batch has changed; check it again before approving',
  },
  'disbursement.line_unknown': {
    status: 422,
    zh: '批次中没有兑付申请 {claimId}',
    en: 'the batch has no claim {claimId}',
  },
  'disbursement.paid_on_future': {
    status: 422,
    zh: '付款日期 {paidOn} 晚于今天',
    en: 'the payment day {paidOn} lies in the future',
  },
  'disbursement.paid_before_approval': {
    status: 422,
    zh: '付款日期 {paidOn} 早于批次复核的日期 {approvedOn}，请核对银行回单',
    en: 'paid on {paidOn}, before the batch was approved on {approvedOn}; check the answer of the bank',
  },
  'claim.provider_deducts': {
    status: 409,
    zh: '券 {number} 由算力供给方在账单上抵扣，企业不用申请兑付',
    en: 'voucher {number} is deducted by the provider at billing; the firm does not claim',
  },
} as const satisfies RefusalTexts
