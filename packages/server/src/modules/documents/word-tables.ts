// Words for codes, the same as on the pages (a test compares them with the portal's locales).

export interface Both {
  readonly zh: string
  readonly en: string
}

type Words = Readonly<Record<string, Both>>

export const sources: Words = {
  declared: { zh: '企业填报', en: 'declared by the firm' },
  document: { zh: '合同', en: 'contract' },
  ledger: { zh: '账本', en: 'ledger' },
  matched: { zh: '凭证核对', en: 'matched proofs' },
  platform: { zh: '平台记录', en: 'platform' },
  reviewer: { zh: '审核人认定', en: "reviewer's finding" },
}

/** What a posting does to a voucher, by its code and, where it differs, its kind: as on the page of the voucher. */
export const postings: Words = {
  expire: { zh: '过期退回资金池', en: 'Expired, back to the pool' },
  give_up: { zh: '放弃', en: 'Given up' },
  'issue.post': { zh: '撤销决定被推翻，恢复', en: 'Restored, the revocation was annulled' },
  'issue.release': { zh: '预留解除，未发放', en: 'Reservation ended, not issued' },
  'issue.reserve': { zh: '批准，额度预留', en: 'Approved, amount reserved' },
  'issue.settle': { zh: '发放', en: 'Issued' },
  'open_issue.post': { zh: '期初：原系统发放', en: 'Opening: issued elsewhere' },
  'open_redeem.post': { zh: '期初：原系统核销', en: 'Opening: redeemed elsewhere' },
  'open_expire.post': { zh: '期初：原系统过期退回', en: 'Opening: expired elsewhere' },
  'open_revoke.post': { zh: '期初：原系统撤销退回', en: 'Opening: revoked elsewhere' },
  'redeem.post': { zh: '账单抵扣（核销）', en: 'Deducted from a bill' },
  'redeem.release': { zh: '预扣解除', en: 'Hold released' },
  'redeem.reserve': { zh: '申请兑付，预扣', en: 'Claimed, held' },
  'redeem.settle': { zh: '核销', en: 'Redeemed' },
  revoke: { zh: '撤销', en: 'Revocation' },
  unredeem: { zh: '核销撤回', en: 'Redemption undone' },
  'unredeem.post': { zh: '撤销抵扣，退回券内', en: 'Deduction taken back' },
}

export const legWords: Words = {
  metered: { zh: '计量', en: 'Metered' },
  contract: { zh: '合同', en: 'Contract' },
  invoice: { zh: '发票', en: 'Invoices' },
  payment: { zh: '付款', en: 'Payments' },
}

/** Fields of an application that a correction asks for; documents and declared facts have their programme's words. */
export const fields: Words = {
  'contract.account': { zh: '调度器账户', en: 'Scheduler account' },
  'contract.amountFen': { zh: '合同总额', en: 'Contract amount' },
  'contract.cluster': { zh: '集群', en: 'Cluster' },
  'contract.endsOn': { zh: '合同止', en: 'Ends' },
  'contract.excludedFen': { zh: '其中存储、网络、安全等', en: 'Of it storage, network, security' },
  'contract.number': { zh: '合同编号', en: 'Contract number' },
  'contract.prices': { zh: '卡时单价', en: 'Prices per card-hour' },
  'contract.providerId': { zh: '算力供给方', en: 'Provider' },
  'contract.signedOn': { zh: '签订日', en: 'Signed' },
  'contract.startsOn': { zh: '合同起', en: 'Starts' },
  'contract.use': { zh: '主要用途', en: 'Main use' },
  'proofs.invoices': { zh: '发票', en: 'Invoices' },
  'proofs.payments': { zh: '付款凭证', en: 'Payments' },
  'statements.otherCitySubsidy': { zh: '其他市级补贴', en: 'Other city subsidy' },
  'statements.purpose': { zh: '用途说明', en: 'Purpose' },
  'statements.relatedParties': { zh: '与供给方的关联关系', en: 'Relation to the provider' },
  'statements.truthful': { zh: '真实性承诺', en: 'Promise of truth' },
}

export { lineReasons } from '../metering/index.ts'

/** Lines of a batch. */
export const lineStates: Words = {
  pending: { zh: '待付', en: 'pending' },
  paid: { zh: '已付', en: 'paid' },
  returned: { zh: '退票', en: 'returned' },
}

/** Clauses of a measure that have a name instead of a number. */
export const clauses: Words = {
  amount: { zh: '支持标准', en: 'amounts' },
  double: { zh: '不重复支持', en: 'no double support' },
  example: { zh: '官方示例', en: 'official example' },
  period: { zh: '所属期与窗口', en: 'period and window' },
  pool: { zh: '资金总额', en: 'pool' },
  procedure: { zh: '办理程序', en: 'procedure' },
  row: { zh: '表中本市一行', en: 'the row of the city' },
  title: { zh: '方案名称', en: 'title' },
  way: { zh: '办理方式', en: 'way' },
  what: { zh: '支持内容', en: 'what is supported' },
  who: { zh: '申报主体', en: 'who applies' },
}
