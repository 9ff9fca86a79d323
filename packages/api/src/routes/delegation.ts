// 委托代办: a reviewer lets somebody act for a time and, where wanted, for one district. What is done then says for whom.
import { z } from 'zod'
import { route } from '../route.ts'
import { dayText, done, idParams, idText, instantText, plainText } from '../wire.ts'

const delegation = z
  .object({
    id: idText,
    fromId: idText,
    fromName: z.string(),
    toId: idText,
    toName: z.string(),
    /** null: wherever the giver acts */
    district: z.string().nullable(),
    startsOn: dayText,
    endsOn: dayText,
    reason: z.string(),
    madeAt: instantText,
    state: z.enum(['to_come', 'running', 'over']),
    /** the reader gave it */
    given: z.boolean(),
  })
  .meta({ id: 'Delegation' })

export const delegationRoutes = {
  makeDelegation: route('POST /api/delegations', {
    summary: { zh: '委托他人代办', en: 'let another person act' },
    access: 'delegation.make',
    body: z.object({
      deputy: idText,
      district: z
        .string()
        .regex(/^\d{6}$/)
        .nullable(),
      startsOn: dayText,
      endsOn: dayText,
      reason: plainText(500, 2),
    }),
    answer: delegation,
    refusals: [
      'delegation.unfit_deputy',
      'delegation.days_wrong',
      'delegation.district_not_yours',
      'delegation.exists',
    ],
  }),
  listDelegations: route('GET /api/delegations', {
    summary: { zh: '委托列表', en: 'delegations' },
    access: 'delegation.list',
    answer: z.object({ items: z.array(delegation) }),
  }),
  listDeputies: route('GET /api/delegations/deputies', {
    summary: { zh: '可以代办的人', en: 'who can act for a reviewer' },
    access: 'delegation.make',
    answer: z.object({ items: z.array(z.object({ id: idText, displayName: z.string() })) }),
  }),
  endDelegation: route('DELETE /api/delegations/:id', {
    summary: { zh: '提前结束委托', en: 'end a delegation' },
    access: 'delegation.make',
    params: idParams,
    answer: done,
    refusals: ['delegation.over'],
  }),
} as const
