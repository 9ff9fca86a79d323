// 争议: what a firm, a centre or the office disputes of a contract's month, answered by the other side, decided by the office.
import { z } from 'zod'
import { route } from '../route.ts'
import {
  amountFenText,
  dayText,
  idParams,
  idText,
  instantText,
  pageOf,
  pageQuery,
  plainText,
} from '../wire.ts'
import { event } from './application.ts'

export const disputeStates = ['opened', 'answered', 'correcting', 'closed', 'withdrawn'] as const

const month = z.string().regex(/^\d{4}-\d{2}$/)
const reason = plainText(2000, 2)
const both = z.object({ zh: z.string(), en: z.string() })

const row = z
  .object({
    id: idText,
    number: z.string(),
    state: z.enum(disputeStates),
    contractId: idText,
    contractNumber: z.string(),
    claimId: idText.nullable(),
    claimNumber: z.string().nullable(),
    organisationName: z.string(),
    providerName: z.string(),
    district: z.string(),
    month,
    subject: z.enum(['line', 'shortfall', 'total']),
    direction: z.enum(['too_much', 'too_little']),
    disputedFen: z.string(),
    /** held out of payment today */
    heldFen: z.string(),
    upheldFen: z.string().nullable(),
    openedSide: z.enum(['firm', 'provider', 'office']),
    /** who is to act; nobody when it is over */
    awaits: z.enum(['firm', 'provider', 'office']).nullable(),
    answerBy: dayText,
    openedAt: instantText,
  })
  .meta({ id: 'DisputeRow' })

const dispute = row
  .extend({
    /** the line as it stands, with the reason that firm, centre and office all read */
    line: z.object({ ref: z.string(), amountFen: z.string(), thenFen: z.string(), text: both }),
    reason: z.string(),
    attachments: z.array(z.object({ id: idText, fileName: z.string() })),
    answer: z.string().nullable(),
    answeredAt: instantText.nullable(),
    decisionReason: z.string().nullable(),
    decidedAt: instantText.nullable(),
    events: z.array(event),
    /** the acts that are open to the reader */
    allowed: z.array(z.string()),
  })
  .meta({ id: 'Dispute' })

const stateful = ['dispute.transition_not_allowed'] as const

export const disputeRoutes = {
  openDispute: route('POST /api/contracts/:id/disputes', {
    summary: { zh: '提出争议', en: 'dispute a line, a shortfall or a month’s total' },
    access: 'dispute.open',
    params: idParams,
    body: z.object({
      month,
      subject: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('line'), lineId: idText }),
        z.object({ kind: z.literal('shortfall'), claimId: idText, code: plainText(60, 1) }),
        z.object({ kind: z.literal('total') }),
      ]),
      direction: z.enum(['too_much', 'too_little']),
      amountFen: amountFenText,
      reason,
      attachmentIds: z.array(idText).max(10),
    }),
    answer: dispute,
    refusals: [
      'dispute.too_late',
      'dispute.open_already',
      'dispute.subject_unknown',
      'dispute.amount_beyond',
      'dispute.shortfall_too_little',
      'attachment.unknown',
    ],
  }),
  listDisputes: route('GET /api/disputes', {
    summary: { zh: '争议', en: 'disputes' },
    access: 'dispute.read',
    query: pageQuery.extend({ state: z.enum(disputeStates).optional(), q: plainText(100).optional() }),
    answer: pageOf(row),
  }),
  readDispute: route('GET /api/disputes/:id', {
    summary: { zh: '争议详情', en: 'one dispute' },
    access: 'dispute.read',
    params: idParams,
    answer: dispute,
  }),
  answerDispute: route('POST /api/disputes/:id/answer', {
    summary: { zh: '答复争议', en: 'answer a dispute' },
    access: 'dispute.answer',
    params: idParams,
    body: z.object({ answer: reason }),
    answer: dispute,
    refusals: [...stateful, 'dispute.other_side_answers'],
  }),
  takeBackDispute: route('POST /api/disputes/:id/withdrawal', {
    summary: { zh: '撤回争议', en: 'take a dispute back' },
    access: 'dispute.open',
    params: idParams,
    body: z.object({ reason }),
    answer: dispute,
    refusals: [...stateful, 'dispute.not_yours'],
  }),
  decideDispute: route('POST /api/disputes/:id/decision', {
    summary: { zh: '决定争议', en: 'decide on a dispute' },
    access: 'dispute.decide',
    params: idParams,
    body: z.discriminatedUnion('decision', [
      z.object({ decision: z.literal('uphold'), amountFen: amountFenText, reason }),
      z.object({ decision: z.literal('dismiss'), reason }),
    ]),
    answer: dispute,
    refusals: [...stateful, 'dispute.upheld_beyond', 'application.conflict_of_interest'],
  }),
  closeDispute: route('POST /api/disputes/:id/closing', {
    summary: { zh: '办结争议', en: 'close a dispute after the correction' },
    access: 'dispute.decide',
    params: idParams,
    body: z.object({ reason }),
    answer: dispute,
    refusals: [...stateful, 'dispute.not_corrected', 'application.conflict_of_interest'],
  }),
} as const
