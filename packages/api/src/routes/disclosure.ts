// Notices (公示), objections, and progress by number: what the public may see.
import { z } from 'zod'
import { route } from '../route.ts'
import { wayNames } from './application.ts'
import { standing } from './standing.ts'
import { dayText, done, idParams, idText, instantText, pageOf, pageQuery, plainText } from '../wire.ts'

const noticeRow = z
  .object({
    id: idText,
    number: z.string(),
    /** 文号 */
    documentNumber: z.string().nullable(),
    title: z.object({ zh: z.string(), en: z.string() }),
    adoptionId: idText,
    opensOn: dayText,
    closesOn: dayText,
    provisional: z.boolean(),
    state: z.enum(['open', 'closed']),
    workingDaysLeft: z.number().int(),
    lines: z.number().int(),
    totalFen: z.string(),
  })
  .meta({ id: 'NoticeRow' })

const noticeLine = z
  .object({
    applicationNumber: z.string(),
    organisationName: z.string(),
    creditCode: z.string(),
    amountFen: z.string(),
    /** `reconsidered`: taken off this notice by an appeal; what is decided is announced again */
    state: z.enum(['announced', 'objected', 'granted', 'refused', 'withdrawn', 'reconsidered']),
  })
  .meta({ id: 'NoticeLine' })

const cell = z
  .object({
    key: z.string(),
    /** null: left out, because too few organisations stand behind it or behind what it would give away */
    organisations: z.number().int().nullable(),
    grants: z.number().int().nullable(),
    grantedFen: z.string().nullable(),
    paidOrganisations: z.number().int().nullable(),
    paidFen: z.string().nullable(),
  })
  .meta({ id: 'TotalsCell' })

const usageCell = z
  .object({
    key: z.string(),
    /** null: left out, because too few organisations stand behind it or behind what it would give away */
    organisations: z.number().int().nullable(),
    cardHours: z.number().nullable(),
    /** what was agreed for a card-hour, support not taken off; null too where nothing was metered */
    fenPerCardHour: z.number().int().nullable(),
    /** of the card-hours that monitoring saw; null too where none did */
    activeShare: z.number().nullable(),
  })
  .meta({ id: 'UsageTotalsCell' })

const usageTotals = z.object({
  until: dayText,
  smallestGroup: z.number().int(),
  tables: z.array(
    z
      .object({ by: z.enum(['month', 'district', 'chip']), total: usageCell, cells: z.array(usageCell) })
      .meta({ id: 'UsageTotalsTable' }),
  ),
  definitions: z.array(z.object({ name: z.string(), text: z.object({ zh: z.string(), en: z.string() }) })),
})

const totals = z.object({
  /** the last day that counts: the end of a month, so that no two readings differ by one firm */
  until: dayText.nullable(),
  smallestGroup: z.number().int(),
  tables: z.array(
    z
      .object({
        adoptionId: idText.nullable(),
        title: z.object({ zh: z.string(), en: z.string() }),
        by: z.enum(['programme', 'district', 'size', 'month']),
        total: cell,
        cells: z.array(cell),
      })
      .meta({ id: 'TotalsTable' }),
  ),
  /** programmes that ran elsewhere until their cut-over: what they did there counts in the months in which it was done */
  takenOver: z.array(
    z.object({
      adoptionId: idText,
      title: z.object({ zh: z.string(), en: z.string() }),
      cutOverOn: dayText,
      statementNumber: z.string(),
    }),
  ),
  definitions: z.array(z.object({ name: z.string(), text: z.object({ zh: z.string(), en: z.string() }) })),
})

export const disclosureRoutes = {
  publishNotice: route('POST /api/notices', {
    summary: { zh: '发布公示', en: 'publish a notice' },
    access: 'notice.publish',
    body: z.object({ adoptionId: idText, applicationIds: z.array(idText).min(1).max(500) }),
    answer: noticeRow,
    refusals: [
      'application.transition_not_allowed',
      'notice.mixed_adoptions',
      'disclosure.notice_empty',
      'disclosure.notice_without_period',
      'disclosure.line_twice',
      'disclosure.not_a_legal_person',
      'disclosure.personal_data',
      'calendar.not_a_day',
      'calendar.before_table',
    ],
  }),
  listNotices: route('GET /api/notices', {
    summary: { zh: '公示公告', en: 'notices' },
    access: 'public',
    query: pageQuery,
    answer: pageOf(noticeRow),
  }),
  readNotice: route('GET /api/notices/:id', {
    summary: { zh: '公示详情', en: 'one notice' },
    access: 'public',
    params: idParams,
    answer: noticeRow.extend({ items: z.array(noticeLine), contact: z.string() }),
  }),
  fileObjection: route('POST /api/notices/:id/objections', {
    summary: { zh: '提出异议', en: 'file an objection' },
    access: 'public',
    params: idParams,
    body: z.object({
      applicationNumber: z.string().max(40),
      statement: plainText(2000, 10),
      contactName: plainText(60, 1),
      contactPhone: z.string().regex(/^[0-9+ -]{6,20}$/),
    }),
    answer: z.object({ id: idText, number: z.string() }),
    refusals: [
      'disclosure.notice_not_open_yet',
      'disclosure.notice_closed',
      'disclosure.not_in_notice',
      'disclosure.objection_empty',
      'application.transition_not_allowed',
    ],
  }),
  hearFirm: route('POST /api/objections/:id/hearing', {
    summary: { zh: '请企业就异议申辩', en: 'ask the firm what it says to an objection' },
    access: 'objection.answer',
    params: idParams,
    body: z.object({ question: plainText(1000, 2) }),
    answer: done,
    refusals: [
      'application.transition_not_allowed',
      'application.conflict_of_interest',
      'notice.objection_answered',
    ],
  }),
  explainObjection: route('POST /api/applications/:id/explanations', {
    summary: { zh: '就异议提出申辩', en: 'say what the firm has to say to an objection' },
    access: 'objection.explain',
    params: idParams,
    body: z.object({ statement: plainText(4000, 10) }),
    answer: done,
    refusals: ['application.transition_not_allowed'],
  }),
  listObjections: route('GET /api/objections', {
    summary: { zh: '异议列表', en: 'objections' },
    access: 'objection.list',
    query: pageQuery,
    answer: pageOf(
      z
        .object({
          id: idText,
          number: z.string(),
          noticeId: idText,
          applicationId: idText,
          applicationNumber: z.string(),
          organisationName: z.string(),
          statement: z.string(),
          contactMasked: z.string(),
          filedAt: instantText,
          outcome: z.enum(['open', 'upheld', 'dismissed']),
          answer: z.string().nullable(),
        })
        .meta({ id: 'Objection' }),
    ),
  }),
  answerObjection: route('POST /api/objections/:id/answers', {
    summary: { zh: '答复异议', en: 'answer an objection' },
    access: 'objection.answer',
    params: idParams,
    body: z.object({ outcome: z.enum(['upheld', 'dismissed']), reason: plainText(2000, 2) }),
    answer: done,
    refusals: [
      'notice.objection_answered',
      'application.transition_not_allowed',
      'application.conflict_of_interest',
    ],
  }),
  searchPublic: route('GET /api/search', {
    summary: { zh: '站内搜索', en: 'search what is public' },
    access: 'public',
    query: z.object({ q: plainText(60, 1) }),
    answer: z.object({
      items: z.array(
        z
          .object({
            kind: z.enum(['programme', 'condition', 'clause', 'notice']),
            title: z.object({ zh: z.string(), en: z.string() }),
            text: z.object({ zh: z.string(), en: z.string() }),
            id: idText,
          })
          .meta({ id: 'SearchResult' }),
      ),
    }),
  }),
  readTotals: route('GET /api/open-data/totals', {
    summary: { zh: '公开汇总数据（JSON）', en: 'totals as open data (JSON)' },
    access: 'public',
    answer: totals,
  }),
  downloadTotals: route('GET /api/open-data/totals.csv', {
    summary: { zh: '公开汇总数据（CSV）', en: 'totals as open data (CSV)' },
    access: 'public',
    transport: 'download',
    answer: z.unknown(),
  }),
  readUsageTotals: route('GET /api/open-data/usage', {
    summary: { zh: '公开用量统计（JSON）', en: 'statistics of use as open data (JSON)' },
    access: 'public',
    answer: usageTotals,
  }),
  downloadUsageTotals: route('GET /api/open-data/usage.csv', {
    summary: { zh: '公开用量统计（CSV）', en: 'statistics of use as open data (CSV)' },
    access: 'public',
    transport: 'download',
    answer: z.unknown(),
  }),
  readProgress: route('POST /api/progress', {
    summary: { zh: '凭编号和信用代码查询进度', en: 'progress by number and credit code' },
    access: 'public',
    body: z.object({ number: z.string().trim().max(40), creditCode: z.string().trim().max(40) }),
    answer: z.object({
      number: z.string(),
      way: z.enum(wayNames),
      state: z.string(),
      nextActor: z.enum(['applicant', 'reviewer', 'provider', 'public', 'finance', 'system', 'nobody']),
      deadlineOn: dayText.nullable(),
      workingDaysLeft: z.number().int().nullable(),
      ...standing,
      steps: z.array(z.object({ state: z.string(), reachedOn: dayText })),
    }),
    refusals: ['disclosure.progress_not_found'],
  }),
} as const
