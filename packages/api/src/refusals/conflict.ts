import type { RefusalTexts } from './texts.ts'

export const conflict = {
  'conflict.declared': {
    status: 409,
    zh: '您已就此声明回避',
    en: 'you have declared this conflict already',
  },
} as const satisfies RefusalTexts
