import type { RefusalTexts } from './texts.ts'

export const attachment = {
  'attachment.unknown': {
    status: 422,
    zh: '材料 {attachmentId} 不存在或不属于本单位，请重新上传',
    en: 'document {attachmentId} does not exist or is not yours; upload it again',
  },
  'attachment.type_not_accepted': {
    status: 415,
    zh: '不接受该文件类型，请上传 {accepted}',
    en: 'this type of file is not accepted; upload {accepted}',
  },
  'attachment.not_what_it_says': {
    status: 415,
    zh: '文件名为 {fileName}，内容却是 {found}，请检查后重新上传',
    en: 'the file is called {fileName} but holds {found}; check it and upload again',
  },
  'attachment.empty': { status: 422, zh: '文件是空的', en: 'the file is empty' },
  'attachment.half_written': {
    status: 400,
    zh: '上传中断，文件不完整，请重新上传',
    en: 'the upload broke off and the file is incomplete; upload it again',
  },
  'attachment.name_refused': {
    status: 422,
    zh: '文件名含有不允许的字符，请改名后上传',
    en: 'the file name has characters that are not allowed; rename it',
  },
} as const satisfies RefusalTexts
