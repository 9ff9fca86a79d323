// The shape of an adoption file: what an authority answers, signs and sets for itself when it takes over a measure.
import { z } from 'zod'
import { competitionShape } from './competition-shape.ts'
import { date, division, inOrder, name, reviewTiers, text, value } from './shape.ts'

const answer = z.strictObject({
  value: z.union([value, z.array(value)]),
  source: z.string().min(1),
  signed_by: z.string().min(1),
})

const workdays = z.union([z.string().regex(/^[1-9]\d{0,2}$/), z.number().int().min(1).max(999)])

/** How the authority itself runs review, appeal and its documents, with where that is written down. */
const ownProcedure = z.strictObject({
  review: z
    .array(z.strictObject({ tier: z.enum(reviewTiers), workdays }))
    .min(1)
    .refine((tiers) => inOrder(tiers.map(({ tier }) => tier)), { error: 'tiers' })
    .optional(),
  appeal: z
    .strictObject({ workdays, decide_workdays: workdays })
    .optional()
    .describe('until when a firm may ask for another look at a decision, and by when that is decided'),
  document_code: z
    .string()
    .regex(/^[\p{Script=Han}A-Za-z]{1,12}$/u, { error: 'document_code' })
    .optional()
    .describe('发文机关代字: what the numbers of its decisions begin with'),
  remedies: text
    .optional()
    .describe('what may be done outside against a decision, where it is not the general rule'),
  source: z.string().min(1),
  signed_by: z.string().min(1),
})

export const adoptionShape = z.strictObject({
  suanquan: z.literal('adoption/v1'),
  id: z.string().min(1),
  programme: z.string(),
  programme_hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, { error: 'programme_hash' })
    .optional()
    .describe('the hash of the programme that was read when this was signed'),
  /** what the authority calls it; the measure's own title when left out */
  title: text.optional(),
  authority: text,
  jurisdiction: division,
  districts: z.array(division).optional(),
  adopted_on: date,
  answers: z.record(z.string(), answer),
  parameters: z.record(name, answer).optional(),
  governs: z
    .strictObject({
      from: date,
      to: date.optional(),
      source: z.string().min(1),
      signed_by: z.string().min(1),
    })
    .optional()
    .describe('when it governs where the authority takes over a measure of another place or time'),
  holds: z
    .strictObject({
      workdays: z.union([z.string().regex(/^[1-9]\d{0,2}$/), z.number().int().min(1).max(999)]),
      source: z.string().min(1),
      signed_by: z.string().min(1),
    })
    .optional()
    .describe('how long a claim holds part of its voucher undecided; until it is decided when left out'),
  procedure: ownProcedure.optional(),
  competition: competitionShape.optional(),
})

export type AdoptionShape = z.infer<typeof adoptionShape>
