import type { RefusalTexts } from './texts.ts'

export const clawback = {
  'clawback.transition_not_allowed': {
    status: 409,
    zh: '这一撤销追回事项当前为“{state}”，不能{event}；请刷新后再办理',
    en: 'this clawback is {state}; {event} is not possible now. Reload and look again',
  },
  'clawback.not_granted': {
    status: 409,
    zh: '申请当前为“{state}”，还没有发券或转为应付，没有可撤销、追回的金额；请在审核中处理',
    en: 'the application is {state}: nothing was granted yet that could be taken back; decide in the review',
  },
  'clawback.open_already': {
    status: 409,
    zh: '这份申请的撤销追回事项 {number} 正在办理，请在其中处理',
    en: 'clawback {number} of this application is under way; go on there',
  },
  'clawback.nothing_taken': {
    status: 422,
    zh: '没有要撤销或追回的金额；请勾选撤销余额，或填写追回金额',
    en: 'nothing is taken back; choose to revoke what is left, or give an amount',
  },
  'clawback.not_whole': {
    status: 422,
    zh: '项目未通过验收，已付的 {wholeYuan} 元须全部追回；请填写全额',
    en: 'the project has failed: all of the {wholeYuan} yuan that was paid is taken back; give the whole amount',
  },
  'clawback.line_unknown': {
    status: 422,
    zh: '兑付 {claimId} 不属于这份申请，或重复列出',
    en: 'claim {claimId} does not belong to this application, or is named twice',
  },
  'clawback.above_paid': {
    status: 422,
    zh: '兑付 {number} 已付而未追回的只有 {leftYuan} 元，追回金额不能超过它',
    en: 'of claim {number} only {leftYuan} yuan is paid and not yet demanded back; ask for no more',
  },
  'clawback.two_payees': {
    status: 422,
    zh: '所列兑付的收款方不同；请按收款方分别提出',
    en: 'the claims were paid to different parties; propose one clawback for each',
  },
  'clawback.hearing_short': {
    status: 422,
    zh: '陈述期限太短；至少给当事人五个工作日，到 {earliest}',
    en: 'the time to answer is too short; give five working days at least, to {earliest}',
  },
  'clawback.own_proposal': {
    status: 403,
    zh: '提出人不能自己复核；请由另一人办理',
    en: 'who proposed it cannot decide on it; somebody else does',
  },
  'clawback.own_decision': {
    status: 403,
    zh: '作出决定的人不能自己撤销它；请由另一人办理',
    en: 'who decided it cannot annul it; somebody else does',
  },
  'clawback.claims_open': {
    status: 409,
    zh: '兑付 {numbers} 还在办理；请先审定、冲正或更正后再决定',
    en: 'claims {numbers} are still under way; decide, reverse or correct them first',
  },
  'clawback.fine_outside_range': {
    status: 422,
    zh: '罚款不在法定幅度之内：{leastYuan} 至 {mostYuan} 元',
    en: 'the fine is outside the range of the law: {leastYuan} to {mostYuan} yuan',
  },
  'clawback.due_missing': {
    status: 422,
    zh: '有追回金额，请填写退还期限',
    en: 'an amount is demanded; say by when it is to be paid back',
  },
  'clawback.day_past': {
    status: 422,
    zh: '{day} 已过，请改为今天以后',
    en: '{day} has passed; choose a later day',
  },
  'clawback.day_future': {
    status: 422,
    zh: '{day} 还没有到，请按银行回单填写',
    en: '{day} has not come yet; take the day from the bank slip',
  },
  'clawback.write_off_open': {
    status: 409,
    zh: '坏账核销正在复核，请先办结',
    en: 'a write-off waits for its second person; finish it first',
  },
  'clawback.no_write_off': {
    status: 409,
    zh: '没有待复核的坏账核销',
    en: 'no write-off waits for a decision',
  },
  'clawback.pool_short': {
    status: 409,
    zh: '资金池余额不足以恢复被撤销的券；请先安排预算，再撤销决定',
    en: 'the pool cannot restore the voucher that was revoked; appropriate money first, then annul',
  },
  'clawback.instalments_differ': {
    status: 422,
    zh: '分期须按日期先后、每期大于零，合计等于待收的 {leftYuan} 元',
    en: 'instalments come in order of their days, each above zero, and sum to the {leftYuan} yuan that is owed',
  },
  'clawback.above_owed': {
    status: 422,
    zh: '待收只有 {leftYuan} 元，登记金额不能超过它',
    en: 'only {leftYuan} yuan is owed; record no more than that',
  },
  'clawback.reference_used': {
    status: 409,
    zh: '回单号 {reference} 已登记过',
    en: 'the reference {reference} is recorded already',
  },
  'clawback.set_off_unfit': {
    status: 422,
    zh: '这笔兑付不能抵扣：须是同一当事人、同一措施、已审定待拨付，且余额不少于抵扣金额',
    en: 'this claim cannot be set off: it must be of the same party and programme, approved and not in a batch, with enough left',
  },
  'rectification.not_recorded': {
    status: 409,
    zh: '兑付当前为“{state}”，只有已审定或已到账的金额可以更正；在拨付批次中的请先撤销批次',
    en: 'the claim is {state}; only approved or paid amounts are corrected. Cancel its payment batch first',
  },
  'rectification.open_already': {
    status: 409,
    zh: '更正 {number} 正在办理，请先办结',
    en: 'correction {number} is under way; finish it first',
  },
  'rectification.same_amount': {
    status: 422,
    zh: '更正后的金额与记录的相同',
    en: 'the right amount is the recorded one',
  },
  'rectification.clawed_back': {
    status: 409,
    zh: '这笔兑付正在追回（{number}），请在追回事项中处理',
    en: 'this claim is being clawed back ({number}); go on there',
  },
  'rectification.wrong_state': {
    status: 409,
    zh: '这次更正当前为“{state}”，不能这样办理',
    en: 'this correction is {state}; that is not possible now',
  },
  'rectification.own_proposal': {
    status: 403,
    zh: '提出人不能自己复核更正；请由另一人办理',
    en: 'who proposed the correction cannot decide on it; somebody else does',
  },
  'rectification.moved': {
    status: 409,
    zh: '提出更正以后这笔兑付有了变化；请驳回后重新提出',
    en: 'the claim has changed since the correction was proposed; reject it and propose it anew',
  },
  'rectification.voucher_over': {
    status: 409,
    zh: '券已到期或已撤销，金额只能更正为更少',
    en: 'the voucher is over or revoked; its amount can only be corrected downwards',
  },
  'rectification.exceeds': {
    status: 409,
    zh: '更正后的金额超过券的余额或限额，不能记入',
    en: 'the right amount exceeds what is left of the voucher or of a cap',
  },
} as const satisfies RefusalTexts
