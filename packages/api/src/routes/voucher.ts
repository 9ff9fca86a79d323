// Vouchers as their holders and the offices see them; the history is read from the journal.
import { voucherParts } from '@suanquan/core/voucher'
import { z } from 'zod'
import { route } from '../route.ts'
import { wayNames } from './application.ts'
import { dayText, idParams, idText, instantText, pageOf, pageQuery, plainText } from '../wire.ts'

export const voucherStates = ['usable', 'used', 'expired', 'revoked'] as const

const voucherRow = z
  .object({
    id: idText,
    number: z.string(),
    /** in the system that it was taken over from, and by which take-over; null for one issued here */
    oldNumber: z.string().nullable(),
    takeOverNumber: z.string().nullable(),
    applicationId: idText,
    applicationNumber: z.string(),
    contractId: idText,
    contractNumber: z.string(),
    organisationId: idText,
    organisationName: z.string(),
    creditCode: z.string(),
    programmeTitle: z.object({ zh: z.string(), en: z.string() }),
    way: z.enum(wayNames),
    issuedOn: dayText,
    usableUntil: dayText,
    daysLeft: z.number().int(),
    state: z.enum(voucherStates),
    amountFen: z.string(),
    usableFen: z.string(),
    heldFen: z.string(),
    redeemedFen: z.string(),
    returnedFen: z.string(),
    /** past its last day and not yet back in the pool */
    lapsedFen: z.string(),
    /** where every fen of the face is, and the posting that put it there; they add up to `amountFen` */
    pieces: z.array(
      z
        .object({
          part: z.enum(voucherParts),
          fen: z.string(),
          code: z.string(),
          sequence: z.number().int(),
          /** what it is held or redeemed for */
          claim: z.object({ id: idText, number: z.string() }).nullable(),
          /** of what is held: the last day; undecided by then, it becomes usable again */
          heldUntil: dayText.nullable(),
        })
        .meta({ id: 'VoucherPiece' }),
    ),
  })
  .meta({ id: 'VoucherRow' })

export const voucherRoutes = {
  listVouchers: route('GET /api/vouchers', {
    summary: { zh: '券夹（可查任一日终）', en: 'vouchers, as of any day' },
    access: 'voucher.read',
    query: pageQuery.extend({
      state: z.enum(voucherStates).optional(),
      q: plainText(100).optional(),
      /** as it stood at the end of this day; as it stands when left out */
      asOf: dayText.optional(),
    }),
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
