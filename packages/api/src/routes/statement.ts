// 对账单: a contract's months as firm, centre and office all read them: what was rated, what the voucher and the firm bore, and
// each unpaid part with its reason; the match of every claim beside it.
import { z } from 'zod'
import { route } from '../route.ts'
import { dayText, idParams, idText, pageOf, pageQuery, plainText } from '../wire.ts'
import { claimStates } from './settlement.ts'
import { matched } from './evidence.ts'

const both = z.object({ zh: z.string(), en: z.string() })
const part = z.object({ code: z.string(), text: both, amountFen: z.string() })

const sums = z.object({
  /** what the metered use is worth */
  valueFen: z.string(),
  /** what of it is charged */
  ratedFen: z.string(),
  claimedFen: z.string(),
  voucherFen: z.string(),
  ownFen: z.string(),
  unpaidFen: z.string(),
})

const statementMonth = sums
  .extend({
    month: z.string(),
    /** unpaid of the months before */
    openingFen: z.string(),
    closingFen: z.string(),
    uncharged: z.array(part),
    unpaid: z.array(part),
    /** charged − (voucher + own + unpaid): 0 unless the books are at fault */
    differenceFen: z.string(),
    /** the last day to dispute it; null where the calendar is not known that far */
    disputeUntil: dayText.nullable(),
    mayDispute: z.boolean(),
  })
  .meta({ id: 'StatementMonth' })

const row = sums
  .extend({
    contractId: idText,
    contractNumber: z.string(),
    organisationName: z.string(),
    providerName: z.string(),
    district: z.string(),
    months: z.number().int(),
    /** what leaves the most unpaid */
    mainReason: both.nullable(),
    disputes: z.number().int(),
  })
  .meta({ id: 'StatementRow' })

export const statementRoutes = {
  listStatements: route('GET /api/statements', {
    summary: { zh: '对账单', en: 'statements' },
    access: 'usage.read',
    query: pageQuery.extend({ q: plainText(100).optional() }),
    answer: pageOf(row),
  }),
  readStatement: route('GET /api/contracts/:id/statement', {
    summary: { zh: '一份合同的对账单', en: 'the statement of one contract' },
    access: 'usage.read',
    params: idParams,
    answer: row
      .extend({
        startsOn: dayText,
        endsOn: dayText,
        byMonth: z.array(statementMonth),
        claims: z.array(
          z.object({
            id: idText,
            number: z.string(),
            state: z.enum(claimStates),
            periodFrom: dayText,
            periodTo: dayText,
            payableFen: z.string(),
            matched: matched.nullable(),
          }),
        ),
        /** sentences of what does not add up; none in whole books */
        faults: z.array(z.object({ fault: z.string(), at: z.string(), byFen: z.string() })),
      })
      .meta({ id: 'Statement' }),
  }),
} as const
