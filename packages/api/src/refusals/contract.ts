import type { RefusalTexts } from './texts.ts'

export const contract = {
  'contract.reason_needed': {
    status: 422,
    zh: '更正或不予确认须写明理由（至少 2 个字）',
    en: 'a correction or a refusal needs a reason of at least 2 characters',
  },
  'contract.nothing_corrected': {
    status: 422,
    zh: '更正内容与单位填报的一致，请改为“确认”，或写明应更正的内容',
    en: 'the correction says what the firm says; confirm instead, or say what is different',
  },
  'contract.terms_changed': {
    status: 409,
    zh: '单位已修改合同内容，请按最新内容重新核对',
    en: 'the firm has changed the contract; look at it again',
  },
} as const satisfies RefusalTexts
