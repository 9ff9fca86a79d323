// 专项资金: a fund and its programmes. What they share (an appropriation, a yearly cap of each firm, the cost of managing
// them) is changed by two finance officers, and so is a year closed: what is left is carried over or lapses.
import { z } from 'zod'
import { fundActKinds } from '../fund-acts.ts'
import { route } from '../route.ts'
import { amountFenText, dayText, idParams, idText, instantText, plainText } from '../wire.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })
const yearNumber = z.number().int().min(2000).max(2999)

const twoPeople = z.object({
  documentNumber: z.string(),
  documentOn: dayText,
  reason: z.string(),
  state: z.enum(['proposed', 'approved', 'refused']),
  proposedBy: z.string(),
  proposedAt: instantText,
  proposedByMe: z.boolean(),
  decidedBy: z.string().nullable(),
  decidedAt: instantText.nullable(),
  decisionReason: z.string().nullable(),
})

const act = twoPeople
  .extend({
    id: idText,
    kind: z.enum(fundActKinds),
    adoptionId: idText.nullable(),
    programme: bilingual.nullable(),
    amountFen: z.string().nullable(),
    /** of management cost in the appropriation, as a fraction */
    share: z.string().nullable(),
    /** from which year on a shared cap holds */
    year: z.number().int().nullable(),
    payee: z.string().nullable(),
    paidOn: dayText.nullable(),
    /** whose imprest it is, and until when an advance comes back */
    provider: z.string().nullable(),
    returnBy: dayText.nullable(),
  })
  .meta({ id: 'FundAct' })

const programme = z.object({
  adoptionId: idText,
  title: bilingual,
  /** came to its pools from what is shared, less what was taken back */
  allottedFen: z.string(),
  leftFen: z.string(),
  reservedFen: z.string(),
})

const yearRule = z.enum(['carry', 'lapse'])

const yearLine = z.object({
  at: z.enum(['appropriation', 'pool', 'management']),
  programme: bilingual.nullable(),
  /** the programme that its rule is stated for; null for what is shared */
  adoptionId: idText.nullable(),
  kind: z.string(),
  district: z.string(),
  reference: z.string(),
  leftFen: z.string(),
  /** approved and not issued: always carried over */
  reservedFen: z.string(),
  carriedFen: z.string(),
  lapsedFen: z.string(),
})

const yearStatement = z.object({
  lines: z.array(yearLine),
  /** what the programmes owe their firms; it goes on as it is */
  commitments: z.array(z.object({ programme: bilingual, voucherFen: z.string(), payableFen: z.string() })),
})

const yearClose = twoPeople
  .extend({
    id: idText,
    fundId: idText,
    year: z.number().int(),
    rules: z.array(
      z.object({ adoptionId: idText.nullable(), programme: bilingual.nullable(), rule: yearRule }),
    ),
    /** as it was closed; as it would be closed now while it is proposed */
    statement: yearStatement.nullable(),
  })
  .meta({ id: 'YearClose' })

const fundRow = z.object({
  id: idText,
  number: z.number().int(),
  programmes: z.array(z.object({ adoptionId: idText, title: bilingual })),
})

const fund = fundRow
  .omit({ programmes: true })
  .extend({
    asOf: instantText,
    programmes: z.array(programme),
    /** of what the programmes share */
    appropriatedFen: z.string(),
    sharedLeftFen: z.string(),
    /** advanced to providers and not returned */
    advancedFen: z.string(),
    management: z.object({
      share: z.string().nullable(),
      /** the most that may be set aside; null while no share is in force */
      mostFen: z.string().nullable(),
      setAsideFen: z.string(),
      spentFen: z.string(),
      leftFen: z.string(),
    }),
    /** what one firm may be granted this year by all programmes together */
    cap: z
      .object({
        year: z.number().int(),
        limitFen: z.string(),
        documentNumber: z.string(),
        firms: z.array(
          z.object({ name: z.string(), creditCode: z.string(), usedFen: z.string(), leftFen: z.string() }),
        ),
      })
      .nullable(),
    /** the year that is closed next */
    openYear: z.number().int(),
    acts: z.array(act),
    closes: z.array(yearClose),
    /** what would be closed now, everything carried over */
    yearEnd: yearStatement,
  })
  .meta({ id: 'Fund' })

export const fundRoutes = {
  listFunds: route('GET /api/funds', {
    summary: { zh: '专项资金列表', en: 'funds' },
    access: 'fund.list',
    answer: z.object({ items: z.array(fundRow) }),
  }),
  readFund: route('GET /api/funds/:id', {
    summary: { zh: '专项资金', en: 'a fund: what its programmes share, its management cost, its years' },
    access: 'fund.read',
    params: idParams,
    answer: fund,
  }),
  proposeFundAct: route('POST /api/funds/:id/acts', {
    summary: { zh: '提出资金事项', en: 'propose an act of a fund' },
    access: 'fund_act.propose',
    params: idParams,
    body: z.object({
      kind: z.enum(fundActKinds),
      /** for `allot` and `take_back`, `advance` and `return_advance` */
      adoptionId: idText.optional(),
      /** for all but `management_share`; of `shared_cap` the limit of one firm a year */
      amountFen: amountFenText.optional(),
      /** for `management_share`, as `2%` or `1/50` */
      share: plainText(20).optional(),
      /** for `shared_cap` */
      year: yearNumber.optional(),
      /** for `spend` */
      payee: plainText(100, 2).optional(),
      /** for `spend`, `advance` and `return_advance` */
      paidOn: dayText.optional(),
      /** for `advance` and `return_advance` */
      providerId: idText.optional(),
      /** for `advance`: the day by which it is returned */
      returnBy: dayText.optional(),
      documentNumber: plainText(60, 2),
      documentOn: dayText,
      reason: plainText(400, 2),
    }),
    answer: act,
    refusals: [
      'fund.fields_unfit',
      'fund.amount_zero',
      'fund.share_unfit',
      'fund.document_later',
      'fund.document_used',
      'fund.programme_foreign',
      'fund.cap_year_begun',
      'imprest.not_provided',
      'imprest.provider_unknown',
      'imprest.return_day_unfit',
      'imprest.above_limit',
    ],
  }),
  decideFundAct: route('POST /api/fund-acts/:id/decision', {
    summary: { zh: '复核资金事项', en: 'decide on an act of a fund (another person)' },
    access: 'fund_act.decide',
    params: idParams,
    body: z.object({ decision: z.enum(['approve', 'refuse']), reason: plainText(400) }),
    answer: act,
    refusals: [
      'fund.own_proposal',
      'fund.wrong_state',
      'fund.reason_missing',
      'fund.short',
      'fund.management_share_missing',
      'fund.management_above_share',
      'fund.cap_year_begun',
      'imprest.above_limit',
    ],
  }),
  proposeYearClose: route('POST /api/funds/:id/year-closes', {
    summary: { zh: '提出年度结账', en: 'propose to close a year' },
    access: 'year_close.propose',
    params: idParams,
    body: z.object({
      year: yearNumber,
      /** carried over (结转) or back to the treasury (收回), for each programme and for what is shared */
      rules: z.array(z.object({ adoptionId: idText.nullable(), rule: yearRule })).max(100),
      documentNumber: plainText(60, 2),
      documentOn: dayText,
      reason: plainText(400, 2),
    }),
    answer: yearClose,
    refusals: [
      'fund.year_not_over',
      'fund.year_not_open',
      'fund.year_proposed',
      'fund.rules_unfit',
      'fund.document_later',
    ],
  }),
  decideYearClose: route('POST /api/year-closes/:id/decision', {
    summary: { zh: '复核年度结账', en: 'decide on closing a year (another person)' },
    access: 'year_close.decide',
    params: idParams,
    body: z.object({ decision: z.enum(['approve', 'refuse']), reason: plainText(400) }),
    answer: yearClose,
    refusals: [
      'fund.own_proposal',
      'fund.wrong_state',
      'fund.reason_missing',
      'fund.hold_unknown',
      'fund.rules_unfit',
    ],
  }),
} as const
