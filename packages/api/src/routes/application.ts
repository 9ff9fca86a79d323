// 申请 from draft to decision. A draft holds what the clerk has typed so far; the determination beside it says what
// would come of it. Facts travel as text, number or boolean; money facts are whole fen as text.
import { funnelStages } from '@suanquan/core/application'
import { z } from 'zod'
import { agreedRefusals } from '../refusals/market.ts'
import { route } from '../route.ts'
import {
  amountFenText,
  askedFact,
  dayText,
  done,
  findingsByFact,
  idParams,
  idText,
  instantText,
  pageOf,
  pageQuery,
  plainText,
} from '../wire.ts'
import { computeLine } from './capacity.ts'
import { confirmation } from './contract.ts'
import { contractDraft } from './contract-draft.ts'
import { corrected } from './corrected.ts'
import { correctionBody, tierOpinion } from './tiers.ts'
import { standing } from './standing.ts'
import { determination } from './determination.ts'
import { matched, proofs } from './evidence.ts'

export const applicationStates = [
  'draft',
  'submitted',
  'review_city',
  'review_finance',
  'correction',
  'waiting',
  'offered',
  'candidate',
  'reserve',
  'proposed',
  'announced',
  'objected',
  'hearing',
  'granted',
  'refused',
  'appealed',
  'contested',
  'withdrawn',
] as const

/** The ways that the platform runs; core holds the table of each. */
export const wayNames = ['W1', 'W2', 'W3', 'W4', 'W5', 'W6'] as const

export const documentKinds = [
  'business_licence',
  'industry_statement',
  'financial_statement',
  'credit_report',
  'subsidy_statement',
  'related_party_statement',
  'use_statement',
  'compute_contract',
  'invoice',
  'bank_receipt',
  'delivery_certificate',
  'licence',
  'usage_record',
  'settlement_list',
  'project_plan',
  'acceptance_report',
  'inspection_report',
] as const

/** What makes proofs impossible to match; whatever is merely short is explained. */
export const settlementFaults = [
  'settlement.amount_negative',
  'settlement.amount_not_positive',
  'settlement.asked_not_positive',
  'settlement.lines_of_another_contract',
  'settlement.no_legs',
  'settlement.red_letter_exceeds',
  'settlement.red_letter_not_negative',
] as const

/** A project as its firm plans it, where projects are selected and no contract is rested on. */
const projectDraft = z
  .object({
    title: plainText(120).optional(),
    /** what it delivers, how, and how its acceptance is judged */
    plan: plainText(4000).optional(),
    startsOn: dayText.optional(),
    endsOn: dayText.optional(),
    budgetFen: amountFenText.optional(),
    /** items of corpus that it delivers */
    items: z.number().int().min(0).max(1_000_000_000_000).optional(),
  })
  .meta({ id: 'ProjectDraft' })

export const draft = z
  .object({
    contract: contractDraft,
    project: projectDraft.optional(),
    statements: z
      .object({
        relatedParties: z.boolean().optional(),
        otherCitySubsidy: z.boolean().optional(),
        purpose: plainText(2000).optional(),
        truthful: z.boolean().optional(),
        /** facts of the programme that only the applicant can state, by their names */
        declared: z
          .record(z.string().regex(/^[a-z]+\.[a-z0-9_]{1,60}$/), z.union([z.boolean(), plainText(60, 1)]))
          .optional(),
      })
      .meta({ id: 'Statements' }),
    documents: z.array(z.object({ kind: z.enum(documentKinds), attachmentId: idText })).max(40),
    /** with the application where support follows the use; elsewhere they come with the claim */
    proofs: proofs.optional(),
  })
  .meta({ id: 'Draft' })

export const attachment = z
  .object({
    id: idText,
    kind: z.enum(documentKinds),
    fileName: z.string(),
    mediaType: z.string(),
    sizeBytes: z.number().int(),
    sha256: z.string(),
  })
  .meta({ id: 'Attachment' })

export const event = z
  .object({
    at: instantText,
    event: z.string(),
    from: z.string(),
    to: z.string(),
    actorRole: z.string(),
    actorName: z.string(),
    /** whose duty it was, where somebody acted for another */
    forName: z.string().nullable(),
    /** 文号, where the act is a decision */
    documentNumber: z.string().nullable(),
    reason: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'WorkflowEvent' })

const applicationRow = z
  .object({
    id: idText,
    number: z.string(),
    adoptionId: idText,
    programmeTitle: z.object({ zh: z.string(), en: z.string() }),
    way: z.enum(wayNames),
    organisationId: idText,
    organisationName: z.string(),
    creditCode: z.string(),
    district: z.string(),
    state: z.enum(applicationStates),
    /** of a case that several tiers review: which one has it */
    tier: z.enum(['district', 'city', 'finance']).nullable(),
    contractNumber: z.string().nullable(),
    contractAmountFen: z.string().nullable(),
    ceilingFen: z.string().nullable(),
    approvedFen: z.string().nullable(),
    eligible: z.enum(['yes', 'no', 'unknown']),
    submittedAt: instantText.nullable(),
    updatedAt: instantText,
    deadlineOn: dayText.nullable(),
    workingDaysLeft: z.number().int().nullable(),
    deadlineProvisional: z.boolean(),
  })
  .meta({ id: 'ApplicationRow' })

const allowedEvent = z.object({ event: z.string(), to: z.string() })

export const application = applicationRow
  .extend({
    draft,
    draftMark: z.string(),
    /** what all programmes of the fund together may still grant the firm this year, where they share a cap */
    /** what an approval without a round lets the firm buy beside what is free: as kept, or as it would be now; for the offices */
    compute: z
      .array(computeLine.extend({ promisedCardHours: z.number() }).meta({ id: 'AwardComputeLine' }))
      .nullable(),
    sharedCap: z.object({ year: z.number().int(), limitFen: z.string(), leftFen: z.string() }).nullable(),
    facts: z.array(
      z.object({
        id: z.string(),
        label: z.object({ zh: z.string(), en: z.string() }),
        value: z.union([z.string(), z.number(), z.boolean()]).nullable(),
        type: z.string(),
        source: z.string(),
        asOf: dayText.nullable(),
      }),
    ),
    /** what the provider says of the contract, once it is registered */
    confirmation: confirmation.nullable(),
    /** register values that are too old to count, or that the firm contradicts */
    doubts: z.array(
      z
        .object({
          id: z.string(),
          label: z.object({ zh: z.string(), en: z.string() }),
          why: z.enum(['stale', 'contradicted']),
          registerValue: z.string(),
          statedValue: z.string().nullable(),
          source: z.string(),
          asOf: dayText,
        })
        .meta({ id: 'RegisterDoubt' }),
    ),
    /** null where another system had decided: what was taken over has none of this platform */
    determination: determination.nullable(),
    takenOver: z.object({ number: z.string(), systemName: z.string(), oldNumber: z.string() }).nullable(),
    /** the match of the proofs, where they come with the application and can be matched */
    matched: matched.nullable(),
    missing: z.array(z.object({ code: z.string(), params: z.record(z.string(), z.string()) })),
    attachments: z.array(attachment),
    events: z.array(event),
    ...standing,
    allowed: z.array(allowedEvent),
    /** until when the firm may ask for another look at what was decided; null: there is nothing, or no more time */
    appealUntil: dayText.nullable(),
    /** the tiers that review it, in order; empty: one tier of any reviewer */
    path: z.array(z.enum(['district', 'city', 'finance'])),
    /** what each tier said, the last first */
    opinions: z.array(tierOpinion),
    correctionFields: z.array(z.object({ field: z.string(), remark: z.string() })),
    ...corrected,
    creditCodeDoubt: z.enum(['none', 'check_digit', 'confirmed']),
    others: z.array(
      z.object({
        id: idText,
        number: z.string(),
        state: z.enum(applicationStates),
        contractNumber: z.string().nullable(),
        approvedFen: z.string().nullable(),
      }),
    ),
    voucherId: idText.nullable(),
    /** what is payable after the notice where no voucher is issued */
    claimId: idText.nullable(),
    /** the project that was selected and announced */
    projectId: idText.nullable(),
    /** what this programme asks of its applicants: kinds of documents, facts they state, proofs of use */
    asks: z.object({
      documents: z.array(z.object({ kind: z.enum(documentKinds), required: z.boolean() })),
      declared: z.array(askedFact),
      /** what the reviewer decides beside yes and no, such as an amount */
      values: z.array(askedFact),
      proofs: z.boolean(),
      /** the party to the contract that the applicant names */
      counterparty: z.enum(['providerId', 'buyerCode']),
      /** it rests on a project, and on no contract */
      project: z.boolean(),
    }),
    noticeId: idText.nullable(),
  })
  .meta({ id: 'Application' })

export const applicationRoutes = {
  openDraft: route('POST /api/applications', {
    summary: { zh: '新建申请草稿', en: 'start an application' },
    access: 'application.draft',
    body: z.object({ adoptionId: idText, organisationId: idText }),
    answer: application,
    refusals: ['adoption.not_open', 'organisation.unknown', 'application.other_applicants'],
  }),
  saveDraft: route('PUT /api/applications/:id/draft', {
    summary: { zh: '保存草稿并测算', en: 'save the draft and determine' },
    access: 'application.draft',
    params: idParams,
    /** the mark of the draft that was changed: when another has been saved meanwhile, nothing is overwritten */
    query: z.object({ basedOn: z.string().max(64).optional() }),
    body: draft,
    answer: application,
    refusals: [
      'application.not_editable',
      'application.draft_changed',
      'application.field_not_asked',
      'application.contract_ends_before_start',
      'application.contract_term_too_long',
      'application.excluded_above_amount',
      'attachment.unknown',
    ],
  }),
  submitApplication: route('POST /api/applications/:id/submission', {
    summary: { zh: '提交申请', en: 'submit' },
    access: 'application.submit',
    params: idParams,
    answer: application,
    refusals: [
      'application.transition_not_allowed',
      'application.incomplete',
      'application.contract_already_used',
      'application.contract_terms_differ',
      ...agreedRefusals,
      'adoption.not_open',
      'trade_paper.contradicts',
      ...settlementFaults,
    ],
  }),
  withdrawApplication: route('POST /api/applications/:id/withdrawal', {
    summary: { zh: '撤回申请', en: 'withdraw' },
    access: 'application.withdraw',
    params: idParams,
    body: z.object({ reason: plainText(1000, 2) }),
    answer: application,
    refusals: ['application.transition_not_allowed'],
  }),
  decideApplication: route('POST /api/applications/:id/decisions', {
    summary: { zh: '审核决定', en: 'decide on an application' },
    access: 'application.decide',
    params: idParams,
    body: z.discriminatedUnion('decision', [
      z.object({
        decision: z.literal('approve'),
        amountFen: amountFenText,
        findings: findingsByFact,
        reason: plainText(2000, 2),
      }),
      z.object({
        decision: z.literal('refuse'),
        findings: findingsByFact,
        reason: plainText(2000, 2),
      }),
      correctionBody,
    ]),
    answer: application,
    refusals: [
      'application.transition_not_allowed',
      'application.not_eligible',
      'application.eligibility_unknown',
      'application.above_ceiling',
      'application.amount_zero',
      'application.finding_not_asked',
      'application.field_not_correctable',
      'party.credit_code_unconfirmed',
      'voucher.cap_reached',
      'fund.shared_cap_reached',
      'application.conflict_of_interest',
      'application.experts_asked',
      'application.inspection_open',
      'sweep.own',
      'application.other_tier',
      'application.four_eyes',
    ],
  }),
  listApplications: route('GET /api/applications', {
    summary: { zh: '申请列表', en: 'applications' },
    access: 'application.read',
    query: pageQuery.extend({
      state: z.string().max(120).optional(),
      q: plainText(100).optional(),
      order: z.enum(['oldest', 'newest', 'deadline']).default('newest'),
    }),
    answer: pageOf(applicationRow).extend({ counts: z.record(z.string(), z.number().int()) }),
  }),
  readFunnel: route('GET /api/funnel', {
    summary: {
      zh: '各环节的申请去向与用时',
      en: 'where applications go, stage by stage, and how long they stay',
    },
    access: 'application.read',
    query: z.object({ adoptionId: idText.optional() }),
    answer: z.object({
      stages: z.array(
        z
          .object({
            stage: z.enum(funnelStages),
            entered: z.number().int(),
            waiting: z.number().int(),
            left: z.number().int(),
            medianWorkingDays: z.number().int().nullable(),
          })
          .meta({ id: 'FunnelLine' }),
      ),
    }),
  }),
  readApplication: route('GET /api/applications/:id', {
    summary: { zh: '申请详情', en: 'one application' },
    access: 'application.read',
    params: idParams,
    answer: application,
  }),
  discardDraft: route('DELETE /api/applications/:id/draft', {
    summary: { zh: '删除草稿', en: 'discard a draft' },
    access: 'application.draft',
    params: idParams,
    answer: done,
    refusals: ['application.not_editable'],
  }),
} as const
