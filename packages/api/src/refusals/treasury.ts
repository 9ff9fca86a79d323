import type { RefusalTexts } from './texts.ts'

export const treasury = {
  'treasury.profile_missing': {
    status: 409,
    zh: '不能生成该文件，缺少国库支付参数：{fields}；请在“专项资金”中补齐，再撤销并重新编制批次',
    en: 'the file cannot be made without {fields}: set them with the fund, then cancel the batch and prepare it anew',
  },
  'treasury.not_expressible': {
    status: 422,
    zh: '指令 {instructionId} 的“{field}”超出报文允许的长度或字符，请改用表格文件',
    en: 'instruction {instructionId}: {field} is longer than the message allows or holds letters that it cannot carry; use a table instead',
  },
  'treasury.account_malformed': {
    status: 422,
    zh: '账号“{account}”不是 8 至 32 位数字，也不是有效的 IBAN，请核对',
    en: 'account {account} is neither 8 to 32 digits nor a valid IBAN; check it',
  },
  'treasury.unchanged': {
    status: 409,
    zh: '参数与第 {version} 版相同，没有需要保存的变化',
    en: 'the settings are those of version {version}; there is nothing to keep',
  },
  'treasury.answer_unreadable': {
    status: 422,
    zh: '读不出银行回单：{found}。请上传 CSV、Excel（.xlsx）或 pain.002 XML',
    en: 'the answer of the bank cannot be read: {found}; send CSV, Excel (.xlsx) or pain.002 XML',
  },
  'treasury.answer_columns': {
    status: 422,
    zh: '回单表头缺少：{columns}。至少要有指令号、金额、结果三列',
    en: 'the head of the table lacks {columns}: instruction id, amount and result are needed',
  },
  'treasury.answer_other_batch': {
    status: 422,
    zh: '回单报文对应批次 {found}，不是本批次 {number}',
    en: 'the message answers batch {found}, not {number}',
  },
  'treasury.answer_faults': {
    status: 422,
    zh: '回单有 {count} 行不能登记，第一处在第 {row} 行（指令号 {instructionId}）；整份文件没有登记任何一行',
    en: '{count} lines cannot be recorded, the first in row {row} (instruction {instructionId}); nothing of the file was recorded',
  },
  'treasury.answer_known': {
    status: 409,
    zh: '回单里没有新的结果：各行此前都已登记，或银行尚未处理完',
    en: 'the answer holds nothing that is not recorded: every line is known, or still waits at the bank',
  },
  'disbursement.account_malformed': {
    status: 422,
    zh: '{organisationName} 的收款账号 {account} 不像银行账号（应为 8 至 32 位数字或 IBAN），请先更正单位资料',
    en: 'the account {account} of {organisationName} is no bank account (8 to 32 digits, or an IBAN); correct the firm’s record first',
  },
  'disbursement.whole_accounts': {
    status: 403,
    zh: '该文件含完整账号，只有财政人员可以下载；其他人请下载隐去账号的 CSV',
    en: 'this file holds whole accounts and is for finance alone; download the CSV in which they are masked',
  },
  'disbursement.not_paid': {
    status: 409,
    zh: '兑付申请 {claimNumber} 在本批次中没有付成，不能登记退回',
    en: 'claim {claimNumber} is not paid by this batch: nothing can come back',
  },
  'disbursement.returned_taken_back': {
    status: 409,
    zh: '兑付申请 {claimNumber} 的款项已由 {number} 决定追回，退回的钱请在该追回中登记收回',
    en: 'the money of claim {claimNumber} is demanded back by {number}: record what came back as recovered there',
  },
  'disbursement.returned_in_correction': {
    status: 409,
    zh: '兑付申请 {claimNumber} 正在更正（{number}），请先完成更正再登记退回',
    en: 'claim {claimNumber} is being corrected ({number}): finish that before recording the return',
  },
} as const satisfies RefusalTexts
