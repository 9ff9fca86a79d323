import type { RefusalTexts } from './texts.ts'

export const money = {
  'money.not_a_number': {
    status: 422,
    zh: '“{text}”不是金额，请写成 200万元、1234.56元 或 5亿元',
    en: '"{text}" is not an amount; write 200万元, 1234.56元 or 5亿元',
  },
  'money.no_unit': {
    status: 422,
    zh: '金额“{text}”没有单位，请写明 元、万元 或 亿元',
    en: 'the amount "{text}" has no unit; add 元, 万元 or 亿元',
  },
  'money.finer_than_fen': {
    status: 422,
    zh: '金额“{text}”小于一分，最多写到分',
    en: 'the amount "{text}" is finer than one fen; write whole fen at most',
  },
  'rate.not_a_rate': {
    status: 422,
    zh: '“{text}”不是比例，请写成 30%、12.5% 或 2/37',
    en: '"{text}" is not a rate; write 30%, 12.5% or 2/37',
  },
  'rate.above_one': {
    status: 422,
    zh: '比例“{text}”超过 100%；请写 100% 以内的比例',
    en: 'the rate "{text}" is above 100%; write 100% or less',
  },
} as const satisfies RefusalTexts
