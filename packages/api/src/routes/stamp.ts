// 印章: the image of an authority's seal on its documents, proposed by an administrator, put in force by a second person.
import { z } from 'zod'
import { route } from '../route.ts'
import { dayText, idParams, idText, instantText, plainText } from '../wire.ts'

const stamp = z
  .object({
    id: idText,
    authority: z.string(),
    sha256: z.string(),
    width: z.number().int(),
    height: z.number().int(),
    validFrom: dayText,
    validUntil: dayText.nullable(),
    state: z.enum(['proposed', 'in_force', 'refused']),
    proposedBy: z.string(),
    proposedAt: instantText,
    decidedBy: z.string().nullable(),
    decidedAt: instantText.nullable(),
    /** the reader may put it in force: has the right, and did not propose it */
    mine: z.boolean(),
  })
  .meta({ id: 'Stamp' })

export const stampRoutes = {
  proposeStamp: route('POST /api/stamps', {
    summary: { zh: '上传印章图像', en: 'propose the image of a seal' },
    access: 'stamp.propose',
    transport: 'upload',
    query: z.object({ authority: plainText(60, 1), validFrom: dayText, validUntil: dayText.optional() }),
    answer: stamp,
    refusals: ['stamp.not_png', 'stamp.too_large', 'stamp.days_wrong', 'stamp.authority_unknown'],
  }),
  decideStamp: route('POST /api/stamps/:id/decision', {
    summary: { zh: '签署启用印章', en: 'put a seal in force, or not' },
    access: 'stamp.sign',
    params: idParams,
    body: z.object({ decision: z.enum(['put_in_force', 'refuse']) }),
    answer: stamp,
    refusals: ['stamp.decided', 'stamp.second_person', 'stamp.days_wrong'],
  }),
  listStamps: route('GET /api/stamps', {
    summary: { zh: '印章', en: 'seals' },
    access: 'stamp.read',
    answer: z.object({ items: z.array(stamp), authorities: z.array(z.string()) }),
  }),
  readStampImage: route('GET /api/stamps/:id/image', {
    summary: { zh: '查看印章图像', en: 'the image of a seal' },
    access: 'stamp.read',
    transport: 'download',
    params: idParams,
    answer: z.unknown(),
  }),
} as const
