// Programmes in force (adoptions), their pools and appropriations.
import { z } from 'zod'
import { route } from '../route.ts'
import { wayNames } from './application.ts'
import { amountFenText, asOfQuery, dayText, idParams, idText, instantText, plainText } from '../wire.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })

const adoptionRow = z
  .object({
    id: idText,
    programmeId: z.string(),
    programmeVersion: z.string(),
    programmeHash: z.string(),
    title: bilingual,
    authority: z.string(),
    jurisdiction: z.string(),
    opensOn: dayText,
    closesOn: dayText,
    claimsUntil: dayText,
    open: z.boolean(),
    /** the last day of the window that is open now */
    openUntil: dayText.nullable(),
    noticeWorkingDays: z.number().int(),
    way: z.enum(wayNames),
    poolFen: z.string(),
    poolLeftFen: z.string(),
  })
  .meta({ id: 'AdoptionRow' })

const adoption = adoptionRow
  .extend({
    conditions: z.array(
      z.object({
        id: z.string(),
        text: bilingual,
        /** why it fails, facts by their names */
        fail: bilingual,
        clause: z.string().nullable(),
        source: z.string().nullable(),
        decidedBy: z.string(),
        evidence: z.array(z.string()),
      }),
    ),
    awards: z.array(
      z.object({
        id: z.string(),
        title: bilingual,
        base: bilingual,
        baseClause: z.string().nullable(),
        caps: z.array(z.object({ id: z.string(), text: bilingual, clause: z.string().nullable() })),
      }),
    ),
    windows: z.array(
      z.object({
        from: dayText,
        to: dayText,
        /** the minute in China, where the notice names one; the named minute belongs to the window */
        opensAt: z.string().nullable(),
        closesAt: z.string().nullable(),
      }),
    ),
    voucherUsableUntil: dayText.nullable(),
    claimsInParts: z.boolean(),
    amounts: z.array(
      z.object({ id: z.string(), text: bilingual, value: bilingual, clause: z.string().nullable() }),
    ),
    documents: z.array(z.object({ id: z.string(), text: bilingual })),
    stages: z.array(
      z.object({
        id: z.string(),
        text: bilingual,
        actor: z.string(),
        workingDays: z.number().int().nullable(),
        /** a limit for whoever acts, or how long it lasts */
        limits: z.enum(['within', 'lasts', 'none']),
        /** runs on the office's own time: waiting for the applicant or the public does not */
        counts: z.boolean(),
        clause: z.string().nullable(),
      }),
    ),
    sources: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        number: z.string().nullable(),
        url: z.string().nullable(),
        issuer: z.string(),
        issuedOn: z.string().nullable(),
        grade: z.string(),
        clauses: z.array(z.object({ id: z.string(), text: z.string() })),
      }),
    ),
    decisions: z.array(
      z.object({
        id: z.string(),
        question: bilingual,
        /** null where the draft's own proposal was accepted */
        value: bilingual.nullable(),
        source: z.string(),
        signedBy: z.string(),
      }),
    ),
  })
  .meta({ id: 'Adoption' })

const pool = z
  .object({
    adoptionId: idText,
    title: bilingual,
    asOf: instantText,
    /** the last posting that counts */
    sequence: z.number().int(),
    appropriatedFen: z.string(),
    /** appropriated and in no pool: taken back, or not allotted yet */
    unallottedFen: z.string(),
    leftFen: z.string(),
    reservedFen: z.string(),
    issuedFen: z.string(),
    /** payable straight from the pool, where support follows the use */
    awardedFen: z.string(),
    usableFen: z.string(),
    heldFen: z.string(),
    payableFen: z.string(),
    paidFen: z.string(),
    returnedFen: z.string(),
    /** approved and waiting for money; known of today only */
    waiting: z.object({ applications: z.number().int(), fen: z.string() }).nullable(),
    series: z.array(z.object({ day: dayText, leftFen: z.string() })),
    exhaustion: z.object({ day: dayText, earliest: dayText, latest: dayText }).nullable(),
    endsOn: dayText,
  })
  .meta({ id: 'Pool' })

const appropriation = z
  .object({
    id: idText,
    adoptionId: idText,
    documentNumber: z.string(),
    documentOn: dayText.nullable(),
    /** what a district adds goes to its own pool */
    tierId: idText.nullable(),
    amountFen: z.string(),
    state: z.enum(['proposed', 'approved', 'refused']),
    proposedBy: z.string(),
    proposedAt: instantText,
    approvedBy: z.string().nullable(),
    approvedAt: instantText.nullable(),
    proposedByMe: z.boolean(),
  })
  .meta({ id: 'Appropriation' })

/** What a browser needs to work out for itself what a firm could get: nothing of the firm is sent. */
const ownCheck = z
  .object({
    id: idText,
    title: bilingual,
    authority: z.string(),
    opensOn: dayText,
    closesOn: dayText,
    open: z.boolean(),
    poolLeftFen: z.string(),
    programmeHash: z.string(),
    engineVersion: z.string(),
    /** divisions whose applicants the authority answers for */
    districts: z.array(z.string()),
    documents: z.array(z.object({ id: z.string(), text: bilingual })),
    programme: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'OwnCheck' })

export const policyRoutes = {
  createAdoption: route('POST /api/adoptions', {
    summary: { zh: '采用政策措施', en: 'adopt a programme' },
    access: 'adoption.create',
    body: z.object({
      programmeText: z.string().min(1).max(400_000),
      adoptionText: z.string().min(1).max(200_000),
      /** the fund that pays beside its other programmes; one of its own when left out */
      fundId: idText.optional(),
    }),
    answer: adoption,
    refusals: [
      'adoption.programme_invalid',
      'adoption.incomplete',
      'adoption.malformed',
      'adoption.exists',
      'adoption.way_not_run',
      'adoption.fund_unknown',
      'adoption.fund_has_programme',
    ],
  }),
  listAdoptions: route('GET /api/adoptions', {
    summary: { zh: '在行政策措施', en: 'programmes in force' },
    access: 'public',
    answer: z.object({ items: z.array(adoptionRow) }),
  }),
  readAdoption: route('GET /api/adoptions/:id', {
    summary: { zh: '政策措施详情', en: 'one programme in force' },
    access: 'public',
    params: idParams,
    answer: adoption,
  }),
  readOwnChecks: route('GET /api/own-checks', {
    summary: { zh: '政策计算器所需的措施规则', en: 'the rules by which a browser checks for itself' },
    access: 'public',
    answer: z.object({ items: z.array(ownCheck) }),
  }),
  readBurnDown: route('GET /api/adoptions/:id/burn-down', {
    summary: { zh: '资金池余额走势', en: 'what was left in the pool, week by week' },
    access: 'public',
    params: idParams,
    answer: z.object({
      series: z.array(z.object({ day: dayText, leftFen: z.string() })),
      exhaustion: z.object({ day: dayText, earliest: dayText, latest: dayText }).nullable(),
      endsOn: dayText,
    }),
  }),
  readPool: route('GET /api/adoptions/:id/pool', {
    summary: { zh: '资金池（可查任一日或任一序号）', en: 'the pool, as of any day or sequence' },
    access: 'pool.read',
    params: idParams,
    query: asOfQuery,
    answer: pool,
    refusals: ['pool.as_of_twice'],
  }),
  proposeAppropriation: route('POST /api/appropriations', {
    summary: { zh: '登记预算安排', en: 'propose an appropriation' },
    access: 'appropriation.propose',
    body: z.object({
      adoptionId: idText,
      documentNumber: plainText(60, 2),
      /** the day of the source document */
      documentOn: dayText.optional(),
      amountFen: amountFenText,
      /** the allotment of a district that adds its own money */
      tierId: idText.optional(),
    }),
    answer: appropriation,
    refusals: [
      'appropriation.amount_zero',
      'appropriation.document_used',
      'appropriation.document_later',
      'appropriation.not_a_tier',
    ],
  }),
  approveAppropriation: route('POST /api/appropriations/:id/approval', {
    summary: { zh: '复核预算安排', en: 'approve an appropriation (another person)' },
    access: 'appropriation.approve',
    params: idParams,
    answer: appropriation,
    refusals: ['appropriation.own_proposal', 'appropriation.wrong_state'],
  }),
  listAppropriations: route('GET /api/appropriations', {
    summary: { zh: '预算安排列表', en: 'appropriations' },
    access: 'appropriation.list',
    answer: z.object({ items: z.array(appropriation) }),
  }),
} as const
