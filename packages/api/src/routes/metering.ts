// Usage from a centre's scheduler: import, what became of each record, and the rated lines of a contract.
import { z } from 'zod'
import { usageImportRefusals } from '../refusals/metering.ts'
import { batchRefusals } from '../refusals/usage-feed.ts'
import { offerMode } from './offer.ts'
import { route } from '../route.ts'
import { dayText, done, idParams, idText, instantText, pageOf, pageQuery, plainText } from '../wire.ts'

const usageImport = z
  .object({
    id: idText,
    at: instantText,
    fileName: z.string(),
    sha256: z.string(),
    shape: z.string(),
    providerName: z.string(),
    records: z.number().int(),
    added: z.number().int(),
    superseded: z.number().int(),
    unchanged: z.number().int(),
    conflicts: z.number().int(),
    unmatched: z.number().int(),
    ratedLines: z.number().int(),
    ratedFen: z.string(),
    problems: z.array(
      z.object({
        code: z.string(),
        params: z.record(z.string(), z.string()),
        message: z.object({ zh: z.string(), en: z.string() }),
        count: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'UsageImport' })

const lineTariff = z
  .object({
    offerNo: z.string(),
    version: z.number().int(),
    mode: offerMode,
    item: z.enum(['compute', 'storage', 'network', 'security']),
    listFen: z.string(),
    chargedSeconds: z.number().int(),
    /** hundredths of a per cent off */
    discount: z.number().int(),
    committed: z.number().int(),
    bands: z.array(z.object({ off: z.number().int(), seconds: z.string() })),
    lease: z
      .object({ devices: z.number().int(), days: z.number().int(), daysOfMonth: z.number().int() })
      .optional(),
  })
  .meta({ id: 'LineTariff' })

export const ratedLine = z
  .object({
    id: idText,
    jobId: z.string(),
    cluster: z.string(),
    state: z.string(),
    chip: z.string(),
    /** whole cards, or shards of a card when unitsPerCard is above 1 */
    units: z.number().int(),
    unitsPerCard: z.number().int(),
    month: z.string(),
    startedAt: instantText,
    endedAt: instantText,
    seconds: z.number().int(),
    suspendedSeconds: z.number().int(),
    priceFenPerCardHour: z.string(),
    /** what the use is worth */
    valueFen: z.string(),
    /** what counts: 0 with a reason other than rated */
    amountFen: z.string(),
    reason: z.string(),
    open: z.boolean(),
    /** with which published price the line was made, and how; null where the contract only names prices */
    tariff: lineTariff.nullable(),
    /** quantity × price × discounts = amount, each with where it comes from */
    explanation: z.object({ zh: z.string(), en: z.string() }),
  })
  .meta({ id: 'RatedLine' })

const usageFeed = z
  .object({
    id: idText,
    name: z.string(),
    providerName: z.string(),
    cluster: z.string(),
    algorithm: z.enum(['SM2', 'Ed25519']),
    keyId: z.string(),
    enrolledAt: instantText,
    revokedAt: instantText.nullable(),
    /** when its last batch came; a batch without news is its heartbeat */
    heardAt: instantText.nullable(),
    /** up to when it has read the centre's accounting */
    readUntil: instantText.nullable(),
    batches: z.number().int(),
    /** numbers below the highest that have not come, the first hundred */
    missing: z.array(z.number().int()),
  })
  .meta({ id: 'UsageFeed' })

const takenBatch = z
  .object({
    number: z.number().int(),
    records: z.number().int(),
    added: z.number().int(),
    superseded: z.number().int(),
    unchanged: z.number().int(),
    /** runs told otherwise without a higher revision: what was first stands, and people look */
    conflicts: z.number().int(),
    unmatched: z.number().int(),
    /** rows of devices and hours that stand now */
    hours: z.number().int(),
    missing: z.array(z.number().int()),
  })
  .meta({ id: 'TakenBatch' })

/** Without a session: what counts is the signature of an enrolled key, over the number and the digest of the body. */
const signedBatch = z.object({
  keyId: z.string().regex(/^[0-9a-f]{32}$/),
  number: z.number().int().min(1).max(2_000_000_000),
  body: z.string().max(48_000_000),
  signature: z.string().regex(/^[0-9a-f]{128}$/),
})

export const meteringRoutes = {
  feedUsage: route('POST /api/usage/feed', {
    summary: { zh: '计量代理上报一批用量', en: 'an agent sends a batch of use' },
    access: 'public',
    large: true,
    body: signedBatch,
    answer: takenBatch,
    refusals: [...batchRefusals, ...usageImportRefusals],
  }),
  enrolFeed: route('POST /api/usage/feeds', {
    summary: { zh: '登记计量代理', en: 'enrol an agent' },
    access: 'usage.import',
    body: z.object({
      providerId: idText,
      name: plainText(80, 1),
      cluster: plainText(80, 1),
      algorithm: z.enum(['SM2', 'Ed25519']),
      publicKey: z.string().regex(/^([0-9a-f]{2}){1,65}$/),
    }),
    answer: usageFeed,
    refusals: ['metering.feed_key_malformed', 'metering.feed_key_taken'],
  }),
  withdrawFeed: route('POST /api/usage/feeds/:id/withdrawal', {
    summary: { zh: '停用计量代理', en: 'withdraw an agent' },
    access: 'usage.import',
    params: idParams,
    answer: done,
  }),
  listFeeds: route('GET /api/usage/feeds', {
    summary: { zh: '计量代理', en: 'agents' },
    access: 'usage.read',
    query: pageQuery,
    answer: pageOf(usageFeed),
  }),
  importUsage: route('POST /api/usage/imports', {
    summary: { zh: '导入调度器记账文件', en: 'import scheduler accounting' },
    access: 'usage.import',
    transport: 'upload',
    query: z.object({ organisationId: idText, format: z.enum(['slurm']).default('slurm') }),
    answer: usageImport,
    refusals: [...usageImportRefusals, 'attachment.half_written', 'attachment.name_refused'],
  }),
  listUsageImports: route('GET /api/usage/imports', {
    summary: { zh: '导入记录', en: 'imports' },
    access: 'usage.read',
    query: pageQuery,
    answer: pageOf(usageImport),
  }),
  readContractUsage: route('GET /api/contracts/:id/usage', {
    summary: { zh: '合同用量与计费', en: 'usage and rated lines of a contract' },
    access: 'usage.read',
    params: idParams,
    query: pageQuery.extend({
      month: z
        .string()
        .regex(/^\d{4}-\d{2}$/)
        .optional(),
    }),
    answer: pageOf(ratedLine).extend({
      contractNumber: z.string(),
      totalFen: z.string(),
      months: z.array(
        z.object({
          month: z.string(),
          cardSeconds: z.number().int(),
          amountFen: z.string(),
          zeroRatedSeconds: z.number().int(),
        }),
      ),
      startsOn: dayText,
      endsOn: dayText,
    }),
  }),
} as const
