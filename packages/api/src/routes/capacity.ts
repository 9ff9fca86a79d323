// 中心算力: what each centre has of each class of device, month by month, and has already sold of it, as its engineer or the
// bureau states it; each statement is a version.
import { z } from 'zod'
import { route } from '../route.ts'
import { idParams, idText, instantText } from '../wire.ts'

export const monthText = z
  .string()
  .regex(/^(19|2\d)\d{2}-(0[1-9]|1[0-2])$/)
  .meta({ id: 'Month', description: 'a month, YYYY-MM', example: '2024-05' })

const count = z.number().int().min(0).max(10_000_000)

const stockLine = z.object({
  chip: z
    .string()
    .trim()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u),
  devices: count,
  /** card-hours of the month that contracts already bind, without those that apply here for support */
  soldCardHours: z.number().int().min(0).max(10_000_000_000),
  /** the vendor's signed certificate of the peak is at hand: a card of low confidence then counts in P_d16 */
  certified: z.boolean().default(false),
  /** card-hours of the month that maintenance or faults take; left out or null: unknown */
  downCardHours: z.number().int().min(0).max(10_000_000_000).nullish(),
})

const statement = z
  .object({
    providerId: idText,
    providerName: z.string(),
    month: monthText,
    version: z.number().int(),
    enteredAt: instantText,
    enteredBy: z.string(),
    lines: z.array(
      stockLine.extend({
        /** dense FP16 of one card; null while nothing trustworthy says so */
        tflops: z.number().nullable(),
        freeCardHours: z.number(),
        /** more is sold than there is */
        oversold: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'CapacityStatement' })

/** Of money against compute: one class and month. */
export const computeLine = z.object({
  chip: z.string(),
  month: monthText,
  wantedCardHours: z.number(),
  /** null: no centre has stated this month */
  freeCardHours: z.number().nullable(),
  /** P_d16·hours; null where nothing trustworthy says what the card counts */
  wantedPflopHours: z.number().nullable(),
  freePflopHours: z.number().nullable(),
  standing: z.enum(['within', 'short', 'unknown']),
})

export const capacityRoutes = {
  listCapacity: route('GET /api/capacity', {
    summary: { zh: '各中心的算力：有多少、已售多少', en: 'what centres have and have sold' },
    access: 'capacity.read',
    query: z.object({ from: monthText.optional() }),
    answer: z.object({ items: z.array(statement) }),
  }),
  stateCapacity: route('POST /api/providers/:id/capacity', {
    summary: { zh: '填报一个中心的算力', en: 'state what a centre has and has sold' },
    access: 'capacity.state',
    params: idParams,
    body: z.object({
      from: monthText,
      /** how many months it holds for, each a version of its own */
      months: z.number().int().min(1).max(24),
      lines: z.array(stockLine).min(1).max(40),
    }),
    answer: z.object({ items: z.array(statement) }),
    refusals: ['capacity.class_twice'],
  }),
} as const
