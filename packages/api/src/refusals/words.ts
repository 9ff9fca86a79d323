// Words for the codes that stand in a refusal's params, so that its sentence is whole in both languages: states and
// events of the workflows, kinds of documents, and what a person wanted to do. The params themselves keep the codes.

type Words = Readonly<Record<string, { readonly zh: string; readonly en: string }>>

const states: Words = {
  new: { zh: '新建', en: 'new' },
  draft: { zh: '草稿', en: 'a draft' },
  submitted: { zh: '审核中', en: 'under review' },
  correction: { zh: '待补正', en: 'awaiting correction' },
  waiting: { zh: '排队等额度', en: 'waiting for funds' },
  proposed: { zh: '拟支持，待公示', en: 'proposed, to be announced' },
  announced: { zh: '公示中', en: 'under notice' },
  objected: { zh: '异议核查中', en: 'under objection' },
  granted: { zh: '已发券', en: 'granted' },
  refused: { zh: '不予支持', en: 'refused' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  approved: { zh: '已审定', en: 'approved' },
  batched: { zh: '拨付中', en: 'in a payment batch' },
  paid: { zh: '已到账', en: 'paid' },
  prepared: { zh: '待复核', en: 'prepared, to be approved' },
  cancelled: { zh: '已撤销', en: 'cancelled' },
}

const events: Words = {
  submit: { zh: '提交', en: 'submitting' },
  withdraw: { zh: '撤回', en: 'withdrawing' },
  request_correction: { zh: '要求补正', en: 'asking for a correction' },
  approve: { zh: '批准', en: 'approving' },
  approve_waiting: { zh: '批准并排队', en: 'approving into the waiting list' },
  refuse: { zh: '不予支持', en: 'refusing' },
  lapse: { zh: '逾期终止', en: 'lapsing' },
  fund: { zh: '补足额度', en: 'funding' },
  announce: { zh: '公示', en: 'announcing' },
  object: { zh: '提出异议', en: 'objecting' },
  issue: { zh: '发券', en: 'issuing' },
  dismiss: { zh: '认定异议不成立', en: 'dismissing the objection' },
  uphold: { zh: '认定异议成立', en: 'upholding the objection' },
  batch: { zh: '列入拨付', en: 'putting it into a batch' },
  unbatch: { zh: '移出拨付', en: 'taking it out of the batch' },
  pay: { zh: '记为已付', en: 'recording the payment' },
  return_payment: { zh: '记为退票', en: 'recording the returned payment' },
  cancel: { zh: '撤销', en: 'cancelling' },
  confirm: { zh: '记录银行回单', en: "recording the bank's answer" },
}

const things: Words = {
  adoption: { zh: '这项措施', en: 'this programme' },
  application: { zh: '这份申请', en: 'this application' },
  appropriation: { zh: '这笔预算安排', en: 'this appropriation' },
  attachment: { zh: '这个文件', en: 'this file' },
  claim: { zh: '这份兑付申请', en: 'this claim' },
  contract: { zh: '这份合同', en: 'this contract' },
  disbursement: { zh: '这个拨付批次', en: 'this payment batch' },
  notice: { zh: '这份公示', en: 'this notice' },
  objection: { zh: '这份异议', en: 'this objection' },
  organisation: { zh: '这家单位', en: 'this organisation' },
  voucher: { zh: '这张券', en: 'this voucher' },
}

const acts: Words = {
  'session.read': { zh: '查看登录信息', en: 'read the session' },
  'person.create': { zh: '新建账号', en: 'create an account' },
  'person.list': { zh: '查看人员', en: 'list people' },
  'organisation.import': { zh: '导入单位', en: 'import organisations' },
  'organisation.read': { zh: '查看单位', en: 'read organisations' },
  'organisation.confirm_credit_code': { zh: '确认信用代码', en: 'confirm a credit code' },
  'adoption.create': { zh: '采用措施', en: 'adopt a programme' },
  'appropriation.propose': { zh: '提出预算安排', en: 'propose an appropriation' },
  'appropriation.approve': { zh: '复核预算安排', en: 'approve an appropriation' },
  'appropriation.list': { zh: '查看预算安排', en: 'list appropriations' },
  'application.draft': { zh: '填写申请', en: 'draft an application' },
  'application.submit': { zh: '提交申请', en: 'submit an application' },
  'application.withdraw': { zh: '撤回申请', en: 'withdraw an application' },
  'application.read': { zh: '查看申请', en: 'read applications' },
  'application.decide': { zh: '审核申请', en: 'decide on applications' },
  'attachment.upload': { zh: '上传文件', en: 'upload files' },
  'attachment.read': { zh: '下载文件', en: 'read files' },
  'notice.publish': { zh: '发布公示', en: 'publish a notice' },
  'objection.list': { zh: '查看异议', en: 'list objections' },
  'objection.answer': { zh: '答复异议', en: 'answer an objection' },
  'voucher.read': { zh: '查看券', en: 'read vouchers' },
  'usage.import': { zh: '导入用量', en: 'import use' },
  'usage.read': { zh: '查看用量', en: 'read use' },
  'claim.submit': { zh: '申请兑付', en: 'file a claim' },
  'claim.withdraw': { zh: '撤回兑付申请', en: 'withdraw a claim' },
  'claim.read': { zh: '查看兑付申请', en: 'read claims' },
  'claim.decide': { zh: '审核兑付申请', en: 'decide on claims' },
  'disbursement.prepare': { zh: '编制拨付批次', en: 'prepare a payment batch' },
  'disbursement.approve': { zh: '复核拨付批次', en: 'approve a payment batch' },
  'disbursement.confirm': { zh: '记录银行回单', en: "record the bank's answer" },
  'disbursement.read': { zh: '查看拨付', en: 'read payment batches' },
  'pool.read': { zh: '查看资金池', en: 'read the pool' },
  'ledger.verify': { zh: '验证账本', en: 'verify the ledger' },
  'audit.read': { zh: '查看操作记录', en: 'read the trail' },
}

/** By the name of the param whose codes they put in words. */
export const paramWords: Readonly<Record<string, Words>> = {
  state: states,
  event: events,
  what: things,
  action: acts,
}
