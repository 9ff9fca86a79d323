// 查找: by any part of a name, a number or a credit code, among what the person may read.
import { z } from 'zod'
import { route } from '../route.ts'
import { idText, plainText } from '../wire.ts'

export const searchKinds = ['organisation', 'application', 'voucher', 'claim', 'notice', 'programme'] as const

const found = z
  .object({
    q: z.string(),
    groups: z.array(
      z.object({
        kind: z.enum(searchKinds),
        /** there are more than these: a longer text finds fewer */
        more: z.boolean(),
        items: z.array(
          z.object({
            id: idText,
            label: z.object({ zh: z.string(), en: z.string() }),
            organisationName: z.string().nullable(),
            creditCode: z.string().nullable(),
            state: z.string().nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Found' })

/** One symbol finds nothing worth reading. */
const query = z.object({ q: plainText(100, 2) })

export const searchRoutes = {
  searchAll: route('GET /api/find', {
    summary: {
      zh: '查找单位、申请、券、兑付和公示',
      en: 'find firms, applications, vouchers, claims, notices',
    },
    access: 'search.run',
    query,
    answer: found,
  }),
} as const
