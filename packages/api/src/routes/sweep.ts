// 免申即享: the bureau holds what a higher tier has approved, sweeps it against registers and metered use, and another person
// signs off (the bulk act on applications); each firm then gets an offer, which it takes, declines or appeals against.
import { z } from 'zod'
import { route } from '../route.ts'
import {
  creditCodeText,
  dayText,
  idParams,
  idText,
  instantText,
  pageOf,
  pageQuery,
  plainText,
} from '../wire.ts'

export const SWEEP_MOST = 200

const bilingual = z.object({ zh: z.string(), en: z.string() })

/** One line of the list that the bureau holds. */
const held = z
  .object({
    creditCode: creditCodeText,
    contractNumber: plainText(60, 1),
    /** what the higher tier approved, in percent */
    percent: z.number().int().min(1).max(100),
    approvedOn: dayText,
  })
  .meta({ id: 'UpperAward' })

const list = z.object({
  adoptionId: idText,
  /** where the list comes from: who issued it, and when */
  source: plainText(200, 2),
  awards: z.array(held).min(1).max(SWEEP_MOST),
})

export const sweepOutcomes = ['qualifies', 'missing', 'not_eligible', 'taken'] as const

const line = z
  .object({
    creditCode: z.string(),
    contractNumber: z.string(),
    organisationName: z.string().nullable(),
    outcome: z.enum(sweepOutcomes),
    applicationId: idText.nullable(),
    ceilingFen: z.string().nullable(),
    /** what is not held, why not, or which application has the contract: in words */
    reasons: z.array(bilingual),
  })
  .meta({ id: 'SweepLine' })

const sweepRow = z
  .object({
    id: idText,
    number: z.string(),
    adoptionId: idText,
    programmeTitle: bilingual,
    source: z.string(),
    madeAt: instantText,
    madeBy: z.string(),
    /** whether the reader made it, and so does not sign it off */
    own: z.boolean(),
    lines: z.number().int(),
    qualifying: z.number().int(),
    /** cases that wait for their sign-off */
    open: z.number().int(),
  })
  .meta({ id: 'SweepRow' })

const sweep = sweepRow
  .extend({
    items: z.array(line.extend({ state: z.string().nullable(), openCeilingFen: z.string().nullable() })),
  })
  .meta({ id: 'Sweep' })

const origins = ['register', 'contract', 'statement', 'matched', 'platform', 'reviewer', 'declared'] as const

/** An award that is or could be given without application, over the register as it stands. */
const readiness = z
  .object({
    adoptionId: idText,
    programmeTitle: bilingual,
    award: z.string(),
    awardTitle: bilingual,
    kind: z.enum(['automatic', 'could_be']),
    /** firms that qualify on what registers already say */
    qualifying: z.number().int(),
    missingData: z.number().int(),
    not: z.number().int(),
    /** of those that qualify, each as if it came alone */
    ceilingFen: z.string(),
    /** the first of those that qualify */
    firms: z.array(z.object({ id: idText, name: z.string(), creditCode: z.string() })),
    /** most firms first; no origin: what only an adoption sets */
    missing: z.array(
      z.object({
        fact: z.string(),
        label: bilingual,
        origin: z.enum(origins).nullable(),
        firms: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'SweepReadiness' })

const sweepRefusals = ['adoption.not_open', 'sweep.way_is_applied_for', 'sweep.line_twice'] as const

export const sweepRoutes = {
  checkSweep: route('POST /api/sweeps/check', {
    summary: { zh: '试比对（不写入）', en: 'a dry run of a sweep' },
    access: 'sweep.make',
    body: list,
    answer: z.object({ items: z.array(line) }),
    refusals: sweepRefusals,
  }),
  makeSweep: route('POST /api/sweeps', {
    summary: { zh: '比对并提交核定', en: 'sweep, and hand in for sign-off' },
    access: 'sweep.make',
    body: list,
    answer: sweep,
    refusals: [...sweepRefusals, 'sweep.nobody_qualifies'],
  }),
  readSweepReadiness: route('GET /api/sweeps/readiness', {
    summary: {
      zh: '用已有登记看谁符合、还缺什么（不作发放）',
      en: 'who qualifies on what registers already say, and what is missing; awards nothing',
    },
    access: 'sweep.look',
    answer: z.object({
      on: dayText,
      firms: z.number().int(),
      /** the oldest and the latest day of what was read; null without any */
      asOf: z.object({ from: dayText, to: dayText }).nullable(),
      items: z.array(readiness),
    }),
  }),
  listSweeps: route('GET /api/sweeps', {
    summary: { zh: '比对记录', en: 'sweeps' },
    access: 'sweep.read',
    query: pageQuery,
    answer: pageOf(sweepRow),
  }),
  readSweep: route('GET /api/sweeps/:id', {
    summary: { zh: '一次比对', en: 'one sweep' },
    access: 'sweep.read',
    params: idParams,
    answer: sweep,
  }),
  answerOffer: route('POST /api/applications/:id/answer', {
    summary: { zh: '确认、放弃或申诉', en: 'take an offer, decline it or appeal' },
    access: 'offer.answer',
    params: idParams,
    body: z.discriminatedUnion('answer', [
      z.object({
        answer: z.literal('consent'),
        /** the last four digits of the account that the register holds */
        accountEnding: z.string().regex(/^\d{4}$/),
        truthful: z.literal(true),
      }),
      z.object({ answer: z.literal('decline'), reason: plainText(1000, 2) }),
      z.object({ answer: z.literal('appeal'), reason: plainText(1000, 2) }),
    ]),
    answer: z.object({ state: z.string() }),
    refusals: ['application.transition_not_allowed', 'offer.no_account', 'offer.account_differs'],
  }),
} as const
