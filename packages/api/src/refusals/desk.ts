import type { RefusalTexts } from './texts.ts'

export const desk = {
  'view.too_many': {
    status: 409,
    zh: '您已保存 {maximum} 个视图，请先删去不用的再保存',
    en: 'you keep {maximum} views already; discard one that you no longer use',
  },
  'unmasking.over': {
    status: 403,
    zh: '查看原文的时限已过，如仍需要请重新说明理由',
    en: 'the time for reading this unmasked is over; give a reason again if it is still needed',
  },
} as const satisfies RefusalTexts
