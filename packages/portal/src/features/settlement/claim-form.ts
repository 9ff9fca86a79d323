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

export interface ClaimForm {
  readonly parties: Parties
  readonly periodFrom: string
  readonly periodTo: string
  readonly invoices: readonly ProofRow[]
  readonly payments: readonly ProofRow[]
  readonly certificateId: string | null
  readonly certificateName: string
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

/** The period begins as the contract's own. */
export function emptyClaim(
  contract: { readonly startsOn: string; readonly endsOn: string },
  parties: Parties,
): ClaimForm {
  return {
    parties,
    periodFrom: contract.startsOn,
    periodTo: contract.endsOn,
    invoices: [emptyRow(0, parties)],
    payments: [emptyRow(0, parties)],
    certificateId: null,
    certificateName: '',
  }
}

export function missingFrom(form: ClaimForm): Missing[] {
  const missing: Missing[] = []
  if (form.periodFrom === '' || form.periodTo === '' || form.periodFrom > form.periodTo)
    missing.push('period')
  if (!form.invoices.every((row) => whole(row) && /^\d{8,20}$/.test(row.number))) {
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
    invoices: form.invoices.map((row) => ({
      number: row.number.trim(),
      sellerCreditCode: row.sellerCode.trim(),
      buyerCreditCode: row.buyerCode.trim(),
      amountFen: `${row.redLetterOf === '' ? '' : '-'}${row.fen ?? '0'}`,
      excludedFen: row.excludedFen ?? '0',
      redLetterOf: row.redLetterOf === '' ? null : row.redLetterOf.trim(),
      issuedOn: row.on,
      attachmentId: row.attachmentId ?? '',
    })),
    payments: form.payments.map((row) => ({
      reference: row.number.trim(),
      payerCreditCode: row.buyerCode.trim(),
      payeeCreditCode: row.sellerCode.trim(),
      amountFen: row.fen ?? '0',
      paidOn: row.on,
      attachmentId: row.attachmentId ?? '',
    })),
    deliveryCertificateId: form.certificateId,
  }
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
