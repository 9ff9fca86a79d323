// 复核: a firm asks for another look at a decision, once, in time; somebody who had no part in it upholds it, changes it or
// returns it for a new decision. Reconsideration and court (行政复议、行政诉讼) stay open beside it.
import { z } from 'zod'
import { route } from '../route.ts'
import {
  amountFenText,
  dayText,
  findingsByFact,
  idParams,
  idText,
  instantText,
  pageOf,
  pageQuery,
  plainText,
} from '../wire.ts'

export const appealStates = ['open', 'affirmed', 'changed', 'remanded', 'withdrawn'] as const

const appealRow = z
  .object({
    id: idText,
    number: z.string(),
    about: z.enum(['application', 'claim']),
    objectId: idText,
    objectNumber: z.string(),
    organisationId: idText,
    organisationName: z.string(),
    district: z.string(),
    /** the event appealed against, with the number and the day of the decision */
    against: z.string(),
    decisionNumber: z.string().nullable(),
    decidedOn: dayText,
    grounds: z.string(),
    attachmentIds: z.array(idText),
    filedAt: instantText,
    deadlineOn: dayText.nullable(),
    workingDaysLeft: z.number().int().nullable(),
    state: z.enum(appealStates),
    reason: z.string().nullable(),
    amountFen: z.string().nullable(),
    /** what the decision gave, and what it could give at most */
    givenFen: z.string().nullable(),
    ceilingFen: z.string().nullable(),
    /** 文号 of what was decided on the appeal */
    answerNumber: z.string().nullable(),
    /** the reader may decide it: in scope, and had no part in the decision */
    mine: z.boolean(),
  })
  .meta({ id: 'Appeal' })

const filing = z.object({ grounds: plainText(4000, 10), attachmentIds: z.array(idText).max(20) })

const filingRefusals = [
  'appeal.not_offered',
  'appeal.nothing_to_appeal',
  'appeal.too_late',
  'appeal.once',
  'attachment.unknown',
] as const

export const appealRoutes = {
  appealApplication: route('POST /api/applications/:id/appeals', {
    summary: { zh: '对申请的决定申请复核', en: 'appeal against the decision on an application' },
    access: 'appeal.file',
    params: idParams,
    body: filing,
    answer: appealRow,
    refusals: [...filingRefusals, 'application.transition_not_allowed', 'application.contract_already_used'],
  }),
  appealClaim: route('POST /api/claims/:id/appeals', {
    summary: { zh: '对兑付的决定申请复核', en: 'appeal against the decision on a claim' },
    access: 'appeal.file',
    params: idParams,
    body: filing,
    answer: appealRow,
    refusals: [...filingRefusals, 'claim.transition_not_allowed', 'appeal.voucher_gone'],
  }),
  withdrawAppeal: route('POST /api/appeals/:id/withdrawal', {
    summary: { zh: '撤回复核申请', en: 'withdraw an appeal' },
    access: 'appeal.file',
    params: idParams,
    body: z.object({ reason: plainText(1000, 2) }),
    answer: appealRow,
    refusals: ['appeal.closed'],
  }),
  listAppeals: route('GET /api/appeals', {
    summary: { zh: '复核列表', en: 'appeals' },
    access: 'appeal.read',
    query: pageQuery.extend({ state: z.enum(appealStates).optional(), objectId: idText.optional() }),
    answer: pageOf(appealRow),
  }),
  readAppeal: route('GET /api/appeals/:id', {
    summary: { zh: '复核详情', en: 'one appeal' },
    access: 'appeal.read',
    params: idParams,
    answer: appealRow,
  }),
  decideAppeal: route('POST /api/appeals/:id/decision', {
    summary: { zh: '复核决定', en: 'decide on an appeal' },
    access: 'appeal.decide',
    params: idParams,
    body: z.discriminatedUnion('outcome', [
      z.object({ outcome: z.literal('affirm'), reason: plainText(4000, 2) }),
      z.object({ outcome: z.literal('remand'), reason: plainText(4000, 2) }),
      z.object({
        outcome: z.literal('change'),
        amountFen: amountFenText,
        findings: findingsByFact,
        reason: plainText(4000, 2),
      }),
    ]),
    answer: appealRow,
    refusals: [
      'appeal.closed',
      'appeal.own_decision',
      'appeal.higher_tier',
      'appeal.not_better',
      'appeal.not_of_claims',
      'application.conflict_of_interest',
      'application.contract_already_used',
      'application.not_eligible',
      'application.eligibility_unknown',
      'application.above_ceiling',
      'application.amount_zero',
      'application.finding_not_asked',
      'claim.amount_zero',
      'claim.above_payable',
      'voucher.cap_reached',
      'fund.shared_cap_reached',
    ],
  }),
} as const
