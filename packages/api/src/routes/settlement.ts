// 兑付申请 and 清算: the firm claims, the four legs are matched, a reviewer decides; 拨付: a batch with four eyes.
import { z } from 'zod'
import { route } from '../route.ts'
import {
  amountFenText,
  dayText,
  idParams,
  idText,
  instantText,
  pageOf,
  pageQuery,
  plainText,
} from '../wire.ts'
import { event, settlementFaults } from './application.ts'
import { confirmation } from './contract.ts'
import { determination } from './determination.ts'
import { invoice, matched, payment, proofs } from './evidence.ts'
import { paperStandings } from './trade-paper.ts'
import { batch } from './payment-batch.ts'

export const claimStates = [
  'deducted',
  'submitted',
  'approved',
  'batched',
  'paid',
  'refused',
  'appealed',
  'withdrawn',
] as const

const claimBody = z
  .object({
    voucherId: idText,
    periodFrom: dayText,
    periodTo: dayText,
    invoices: z.array(invoice).min(1).max(60),
    payments: z.array(payment).min(1).max(60),
    deliveryCertificateId: idText.nullable(),
  })
  .meta({ id: 'ClaimBody' })

/** What a claim was filed with; at billing there are no papers yet. */
const claimed = proofs.extend({ periodFrom: dayText, periodTo: dayText }).meta({ id: 'ClaimedProofs' })

const claimRow = z
  .object({
    id: idText,
    number: z.string(),
    /** null where support follows the use and no voucher is ever issued */
    voucherId: idText.nullable(),
    voucherNumber: z.string().nullable(),
    applicationId: idText,
    applicationNumber: z.string(),
    adoptionId: idText,
    organisationId: idText,
    organisationName: z.string(),
    creditCode: z.string(),
    /** who is paid: the firm, or the provider that deducted a voucher */
    payeeId: idText,
    payeeName: z.string(),
    payeeCreditCode: z.string(),
    /** null where a project is paid, which rests on no contract */
    contractId: idText.nullable(),
    contractNumber: z.string().nullable(),
    district: z.string(),
    state: z.enum(claimStates),
    periodFrom: dayText,
    periodTo: dayText,
    payableFen: z.string(),
    /** what the provider deducted at billing; null where the firm claims */
    deductedFen: z.string().nullable(),
    /** of what was deducted: drawn from the provider's imprest, and neither filled again nor put back */
    imprestFen: z.string(),
    imprestLeftFen: z.string(),
    approvedFen: z.string().nullable(),
    submittedAt: instantText,
    deadlineOn: dayText.nullable(),
    /** the last day on which what it holds can be approved */
    holdEndsOn: dayText.nullable(),
    workingDaysLeft: z.number().int().nullable(),
  })
  .meta({ id: 'ClaimRow' })

export const claim = claimRow
  .extend({
    body: claimed,
    /** what the provider says of the contract */
    confirmation: confirmation.nullable(),
    /** null where nothing is matched: what a project is paid follows from its selection and acceptance */
    matched: matched.nullable(),
    /** null where another system had decided */
    determination: determination.nullable(),
    /** of a claim that came with its programme: its old number, and how it was paid there; null while it is owed */
    takenOver: z
      .object({
        number: z.string(),
        systemName: z.string(),
        oldNumber: z.string(),
        paidOn: dayText.nullable(),
        bankReference: z.string().nullable(),
      })
      .nullable(),
    events: z.array(event),
    allowed: z.array(z.object({ event: z.string(), to: z.string() })),
    /** until when the firm may ask for another look at a refusal; null: there is none, or no more time */
    appealUntil: dayText.nullable(),
    /** its invoices as the register and the tax authority know them, and who decided to pay on those not verified */
    papers: z.array(
      z.object({
        number: z.string(),
        paperId: idText.nullable(),
        standing: z.enum(paperStandings),
        accepted: z.boolean(),
      }),
    ),
    unverified: z.array(
      z.object({
        numbers: z.array(z.string()),
        reason: z.string(),
        /** for the offices only */
        decidedBy: z.string().nullable(),
        decidedAt: instantText,
      }),
    ),
    /** the batch that pays it: the last one, where the bank sent an earlier payment back */
    payment: z
      .object({
        batchId: idText,
        batchNumber: z.string(),
        state: z.enum(['pending', 'paid', 'returned']),
        paidOn: dayText.nullable(),
        bankReference: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'Claim' })

const claimRefusals = [
  'claim.provider_deducts',
  'claim.voucher_not_usable',
  'claim.voucher_revoked',
  'claim.period_outside_contract',
  'claim.nothing_payable',
  'claim.period_overlaps',
  'voucher.exceeds_balance',
  'voucher.cap_reached',
  'attachment.unknown',
  'trade_paper.contradicts',
  'trade_paper.certificate_elsewhere',
  ...settlementFaults,
] as const

export const settlementRoutes = {
  matchClaim: route('POST /api/claims/match', {
    summary: { zh: '试算兑付', en: 'match a claim without filing it' },
    access: 'claim.submit',
    body: claimBody,
    answer: z.object({
      matched,
      determination,
      payableFen: z.string(),
      /** months of it whose use is not closed yet: more may come, or be corrected */
      openMonths: z.array(z.string()),
    }),
    refusals: claimRefusals,
  }),
  submitClaim: route('POST /api/claims', {
    summary: { zh: '提交兑付申请', en: 'submit a claim' },
    access: 'claim.submit',
    body: claimBody,
    answer: claim,
    refusals: claimRefusals,
  }),
  listClaims: route('GET /api/claims', {
    summary: { zh: '兑付申请列表', en: 'claims' },
    access: 'claim.read',
    query: pageQuery.extend({
      state: z.enum(claimStates).optional(),
      q: plainText(100).optional(),
      order: z.enum(['newest', 'deadline']).default('newest'),
    }),
    answer: pageOf(claimRow),
  }),
  readClaim: route('GET /api/claims/:id', {
    summary: { zh: '兑付申请详情', en: 'one claim' },
    access: 'claim.read',
    params: idParams,
    answer: claim,
  }),
  withdrawClaim: route('POST /api/claims/:id/withdrawal', {
    summary: { zh: '撤回兑付申请', en: 'withdraw a claim' },
    access: 'claim.withdraw',
    params: idParams,
    body: z.object({ reason: plainText(1000, 2) }),
    answer: claim,
    refusals: ['claim.transition_not_allowed'],
  }),
  decideClaim: route('POST /api/claims/:id/decisions', {
    summary: { zh: '兑付审核', en: 'decide on a claim' },
    access: 'claim.decide',
    params: idParams,
    body: z.discriminatedUnion('decision', [
      z.object({ decision: z.literal('approve'), amountFen: amountFenText, reason: plainText(2000, 2) }),
      z.object({ decision: z.literal('refuse'), reason: plainText(2000, 2) }),
    ]),
    answer: claim,
    refusals: [
      'claim.transition_not_allowed',
      'claim.hold_over',
      'claim.above_payable',
      'claim.amount_zero',
      'voucher.cap_reached',
      'application.conflict_of_interest',
      'application.inspection_open',
    ],
  }),
  prepareDisbursement: route('POST /api/disbursements', {
    summary: { zh: '编制拨付批次', en: 'prepare a disbursement batch' },
    access: 'disbursement.prepare',
    body: z.object({ adoptionId: idText, claimIds: z.array(idText).min(1).max(1000) }),
    answer: batch,
    refusals: [
      'claim.transition_not_allowed',
      'disbursement.mixed_adoptions',
      'disbursement.disputed',
      'disbursement.no_bank_account',
      'disbursement.invoice_unverified',
      'disbursement.invoice_void',
      'disbursement.account_malformed',
    ],
  }),
  approveDisbursement: route('POST /api/disbursements/:id/approval', {
    summary: { zh: '复核批准拨付', en: 'approve a batch (another person)' },
    access: 'disbursement.approve',
    params: idParams,
    body: z.object({ fileSha256: z.string().regex(/^[0-9a-f]{64}$/) }),
    answer: batch,
    refusals: [
      'disbursement.own_batch',
      'disbursement.wrong_state',
      'disbursement.file_changed',
      'disbursement.disputed',
      'disbursement.invoice_unverified',
      'disbursement.invoice_void',
    ],
  }),
  cancelDisbursement: route('POST /api/disbursements/:id/cancellation', {
    summary: { zh: '撤销拨付批次', en: 'cancel a batch that is not paid' },
    access: 'disbursement.prepare',
    params: idParams,
    body: z.object({ reason: plainText(1000, 2) }),
    answer: batch,
    refusals: ['disbursement.wrong_state'],
  }),
  confirmDisbursement: route('POST /api/disbursements/:id/confirmation', {
    summary: { zh: '登记银行回单', en: 'record the bank answer' },
    access: 'disbursement.confirm',
    params: idParams,
    body: z.object({
      bankReference: plainText(60, 1),
      paidOn: dayText,
      returned: z.array(z.object({ claimId: idText, reason: plainText(200, 2) })).max(1000),
    }),
    answer: batch,
    refusals: [
      'disbursement.wrong_state',
      'disbursement.line_unknown',
      'disbursement.paid_on_future',
      'disbursement.paid_before_approval',
      'disbursement.returned_taken_back',
      'disbursement.returned_in_correction',
    ],
  }),
  listDisbursements: route('GET /api/disbursements', {
    summary: { zh: '拨付批次', en: 'disbursement batches' },
    access: 'disbursement.read',
    query: pageQuery,
    answer: pageOf(batch),
  }),
  readDisbursement: route('GET /api/disbursements/:id', {
    summary: { zh: '拨付批次详情', en: 'one batch' },
    access: 'disbursement.read',
    params: idParams,
    answer: batch.extend({
      items: z.array(
        z.object({
          claimId: idText,
          claimNumber: z.string(),
          /** by which the bank answers; never used again */
          instructionId: z.string(),
          organisationName: z.string(),
          bankName: z.string(),
          bankAccountMasked: z.string(),
          /** the account fails a check that an account need not pass: to be looked at */
          accountDoubt: z.enum(['check_digit']).nullable(),
          amountFen: z.string(),
          state: z.enum(['pending', 'paid', 'returned']),
          returnReason: z.string().nullable(),
          answeredOn: dayText.nullable(),
          bankReference: z.string().nullable(),
          /** came back after it had been paid */
          cameBack: z.boolean(),
        }),
      ),
    }),
  }),
  downloadDisbursement: route('GET /api/disbursements/:id/file', {
    summary: { zh: '下载拨付文件', en: 'download the disbursement file' },
    access: 'disbursement.read',
    transport: 'download',
    params: idParams,
    query: z.object({ format: z.enum(['csv', 'xlsx', 'pain001', 'record']).default('csv') }),
    answer: z.unknown(),
    refusals: [
      'disbursement.wrong_state',
      'disbursement.whole_accounts',
      'treasury.profile_missing',
      'treasury.not_expressible',
    ],
  }),
  listReadyClaims: route('GET /api/disbursements-ready', {
    summary: { zh: '可拨付的兑付申请', en: 'claims ready to be paid' },
    access: 'disbursement.prepare',
    answer: z.object({ items: z.array(claimRow) }),
  }),
} as const
