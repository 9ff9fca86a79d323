// 国库支付: what a fund's payments carry beside payee and amount, what the bank answers to a batch line by line, and the chain
// from a bank line back to the use that it pays for.
import { z } from 'zod'
import { route } from '../route.ts'
import { dayText, idParams, idText, instantText, pageOf, pageQuery, plainText } from '../wire.ts'
import { batch, field, missingFields, profile } from './payment-batch.ts'

const treasury = z
  .object({
    fundId: idText,
    fundNumber: z.number().int(),
    /** 0: nothing is set */
    version: z.number().int(),
    /** the paying account is masked */
    profile: profile.extend({ payerAccount: z.string().nullable() }),
    missing: missingFields,
    versions: z.array(
      z.object({
        version: z.number().int(),
        setBy: z.string(),
        setAt: instantText,
        reason: z.string(),
        changed: z.array(field),
      }),
    ),
  })
  .meta({ id: 'Treasury' })

export const answerFaults = [
  'unknown_id',
  'repeated',
  'amount_missing',
  'amount_differs',
  'outcome_unknown',
  'reason_missing',
  'day_missing',
  'day_future',
  'day_before_approval',
  'paid_after_return',
] as const

const answerLine = z.object({
  row: z.number().int(),
  instructionId: z.string(),
  claimNumber: z.string().nullable(),
  organisationName: z.string().nullable(),
  amountFen: z.string().nullable(),
  /** what was instructed */
  instructedFen: z.string().nullable(),
  outcome: z.enum(['paid', 'returned', 'waits']).nullable(),
  onDay: dayText.nullable(),
  reference: z.string().nullable(),
  reason: z.string().nullable(),
  verdict: z.enum(['take', 'known', 'waits', 'fault']),
  fault: z.enum(answerFaults).nullable(),
})

const answerCheck = z
  .object({
    format: z.enum(['csv', 'xlsx', 'pain.002']),
    lines: z.array(answerLine),
    /** what recording it would do */
    paid: z.object({ count: z.number().int(), totalFen: z.string() }),
    returned: z.object({ count: z.number().int(), totalFen: z.string() }),
    known: z.number().int(),
    waits: z.number().int(),
    faults: z.number().int(),
  })
  .meta({ id: 'BankAnswerCheck' })

const fileRefusals = [
  'treasury.answer_unreadable',
  'treasury.answer_columns',
  'treasury.answer_other_batch',
  'disbursement.wrong_state',
  'attachment.half_written',
  'attachment.name_refused',
  'imports.not_a_table',
  'imports.half_written',
  'imports.encoding',
  'imports.too_large',
] as const

/** What stands in for a column that the file has not. */
const answerQuery = z.object({ onDay: dayText.optional(), reference: plainText(60).optional() })

const answered = z.object({
  outcome: z.enum(['paid', 'returned']),
  onDay: dayText,
  reference: z.string(),
  reason: z.string().nullable(),
  fileName: z.string().nullable(),
  fileSha256: z.string().nullable(),
  recordedBy: z.string(),
  recordedAt: instantText,
})

const foundLine = z.object({
  batchId: idText,
  batchNumber: z.string(),
  claimId: idText,
  claimNumber: z.string(),
  instructionId: z.string(),
  organisationName: z.string(),
  amountFen: z.string(),
  state: z.enum(['pending', 'paid', 'returned']),
  onDay: dayText.nullable(),
  reference: z.string().nullable(),
})

/** Where a run's record came from. */
const evidence = z.object({
  kind: z.enum(['file', 'agent']),
  fileName: z.string(),
  sha256: z.string(),
  importedAt: instantText,
  /** of an agent: its signed batch */
  batch: z
    .object({
      feed: z.string(),
      number: z.number().int(),
      key: z.string(),
      algorithm: z.enum(['SM2', 'Ed25519']),
      signature: z.string(),
      /** the stored text has the stored digest, and the feed's key signed that digest */
      genuine: z.boolean(),
    })
    .nullable(),
  /** raw samples that the centre keeps, by their digest */
  raw: z.array(z.object({ name: z.string(), sm3: z.string(), samples: z.number().int() })),
})

const usedLine = z.object({
  id: idText,
  job: z.string(),
  cluster: z.string(),
  startedAt: instantText,
  endedAt: instantText,
  seconds: z.number().int(),
  units: z.number().int(),
  unitsPerCard: z.number().int(),
  chip: z.string(),
  priceFenPerCardHour: z.string(),
  amountFen: z.string(),
  /** of the stored record; null where a line has lost its record */
  recordHash: z.string().nullable(),
  evidence: evidence.nullable(),
})

const chain = z
  .object({
    line: foundLine,
    answers: z.array(answered),
    batch: z.object({
      preparedBy: z.string(),
      preparedAt: instantText,
      approvedBy: z.string().nullable(),
      approvedAt: instantText.nullable(),
      fileSha256: z.string(),
      recordSm3: z.string().nullable(),
      /** the record, made again from what is stored, has its digest, and the site's key signed the approval of it */
      genuine: z.boolean().nullable(),
      signingKey: z.string().nullable(),
    }),
    claim: z.object({
      periodFrom: dayText,
      periodTo: dayText,
      approvedFen: z.string().nullable(),
      baseFen: z.string(),
      applicationId: idText,
      applicationNumber: z.string(),
      voucherId: idText.nullable(),
      voucherNumber: z.string().nullable(),
      contractNumber: z.string().nullable(),
      contractId: idText.nullable(),
      decidedBy: z.string().nullable(),
      decidedAt: instantText.nullable(),
    }),
    legs: z.array(
      z.object({
        leg: z.string(),
        applies: z.boolean(),
        shownFen: z.string(),
        countedFen: z.string(),
        least: z.boolean(),
      }),
    ),
    postings: z.array(
      z.object({
        id: idText,
        sequence: z.string(),
        code: z.string(),
        amountFen: z.string(),
        at: instantText,
      }),
    ),
    use: pageOf(usedLine).extend({ amountFen: z.string(), cardSeconds: z.string() }),
  })
  .meta({ id: 'PaymentChain' })

const state = z.object({ count: z.number().int(), totalFen: z.string() })

export const treasuryRoutes = {
  readTreasury: route('GET /api/funds/:id/treasury', {
    summary: { zh: '国库支付参数', en: 'what a fund’s payments carry' },
    access: 'disbursement.read',
    params: idParams,
    answer: treasury,
  }),
  setTreasury: route('POST /api/funds/:id/treasury', {
    summary: { zh: '设定国库支付参数', en: 'set what a fund’s payments carry' },
    access: 'disbursement.prepare',
    params: idParams,
    body: z.object({ profile, reason: plainText(500, 2) }),
    answer: treasury,
    refusals: ['treasury.account_malformed', 'treasury.unchanged'],
  }),
  readPayments: route('GET /api/disbursements-overview', {
    summary: { zh: '拨付概况', en: 'what waits to be paid, and what came back' },
    access: 'disbursement.read',
    answer: z.object({
      ready: state,
      prepared: state,
      approved: state,
      paid: state,
      /** came back and is not paid since */
      owedAgain: state,
      reasons: z.array(z.object({ reason: z.string(), count: z.number().int(), totalFen: z.string() })),
      /** owed to the treasury by decisions on clawbacks */
      clawback: z.object({ owed: state, overdue: state }),
    }),
  }),
  listPaymentLines: route('GET /api/disbursement-lines', {
    summary: { zh: '按流水号或指令号查付款', en: 'payments by bank reference or instruction id' },
    access: 'disbursement.read',
    query: pageQuery.extend({ q: plainText(100).optional(), state: z.enum(['returned']).optional() }),
    answer: pageOf(foundLine.extend({ reason: z.string().nullable() })),
  }),
  checkBankAnswer: route('POST /api/disbursements/:id/answers/check', {
    summary: { zh: '核对银行回单文件', en: 'check a file that the bank answered with' },
    access: 'disbursement.confirm',
    transport: 'upload',
    params: idParams,
    query: answerQuery,
    answer: answerCheck,
    refusals: fileRefusals,
  }),
  recordBankAnswer: route('POST /api/disbursements/:id/answers', {
    summary: { zh: '登记银行回单文件', en: 'record a file that the bank answered with' },
    access: 'disbursement.confirm',
    transport: 'upload',
    params: idParams,
    query: answerQuery,
    answer: batch,
    refusals: [
      ...fileRefusals,
      'treasury.answer_faults',
      'treasury.answer_known',
      'disbursement.returned_taken_back',
      'disbursement.returned_in_correction',
    ],
  }),
  returnPayment: route('POST /api/disbursements/:id/returns', {
    summary: { zh: '登记退回的款项', en: 'record money that came back after it was paid' },
    access: 'disbursement.confirm',
    params: idParams,
    body: z.object({
      claimId: idText,
      returnedOn: dayText,
      bankReference: plainText(60, 1),
      reason: plainText(200, 2),
    }),
    answer: batch,
    refusals: [
      'disbursement.wrong_state',
      'disbursement.line_unknown',
      'disbursement.not_paid',
      'disbursement.paid_on_future',
      'disbursement.paid_before_approval',
      'disbursement.returned_taken_back',
      'disbursement.returned_in_correction',
    ],
  }),
  readPaymentChain: route('GET /api/disbursements/:id/lines/:claimId/chain', {
    summary: { zh: '从银行流水追到用卡分钟', en: 'from the bank line to the minute on the card' },
    access: 'disbursement.read',
    params: z.object({ id: idText, claimId: idText }),
    query: pageQuery,
    answer: chain,
  }),
} as const
