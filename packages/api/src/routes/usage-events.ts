// Use told event by event (CloudEvents 1.0 over HTTP), and the raw samples that stay at a centre and can be asked for.
import { z } from 'zod'
import { eventRefusals } from '../refusals/usage-run.ts'
import { route } from '../route.ts'
import { dayText, idParams, idText, instantText, plainText } from '../wire.ts'

const attribute = z.string().min(1).max(300)

/** Attributes of CloudEvents 1.0; `suanquankey` and `suanquansig` are our two extensions, others are signed and passed over. */
const usageEvent = z
  .object({
    specversion: z.literal('1.0'),
    id: attribute,
    source: attribute,
    type: attribute,
    suanquankey: z.string().regex(/^[0-9a-f]{32}$/),
    suanquansig: z.string().regex(/^[0-9a-f]{128}$/),
    data: z.record(z.string().max(40), z.union([z.string().max(400), z.int(), z.null()])),
  })
  .catchall(z.union([z.string().max(2000), z.int(), z.boolean()]))
  .meta({ id: 'UsageEvent' })

const takenEvents = z
  .object({
    events: z.array(
      z.object({
        source: z.string(),
        id: z.string(),
        /** what became of its run when it came first; a resend is answered the same */
        outcome: z.enum(['added', 'superseded', 'unchanged', 'conflict']),
      }),
    ),
  })
  .meta({ id: 'TakenEvents' })

const rawRequest = z
  .object({
    id: idText,
    feedId: idText,
    feedName: z.string(),
    providerName: z.string(),
    batch: z.number().int(),
    name: z.string(),
    sm3: z.string(),
    bytes: z.number(),
    reason: z.string(),
    askedAt: instantText,
    /** sent: the file is here; gone, changed: not at the centre any more, or not as it was; too_large: to be handed over otherwise */
    state: z.enum(['asked', 'sent', 'gone', 'changed', 'too_large']),
    answeredAt: instantText.nullable(),
  })
  .meta({ id: 'RawRequest' })

export const usageEventRoutes = {
  takeUsageEvents: route('POST /api/usage/events', {
    summary: { zh: '以 CloudEvents 上报用量', en: 'use as CloudEvents' },
    access: 'public',
    transport: 'events',
    body: z.array(usageEvent).min(1).max(500),
    answer: takenEvents,
    refusals: [...eventRefusals, 'metering.feed_unknown', 'metering.batch_other_cluster'],
  }),
  listRawFiles: route('GET /api/usage/feeds/:id/raw-files', {
    summary: { zh: '某日的原始样本文件', en: 'raw files of a day' },
    access: 'usage.ask_raw',
    params: idParams,
    query: z.object({ day: dayText }),
    answer: z.object({
      items: z.array(
        z.object({
          batch: z.number().int(),
          from: instantText,
          until: instantText,
          name: z.string(),
          sm3: z.string(),
          bytes: z.number(),
          samples: z.number(),
          request: rawRequest.nullable(),
        }),
      ),
    }),
  }),
  askRawFile: route('POST /api/usage/feeds/:id/raw-files', {
    summary: { zh: '请中心交来原始样本文件', en: 'ask a centre for a raw file' },
    access: 'usage.ask_raw',
    params: idParams,
    body: z.object({
      batch: z.number().int().min(1).max(2_000_000_000),
      sm3: z.string().regex(/^[0-9a-f]{64}$/),
      reason: plainText(500, 2),
    }),
    answer: rawRequest,
    refusals: ['metering.raw_unknown', 'metering.raw_asked'],
  }),
  readRawFile: route('GET /api/usage/raw-requests/:id/file', {
    summary: { zh: '下载中心交来的原始样本文件', en: 'a raw file that a centre handed over' },
    access: 'usage.ask_raw',
    transport: 'download',
    params: idParams,
    answer: z.unknown(),
    refusals: ['metering.raw_not_sent'],
  }),
  answerRawRequest: route('POST /api/usage/raw-answers', {
    summary: { zh: '计量代理答复原始样本请求', en: 'an agent answers for a raw file' },
    access: 'public',
    large: true,
    body: z.object({
      keyId: z.string().regex(/^[0-9a-f]{32}$/),
      requestId: idText,
      outcome: z.enum(['sent', 'gone', 'changed', 'too_large']),
      /** base64, where it is sent */
      body: z.string().max(48_000_000).nullable(),
      signature: z.string().regex(/^[0-9a-f]{128}$/),
    }),
    answer: z.object({ state: z.string() }),
    refusals: [
      'metering.feed_unknown',
      'metering.feed_signature_wrong',
      'metering.raw_differs',
      'metering.raw_answered',
    ],
  }),
} as const
