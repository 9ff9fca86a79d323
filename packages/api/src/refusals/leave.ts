import type { RefusalTexts } from './texts.ts'

export const leave = {
  'leave.announced': {
    status: 409,
    zh: '该单位已有一份待处理的离岗申报；要修改请先撤回',
    en: 'an announcement for this organisation is open already; withdraw it first to change it',
  },
  'leave.decided': {
    status: 409,
    zh: '这份离岗申报已处理或已撤回',
    en: 'this announcement has been decided or withdrawn',
  },
  'leave.successor_needed': {
    status: 422,
    zh: '同意交接时须选择接手人',
    en: 'to approve, choose who takes over',
  },
} as const satisfies RefusalTexts
