// Vouchers as their holders and the offices see them; the history is read from the journal.
import { z } from 'zod'
import { route } from '../route.ts'
import { dayText, idParams, idText, instantText, pageOf, pageQuery, plainText } from '../wire.ts'

export const voucherStates = ['usable', 'used', 'expired', 'revoked'] as const

const voucherRow = z
  .object({
    id: idText,
    number: z.string(),
    applicationId: idText,
    applicationNumber: z.string(),
    contractId: idText,
    contractNumber: z.string(),
    organisationId: idText,
    organisationName: z.string(),
    creditCode: z.string(),
    programmeTitle: z.object({ zh: z.string(), en: z.string() }),
    issuedOn: dayText,
    usableUntil: dayText,
    daysLeft: z.number().int(),
    state: z.enum(voucherStates),
    amountFen: z.string(),
    usableFen: z.string(),
    heldFen: z.string(),
    redeemedFen: z.string(),
    returnedFen: z.string(),
  })
  .meta({ id: 'VoucherRow' })

export const voucherRoutes = {
  listVouchers: route('GET /api/vouchers', {
    summary: { zh: '券夹', en: 'vouchers' },
    access: 'voucher.read',
    query: pageQuery.extend({ state: z.enum(voucherStates).optional(), q: plainText(100).optional() }),
    answer: pageOf(voucherRow),
  }),
  readVoucher: route('GET /api/vouchers/:id', {
    summary: { zh: '券详情与流水', en: 'one voucher with its history' },
    access: 'voucher.read',
    params: idParams,
    answer: voucherRow.extend({
      history: z.array(
        z
          .object({
            sequence: z.number().int(),
            at: instantText,
            kind: z.string(),
            code: z.string(),
            amountFen: z.string(),
            /** what it changes of the usable amount; all changes add up to it */
            changeFen: z.string(),
            rowHash: z.string(),
          })
          .meta({ id: 'VoucherPosting' }),
      ),
      claims: z.array(
        z.object({
          id: idText,
          number: z.string(),
          state: z.string(),
          claimedFen: z.string(),
          approvedFen: z.string().nullable(),
        }),
      ),
    }),
  }),
} as const
