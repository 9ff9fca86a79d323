// 超期: what lies beyond its limit, and whose turn it is, tier by tier: for whoever heads the office.
import { z } from 'zod'
import { route } from '../route.ts'
import { dayText, idText } from '../wire.ts'

export const overdueRoutes = {
  listOverdue: route('GET /api/overdue', {
    summary: { zh: '超期办件', en: 'what is overdue, by whose turn it is' },
    access: 'overdue.read',
    answer: z.object({
      groups: z.array(
        z
          .object({
            awaited: z.enum(['district', 'city', 'finance', 'reviewer']),
            count: z.number().int(),
            items: z.array(
              z.object({
                about: z.enum(['application', 'claim']),
                id: idText,
                number: z.string(),
                organisationName: z.string(),
                district: z.string(),
                state: z.string(),
                deadlineOn: dayText,
                workingDaysOver: z.number().int(),
              }),
            ),
          })
          .meta({ id: 'OverdueGroup' }),
      ),
    }),
  }),
} as const
