// Usage from a centre's scheduler: import, what became of each record, and the rated lines of a contract.
import { RUNGS, RUNG_SOURCES } from '@suanquan/core/metering'
import { z } from 'zod'
import { tableRefusals } from '../refusals/imports.ts'
import { usageImportRefusals } from '../refusals/metering.ts'
import { batchRefusals } from '../refusals/usage-feed.ts'
import { offerMode } from './offer.ts'
import { runTableRefusals } from '../refusals/usage-run.ts'
import { route } from '../route.ts'
import { monthText } from './capacity.ts'
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
    /** how it was booked: late lines and corrections count in a later month than their own */
    booking: z.enum(['regular', 'late', 'refused', 'reversal', 'restated']),
    bookedMonth: z.string(),
    counts: z.boolean(),
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
    /** raw files that the platform asks for: the agent answers each at its next round */
    asked: z.array(z.object({ id: idText, name: z.string(), sm3: z.string(), bytes: z.number() })),
  })
  .meta({ id: 'TakenBatch' })

const words = z.object({ zh: z.string(), en: z.string() })

/** `csv` is a table of runs, as CSV or a workbook; `slurm` is what sacct or slurmdbd exports. */
const fileQuery = z.object({ organisationId: idText, format: z.enum(['slurm', 'csv']).default('slurm') })

const fileRefusals = [
  ...usageImportRefusals,
  ...runTableRefusals,
  ...tableRefusals,
  'attachment.half_written',
  'attachment.name_refused',
] as const

const usageCheck = z
  .object({
    records: z.number().int(),
    added: z.number().int(),
    superseded: z.number().int(),
    unchanged: z.number().int(),
    conflicts: z.number().int(),
    unmatched: z.number().int(),
    /** what is wrong with the file: none means that it can be taken */
    faults: z.array(
      z.object({
        row: z.number().int(),
        /** null where the file has no such column */
        column: z.number().int().nullable(),
        head: words,
        value: z.string(),
        code: z.string(),
        message: words,
      }),
    ),
  })
  .meta({ id: 'UsageCheck' })

/** Without a session: what counts is the signature of an enrolled key, over the number and the digest of the body. */
const signedBatch = z.object({
  keyId: z.string().regex(/^[0-9a-f]{32}$/),
  number: z.number().int().min(1).max(2_000_000_000),
  body: z.string().max(48_000_000),
  signature: z.string().regex(/^[0-9a-f]{128}$/),
})

const balance = z
  .object({
    kind: z.enum(['contract', 'voucher']),
    id: idText,
    number: z.string(),
    contractId: idText,
    organisationName: z.string(),
    providerName: z.string(),
    endsOn: dayText,
    totalFen: z.string(),
    usedFen: z.string(),
    /** of a voucher, within `usedFen`: the support that use not yet claimed is expected to bring; an estimate */
    openFen: z.string(),
    leftFen: z.string(),
    percent: z.number().int(),
    /** a day, over the last seven */
    paceFen: z.string(),
    /** at that pace; null: nothing was used in those days, or the end is years away. An estimate, never a posting */
    daysLeft: z.number().int().nullable(),
    lastsUntil: dayText.nullable(),
    /** thresholds that people were told of */
    told: z.array(z.object({ percent: z.number().int(), at: instantText })),
  })
  .meta({ id: 'UseBalance' })

const sources = z.array(z.enum(RUNG_SOURCES))

/** A rung of the ladder of use, in card-hours. */
const rung = z
  .object({
    name: z.enum(RUNGS),
    /** null: no feed says anything; where `unknownOf` is above 0, at least this */
    cardHours: z.number().nullable(),
    /** P_d16·hours; null where a class counts nothing or a part is unknown */
    pflopHours: z.number().nullable(),
    /** of how many centres it is unknown in whole or in part, and of how many it is asked */
    unknownOf: z.number().int(),
    of: z.number().int(),
    sources,
    /** how much of the time the feed looked; null where it can miss nothing */
    seenShare: z.number().nullable(),
  })
  .meta({ id: 'LadderRung' })

/** Of what is installed; `atLeast`: a part is unknown. */
const ladderShare = z.object({ share: z.number(), atLeast: z.boolean() }).nullable()

const termsEnd = z.object({ month: monthText, contracts: z.number().int(), share: z.number() })

const ladder = z.object({
  rungs: z.array(rung),
  /** never one without the others: sold, sold after the greatest ending of terms within a year, and active */
  standing: z.object({
    month: monthText,
    sold: ladderShare,
    ending: termsEnd.nullable(),
    after: z.object({ month: monthText, sold: ladderShare }),
    active: ladderShare,
  }),
})

const centreLadder = ladder
  .extend({
    id: idText,
    name: z.string(),
    district: z.string(),
    chips: z.array(z.object({ chip: z.string(), rungs: z.array(rung) })),
    /** a rung above one before it: both feeds are told, and neither is cut */
    contradictions: z.array(
      z.object({
        chip: z.string().nullable(),
        rung: z.enum(RUNGS),
        cardHours: z.number(),
        sources,
        within: z.enum(RUNGS),
        withinCardHours: z.number(),
        withinSources: sources,
      }),
    ),
    ends: z.array(termsEnd),
    /** the asked month and the year after it */
    ahead: z.array(
      z.object({
        month: monthText,
        installedCardHours: z.number().nullable(),
        /** null: the centre has not stated the month; its contracts here are known all the same */
        soldCardHours: z.number().nullable(),
        contractsCardHours: z.number(),
      }),
    ),
  })
  .meta({ id: 'CentreLadder' })

export const meteringRoutes = {
  readLadder: route('GET /api/usage/ladder', {
    summary: { zh: '利用率阶梯：从装机到有效', en: 'the ladder of use, from installed to effective' },
    access: 'capacity.read',
    query: z.object({ month: monthText.optional() }),
    answer: z.object({
      month: monthText,
      /** a device's hour is active from this mean busy share on */
      activePercent: z.number(),
      centres: z.array(centreLadder),
      districts: z.array(ladder.extend({ district: z.string() })),
      total: ladder,
    }),
  }),
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
  listBalances: route('GET /api/contracts/balances', {
    summary: {
      zh: '合同和券用了多少、按目前速度还能用多久',
      en: 'how much of contracts and vouchers is used, and how long the rest would last',
    },
    access: 'usage.read',
    query: pageQuery.extend({ contractId: idText.optional() }),
    answer: pageOf(balance),
  }),
  importUsage: route('POST /api/usage/imports', {
    summary: { zh: '导入调度器记账文件', en: 'import scheduler accounting' },
    access: 'usage.import',
    transport: 'upload',
    query: fileQuery,
    answer: usageImport,
    refusals: fileRefusals,
  }),
  checkUsage: route('POST /api/usage/checks', {
    summary: { zh: '校验用量文件（不写入）', en: 'check a file of use: a dry run' },
    access: 'usage.import',
    transport: 'upload',
    query: fileQuery,
    answer: usageCheck,
    refusals: fileRefusals,
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
