// How values travel: money as a text of whole fen (JSON numbers lose digits), days as YYYY-MM-DD in China time,
// instants as ISO 8601 in UTC, ids as UUIDs. Lists come as pages with a total.
import { isDay } from '@suanquan/core/calendar'
import { z } from 'zod'

/** Whole fen as text, up to 15 digits (below 10 trillion yuan). */
export const fenText = z
  .string()
  .regex(/^(0|-?[1-9]\d{0,14})$/)
  .meta({ id: 'FenText', description: 'whole fen as text, e.g. "40000000" for 400,000.00 yuan' })

/** An amount that a person enters: whole fen, not negative. */
export const amountFenText = z
  .string()
  .regex(/^(0|[1-9]\d{0,14})$/)
  .meta({ id: 'AmountFenText', description: 'whole fen as text, not negative' })

/** A price for one card and hour: up to nine digits, so that no use of it leaves the range of the ledger. */
export const priceFenText = z
  .string()
  .regex(/^(0|[1-9]\d{0,8})$/)
  .meta({ id: 'PriceFenText', description: 'whole fen a card and hour as text, below 10 million yuan' })

export const dayText = z.string().refine(isDay, { error: 'a civil day that exists, YYYY-MM-DD' }).meta({
  id: 'Day',
  description: 'a civil day in China time, YYYY-MM-DD',
  example: '2024-05-06',
  format: 'date',
})

export const instantText = z.iso
  .datetime()
  .meta({ id: 'Instant', description: 'an instant in UTC, ISO 8601' })

export const idText = z.uuid().meta({ id: 'Id' })

/** Text that people type: no control characters but line ends, no direction overrides, a stated length. */
export function plainText(maximum: number, minimum = 0): z.ZodString {
  return z
    .string()
    .trim()
    .min(minimum)
    .max(maximum)
    .regex(/^(?:[\t\n\r]|[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069])*$/u)
}

/** 18 symbols; what each symbol means is checked by core's party module, which says precisely what is wrong. */
export const creditCodeText = z.string().trim().min(1).max(40).meta({ id: 'CreditCode' })

export const pageQuery = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(200).default(50),
})

/** The end of a day, or the journal up to a sequence; now when neither is given. */
export const asOfQuery = z.object({
  asOf: dayText.optional(),
  sequence: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
})

export function pageOf<Item extends z.ZodType>(
  item: Item,
): z.ZodObject<{
  total: z.ZodNumber
  items: z.ZodArray<Item>
}> {
  return z.object({ total: z.number().int(), items: z.array(item) })
}

export const idParams = z.object({ id: idText })

/** What a reviewer found, fact by fact: yes or no, or an amount as fen in digits. */
export const findingsByFact = z
  .record(z.string(), z.union([z.boolean(), z.string().trim().min(1).max(60)]))
  .meta({ id: 'Findings' })

const bilingual = z.object({ zh: z.string(), en: z.string() })

/** A fact as a form asks for it; a choice with the words of each. */
export const askedFact = z
  .object({
    fact: z.string(),
    label: bilingual,
    type: z.string(),
    choices: z.array(z.object({ value: z.string(), label: bilingual })),
  })
  .meta({ id: 'AskedFact' })

export const done = z.object({ done: z.literal(true) })
