import type { RefusalTexts } from './texts.ts'

export const capacity = {
  'capacity.class_twice': {
    status: 422,
    zh: '{chip} 填了两行，请合成一行',
    en: '{chip} stands in two lines; make them one',
  },
  'capacity.not_a_claim': {
    status: 422,
    zh: '“{text}”不是算力数值，请写成 2300P、4.9万P、1.2EFLOPS、2300 TFLOPS 或 2300P(FP16 稀疏)',
    en: '"{text}" is not a figure of compute; write 2300P, 4.9万P, 1.2EFLOPS, 2300 TFLOPS or 2300P(FP16 sparse)',
  },
  'capacity.not_a_card_list': {
    status: 422,
    zh: '“{text}”不是卡型清单，请写成 H800:1184,A800:64，数量为正整数',
    en: '"{text}" is not a list of cards; write H800:1184,A800:64 with whole counts above zero',
  },
  'capacity.unknown_card': {
    status: 422,
    zh: '加速卡表中没有“{model}”，请核对型号，或先把它录入卡表并注明来源',
    en: 'the accelerator table has no "{model}"; check the model, or enter it with its source first',
  },
} as const satisfies RefusalTexts
