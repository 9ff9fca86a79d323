// 回避: a reviewer declares a conflict of interest about a firm or one case; from then on others decide. It stays.
import { z } from 'zod'
import { route } from '../route.ts'
import { idText, instantText, plainText } from '../wire.ts'

const about = z.enum(['organisation', 'application', 'claim'])

const conflict = z
  .object({
    id: idText,
    about,
    objectId: idText,
    organisationId: idText,
    organisationName: z.string(),
    label: z.string(),
    personName: z.string(),
    reason: z.string(),
    declaredAt: instantText,
    mine: z.boolean(),
  })
  .meta({ id: 'Conflict' })

export const conflictRoutes = {
  declareConflict: route('POST /api/conflicts', {
    summary: { zh: '声明回避', en: 'declare a conflict of interest' },
    access: 'conflict.declare',
    body: z.object({ about, objectId: idText, reason: plainText(500, 2) }),
    answer: conflict,
    refusals: ['conflict.declared'],
  }),
  listConflicts: route('GET /api/conflicts', {
    summary: { zh: '回避声明', en: 'conflicts of interest declared' },
    access: 'conflict.read',
    answer: z.object({ items: z.array(conflict) }),
  }),
} as const
