import type { RefusalTexts } from './texts.ts'

export const stamp = {
  'stamp.not_png': {
    status: 422,
    zh: '印章图像须是完整的 PNG 文件（每色 8 位，不用调色板，不隔行），按文件内容判断；请重新导出后上传',
    en: 'a seal is a whole PNG (8 bits a channel, no palette, not interlaced), judged by its bytes; export it again and upload that',
  },
  'stamp.too_large': {
    status: 422,
    zh: '印章图像最大 {maximum}，长宽在 {least} 至 {most} 像素之间',
    en: 'a seal has at most {maximum} and {least} to {most} pixels a side',
  },
  'stamp.days_wrong': {
    status: 422,
    zh: '启用日不能早于今天，停用日不能早于启用日：已经发出的文书不能换章',
    en: 'a seal begins today or later and ends no sooner: documents that are out keep theirs',
  },
  'stamp.authority_unknown': {
    status: 422,
    zh: '没有以“{authority}”名义采用的措施，请从列表中选择机关',
    en: 'no programme is adopted by "{authority}"; choose an authority from the list',
  },
  'stamp.decided': {
    status: 409,
    zh: '这枚印章已经办理，请刷新页面',
    en: 'this seal is decided on already; reload the page',
  },
  'stamp.second_person': {
    status: 403,
    zh: '印章须由提出人以外的人签署启用',
    en: 'somebody else than who proposed a seal puts it in force',
  },
} as const satisfies RefusalTexts
