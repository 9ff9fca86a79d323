import type { RefusalTexts } from './texts.ts'

/** What is wrong with a take-over as a whole. */
const whole = {
  'take_over.exists': {
    status: 409,
    zh: '这项措施已有接管（{number}），一项措施只接管一次',
    en: 'there is a take-over of this programme already ({number}); a programme is taken over once',
  },
  'take_over.programme_started': {
    status: 409,
    zh: '这项措施在平台上已有申请或资金，不能再接管；接管须在启用之初进行',
    en: 'the programme has applications or money here already; it is taken over before anything else happens',
  },
  'take_over.way_without_voucher': {
    status: 422,
    zh: '这项措施不发券，没有可接管的券',
    en: 'the programme issues no vouchers, so there are none to take over',
  },
  'take_over.cut_over_future': {
    status: 422,
    zh: '接管日 {cutOverOn} 晚于今天，请填写原系统结账的日期',
    en: 'the cut-over {cutOverOn} is after today; give the day on which the old system was closed',
  },
  'take_over.wrong_state': {
    status: 409,
    zh: '这次接管{state}，不能这样办理；请刷新后再看',
    en: 'this take-over is {state}, so this cannot be done; read it again',
  },
  'take_over.not_a_pdf': {
    status: 422,
    zh: '结账报告须为签章后的 PDF 文件',
    en: 'the closing statement is to be a signed PDF',
  },
  'take_over.files_missing': {
    status: 409,
    zh: '还缺：{files}；上传后再校验',
    en: 'still missing: {files}; upload them, then check',
  },
  'take_over.not_checked': {
    status: 409,
    zh: '文件上传或修改后还没有校验，请先校验',
    en: 'the files have not been checked since they were uploaded; check them first',
  },
  'take_over.not_clean': {
    status: 409,
    zh: '还有 {refused} 处错误、{differences} 处与结账表不一致；改正后重新上传并校验',
    en: '{refused} refusals and {differences} differences from the closing statement are left; mend the files, upload and check again',
  },
  'take_over.base_changed': {
    status: 409,
    zh: '校验之后，平台上的数据或文件已有变化；请重新校验后再办',
    en: 'the files or what the platform knows have changed since the check; check again',
  },
  'take_over.own': {
    status: 403,
    zh: '须由编制人以外的财政人员复核',
    en: 'another finance officer than who prepared it must confirm it',
  },
  'take_over.reason_missing': { status: 422, zh: '退回须写明原因', en: 'to send it back needs a reason' },
  'take_over.no_statement': {
    status: 409,
    zh: '接管完成后才有期初报表',
    en: 'the opening statement comes with the posting of the take-over',
  },
  'take_over.no_file': {
    status: 409,
    zh: '没有上传过这个文件',
    en: 'no such file was uploaded',
  },
} as const satisfies RefusalTexts

/** What is wrong with a row, or with a list; shown with its sheet, row and column. */
const rows = {
  'take_over.row_twice': {
    status: 422,
    zh: '“{value}”在第 {first} 行已经出现，请只保留一行',
    en: '"{value}" stands in row {first} already; keep one',
  },
  'take_over.after_cut_over': {
    status: 422,
    zh: '日期 {day} 晚于接管日 {cutOverOn}；接管日之后的业务在平台上办理',
    en: '{day} is after the cut-over {cutOverOn}; what comes later is done here',
  },
  'take_over.days_disorder': {
    status: 422,
    zh: '日期先后不对：{from} 晚于 {to}，请核对',
    en: '{from} comes after {to}; check both',
  },
  'take_over.amount_zero': {
    status: 422,
    zh: '金额须大于零；没有发生的，删去这一行',
    en: 'the amount must be above zero; delete the row of what never was',
  },
  'take_over.contract_amount': {
    status: 422,
    zh: '合同金额须大于零，且不少于其中不予支持的金额',
    en: 'the contract amount must be above zero and not below what of it is not supported',
  },
  'take_over.beyond_amount': {
    status: 422,
    zh: '已核销、已过期、已撤销之和超出券面 {overYuan} 元，请核对',
    en: 'used, expired and revoked exceed the amount by {overYuan} yuan; check them',
  },
  'take_over.not_expired': {
    status: 422,
    zh: '有效期至 {usableUntil}，到接管日 {cutOverOn} 还没有过期；作废退回的请填“已撤销”',
    en: 'usable until {usableUntil}, so not expired at the cut-over {cutOverOn}; what a decision took belongs under revoked',
  },
  'take_over.expired_left': {
    status: 422,
    zh: '有效期至 {usableUntil}，余下 {leftYuan} 元应已过期退回，请填入“已过期退回”',
    en: 'usable until {usableUntil}: the {leftYuan} yuan that are left have expired; state them so',
  },
  'take_over.revoked_left': {
    status: 422,
    zh: '已撤销的券不能再用，余下 {leftYuan} 元应一并计入“已撤销退回”',
    en: 'a revoked voucher cannot be used: the {leftYuan} yuan that are left belong under revoked as well',
  },
  'take_over.meter_missing': {
    status: 422,
    zh: '券还有余额，须填集群、调度账号、芯片型号和卡时单价，否则以后的用量无法计量',
    en: 'something is left: give cluster, account, chip and price, else later use cannot be metered',
  },
  'take_over.claims_differ': {
    status: 422,
    zh: '券 {number} 已核销 {usedYuan} 元，而兑付表合计 {claimsYuan} 元，请补齐或改正',
    en: 'voucher {number} says {usedYuan} yuan used, its claims come to {claimsYuan}; complete or mend them',
  },
  'take_over.voucher_unknown': {
    status: 422,
    zh: '已发券表里没有券“{number}”，请核对券号',
    en: 'no voucher "{number}" in the list of vouchers; check the number',
  },
  'take_over.base_less': {
    status: 422,
    zh: '核定使用费不能少于兑付金额',
    en: 'the fee that was settled cannot be below the amount',
  },
  'take_over.period_outside': {
    status: 422,
    zh: '用量起止日须在合同期 {startsOn} 至 {endsOn} 之内',
    en: 'the use must lie within the contract, {startsOn} to {endsOn}',
  },
  'take_over.periods_overlap': {
    status: 422,
    zh: '与兑付 {number}（第 {first} 行）的用量日期重叠；同一用量只兑付一次',
    en: 'overlaps the use of claim {number} (row {first}); use is paid once',
  },
  'take_over.payment_half': {
    status: 422,
    zh: '支付日期和银行流水号须同时填写（已支付），或同时空着（未支付）',
    en: 'give both the day of payment and the bank reference, or neither while it is owed',
  },
  'take_over.firm_unknown': {
    status: 422,
    zh: '单位 {creditCode} 不在登记信息里，也不在单位名录里；请补入名录',
    en: 'firm {creditCode} is neither registered nor in the list of firms; add it there',
  },
  'take_over.code_doubtful': {
    status: 422,
    zh: '统一社会信用代码 {creditCode} 校验位不符，请与营业执照核对',
    en: 'the check digit of {creditCode} does not fit; compare it with the licence',
  },
  'take_over.provider_unknown': {
    status: 422,
    zh: '供给方 {creditCode} 没有登记为供给方，请先登记或核对代码',
    en: '{creditCode} is not registered as a provider; register it, or check the code',
  },
  'take_over.contract_used': {
    status: 422,
    zh: '单位的合同“{contractNumber}”在平台上已有申请 {number}，一份合同只支持一次',
    en: 'contract "{contractNumber}" of the firm carries application {number} already; a contract is supported once',
  },
  'take_over.district_foreign': {
    status: 422,
    zh: '“{district}”不是本市的区划代码',
    en: '"{district}" is no division code of this city',
  },
  'take_over.pool_without_money': {
    status: 422,
    zh: '资金表里没有资金池 {pool} 的资金，却有券由它支付',
    en: 'vouchers draw on pool {pool}, but no money of it is listed',
  },
  'take_over.pool_short': {
    status: 422,
    zh: '资金池 {pool} 的资金少 {shortYuan} 元，不够发放所列的券；请核对资金和券',
    en: 'pool {pool} is {shortYuan} yuan short of the vouchers listed; check money and vouchers',
  },
  'take_over.document_used': {
    status: 422,
    zh: '文号“{documentNumber}”在平台上已登记',
    en: 'document "{documentNumber}" is recorded here already',
  },
  'take_over.facts_missing': {
    status: 422,
    zh: '按措施计算限额还需要：{facts}；请先导入登记信息',
    en: 'its caps cannot be counted without {facts}; import the registers first',
  },
  'take_over.cap_exceeded': {
    status: 422,
    zh: '超出限额 {cap}（{subject} {period}）{overYuan}；上限 {limit}。请核对，或由主管部门调整措施后再接管',
    en: 'exceeds cap {cap} ({subject} {period}) by {overYuan}; its limit is {limit}. Check the rows, or have the programme changed before it is taken over',
  },
  'take_over.closing_without_programme': {
    status: 422,
    zh: '结账表须有一行“措施”合计',
    en: 'the closing statement needs its row of the whole programme',
  },
  'take_over.closing_key': {
    status: 422,
    zh: '“措施”行的代码空着；“资金池”行填区划代码或空着；“单位”行填统一社会信用代码',
    en: 'the programme has no code; a pool has a division code or none, a firm its credit code',
  },
  'take_over.ledger_refused': {
    status: 422,
    zh: '账本拒绝了期初分录（{result}）：{what}。请核对这一行的金额和限额',
    en: 'the ledger refuses the opening entry ({result}): {what}. Check its amounts and caps',
  },
} as const satisfies RefusalTexts

export const takeOver = { ...whole, ...rows } as const satisfies RefusalTexts
