// What a fund's payments carry, in words: in a refusal that names what is missing.
export const treasuryFields = {
  payerName: { zh: '付款单位', en: 'the payer' },
  payerAccount: { zh: '付款账号', en: 'the paying account' },
  payerBankName: { zh: '付款银行', en: 'the paying bank' },
  payerBankCode: { zh: '付款行联行号', en: 'the CNAPS number of the paying bank' },
  budgetUnitCode: { zh: '预算单位编码', en: 'the code of the budget unit' },
  projectCode: { zh: '项目编码', en: 'the code of the project' },
  functionClass: { zh: '支出功能分类', en: 'the functional class' },
  economicClass: { zh: '政府预算经济分类', en: 'the economic class of the government' },
  departmentClass: { zh: '部门预算经济分类', en: 'the economic class of the department' },
  fundNature: { zh: '资金性质', en: 'the nature of the money' },
  paymentMode: { zh: '支付方式', en: 'the mode of payment' },
  payerLatinName: { zh: '付款单位拉丁字母名称', en: 'the payer in Latin letters' },
} as const
