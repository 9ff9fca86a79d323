// 专家评审: a reviewer asks at least three experts for their opinion of one application; each judges alone, and sees the
// others only when the panel is closed. In a blind review experts do not learn who applies. The opinions advise; the
// decision stays the reviewer's.
import { z } from 'zod'
import { route } from '../route.ts'
import { dayText, done, idParams, idText, instantText, plainText } from '../wire.ts'
import { attachment } from './application.ts'

export const panelStates = ['open', 'closed', 'abandoned', 'lapsed'] as const
export const opinionStates = ['invited', 'given', 'stood_aside'] as const

const recommendation = z.enum(['support', 'support_with_conditions', 'oppose'])
const points = z.number().int().min(0).max(100)

const criterion = z
  .object({ text: plainText(60, 2), weight: z.number().int().min(1).max(100) })
  .meta({ id: 'Criterion' })

const spread = z
  .object({
    lowestTenths: z.number().int(),
    meanTenths: z.number().int(),
    highestTenths: z.number().int(),
  })
  .meta({ id: 'ScoreSpread', description: 'points from 0 to 100, in tenths' })

const panelRow = z
  .object({
    id: idText,
    applicationId: idText,
    /** hidden from the experts of a blind review */
    applicationNumber: z.string().nullable(),
    organisationName: z.string().nullable(),
    programmeTitle: z.object({ zh: z.string(), en: z.string() }),
    round: z.number().int(),
    /** what is judged: the application, or what its project filed for acceptance */
    subject: z.enum(['application', 'acceptance']),
    blind: z.boolean(),
    state: z.enum(panelStates),
    dueOn: dayText,
    workingDaysLeft: z.number().int().nullable(),
    openedAt: instantText,
    invited: z.number().int(),
    given: z.number().int(),
    /** what the asker has to do with it; null for those who only read */
    mine: z.enum(opinionStates).nullable(),
  })
  .meta({ id: 'ExpertReviewRow' })

const opinion = z
  .object({
    /** null where experts read each other */
    expertName: z.string().nullable(),
    state: z.enum(opinionStates),
    points: z.array(points).nullable(),
    totalTenths: z.number().int().nullable(),
    recommendation: recommendation.nullable(),
    remark: z.string().nullable(),
    at: instantText.nullable(),
  })
  .meta({ id: 'ExpertOpinion' })

/** What a case is judged by, without the applicant's people. */
export const material = z
  .object({
    purpose: z.string().nullable(),
    facts: z.array(
      z.object({
        id: z.string(),
        label: z.object({ zh: z.string(), en: z.string() }),
        value: z.union([z.string(), z.number(), z.boolean()]).nullable(),
        type: z.string(),
        source: z.string(),
      }),
    ),
    contract: z.object({
      providerName: z.string().nullable(),
      amountFen: z.string().nullable(),
      startsOn: dayText.nullable(),
      endsOn: dayText.nullable(),
      prices: z.array(z.object({ chip: z.string(), priceFenPerCardHour: z.string() })),
    }),
    /** the project as it was planned, and what was filed for its acceptance */
    project: z
      .object({
        title: z.string(),
        plan: z.string(),
        startsOn: dayText.nullable(),
        endsOn: dayText.nullable(),
        items: z.number().int().nullable(),
        filed: z.object({ summary: z.string(), items: z.number().int() }).nullable(),
      })
      .nullable(),
    documents: z.array(attachment),
  })
  .meta({ id: 'CaseMaterial' })

const panel = panelRow
  .extend({
    question: z.string(),
    criteria: z.array(criterion),
    /** what the experts judge by */
    material,
    /** an expert finds the own one alone until the panel is closed */
    opinions: z.array(opinion),
    summary: z
      .object({
        total: spread,
        criteria: z.array(spread),
        recommended: z.object({
          support: z.number().int(),
          support_with_conditions: z.number().int(),
          oppose: z.number().int(),
        }),
        wide: z.boolean(),
      })
      .nullable(),
    minutes: z.string().nullable(),
    closedAt: instantText.nullable(),
    closedBy: z.string().nullable(),
    myOpinion: opinion.nullable(),
  })
  .meta({ id: 'ExpertReview' })

export const expertRoutes = {
  listExperts: route('GET /api/experts', {
    summary: { zh: '评审专家', en: 'experts who can be asked' },
    access: 'expert_review.open',
    answer: z.object({
      items: z.array(z.object({ id: idText, displayName: z.string(), open: z.number().int() })),
    }),
  }),
  openExpertReview: route('POST /api/applications/:id/expert-reviews', {
    summary: { zh: '发起专家评审', en: 'ask experts for their opinion' },
    access: 'expert_review.open',
    params: idParams,
    body: z.object({
      expertIds: z.array(idText).min(3).max(15),
      criteria: z.array(criterion).min(1).max(10),
      blind: z.boolean(),
      question: plainText(1000, 2),
      dueOn: dayText,
    }),
    answer: panel,
    refusals: [
      'application.conflict_of_interest',
      'expert_review.not_under_review',
      'expert_review.open_already',
      'expert_review.due_in_the_past',
      'expert_review.expert_twice',
      'expert_review.expert_unfit',
    ],
  }),
  listExpertReviews: route('GET /api/expert-reviews', {
    summary: { zh: '专家评审列表', en: 'expert reviews' },
    access: 'expert_review.read',
    query: z.object({ applicationId: idText.optional(), state: z.enum(['open', 'past']).optional() }),
    answer: z.object({ items: z.array(panelRow) }),
  }),
  readExpertReview: route('GET /api/expert-reviews/:id', {
    summary: { zh: '专家评审详情', en: 'one expert review' },
    access: 'expert_review.read',
    params: idParams,
    answer: panel,
  }),
  giveOpinion: route('POST /api/expert-reviews/:id/opinion', {
    summary: { zh: '提交评审意见', en: 'give an opinion' },
    access: 'expert_review.judge',
    params: idParams,
    body: z.object({
      points: z.array(points).min(1).max(10),
      recommendation,
      remark: plainText(2000, 2),
    }),
    answer: panel,
    refusals: [
      'application.conflict_of_interest',
      'expert_review.over',
      'expert_review.answered',
      'expert_review.points_missing',
    ],
  }),
  standAside: route('POST /api/expert-reviews/:id/stand-aside', {
    summary: { zh: '评审回避', en: 'stand aside from a review' },
    access: 'expert_review.judge',
    params: idParams,
    body: z.object({ reason: plainText(500, 2) }),
    answer: done,
    refusals: ['expert_review.over', 'expert_review.answered'],
  }),
  closeExpertReview: route('POST /api/expert-reviews/:id/closure', {
    summary: { zh: '结束专家评审', en: 'close an expert review' },
    access: 'expert_review.open',
    params: idParams,
    body: z.object({ outcome: z.enum(['closed', 'abandoned']), minutes: plainText(2000, 2) }),
    answer: panel,
    refusals: [
      'application.conflict_of_interest',
      'expert_review.over',
      'expert_review.too_few',
      'expert_review.answers_awaited',
    ],
  }),
} as const
