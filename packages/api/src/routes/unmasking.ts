// 查看原文: personal data is masked everywhere; one record is shown whole for one purpose, with a reason, for a quarter of an
// hour, and the auditor sees that it was.
import { z } from 'zod'
import { route } from '../route.ts'
import { idParams, idText, instantText, pageOf, pageQuery, plainText } from '../wire.ts'

export const unmaskable = ['application', 'claim', 'objection', 'organisation', 'disbursement'] as const
export const unmaskingPurposes = ['contact', 'verify_payment', 'verify_identity', 'investigation'] as const

const unmasking = z
  .object({
    id: idText,
    about: z.enum(unmaskable),
    objectId: idText,
    label: z.string(),
    organisationName: z.string().nullable(),
    personName: z.string(),
    purpose: z.enum(unmaskingPurposes),
    reason: z.string(),
    grantedAt: instantText,
    validUntil: instantText,
  })
  .meta({ id: 'Unmasking' })

export const unmaskingRoutes = {
  unmask: route('POST /api/unmaskings', {
    summary: { zh: '申请查看个人信息原文', en: 'unmask one record' },
    access: 'personal.unmask',
    body: z.object({
      about: z.enum(unmaskable),
      objectId: idText,
      purpose: z.enum(unmaskingPurposes),
      reason: plainText(500, 4),
    }),
    answer: unmasking,
  }),
  readUnmasked: route('GET /api/unmaskings/:id/values', {
    summary: { zh: '查看个人信息原文', en: 'read personal data unmasked' },
    access: 'personal.unmask',
    params: idParams,
    answer: z.object({
      validUntil: instantText,
      values: z.array(
        z.object({
          field: z.enum(['actor_name', 'contact_name', 'contact_phone', 'bank_account']),
          /** whose it is, where a record holds several */
          of: z.string().nullable(),
          value: z.string(),
        }),
      ),
    }),
    refusals: ['unmasking.over'],
  }),
  listUnmaskings: route('GET /api/unmaskings', {
    summary: { zh: '查看原文的记录', en: 'who unmasked what, and why' },
    access: 'audit.read',
    query: pageQuery.extend({ purpose: z.enum(unmaskingPurposes).optional(), q: plainText(100).optional() }),
    answer: pageOf(unmasking),
  }),
} as const
