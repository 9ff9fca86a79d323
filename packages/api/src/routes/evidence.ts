// Invoices and payment slips as they are handed in, with a claim or with an application after use, and what the match of
// the four legs makes of them.
import { z } from 'zod'
import { amountFenText, creditCodeText, dayText, idText, plainText } from '../wire.ts'

export const legs = ['metered', 'contract', 'invoice', 'payment'] as const

const invoiceNumber = z.string().regex(/^\d{8,20}$/)

export const invoice = z
  .object({
    number: invoiceNumber,
    sellerCreditCode: creditCodeText,
    buyerCreditCode: creditCodeText,
    /** tax included; below zero for a red-letter invoice */
    amountFen: z.string().regex(/^-?[1-9]\d{0,14}$/),
    /** storage, network, security: items that the programme excludes */
    excludedFen: amountFenText,
    redLetterOf: invoiceNumber.nullable(),
    issuedOn: dayText,
    attachmentId: idText,
  })
  .meta({ id: 'Invoice' })

export const payment = z
  .object({
    reference: plainText(60, 1),
    payerCreditCode: creditCodeText,
    payeeCreditCode: creditCodeText,
    amountFen: amountFenText,
    paidOn: dayText,
    attachmentId: idText,
  })
  .meta({ id: 'Payment' })

/** The proofs of an application after use, as far as they are there. */
export const proofs = z
  .object({
    invoices: z.array(invoice).max(60),
    payments: z.array(payment).max(60),
    deliveryCertificateId: idText.nullable(),
  })
  .meta({ id: 'Proofs' })

const bilingual = z.object({ zh: z.string(), en: z.string() })

/** The four legs, each with what it shows and what of it counts; the least leg that applies is what is paid on. */
export const matched = z
  .object({
    legs: z.array(
      z.object({
        leg: z.enum(legs),
        applies: z.boolean(),
        shownFen: z.string(),
        countedFen: z.string(),
        least: z.boolean(),
        causes: z.array(
          z.object({ code: z.string(), text: bilingual, amountFen: z.string(), refs: z.array(z.string()) }),
        ),
      }),
    ),
    shownFen: z.string(),
    /** the way from what the first leg shows down to the base, line by line */
    shortfalls: z.array(
      z.object({
        code: z.string(),
        text: bilingual,
        leg: z.enum([...legs, 'claim']),
        beforeFen: z.string(),
        afterFen: z.string(),
        differenceFen: z.string(),
        refs: z.array(z.string()),
      }),
    ),
    baseFen: z.string(),
    leftOut: z.array(z.enum(legs)),
  })
  .meta({ id: 'Matched' })
