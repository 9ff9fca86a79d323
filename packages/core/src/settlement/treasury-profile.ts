// 国库支付参数: what a treasury or a bank asks of a payment beside payee and amount. The account that pays and the codes of the
// budget differ from place to place and from year to year, so they are versioned settings of a fund, never constants.

/** Null: not set. Codes are those of the place's own tables of budget classification. */
export interface TreasuryProfile {
  /** 付款单位 */
  readonly payerName: string | null
  readonly payerAccount: string | null
  readonly payerBankName: string | null
  /** 付款行联行号, 12 digits */
  readonly payerBankCode: string | null
  /** 预算单位编码 */
  readonly budgetUnitCode: string | null
  /** 项目编码 */
  readonly projectCode: string | null
  /** 指标文号 */
  readonly quotaDocument: string | null
  /** 支出功能分类 */
  readonly functionClass: string | null
  /** 政府预算支出经济分类 */
  readonly economicClass: string | null
  /** 部门预算支出经济分类 */
  readonly departmentClass: string | null
  /** 资金性质 */
  readonly fundNature: string | null
  /** 支付方式 */
  readonly paymentMode: string | null
  /** letters that the bank's system takes in names: Chinese, or those of SWIFT's set x alone */
  readonly letters: 'chinese' | 'swift'
  /** the payer in letters of SWIFT's set x */
  readonly payerLatinName: string | null
}

export type TreasuryField = keyof TreasuryProfile

/** The files of a batch, beside the bank's plain list, which asks for nothing. */
export type PaymentFile = 'xlsx' | 'pain001'

const NEEDED: Readonly<Record<PaymentFile, readonly TreasuryField[]>> = {
  xlsx: [
    'payerName',
    'payerAccount',
    'payerBankName',
    'budgetUnitCode',
    'projectCode',
    'functionClass',
    'economicClass',
    'departmentClass',
    'fundNature',
    'paymentMode',
  ],
  pain001: ['payerName', 'payerAccount', 'payerBankCode'],
}

export const NO_PROFILE: TreasuryProfile = {
  payerName: null,
  payerAccount: null,
  payerBankName: null,
  payerBankCode: null,
  budgetUnitCode: null,
  projectCode: null,
  quotaDocument: null,
  functionClass: null,
  economicClass: null,
  departmentClass: null,
  fundNature: null,
  paymentMode: null,
  letters: 'chinese',
  payerLatinName: null,
}

/** What a file cannot be made without, in the order of the settings. */
export function missingFor(profile: TreasuryProfile, file: PaymentFile): readonly TreasuryField[] {
  const latin: readonly TreasuryField[] =
    file === 'pain001' && profile.letters === 'swift' ? ['payerLatinName'] : []
  return [...NEEDED[file], ...latin].filter((field) => profile[field] === null)
}
