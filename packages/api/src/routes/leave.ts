// 离岗申报: who acts for an organisation announces the own leave and who shall act; an administrator approves, and the
// organisation's work goes over in the same act.
import { z } from 'zod'
import { route } from '../route.ts'
import { dayText, done, idParams, idText, instantText, plainText } from '../wire.ts'

const leave = z
  .object({
    id: idText,
    personId: idText,
    displayName: z.string(),
    organisationId: idText,
    organisationName: z.string(),
    /** the colleague as the leaver named them */
    successor: z.string(),
    leavesOn: dayText,
    reason: z.string(),
    announcedAt: instantText,
    state: z.enum(['open', 'approved', 'refused', 'withdrawn']),
    decidedAt: instantText.nullable(),
    decisionReason: z.string().nullable(),
  })
  .meta({ id: 'Leave' })

export const leaveRoutes = {
  announceLeave: route('POST /api/leaves', {
    summary: { zh: '申报离岗', en: 'announce that I leave' },
    access: 'leave.announce',
    body: z.object({
      organisationId: idText,
      successor: plainText(80, 1),
      leavesOn: dayText,
      reason: plainText(500, 2),
    }),
    answer: leave,
    refusals: ['leave.announced'],
  }),
  listOwnLeaves: route('GET /api/leaves/own', {
    summary: { zh: '我的离岗申报', en: 'my announcements' },
    access: 'leave.announce',
    answer: z.object({ items: z.array(leave) }),
  }),
  withdrawLeave: route('POST /api/leaves/:id/withdrawal', {
    summary: { zh: '撤回离岗申报', en: 'withdraw an announcement' },
    access: 'leave.announce',
    params: idParams,
    answer: done,
    refusals: ['leave.decided'],
  }),
  listLeaves: route('GET /api/leaves', {
    summary: { zh: '离岗申报', en: 'announcements of leave' },
    access: 'person.list',
    answer: z.object({ items: z.array(leave), open: z.number().int() }),
  }),
  decideLeave: route('POST /api/leaves/:id/decision', {
    summary: { zh: '处理离岗申报', en: 'approve or refuse an announcement' },
    access: 'role.grant',
    params: idParams,
    body: z.object({
      decision: z.enum(['approve', 'refuse']),
      successorId: idText.nullable(),
      reason: plainText(500, 2),
    }),
    answer: leave,
    refusals: [
      'leave.decided',
      'leave.successor_needed',
      'person.own_account',
      'person.does_not_act',
      'person.unfit_successor',
    ],
  }),
} as const
