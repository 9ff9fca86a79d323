// 更正: a wrong amount of a claim is reversed as it was recorded and recorded right, by two people.
import { z } from 'zod'
import { route } from '../route.ts'
import { amountFenText, dayText, idParams, idText, instantText, plainText } from '../wire.ts'

export const rectificationStates = ['proposed', 'rejected', 'returning', 'rectified'] as const

const rectification = z
  .object({
    id: idText,
    number: z.string(),
    claimId: idText,
    state: z.enum(rectificationStates),
    recordedFen: z.string(),
    rightFen: z.string(),
    /** paid too much: comes back first */
    overpaidFen: z.string(),
    reason: z.string(),
    evidence: z.string(),
    proposedAt: instantText,
    proposedByMe: z.boolean(),
    decidedAt: instantText.nullable(),
    decisionReason: z.string().nullable(),
    returnedReference: z.string().nullable(),
    returnedOn: dayText.nullable(),
  })
  .meta({ id: 'Rectification' })

export const rectificationRoutes = {
  listRectifications: route('GET /api/claims/:id/rectifications', {
    summary: { zh: '兑付的更正', en: 'corrections of a claim' },
    access: 'claim.read',
    params: idParams,
    answer: z.object({ items: z.array(rectification), mostFen: z.string() }),
  }),
  proposeRectification: route('POST /api/claims/:id/rectifications', {
    summary: { zh: '提出更正', en: 'propose a correction of what was recorded' },
    access: 'claim.rectify',
    params: idParams,
    body: z.object({ rightFen: amountFenText, reason: plainText(2000, 2), evidence: plainText(2000, 2) }),
    answer: rectification,
    refusals: [
      'rectification.not_recorded',
      'rectification.open_already',
      'rectification.same_amount',
      'rectification.clawed_back',
      'claim.above_payable',
      'application.conflict_of_interest',
    ],
  }),
  decideRectification: route('POST /api/rectifications/:id/decision', {
    summary: { zh: '复核更正', en: 'decide on a correction (another person)' },
    access: 'claim.rectify',
    params: idParams,
    body: z.object({ approve: z.boolean(), reason: plainText(2000, 2) }),
    answer: rectification,
    refusals: [
      'rectification.wrong_state',
      'rectification.own_proposal',
      'rectification.moved',
      'rectification.voucher_over',
      'rectification.exceeds',
      'application.conflict_of_interest',
    ],
  }),
  recordReturn: route('POST /api/rectifications/:id/return', {
    summary: { zh: '登记多付款退回', en: 'record that what was overpaid came back' },
    access: 'clawback.collect',
    params: idParams,
    body: z.object({ reference: plainText(60, 1), receivedOn: dayText }),
    answer: rectification,
    refusals: ['rectification.wrong_state', 'rectification.exceeds', 'clawback.day_future'],
  }),
} as const
