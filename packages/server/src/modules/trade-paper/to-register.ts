// Papers on their way into the register: what they say in one shape, whatever they came from.
import type { Day } from '@suanquan/core/calendar'
import { excludedFenOf, excludedItems, type InvoiceRead } from '@suanquan/core/settlement'
import type { Tables } from '../../database/index.ts'
import type { PaymentRead } from './read-lists.ts'

type Row = Tables['trade_paper']
export type PaperKind = Row['kind']
export type PaperOrigin = Row['origin']
export type PaperDetail = Row['detail']['__select__']

export interface PaperToRegister {
  readonly kind: PaperKind
  readonly number: string
  /** seller, payer or provider */
  readonly fromCode: string
  readonly toCode: string
  /** null for a delivery certificate */
  readonly amountFen: bigint | null
  readonly datedOn: Day
  readonly redLetterOf: string | null
  readonly contractId: string | null
  readonly origin: PaperOrigin
  readonly detail: PaperDetail
  readonly excludedFen: bigint
  readonly attachmentId: string | null
}

const NOTHING_MORE = { redLetterOf: null, contractId: null, excludedFen: 0n } as const

export function invoicePaper(
  invoice: InvoiceRead,
  origin: PaperOrigin,
  attachmentId: string | null,
): PaperToRegister {
  const { number, seller, buyer, lines, totalFen, taxFen, issuedOn, redLetterOf } = invoice
  const found = excludedFenOf(excludedItems(lines))
  return {
    ...NOTHING_MORE,
    kind: 'invoice',
    number,
    fromCode: seller.creditCode,
    toCode: buyer.creditCode,
    amountFen: totalFen,
    datedOn: issuedOn,
    redLetterOf,
    origin,
    detail: {
      fromName: seller.name,
      toName: buyer.name,
      taxFen: taxFen.toString(),
      lines: lines.map((line) => ({
        ...line,
        amountFen: line.amountFen.toString(),
        taxFen: line.taxFen.toString(),
      })),
    },
    excludedFen: totalFen > 0n && found > totalFen ? totalFen : found,
    attachmentId,
  }
}

export function paymentPaper(payment: PaymentRead, origin: PaperOrigin): PaperToRegister {
  const { number, payer, payee, amountFen, paidOn } = payment
  return {
    ...NOTHING_MORE,
    kind: 'payment',
    number,
    fromCode: payer.creditCode,
    toCode: payee.creditCode,
    amountFen,
    datedOn: paidOn,
    origin,
    detail: { fromName: payer.name, toName: payee.name },
    attachmentId: null,
  }
}

/** Papers as a claim or an application hands them in: typed, with the file beside them. */
export interface TypedProofs {
  readonly invoices: readonly {
    readonly number: string
    readonly sellerCreditCode: string
    readonly buyerCreditCode: string
    readonly amountFen: string
    readonly redLetterOf: string | null
    readonly issuedOn: Day
    readonly attachmentId: string
  }[]
  readonly payments: readonly {
    readonly reference: string
    readonly payerCreditCode: string
    readonly payeeCreditCode: string
    readonly amountFen: string
    readonly paidOn: Day
    readonly attachmentId: string
  }[]
}

export function typedPapers({ invoices, payments }: TypedProofs): PaperToRegister[] {
  const typed = { ...NOTHING_MORE, origin: 'case', detail: { fromName: '', toName: '' } } as const
  return [
    ...invoices.map((invoice): PaperToRegister => ({
      ...typed,
      kind: 'invoice',
      number: invoice.number,
      fromCode: invoice.sellerCreditCode,
      toCode: invoice.buyerCreditCode,
      amountFen: BigInt(invoice.amountFen),
      datedOn: invoice.issuedOn,
      redLetterOf: invoice.redLetterOf,
      attachmentId: invoice.attachmentId,
    })),
    ...payments.map((payment): PaperToRegister => ({
      ...typed,
      kind: 'payment',
      number: payment.reference,
      fromCode: payment.payerCreditCode,
      toCode: payment.payeeCreditCode,
      amountFen: BigInt(payment.amountFen),
      datedOn: payment.paidOn,
      attachmentId: payment.attachmentId,
    })),
  ]
}
