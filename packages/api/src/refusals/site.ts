import type { RefusalTexts } from './texts.ts'

export const site = {
  'site.administrators_missing': {
    status: 409,
    zh: '启用三员分立前，须先有在用的安全管理员和审计管理员，且由不同的人担任；还缺：{missing}',
    en: 'before the administrators are kept apart there must be a security and an audit administrator, two people; missing: {missing}',
  },
  'site.administrators_apart': {
    status: 409,
    zh: '三员分立已启用；只能在服务器本机上用 suanquan user join-administrators 解除',
    en: 'the administrators are kept apart already; this is ended on the machine itself by suanquan user join-administrators',
  },
  'site.administrators_together': {
    status: 409,
    zh: '三员分立没有启用，无需解除',
    en: 'the administrators are not kept apart; there is nothing to end',
  },
  'site.reason_needed': {
    status: 422,
    zh: '请写明理由（至少 2 个字）',
    en: 'give a reason of at least 2 characters',
  },
} as const satisfies RefusalTexts
