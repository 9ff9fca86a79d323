// 票据登记: invoices, payment slips and delivery certificates, registered once and used by cases of any programme; the tax
// authority's answers; the recorded decision to pay on what nobody has verified; and what an operator buys from a centre.
import { z } from 'zod'
import { tableRefusals } from '../refusals/imports.ts'
import { tradePaperFileRefusals } from '../refusals/trade-paper.ts'
import { route } from '../route.ts'
import {
  amountFenText,
  creditCodeText,
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

export const tradePaperKinds = ['invoice', 'payment', 'delivery_certificate'] as const
export const paperStandings = ['unverified', 'verified', 'not_found', 'voided'] as const
export const paperFileKinds = ['e_invoice', 'invoice_list', 'payment_list'] as const
export const answerOutcomes = ['verified', 'not_found', 'voided'] as const

const words = z.object({ zh: z.string(), en: z.string() })
const reason = z.object({ code: z.string(), message: words })

const use = z.object({
  about: z.enum(['claim', 'application']),
  id: idText,
  number: z.string(),
  state: z.string(),
  usedFen: z.string(),
})

const paper = z
  .object({
    id: idText,
    kind: z.enum(tradePaperKinds),
    number: z.string(),
    organisationId: idText,
    organisationName: z.string(),
    /** seller of an invoice, payer of a slip, provider of a certificate */
    fromCode: z.string(),
    fromName: z.string(),
    toCode: z.string(),
    toName: z.string(),
    amountFen: z.string().nullable(),
    datedOn: dayText,
    redLetterOf: z.string().nullable(),
    contractId: idText.nullable(),
    contractNumber: z.string().nullable(),
    /** a file with structure, a list, entered by itself, or typed with a case */
    origin: z.enum(['file', 'list', 'entered', 'case']),
    standing: z.enum(paperStandings),
    excludedFen: z.string(),
    /** what living claims and applications have taken of it */
    usedFen: z.string(),
    uses: z.array(use),
    attachmentId: idText.nullable(),
    registeredAt: instantText,
  })
  .meta({ id: 'TradePaper' })

const wholePaper = paper
  .extend({
    taxFen: z.string().nullable(),
    lines: z.array(
      z.object({
        name: z.string(),
        taxCode: z.string().nullable(),
        amountFen: z.string(),
        /** in hundredths of a per cent */
        taxRate: z.number().int().nullable(),
        taxFen: z.string(),
        excluded: z
          .object({ kind: z.enum(['storage', 'network', 'security']), doubtful: z.boolean() })
          .nullable(),
      }),
    ),
    devices: z.array(z.object({ name: z.string(), count: z.number().int() })),
    signedByProviderOn: dayText.nullable(),
    signedByFirmOn: dayText.nullable(),
    answers: z.array(
      z.object({
        outcome: z.enum(answerOutcomes),
        source: z.string(),
        answeredOn: dayText,
        attachmentId: idText.nullable(),
        recordedAt: instantText,
      }),
    ),
  })
  .meta({ id: 'WholeTradePaper' })

const fileRow = z
  .object({
    number: z.string(),
    outcome: z.enum(['new', 'same', 'changed', 'refused']),
    kind: z.enum(tradePaperKinds),
    fromName: z.string(),
    toName: z.string(),
    amountFen: z.string().nullable(),
    datedOn: dayText.nullable(),
    excludedFen: z.string(),
    reasons: z.array(reason),
    paperId: idText.nullable(),
  })
  .meta({ id: 'TradePaperRow' })

const file = z
  .object({
    id: idText,
    kind: z.enum([...paperFileKinds, 'answers']),
    fileName: z.string(),
    checkedAt: instantText,
    takenAt: instantText.nullable(),
    counts: z.object({
      new: z.number().int(),
      changed: z.number().int(),
      same: z.number().int(),
      refused: z.number().int(),
    }),
    rows: z.array(fileRow),
  })
  .meta({ id: 'TradePaperFile' })

const upstream = z
  .object({
    id: idText,
    number: z.string(),
    operatorId: idText,
    operatorName: z.string(),
    centreId: idText,
    centreName: z.string(),
    signedOn: dayText,
    startsOn: dayText,
    endsOn: dayText,
    amountFen: z.string(),
    usedFen: z.string(),
    prices: z.array(z.object({ chip: z.string(), priceFenPerCardHour: z.string() })),
    attachmentId: idText.nullable(),
    confirmedAt: instantText.nullable(),
    /** whether the reader's organisation is the one to confirm it */
    mayConfirm: z.boolean(),
    contracts: z.array(z.object({ id: idText, number: z.string(), organisationName: z.string() })),
  })
  .meta({ id: 'UpstreamContract' })

const fileRefusals = [...tableRefusals, ...tradePaperFileRefusals, 'attachment.name_refused'] as const
const takeRefusals = ['trade_paper.file_taken', 'trade_paper.nothing_good'] as const

const entered = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('payment'),
    number: plainText(60, 1),
    payerCreditCode: creditCodeText,
    payeeCreditCode: creditCodeText,
    amountFen: amountFenText,
    paidOn: dayText,
    attachmentId: idText.nullable(),
  }),
  z.object({
    kind: z.literal('delivery_certificate'),
    number: plainText(60, 1),
    contractId: idText,
    deliveredOn: dayText,
    devices: z
      .array(z.object({ name: plainText(80, 1), count: z.number().int().min(1).max(100_000) }))
      .min(1)
      .max(50),
    signedByProviderOn: dayText,
    signedByFirmOn: dayText,
    attachmentId: idText,
  }),
])

export const tradePaperRoutes = {
  checkTradePapers: route('POST /api/trade-paper-files', {
    summary: { zh: '读取票据文件（不登记）', en: 'read a file of papers: a dry run' },
    access: 'trade_paper.register',
    transport: 'upload',
    query: z.object({ organisationId: idText, kind: z.enum(paperFileKinds) }),
    answer: file,
    refusals: fileRefusals,
  }),
  readTradePaperFile: route('GET /api/trade-paper-files/:id', {
    summary: { zh: '一份票据文件的逐行结果', en: 'a file of papers, row by row' },
    access: 'trade_paper.read',
    params: idParams,
    answer: file,
  }),
  downloadTradePaperErrors: route('GET /api/trade-paper-files/:id/errors', {
    summary: { zh: '下载票据文件的错误行', en: 'the refused rows of a file with their reasons' },
    access: 'trade_paper.read',
    transport: 'download',
    params: idParams,
    answer: z.unknown(),
  }),
  takeTradePapers: route('POST /api/trade-paper-files/:id/confirmation', {
    summary: { zh: '登记文件中的票据', en: 'register the good papers of a file' },
    access: 'trade_paper.register',
    params: idParams,
    answer: file,
    refusals: takeRefusals,
  }),
  enterTradePaper: route('POST /api/trade-papers', {
    summary: { zh: '登记付款凭证或交付证明', en: 'register a payment slip or a delivery certificate' },
    access: 'trade_paper.register',
    body: z.object({ organisationId: idText, paper: entered }),
    answer: wholePaper,
    refusals: [
      'attachment.unknown',
      'trade_paper.amount_zero',
      'trade_paper.party_code',
      'trade_paper.dated_later',
      'trade_paper.certificate_contract',
      'trade_paper.certificate_unsigned',
      'trade_paper.not_a_party',
      'trade_paper.contradicts',
      'trade_paper.in_use',
    ],
  }),
  listTradePapers: route('GET /api/trade-papers', {
    summary: { zh: '票据登记簿', en: 'registered papers, with where each is used' },
    access: 'trade_paper.read',
    query: pageQuery.extend({
      kind: z.enum(tradePaperKinds).optional(),
      standing: z.enum(paperStandings).optional(),
      organisationId: idText.optional(),
      q: plainText(100).optional(),
    }),
    answer: pageOf(paper),
  }),
  readTradePaper: route('GET /api/trade-papers/:id', {
    summary: { zh: '一张票据', en: 'one registered paper' },
    access: 'trade_paper.read',
    params: idParams,
    answer: wholePaper,
  }),
  answerTradePaper: route('POST /api/trade-papers/:id/answers', {
    summary: { zh: '登记税务查验结果', en: "record the tax authority's answer about an invoice" },
    access: 'trade_paper.verify',
    params: idParams,
    body: z.object({
      outcome: z.enum(answerOutcomes),
      source: plainText(200, 2),
      answeredOn: dayText,
      attachmentId: idText.nullable(),
    }),
    answer: wholePaper,
    refusals: [
      'trade_paper.answer_not_invoice',
      'trade_paper.dated_later',
      'attachment.unknown',
      'application.conflict_of_interest',
    ],
  }),
  checkTradePaperAnswers: route('POST /api/trade-paper-answers', {
    summary: {
      zh: '读取税务查验结果文件（不登记）',
      en: "read a file of the tax authority's answers: a dry run",
    },
    access: 'trade_paper.import_answers',
    transport: 'upload',
    query: z.object({ source: plainText(200, 2) }),
    answer: file,
    refusals: [...tableRefusals, 'attachment.name_refused'],
  }),
  takeTradePaperAnswers: route('POST /api/trade-paper-answers/:id/confirmation', {
    summary: { zh: '登记文件中的查验结果', en: 'record the good answers of a file' },
    access: 'trade_paper.import_answers',
    params: idParams,
    answer: file,
    refusals: takeRefusals,
  }),
  acceptUnverified: route('POST /api/claims/:id/unverified-invoices', {
    summary: { zh: '决定按未查验发票拨付', en: 'decide to pay on invoices that nobody has verified' },
    access: 'claim.decide',
    params: idParams,
    body: z.object({ reason: plainText(1000, 2) }),
    answer: done,
    refusals: ['claim.nothing_unverified', 'application.conflict_of_interest'],
  }),
  listUpstreamContracts: route('GET /api/upstream-contracts', {
    summary: { zh: '上游合同（运营商与算力中心）', en: 'what operators buy from centres' },
    access: 'upstream_contract.read',
    answer: z.object({ items: z.array(upstream) }),
  }),
  stateUpstreamContract: route('POST /api/upstream-contracts', {
    summary: { zh: '登记与算力中心的合同', en: 'register a contract with a centre' },
    access: 'contract.state',
    body: z.object({
      operatorId: idText,
      centreId: idText,
      number: plainText(60, 1),
      signedOn: dayText,
      startsOn: dayText,
      endsOn: dayText,
      amountFen: z.string().regex(/^[1-9]\d{0,14}$/),
      prices: z
        .array(
          z.object({
            chip: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,39}$/),
            priceFenPerCardHour: priceFenText,
          }),
        )
        .min(1)
        .max(20),
      attachmentId: idText.nullable(),
    }),
    answer: upstream,
    refusals: [
      'upstream.same_party',
      'upstream.no_provider',
      'upstream.days',
      'upstream.stated',
      'attachment.unknown',
    ],
  }),
  confirmUpstreamContract: route('POST /api/upstream-contracts/:id/confirmation', {
    summary: { zh: '算力中心确认上游合同', en: 'confirm, as the centre, what an operator buys' },
    access: 'contract.state',
    params: idParams,
    answer: upstream,
    refusals: ['upstream.not_the_centre'],
  }),
  linkUpstreamContract: route('POST /api/upstream-contracts/:id/contracts', {
    summary: { zh: '把客户合同挂到上游合同', en: "link a firm's contract to what the operator buys" },
    access: 'contract.state',
    params: idParams,
    body: z.object({ contractId: idText }),
    answer: upstream,
    refusals: ['upstream.not_the_operator', 'upstream.used'],
  }),
} as const
