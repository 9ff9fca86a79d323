// What a clerk types into a claim, and when it is complete enough to be matched.
import type { BodyOf, Routes } from '@suanquan/api'

export interface ProofRow {
  readonly key: number
  readonly number: string
  /** the provider, who sells and is paid */
  readonly sellerCode: string
  /** the firm, which buys and pays */
  readonly buyerCode: string
  readonly fen: string | undefined
  /** of an invoice: storage, network and security on it */
  readonly excludedFen: string | undefined
  /** of a red-letter invoice: the number of the invoice it takes back; its amount then counts below zero */
  readonly redLetterOf: string
  readonly on: string
  readonly attachmentId: string | null
  readonly fileName: string
}

/** The credit codes that invoices and payments of this contract name; they stand in new rows. */
export interface Parties {
  readonly seller: string
  readonly buyer: string
}

/** Invoices and payments with their files, and the certificate of delivery. */
export interface ProofsForm {
  readonly parties: Parties
  readonly invoices: readonly ProofRow[]
  readonly payments: readonly ProofRow[]
  readonly certificateId: string | null
  readonly certificateName: string
}

export interface ClaimForm extends ProofsForm {
  readonly periodFrom: string
  readonly periodTo: string
}

export type Missing = 'period' | 'invoices' | 'payments' | 'certificate'

export function emptyRow(key: number, parties: Parties): ProofRow {
  return {
    key,
    number: '',
    sellerCode: parties.seller,
    buyerCode: parties.buyer,
    fen: undefined,
    excludedFen: '0',
    redLetterOf: '',
    on: '',
    attachmentId: null,
    fileName: '',
  }
}

export function emptyProofs(parties: Parties): ProofsForm {
  return {
    parties,
    invoices: [emptyRow(0, parties)],
    payments: [emptyRow(0, parties)],
    certificateId: null,
    certificateName: '',
  }
}

/** The period begins as the contract's own. */
export function emptyClaim(
  contract: { readonly startsOn: string; readonly endsOn: string },
  parties: Parties,
): ClaimForm {
  return { ...emptyProofs(parties), periodFrom: contract.startsOn, periodTo: contract.endsOn }
}

export function missingFrom(form: ClaimForm): Missing[] {
  const missing: Missing[] = []
  if (form.periodFrom === '' || form.periodTo === '' || form.periodFrom > form.periodTo)
    missing.push('period')
  if (!form.invoices.every(wholeInvoice)) {
    missing.push('invoices')
  }
  if (!form.payments.every(whole)) missing.push('payments')
  if (form.certificateId === null) missing.push('certificate')
  return missing
}

export function bodyOf(voucherId: string, form: ClaimForm): BodyOf<Routes['submitClaim']> {
  return {
    voucherId,
    periodFrom: form.periodFrom,
    periodTo: form.periodTo,
    invoices: form.invoices.map(invoiceOf),
    payments: form.payments.map(paymentOf),
    deliveryCertificateId: form.certificateId,
  }
}

export type Proofs = NonNullable<BodyOf<Routes['saveDraft']>['proofs']>

/** The rows that are complete, for a draft. */
export function proofsOf(form: ProofsForm): Proofs {
  return {
    invoices: form.invoices.filter(wholeInvoice).map(invoiceOf),
    payments: form.payments.filter(whole).map(paymentOf),
    deliveryCertificateId: form.certificateId,
  }
}

/** A draft's proofs as the form shows them; there is always a row to type into. */
export function formOf(
  { invoices, payments, deliveryCertificateId }: Proofs,
  parties: Parties,
  fileNames: ReadonlyMap<string, string>,
): ProofsForm {
  const file = (attachmentId: string): Pick<ProofRow, 'attachmentId' | 'fileName'> => ({
    attachmentId,
    fileName: fileNames.get(attachmentId) ?? '',
  })
  const empty = emptyProofs(parties)
  const invoiceRows = invoices.map((invoice, key): ProofRow => ({
    key,
    number: invoice.number,
    sellerCode: invoice.sellerCreditCode,
    buyerCode: invoice.buyerCreditCode,
    fen: invoice.amountFen.replace('-', ''),
    excludedFen: invoice.excludedFen,
    redLetterOf: invoice.redLetterOf ?? '',
    on: invoice.issuedOn,
    ...file(invoice.attachmentId),
  }))
  const paymentRows = payments.map((payment, key): ProofRow => ({
    ...emptyRow(key, parties),
    number: payment.reference,
    sellerCode: payment.payeeCreditCode,
    buyerCode: payment.payerCreditCode,
    fen: payment.amountFen,
    on: payment.paidOn,
    ...file(payment.attachmentId),
  }))
  return {
    parties,
    invoices: invoiceRows.length > 0 ? invoiceRows : empty.invoices,
    payments: paymentRows.length > 0 ? paymentRows : empty.payments,
    certificateId: deliveryCertificateId,
    certificateName: fileNames.get(deliveryCertificateId ?? '') ?? '',
  }
}

function invoiceOf(row: ProofRow): Proofs['invoices'][number] {
  return {
    number: row.number.trim(),
    sellerCreditCode: row.sellerCode.trim(),
    buyerCreditCode: row.buyerCode.trim(),
    amountFen: `${row.redLetterOf === '' ? '' : '-'}${row.fen ?? '0'}`,
    excludedFen: row.excludedFen ?? '0',
    redLetterOf: row.redLetterOf === '' ? null : row.redLetterOf.trim(),
    issuedOn: row.on,
    attachmentId: row.attachmentId ?? '',
  }
}

function paymentOf(row: ProofRow): Proofs['payments'][number] {
  return {
    reference: row.number.trim(),
    payerCreditCode: row.buyerCode.trim(),
    payeeCreditCode: row.sellerCode.trim(),
    amountFen: row.fen ?? '0',
    paidOn: row.on,
    attachmentId: row.attachmentId ?? '',
  }
}

function wholeInvoice(row: ProofRow): boolean {
  return whole(row) && /^\d{8,20}$/.test(row.number)
}

function whole(row: ProofRow): boolean {
  return (
    row.number.trim() !== '' &&
    row.sellerCode.trim() !== '' &&
    row.buyerCode.trim() !== '' &&
    row.fen !== undefined &&
    row.fen !== '0' &&
    row.on !== '' &&
    row.attachmentId !== null
  )
}
