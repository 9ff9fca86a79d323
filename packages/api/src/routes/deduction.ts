// 核销 at billing: the provider deducts a firm's voucher from the bill of a month, the firm pays the rest, and the provider
// claims what it deducted with the invoice and the firm's payment. Deductions are claims whose payee is the provider.
import { z } from 'zod'
import { route } from '../route.ts'
import { idParams, idText, plainText, dayText } from '../wire.ts'
import { settlementFaults } from './application.ts'
import { determination } from './determination.ts'
import { matched, proofs } from './evidence.ts'
import { claim } from './settlement.ts'

const monthText = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

const bill = z.object({ voucherId: idText, month: monthText }).meta({ id: 'Bill' })

const deductionRefusals = [
  'deduction.firm_claims',
  'deduction.month_outside_contract',
  'claim.voucher_not_usable',
  'claim.voucher_revoked',
  'claim.period_overlaps',
  'claim.nothing_payable',
  'voucher.exceeds_balance',
  'imprest.short',
  ...settlementFaults,
] as const

export const deductionRoutes = {
  listBillable: route('GET /api/deductions/billable', {
    summary: { zh: '可抵扣的账单', en: 'bills that a voucher can be deducted from' },
    access: 'deduction.make',
    answer: z.object({
      items: z.array(
        z.object({
          voucherId: idText,
          voucherNumber: z.string(),
          organisationName: z.string(),
          contractId: idText,
          contractNumber: z.string(),
          usableFen: z.string(),
          usableUntil: dayText,
          months: z.array(z.object({ month: z.string(), ratedFen: z.string() })),
        }),
      ),
    }),
  }),
  matchDeduction: route('POST /api/deductions/match', {
    summary: { zh: '试算抵扣', en: 'reckon a deduction without making it' },
    access: 'deduction.make',
    body: bill,
    answer: z.object({
      matched,
      determination,
      payableFen: z.string(),
      /** what of it the imprest pays at once; null where the programme has none */
      imprestFen: z.string().nullable(),
    }),
    refusals: deductionRefusals,
  }),
  makeDeduction: route('POST /api/deductions', {
    summary: { zh: '账单抵扣（核销）', en: 'deduct a voucher from a bill' },
    access: 'deduction.make',
    body: bill,
    answer: claim,
    refusals: deductionRefusals,
  }),
  claimDeduction: route('POST /api/deductions/:id/claim', {
    summary: { zh: '凭抵扣申请兑付', en: 'claim what was deducted' },
    access: 'deduction.make',
    params: idParams,
    body: proofs,
    answer: claim,
    refusals: [
      'claim.transition_not_allowed',
      'claim.nothing_payable',
      'deduction.proofs_missing',
      'attachment.unknown',
      'trade_paper.contradicts',
      'trade_paper.certificate_elsewhere',
      ...settlementFaults,
    ],
  }),
  reverseDeduction: route('POST /api/deductions/:id/reversal', {
    summary: { zh: '撤销抵扣', en: 'reverse a deduction' },
    access: 'deduction.make',
    params: idParams,
    body: z.object({ reason: plainText(1000, 2) }),
    answer: claim,
    refusals: ['claim.transition_not_allowed'],
  }),
} as const
