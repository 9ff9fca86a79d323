// 材料: the files that firms and providers upload, and reading them.
import { z } from 'zod'
import { route } from '../route.ts'
import { idParams, idText } from '../wire.ts'
import { attachment, documentKinds } from './application.ts'

export const attachmentRoutes = {
  uploadAttachment: route('POST /api/attachments', {
    summary: { zh: '上传材料', en: 'upload a document' },
    access: 'attachment.upload',
    transport: 'upload',
    query: z.object({ kind: z.enum(documentKinds), organisationId: idText }),
    answer: attachment,
    refusals: [
      'attachment.type_not_accepted',
      'attachment.not_what_it_says',
      'attachment.empty',
      'attachment.half_written',
      'attachment.name_refused',
    ],
  }),
  readAttachment: route('GET /api/attachments/:id', {
    summary: { zh: '下载材料', en: 'download a document' },
    access: 'attachment.read',
    transport: 'download',
    params: idParams,
    answer: z.unknown(),
    refusals: ['archive.paper_disposed'],
  }),
} as const
