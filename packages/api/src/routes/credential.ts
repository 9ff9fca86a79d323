// 凭证与证明: signed papers of a holder. A voucher's credential says that the voucher exists; an attestation states the
// vouchers of a firm on one day to a named recipient. Neither gives its holder anything. Anybody checks the signature by
// themselves and asks here only for the paper's state today, which says no more than the paper itself.
import { credentialKinds } from '@suanquan/core/voucher'
import { z } from 'zod'
import { route } from '../route.ts'
import { dayText, idParams, idText, instantText, pageOf, pageQuery, plainText } from '../wire.ts'

const credentialRow = z
  .object({
    id: idText,
    kind: z.enum(credentialKinds),
    organisationId: idText,
    organisationName: z.string(),
    /** of a credential: its voucher */
    voucherId: idText.nullable(),
    voucherNumber: z.string().nullable(),
    /** of an attestation: whom it is for, and why */
    recipient: z.string(),
    purpose: z.string(),
    on: dayText,
    issuedAt: instantText,
    issuedBy: z.string(),
    expiresOn: dayText,
    state: z.enum(['valid', 'expired', 'revoked']),
    revokedAt: instantText.nullable(),
    revokedReason: z.string().nullable(),
    /** how often anybody looked whether it still holds, and when last */
    looks: z.number().int(),
    lookedAt: instantText.nullable(),
  })
  .meta({ id: 'CredentialRow' })

const credential = credentialRow.extend({
  /** the signed paper: JSON with sorted keys, as it is saved and checked */
  text: z.string(),
})

const printing = ['documents.no_font', 'documents.busy', 'documents.too_long'] as const

export const credentialRoutes = {
  makeCredential: route('POST /api/vouchers/:id/credentials', {
    summary: { zh: '出具一张券的凭证', en: 'make the credential of a voucher' },
    access: 'credential.make',
    params: idParams,
    answer: credential,
    refusals: ['credential.voucher_ended'],
  }),
  makeAttestation: route('POST /api/attestations', {
    summary: { zh: '为第三方出具持券证明', en: 'attest the vouchers of one day to a third party' },
    access: 'credential.make',
    body: z.object({
      organisationId: idText,
      recipient: plainText(100, 2),
      purpose: plainText(200, 2),
      on: dayText,
      /** how long the paper holds, from today on */
      days: z.number().int().min(1).max(180),
    }),
    answer: credential,
    refusals: ['credential.no_voucher', 'credential.day_ahead'],
  }),
  listCredentials: route('GET /api/credentials', {
    summary: { zh: '已出具的凭证和证明', en: 'credentials and attestations made' },
    access: 'credential.read',
    query: pageQuery.extend({ kind: z.enum(credentialKinds).optional(), voucherId: idText.optional() }),
    answer: pageOf(credentialRow),
  }),
  readCredential: route('GET /api/credentials/:id', {
    summary: { zh: '一份凭证或证明', en: 'one credential or attestation' },
    access: 'credential.read',
    params: idParams,
    answer: credential,
  }),
  readCredentialDocument: route('GET /api/credentials/:id/document', {
    summary: {
      zh: '下载凭证或证明（PDF，带二维码）',
      en: 'a credential or attestation as a PDF with its code',
    },
    access: 'credential.read',
    transport: 'download',
    params: idParams,
    query: z.object({ language: z.enum(['zh', 'en']).default('zh') }),
    answer: z.unknown(),
    refusals: printing,
  }),
  revokeCredential: route('POST /api/credentials/:id/revocation', {
    summary: { zh: '作废凭证或证明', en: 'revoke a credential or attestation' },
    access: 'credential.revoke',
    params: idParams,
    body: z.object({ reason: plainText(200, 2) }),
    answer: credential,
    refusals: ['credential.revoked_already'],
  }),
  checkCredential: route('POST /api/credential-checks', {
    summary: { zh: '核对凭证或证明今天的状态', en: 'whether a paper still holds today' },
    access: 'public',
    /** the signature shows that the asker has the paper */
    body: z.object({ id: idText, signature: z.string().regex(/^[0-9a-f]{128}$/) }),
    answer: z.object({
      state: z.enum(['valid', 'expired', 'revoked', 'unknown']),
      /** of the voucher that a credential is of */
      voucher: z.enum(['existing', 'expired', 'revoked']).nullable(),
      asOf: instantText,
    }),
  }),
} as const
