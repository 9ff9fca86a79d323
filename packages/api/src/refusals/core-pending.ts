import type { RefusalTexts } from './texts.ts'

export const corePending = {
  'disclosure.notice_closed': {
    status: 409,
    zh: '公示已于 {closesOn} 结束',
    en: 'the notice closed on {closesOn}',
  },
  'disclosure.progress_not_found': {
    status: 404,
    zh: '编号与信用代码不匹配，请核对',
    en: 'the number and the credit code do not match; check both',
  },
  'metering.foreign_file': { status: 422, zh: '文件不是调度器记账', en: 'not scheduler accounting' },
  'metering.truncated': { status: 422, zh: '文件不完整', en: 'the file is truncated' },
  'metering.unreadable_record': { status: 422, zh: '记录无法读取', en: 'a record cannot be read' },
  'metering.unknown_shape': { status: 422, zh: '未知的记账格式', en: 'unknown shape' },
  'settlement.invoice_parties': { status: 422, zh: '发票双方与合同不符', en: 'invoice parties do not match' },
} as const satisfies RefusalTexts
