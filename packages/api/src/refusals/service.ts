import type { RefusalTexts } from './texts.ts'

export const service = {
  'service.reason_missing': {
    status: 422,
    zh: '评价为不满意或非常不满意时请写明原因（至少 5 个字），便于整改和答复',
    en: 'a bad grade needs its reason in at least five characters, so that it can be mended and answered',
  },
  'service.step_open': {
    status: 409,
    zh: '这个环节还没有办结，办结后再评价',
    en: 'this step is not finished; appraise it once it is',
  },
  'service.appraised': {
    status: 409,
    zh: '这个环节已经评价过，一个环节评价一次',
    en: 'this step has been appraised; each step is appraised once',
  },
  'service.answered': {
    status: 409,
    zh: '已经有人答复，请刷新后查看',
    en: 'somebody has answered already; reload to read it',
  },
  'service.inquiry_not_found': {
    status: 404,
    zh: '没有编号和联系电话都相符的咨询或投诉，请核对后再查',
    en: 'no question or complaint has both this number and this telephone; check them and look again',
  },
} satisfies RefusalTexts
