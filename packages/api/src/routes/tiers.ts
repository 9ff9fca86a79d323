// What a tier of review says, and the request for a correction that any of them may make.
import { z } from 'zod'
import { findingsByFact, instantText, plainText } from '../wire.ts'

export const tierOpinion = z
  .object({
    tier: z.enum(['district', 'city', 'finance']),
    at: instantText,
    actorName: z.string(),
    opinion: z.enum(['support', 'oppose']),
    amountFen: z.string().nullable(),
    findings: findingsByFact,
    reason: z.string().nullable(),
  })
  .meta({ id: 'TierOpinion' })

export const correctionBody = z.object({
  decision: z.literal('request_correction'),
  fields: z
    .array(z.object({ field: plainText(80, 1), remark: plainText(500, 2) }))
    .min(1)
    .max(40),
  reason: plainText(2000, 2),
})
