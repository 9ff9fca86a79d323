// Records of use that hold: how complete what came is, which months are closed and by whom, what people must look at, and the
// hours of a contract or a centre.
import { z } from 'zod'
import { route } from '../route.ts'
import { dayText, done, idParams, idText, instantText, pageOf, pageQuery, plainText } from '../wire.ts'

export const periodStates = ['open', 'in_grace', 'due', 'proposed', 'closed'] as const
export const lateRules = ['next', 'refuse'] as const
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

const usageRules = z.object({ graceDays: z.number().int().min(0).max(60), late: z.enum(lateRules) })

const usagePeriod = z
  .object({
    providerId: idText,
    providerName: z.string(),
    month,
    state: z.enum(periodStates),
    /** the first day on which it can be closed */
    dueOn: dayText,
    /** what its use is worth in it, late use and corrections of earlier months included */
    ratedFen: z.string(),
    /** of it: use of earlier months that came after their close */
    lateFen: z.string(),
    /** of it: what corrections of earlier months take or add */
    correctedFen: z.string(),
    /** came after the close and was refused */
    refusedFen: z.string(),
    /** the least complete of its feeds, in per cent; null where no feed was enrolled */
    percent: z.number().int().nullable(),
    /** days on which a feed was partial or silent */
    daysOpen: z.number().int(),
    proposedByMe: z.boolean(),
    proposedAt: instantText.nullable(),
    closedAt: instantText.nullable(),
    closedBy: z.enum(['people', 'platform']).nullable(),
  })
  .meta({ id: 'UsagePeriod' })

const usageAlert = z
  .object({
    id: idText,
    kind: z.enum(['claimed_use_corrected', 'feed_silent']),
    providerName: z.string(),
    feedName: z.string().nullable(),
    claimId: idText.nullable(),
    claimNumber: z.string().nullable(),
    claimState: z.string().nullable(),
    organisationName: z.string().nullable(),
    /** of a claim's base: what its use does not prove any more */
    amountFen: z.string().nullable(),
    corrections: z.array(
      z.object({
        record: z.string(),
        month: z.string(),
        booking: z.string(),
        seconds: z.number().int(),
        amountFen: z.string(),
      }),
    ),
    raisedAt: instantText,
    settledAt: instantText.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'UsageAlert' })

export const dayStates = ['complete', 'partial', 'silent', 'no_feed'] as const

const feedHealth = z
  .object({
    id: idText,
    name: z.string(),
    providerId: idText,
    providerName: z.string(),
    cluster: z.string(),
    algorithm: z.enum(['SM2', 'Ed25519']),
    keyId: z.string(),
    enrolledAt: instantText,
    revokedAt: instantText.nullable(),
    heardAt: instantText.nullable(),
    readUntil: instantText.nullable(),
    /** since its last batch, or its enrolment */
    silentSeconds: z.number().int(),
    /** behind now, of what it has read; null before the first batch */
    lagSeconds: z.number().int().nullable(),
    /** below 0: its clock runs ahead; above: behind, or nothing of it arrives at once */
    clockSeconds: z.number().int().nullable(),
    batches: z.number().int(),
    missing: z.array(z.number().int()),
    devices: z.number().int(),
    days: z.array(
      z.object({
        day: dayText,
        state: z.enum(dayStates),
        percent: z.number().int(),
        expectedSeconds: z.number().int(),
        readSeconds: z.number().int(),
        expectedDeviceSeconds: z.number().int(),
        coveredDeviceSeconds: z.number().int(),
      }),
    ),
    gaps: z.array(z.object({ from: instantText, until: instantText })),
    /** devices that several held at one time, the last fifty */
    shared: z.array(
      z.object({
        device: z.string(),
        hourAt: instantText,
        owners: z.array(z.string()),
        seconds: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'FeedHealth' })

const usageHour = z
  .object({
    at: instantText,
    cardSeconds: z.number(),
    /** what the feed read of it, in per cent; null where no feed was enrolled */
    readPercent: z.number().int().nullable(),
  })
  .meta({ id: 'UsageHour' })

/** So many days up to one, which is today when left out. */
const daysQuery = z.object({
  to: dayText.optional(),
  days: z.coerce.number().int().min(1).max(92).default(31),
})

export const usageRecordRoutes = {
  listUsagePeriods: route('GET /api/usage/periods', {
    summary: { zh: '用量账期', en: 'periods of use' },
    access: 'usage.read',
    query: pageQuery,
    answer: pageOf(usagePeriod).extend({ rules: usageRules }),
  }),
  proposeUsageClose: route('POST /api/usage/periods/proposals', {
    summary: { zh: '提出关账', en: 'propose to close a period' },
    access: 'usage.close',
    body: z.object({ providerId: idText, month, reason: plainText(500) }),
    answer: done,
    refusals: [
      'metering.period_not_due',
      'metering.period_closed',
      'metering.period_before_open',
      'metering.period_without_use',
      'metering.period_proposed',
    ],
  }),
  decideUsageClose: route('POST /api/usage/periods/decisions', {
    summary: { zh: '关账或退回', en: 'close a period, or return the proposal (another person)' },
    access: 'usage.close',
    body: z.object({
      providerId: idText,
      month,
      decision: z.enum(['close', 'return']),
      reason: plainText(500),
    }),
    answer: done,
    refusals: ['metering.period_not_proposed', 'metering.period_own_proposal'],
  }),
  changeUsageRules: route('POST /api/usage/rules', {
    summary: { zh: '设置关账规则', en: 'set how periods close' },
    access: 'site.change',
    body: usageRules,
    answer: done,
  }),
  listUsageAlerts: route('GET /api/usage-alerts', {
    summary: { zh: '用量提醒', en: 'what people must know of use' },
    access: 'usage.read',
    query: pageQuery,
    answer: pageOf(usageAlert),
  }),
  settleUsageAlert: route('POST /api/usage-alerts/:id/settlement', {
    summary: { zh: '处理用量提醒', en: 'settle an alert' },
    access: 'usage_alert.settle',
    params: idParams,
    body: z.object({ note: plainText(1000, 2) }),
    answer: done,
    refusals: ['metering.alert_settled'],
  }),
  readCompleteness: route('GET /api/usage/completeness', {
    summary: { zh: '用量完整性', en: 'how complete use came' },
    access: 'usage.read',
    query: daysQuery,
    answer: z.object({ from: dayText, to: dayText, at: instantText, feeds: z.array(feedHealth) }),
  }),
  exploreUsage: route('GET /api/contracts/:id/hours', {
    summary: { zh: '合同逐时用量', en: 'a contract’s use by hour or day' },
    access: 'usage.read',
    params: idParams,
    query: daysQuery,
    answer: z.object({
      contractId: idText,
      contractNumber: z.string(),
      startsOn: dayText,
      endsOn: dayText,
      from: dayText,
      to: dayText,
      step: z.enum(['hour', 'day']),
      /** cards that the contract’s amount buys over its term, in thousandths; null with more than one price */
      boughtMilliCards: z.number().int().nullable(),
      hours: z.array(usageHour),
    }),
  }),
} as const
