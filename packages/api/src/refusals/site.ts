import type { RefusalTexts } from './texts.ts'

export const site = {
  'site.administrators_missing': {
    status: 409,
    zh: '启用三员分立前，须先有在用的安全管理员和审计管理员，且由不同的人担任；还缺：{missing}',
    en: 'before the administrators are kept apart there must be a security and an audit administrator, two people; missing: {missing}',
  },
  'site.administrators_apart': {
    status: 409,
    zh: '三员分立已启用；只能在服务器本机上解除',
    en: 'the administrators are kept apart already; only on the machine itself can this be ended',
  },
} as const satisfies RefusalTexts
