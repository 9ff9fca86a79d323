// Contracts as their provider states on them: what the firm wrote of scheduler account, prices, dates and devices is
// confirmed, corrected with a reason or refused. A statement holds for the terms it was made on: changed terms need another.
import { z } from 'zod'
import { route } from '../route.ts'
import { contractDraft } from './contract-draft.ts'
import {
  dayText,
  done,
  idParams,
  idText,
  instantText,
  pageOf,
  pageQuery,
  plainText,
  priceFenText,
} from '../wire.ts'

const name = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/)

/** What metering goes by. */
const terms = z
  .object({
    cluster: name,
    account: name,
    qos: name.nullable(),
    prices: z
      .array(
        z.object({
          chip: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,39}$/),
          priceFenPerCardHour: priceFenText,
        }),
      )
      .max(10),
  })
  .meta({ id: 'ContractTerms' })

export const confirmation = z
  .object({
    state: z.enum(['unconfirmed', 'confirmed', 'corrected', 'refused']),
    saidAt: instantText.nullable(),
    reason: z.string().nullable(),
    stated: terms,
    corrected: terms.nullable(),
    /** whether use counts only once the provider has confirmed the contract */
    demanded: z.boolean(),
  })
  .meta({ id: 'Confirmation' })

const statedContract = z
  .object({
    id: idText,
    number: z.string(),
    organisationName: z.string(),
    creditCode: z.string(),
    signedOn: dayText,
    startsOn: dayText,
    endsOn: dayText,
    amountFen: z.string(),
    termsHash: z.string(),
    confirmation,
    ratedFen: z.string(),
    /** use that is rated at nothing, by reason */
    unpaid: z.array(z.object({ reason: z.string(), lines: z.number().int(), valueFen: z.string() })),
  })
  .meta({ id: 'StatedContract' })

const sale = z
  .object({
    contractId: idText,
    number: z.string(),
    buyerName: z.string(),
    buyerCode: z.string(),
    startsOn: dayText,
    endsOn: dayText,
    amountFen: z.string(),
    /** metered and rated */
    ratedFen: z.string(),
    /** of it, what the buyer's own support has been settled on, and what the provider's has */
    buyerSettledFen: z.string(),
    ownSettledFen: z.string(),
    leftFen: z.string(),
    /** what either party has said of being related; null while nobody has */
    related: z.boolean().nullable(),
    /** the provider's own application for this sale */
    application: z.object({ id: idText, number: z.string(), state: z.string() }).nullable(),
    /** the contract as a draft of the provider's takes it */
    contract: contractDraft,
  })
  .meta({ id: 'Sale' })

export const contractRoutes = {
  listSales: route('GET /api/contracts/sales', {
    summary: { zh: '供给方的计量销售', en: 'what a provider has sold, by contract, metered' },
    access: 'contract.state',
    answer: z.object({ items: z.array(sale) }),
  }),
  listStatedContracts: route('GET /api/contracts', {
    summary: { zh: '待确认和已确认的合同', en: 'contracts that a provider states on' },
    access: 'contract.state',
    query: pageQuery,
    answer: pageOf(statedContract).extend({ open: z.number().int() }),
  }),
  stateContract: route('POST /api/contracts/:id/statement', {
    summary: { zh: '确认、更正或不予确认合同', en: 'confirm, correct or refuse a contract' },
    access: 'contract.state',
    params: idParams,
    body: z.object({
      outcome: z.enum(['confirmed', 'corrected', 'refused']),
      termsHash: z.string().regex(/^[0-9a-f]{64}$/),
      corrected: terms.nullable(),
      reason: plainText(500).nullable(),
    }),
    answer: done,
    refusals: ['contract.reason_needed', 'contract.nothing_corrected', 'contract.terms_changed'],
  }),
  demandConfirmation: route('POST /api/site/contracts', {
    summary: {
      zh: '规定合同须经供给方确认方可计量',
      en: 'demand that contracts are confirmed before use counts',
    },
    access: 'site.change',
    body: z.object({ demanded: z.boolean(), reason: plainText(500, 2) }),
    answer: done,
  }),
} as const
