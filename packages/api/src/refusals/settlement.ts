import type { SettlementRefusal, ShortfallCode, WaitingCode } from '@suanquan/core/settlement'
import type { RefusalText } from './texts.ts'

export const settlement = {
  'settlement.no_legs': {
    status: 422,
    zh: '政策措施没有指定核对项（计量、合同、发票、付款），无法清算，请在措施中写明',
    en: 'the programme names none of the legs (metered, contract, invoice, payment); it must name at least one',
  },
  'settlement.amount_not_positive': {
    status: 422,
    zh: '“{ref}”的金额（{fen} 分）应大于 0，请更正；冲红请填写红字发票',
    en: 'the amount of "{ref}" ({fen} fen) must be above zero; enter a red-letter invoice as such',
  },
  'settlement.amount_negative': {
    status: 422,
    zh: '“{ref}”中的扣减金额（{fen} 分）不能为负，请更正',
    en: 'a deduction of "{ref}" ({fen} fen) is below zero; correct it',
  },
  'settlement.red_letter_not_negative': {
    status: 422,
    zh: '红字发票 {number} 的金额应为负数，请按票面填写',
    en: 'the red-letter invoice {number} must have an amount below zero; enter it as printed',
  },
  'settlement.red_letter_exceeds': {
    status: 422,
    zh: '红字发票 {number} 合计超过原发票 {original} 的金额，请核对发票号码和金额',
    en: 'red-letter invoice {number} and its like take back more than the original {original}; check numbers and amounts',
  },
  'settlement.lines_of_another_contract': {
    status: 409,
    zh: '计费明细属于合同 {other}，不属于本次清算的合同 {contractNo}，请重新选择',
    en: 'a rated line belongs to contract {other}, not to contract {contractNo} of this claim; choose again',
  },
  'settlement.asked_not_positive': {
    status: 422,
    zh: '申请兑付的金额应大于 0，请更正或留空按可兑付全额申请',
    en: 'the amount asked for must be above zero; correct it, or leave it empty to ask for all',
  },
} as const satisfies Readonly<Record<SettlementRefusal, RefusalText>>

/** Why rated use is unpaid, where no match says it. */
export const waitingTexts = {
  not_claimed: { zh: '尚未申请兑付', en: 'not claimed yet' },
  under_review: { zh: '兑付审核中', en: 'the claim is under review' },
  awaiting_payment: { zh: '已核准，待拨付', en: 'approved; payment is on its way' },
  approved_less: {
    zh: '核准金额低于可支付金额的部分',
    en: 'what the decision left out of the payable amount',
  },
  rated_since_claim: {
    zh: '申请兑付之后新增或更正的用量',
    en: 'use that came or was corrected after the claim',
  },
  settled_too_much: {
    zh: '更正后用量低于已清算金额（待更正或追回）',
    en: 'more was settled than the corrected use is worth; to be corrected or taken back',
  },
  not_metered: { zh: '该政策不按计量金额清算', en: 'the programme does not settle on the metered amount' },
} as const satisfies Readonly<Record<WaitingCode, { readonly zh: string; readonly en: string }>>

/** One sentence a shortfall: what does not count and why, as firm, centre and reviewer all read it. */
export const shortfallTexts = {
  node_failed: { zh: '节点故障期间的用量，不计费', en: 'use on a node that failed is not charged' },
  outside_term: { zh: '合同期限以外的用量', en: 'use outside the term of the contract' },
  outside_usable_days: {
    zh: '政策支持期限以外的用量',
    en: 'use outside the days that the programme pays for',
  },
  idle: {
    zh: '监测表明设备空闲的时间，政策规定不予兑付',
    en: 'time in which monitoring saw the devices idle, which the programme does not pay for',
  },
  beyond_use: {
    zh: '最低时长、计费单位进位等未实际使用的收费',
    en: 'charged beyond use, by a minimum or a started step',
  },
  excluded_item: {
    zh: '存储、网络、安全等不属于算力的项目',
    en: 'storage, network or security sold with the compute, which is no compute',
  },
  within_lease: {
    zh: '整机租赁期内的作业，费用按月计入租赁',
    en: 'runs within a lease of whole devices, whose month is charged instead',
  },
  run_not_ended: {
    zh: '作业尚未结束，留待下次申请',
    en: 'the run has not ended; it waits for the next claim',
  },
  metered_settled_before: {
    zh: '本期用量中已在以前申请中清算的部分',
    en: 'use of this period that earlier claims settled',
  },
  upstream_not_joined: {
    zh: '上游合同的买方不是本合同的供给方，用量追不到算力中心',
    en: 'the buyer of the upstream contract is not the provider of this one: the use cannot be traced to the centre',
  },
  upstream_outside_term: {
    zh: '运营商与算力中心的合同期限以外的用量',
    en: "use outside the term of the operator's contract with the centre",
  },
  upstream_chip_not_bought: {
    zh: '运营商没有向算力中心购买的卡型',
    en: 'a class of card that the operator did not buy from the centre',
  },
  upstream_contract_covers_less: {
    zh: '运营商与算力中心的合同剩余金额不足',
    en: "what is left of the operator's contract with the centre covers less",
  },
  upstream_invoices_cover_less: {
    zh: '算力中心开给运营商的有效发票金额不足',
    en: "the centre's invoices to the operator that count cover less",
  },
  upstream_payments_cover_less: {
    zh: '运营商付给算力中心的有效付款金额不足',
    en: "the operator's payments to the centre that count cover less",
  },
  disputed: {
    zh: '有争议的用量，争议办结前暂不支付',
    en: 'use in dispute; it is not paid before the dispute is closed',
  },
  contract_excluded_items: {
    zh: '合同中不予支持的项目（存储、网络、安全等）',
    en: 'items of the contract that the programme excludes (storage, network, security)',
  },
  contract_settled_before: {
    zh: '合同额中已清算的部分',
    en: 'the part of the contract that earlier claims settled',
  },
  contract_covers_less: { zh: '合同剩余金额不足', en: 'what is left of the contract covers less' },
  invoice_repeated: { zh: '同一张发票重复提交', en: 'the same invoice was handed in twice' },
  invoice_voided: { zh: '发票已作废（经税务查验）', en: 'the invoice is void by the tax authority' },
  invoice_not_found: {
    zh: '税务查验查无此票',
    en: 'the tax authority does not know the invoice',
  },
  invoice_wrong_seller: {
    zh: '发票销售方与合同供给方不一致',
    en: 'the seller on the invoice is not the provider of the contract',
  },
  invoice_wrong_buyer: {
    zh: '发票购买方与合同买方不一致',
    en: 'the buyer on the invoice is not the buyer of the contract',
  },
  invoice_before_contract: {
    zh: '发票开具日期早于合同签订日期',
    en: 'the invoice is dated before the contract was signed',
  },
  invoice_after_claim: { zh: '发票开具日期晚于申请日期', en: 'the invoice is dated after the claim' },
  invoice_red_letter: { zh: '已被红字发票冲减', en: 'taken back by a red-letter invoice' },
  invoice_red_letter_of_another: {
    zh: '红字发票冲减的是以前申请中的发票',
    en: 'a red-letter invoice takes back an invoice of an earlier claim',
  },
  invoice_excluded_items: {
    zh: '发票中不予支持的项目（存储、网络、安全等）',
    en: 'items of the invoice that the programme excludes (storage, network, security)',
  },
  invoice_settled_before: {
    zh: '发票金额中已在其他申请中使用的部分',
    en: 'the part of the invoice that other claims have used',
  },
  invoices_cover_less: { zh: '有效发票金额不足', en: 'the invoices that count cover less' },
  payment_repeated: { zh: '同一笔付款重复提交', en: 'the same payment was handed in twice' },
  payment_wrong_payer: { zh: '付款方不是合同买方', en: 'the payer is not the buyer of the contract' },
  payment_wrong_payee: { zh: '收款方不是合同供给方', en: 'the payee is not the provider of the contract' },
  payment_before_contract: {
    zh: '付款日期早于合同签订日期',
    en: 'the payment is dated before the contract was signed',
  },
  payment_after_claim: { zh: '付款日期晚于申请日期', en: 'the payment is dated after the claim' },
  payment_settled_before: {
    zh: '付款金额中已在其他申请中使用的部分',
    en: 'the part of the payment that other claims have used',
  },
  payments_cover_less: { zh: '有效付款金额不足', en: 'the payments that count cover less' },
  asked_less: { zh: '申请人申请的金额较低', en: 'the claimant asked for less' },
} as const satisfies Readonly<Record<ShortfallCode, { readonly zh: string; readonly en: string }>>
