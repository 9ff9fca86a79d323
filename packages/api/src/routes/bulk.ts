// 批量办理: one reason settles several cases. Each case is decided by itself, as if alone: its own transaction, permission,
// conflict of interest and headroom. The answer says case by case what was done and what was refused and why; asking
// again under the same id gives the first answer.
import { z } from 'zod'
import { problem } from '../problem.ts'
import { route } from '../route.ts'
import { amountFenText, findingsByFact, idParams, idText, plainText } from '../wire.ts'

export const BULK_MOST = 100

const reason = plainText(2000, 2)
const findings = findingsByFact

function casesOf<Item extends z.ZodType<{ id: string }>>(item: Item): z.ZodArray<Item> {
  return z
    .array(item)
    .min(1)
    .max(BULK_MOST)
    .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, {
      error: 'each case once',
    })
}

const answer = z
  .object({
    id: idText,
    kind: z.enum(['application', 'claim']),
    done: z.number().int(),
    refused: z.number().int(),
    items: z.array(
      z.object({
        id: idText,
        /** null where the reader may not read the case */
        number: z.string().nullable(),
        organisationName: z.string().nullable(),
        state: z.string().nullable(),
        /** null: done */
        refusal: problem.nullable(),
      }),
    ),
  })
  .meta({ id: 'BulkAct' })

export const bulkRoutes = {
  decideApplications: route('POST /api/bulk/applications', {
    summary: { zh: '批量审核申请', en: 'decide on several applications' },
    access: 'application.decide',
    body: z.object({
      id: idText,
      reason,
      act: z.discriminatedUnion('decision', [
        z.object({
          decision: z.literal('approve'),
          items: casesOf(z.object({ id: idText, amountFen: amountFenText, findings })),
        }),
        z.object({ decision: z.literal('refuse'), items: casesOf(z.object({ id: idText, findings })) }),
        z.object({
          decision: z.literal('request_correction'),
          fields: z
            .array(z.object({ field: plainText(80, 1), remark: plainText(500, 2) }))
            .min(1)
            .max(40),
          items: casesOf(z.object({ id: idText })),
        }),
      ]),
    }),
    answer,
  }),
  decideClaims: route('POST /api/bulk/claims', {
    summary: { zh: '批量审核兑付', en: 'decide on several claims' },
    access: 'claim.decide',
    body: z.object({
      id: idText,
      reason,
      act: z.discriminatedUnion('decision', [
        z.object({
          decision: z.literal('approve'),
          items: casesOf(z.object({ id: idText, amountFen: amountFenText })),
        }),
        z.object({ decision: z.literal('refuse'), items: casesOf(z.object({ id: idText })) }),
      ]),
    }),
    answer,
  }),
  readBulk: route('GET /api/bulk/:id', {
    summary: { zh: '批量办理结果', en: 'what a bulk act did' },
    access: 'application.decide',
    params: idParams,
    answer,
  }),
} as const
