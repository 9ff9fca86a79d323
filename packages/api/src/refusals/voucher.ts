import type { RefusalTexts } from './texts.ts'

export const voucher = {
  'voucher.cap_reached': {
    status: 409,
    zh: '超过上限“{cap}”：还可用 {leftYuan} 元',
    en: 'above the cap "{cap}": {leftYuan} yuan are left',
  },
  'voucher.exceeds_balance': {
    status: 409,
    zh: '券 {number} 可用余额 {leftYuan} 元，不足 {wantedYuan} 元',
    en: 'voucher {number} has {leftYuan} yuan left, less than {wantedYuan} yuan',
  },
} as const satisfies RefusalTexts
