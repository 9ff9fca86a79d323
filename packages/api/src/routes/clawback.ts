// 撤销与追回: a reviewer proposes with finding, clause and evidence; the firm is heard; a second reviewer decides; finance
// recovers what is owed, or writes it off with four eyes; what an appeal upholds is unwound.
import { clawbackBases } from '@suanquan/core/application'
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

export const clawbackStates = [
  'hearing',
  'heard',
  'owed',
  'settled',
  'dropped',
  'refunding',
  'cancelled',
] as const
export const recoveryKinds = ['bank', 'set_off', 'write_off', 'refund'] as const

const basis = z.enum(clawbackBases)
const fineRange = z.object({ leastFen: z.string(), mostFen: z.string() }).nullable()
const reason = plainText(2000, 2)

const row = z
  .object({
    id: idText,
    number: z.string(),
    state: z.enum(clawbackStates),
    basis,
    adoptionId: idText,
    organisationId: idText,
    organisationName: z.string(),
    /** who owes: the firm, or the provider that deducted a voucher */
    debtorName: z.string(),
    applicationId: idText,
    applicationNumber: z.string(),
    voucherId: idText.nullable(),
    voucherNumber: z.string().nullable(),
    district: z.string(),
    proposedFen: z.string(),
    revokes: z.boolean(),
    proposedAt: instantText,
    answerBy: dayText,
    revokedFen: z.string().nullable(),
    owedFen: z.string().nullable(),
    /** of what is owed: not yet recovered, set off or written off */
    leftFen: z.string(),
    dueOn: dayText.nullable(),
    overdue: z.boolean(),
  })
  .meta({ id: 'ClawbackRow' })

const clawback = row
  .extend({
    finding: z.string(),
    clause: z.string(),
    evidence: z.array(z.string()),
    lines: z.array(z.object({ claimId: idText, claimNumber: z.string(), amountFen: z.string() })),
    proposedByMe: z.boolean(),
    statement: z.string().nullable(),
    statedAt: instantText.nullable(),
    decidedByMe: z.boolean(),
    decidedAt: instantText.nullable(),
    /** the range of the law, for people to decide in */
    fineRange,
    personalFine: z.object({ leastFen: z.string(), mostFen: z.string() }),
    fineFen: z.string().nullable(),
    instalments: z.array(z.object({ dueOn: dayText, amountFen: z.string() })),
    ruling: z.string().nullable(),
    recoveredFen: z.string(),
    recoveries: z.array(
      z.object({
        id: idText,
        kind: z.enum(recoveryKinds),
        state: z.enum(['recorded', 'proposed', 'rejected']),
        amountFen: z.string(),
        reference: z.string().nullable(),
        onDay: dayText,
        reason: z.string().nullable(),
        claimNumber: z.string().nullable(),
        recordedByMe: z.boolean(),
      }),
    ),
    /** payable to the same party, from which the debt may be settled */
    payables: z.array(z.object({ claimId: idText, claimNumber: z.string(), leftFen: z.string() })),
    events: z.array(event),
    allowed: z.array(z.object({ event: z.string(), to: z.string() })),
  })
  .meta({ id: 'Clawback' })

const stateful = ['clawback.transition_not_allowed'] as const

export const clawbackRoutes = {
  readRecoverable: route('GET /api/applications/:id/recoverable', {
    summary: { zh: '可撤销、可追回的金额', en: 'what could be revoked and taken back' },
    access: 'clawback.propose',
    params: idParams,
    answer: z.object({
      voucherNumber: z.string().nullable(),
      usableFen: z.string(),
      /** paid and not yet demanded back */
      claims: z.array(
        z.object({ claimId: idText, claimNumber: z.string(), payeeName: z.string(), leftFen: z.string() }),
      ),
      /** under review or payable: decided or corrected first */
      open: z.array(z.string()),
      running: idText.nullable(),
      /** two working days after the end of the shortest hearing */
      answerBy: dayText,
    }),
  }),
  proposeClawback: route('POST /api/clawbacks', {
    summary: { zh: '提出撤销、追回', en: 'propose a revocation or clawback' },
    access: 'clawback.propose',
    body: z.object({
      applicationId: idText,
      basis,
      finding: plainText(4000, 10),
      clause: plainText(500, 2),
      evidence: z.array(plainText(500, 2)).min(1).max(20),
      /** take back what is left of the voucher */
      revokes: z.boolean(),
      lines: z.array(z.object({ claimId: idText, amountFen: amountFenText })).max(60),
      /** for the firm's statement; five working days at least */
      answerBy: dayText,
    }),
    answer: clawback,
    refusals: [
      'clawback.not_granted',
      'clawback.open_already',
      'clawback.nothing_taken',
      'clawback.not_whole',
      'clawback.line_unknown',
      'clawback.above_paid',
      'clawback.two_payees',
      'clawback.hearing_short',
      'application.conflict_of_interest',
    ],
  }),
  listClawbacks: route('GET /api/clawbacks', {
    summary: { zh: '撤销与追回', en: 'revocations and clawbacks' },
    access: 'clawback.read',
    query: pageQuery.extend({ state: z.enum(clawbackStates).optional(), q: plainText(100).optional() }),
    answer: pageOf(row),
  }),
  readClawback: route('GET /api/clawbacks/:id', {
    summary: { zh: '撤销与追回详情', en: 'one revocation or clawback' },
    access: 'clawback.read',
    params: idParams,
    answer: clawback,
  }),
  answerClawback: route('POST /api/clawbacks/:id/statement', {
    summary: { zh: '陈述和申辩', en: 'state one’s case' },
    access: 'clawback.answer',
    params: idParams,
    body: z.object({ statement: plainText(4000, 2) }),
    answer: clawback,
    refusals: stateful,
  }),
  decideClawback: route('POST /api/clawbacks/:id/decision', {
    summary: { zh: '决定撤销、追回', en: 'decide on a revocation or clawback (another person)' },
    access: 'clawback.decide',
    params: idParams,
    body: z.discriminatedUnion('decision', [
      z.object({
        decision: z.literal('uphold'),
        fineFen: amountFenText.nullable(),
        dueOn: dayText.nullable(),
        reason,
      }),
      z.object({ decision: z.literal('drop'), reason }),
    ]),
    answer: clawback,
    refusals: [
      ...stateful,
      'clawback.own_proposal',
      'clawback.claims_open',
      'clawback.above_paid',
      'clawback.fine_outside_range',
      'clawback.due_missing',
      'clawback.nothing_taken',
      'clawback.day_past',
      'application.conflict_of_interest',
    ],
  }),
  cancelClawback: route('POST /api/clawbacks/:id/annulment', {
    summary: { zh: '依复议、诉讼结果撤销决定', en: 'annul a decision that an appeal has overturned' },
    access: 'clawback.decide',
    params: idParams,
    body: z.object({ ruling: plainText(200, 2), reason }),
    answer: clawback,
    refusals: [
      ...stateful,
      'clawback.own_decision',
      'clawback.write_off_open',
      'clawback.pool_short',
      'application.conflict_of_interest',
    ],
  }),
  planInstalments: route('POST /api/clawbacks/:id/instalments', {
    summary: { zh: '约定分期', en: 'agree on instalments' },
    access: 'clawback.collect',
    params: idParams,
    body: z.object({
      instalments: z
        .array(z.object({ dueOn: dayText, amountFen: amountFenText }))
        .min(1)
        .max(36),
    }),
    answer: clawback,
    refusals: [...stateful, 'clawback.instalments_differ', 'clawback.day_past'],
  }),
  recordRecovery: route('POST /api/clawbacks/:id/recoveries', {
    summary: { zh: '登记收回', en: 'record what was recovered' },
    access: 'clawback.collect',
    params: idParams,
    body: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('bank'),
        amountFen: amountFenText,
        reference: plainText(60, 1),
        receivedOn: dayText,
      }),
      z.object({ kind: z.literal('set_off'), amountFen: amountFenText, claimId: idText }),
    ]),
    answer: clawback,
    refusals: [
      ...stateful,
      'clawback.above_owed',
      'clawback.write_off_open',
      'clawback.reference_used',
      'clawback.day_future',
      'clawback.set_off_unfit',
      'clawback.nothing_taken',
    ],
  }),
  proposeWriteOff: route('POST /api/clawbacks/:id/write-off', {
    summary: { zh: '提出坏账核销', en: 'propose to write off what cannot be recovered' },
    access: 'clawback.collect',
    params: idParams,
    body: z.object({ reason }),
    answer: clawback,
    refusals: [...stateful, 'clawback.write_off_open'],
  }),
  decideWriteOff: route('POST /api/clawbacks/:id/write-off/decision', {
    summary: { zh: '复核坏账核销', en: 'decide on a write-off (another person)' },
    access: 'clawback.collect',
    params: idParams,
    body: z.object({ approve: z.boolean(), reason }),
    answer: clawback,
    refusals: [...stateful, 'clawback.no_write_off', 'clawback.own_proposal'],
  }),
  refundClawback: route('POST /api/clawbacks/:id/refund', {
    summary: { zh: '登记退还', en: 'record the refund of what was recovered' },
    access: 'clawback.collect',
    params: idParams,
    body: z.object({ reference: plainText(60, 1), paidOn: dayText }),
    answer: clawback,
    refusals: [...stateful, 'clawback.day_future', 'clawback.reference_used'],
  }),
} as const
