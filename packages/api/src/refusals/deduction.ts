import type { RefusalTexts } from './texts.ts'

export const deduction = {
  'deduction.firm_claims': {
    status: 409,
    zh: '券 {number} 由企业自己申请兑付，不能在账单上抵扣',
    en: 'voucher {number} is claimed by the firm itself and cannot be deducted from a bill',
  },
  'deduction.month_outside_contract': {
    status: 422,
    zh: '{month} 不在合同期 {startsOn} 至 {endsOn} 之内',
    en: '{month} lies outside the contract, {startsOn} to {endsOn}',
  },
  'deduction.proofs_missing': {
    status: 422,
    zh: '申请兑付要有发票和企业付款凭证',
    en: "a claim needs the invoice and the firm's payment",
  },
} as const satisfies RefusalTexts
