// 备用金: what a provider was advanced, what it drew at billing, what was filled again, and what is to come back, as of any
// day or posting; finance sees those of its city, a provider its own.
import { z } from 'zod'
import { route } from '../route.ts'
import { asOfQuery, dayText, idParams, idText, instantText, pageQuery } from '../wire.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })

const imprest = z
  .object({
    /** of the account that can be drawn on */
    id: idText,
    /** the last posting of its fund that counts, and the moment that is looked at */
    asOf: instantText,
    sequence: z.number().int(),
    adoptionId: idText,
    programme: bilingual,
    providerId: idText,
    providerName: z.string(),
    creditCode: z.string(),
    advancedFen: z.string(),
    drawnFen: z.string(),
    /** the provider reversed its deductions */
    drawnBackFen: z.string(),
    refilledFen: z.string(),
    /** returned out of what lay unused, and out of what was owed back */
    returnedFen: z.string(),
    returnedOwedFen: z.string(),
    /** advanced - drawn + drawn back + refilled - returned */
    leftFen: z.string(),
    /** drawn for deductions that are neither paid nor taken back */
    openFen: z.string(),
    /** drawn for what was rejected, and not returned */
    owedFen: z.string(),
    /** left, open and owed together: what has not been returned */
    outstandingFen: z.string(),
    /** of what is outstanding: advanced until a day that is over */
    overdueFen: z.string(),
    /** by when the earliest of what is outstanding is returned; null when nothing is outstanding */
    returnBy: dayText.nullable(),
    /** when the earliest of what is outstanding was paid, and how many days ago that is */
    outstandingSince: dayText.nullable(),
    ageDays: z.number().int().nullable(),
    beyond: z.enum(['claim', 'refuse']).nullable(),
    /** how much more may be advanced today by the programme's rule */
    advancableFen: z.string(),
  })
  .meta({ id: 'Imprest' })

const line = z
  .object({
    sequence: z.number().int(),
    at: instantText,
    code: z.string(),
    /** the deduction, or the document of the fund's act */
    reference: z.string(),
    inFen: z.string(),
    outFen: z.string(),
    balanceFen: z.string(),
  })
  .meta({ id: 'ImprestLine' })

export const imprestRoutes = {
  listImprests: route('GET /api/imprests', {
    summary: { zh: '备用金一览', en: 'imprests of providers' },
    access: 'imprest.read',
    query: asOfQuery,
    answer: z.object({ items: z.array(imprest) }),
    refusals: ['pool.as_of_twice'],
  }),
  readImprest: route('GET /api/imprests/:id', {
    summary: { zh: '一家供给方的备用金及其往来', en: 'an imprest and what moved on it' },
    access: 'imprest.read',
    params: idParams,
    query: asOfQuery.extend(pageQuery.shape),
    answer: imprest.extend({ total: z.number().int(), lines: z.array(line) }),
    refusals: ['pool.as_of_twice'],
  }),
} as const
