// The proof of the journal: keys, seals and the proofs taken from them. What is public names no account and no amount.
import { z } from 'zod'
import { route } from '../route.ts'
import { idParams, instantText, pageOf, pageQuery } from '../wire.ts'

/** Bytes as hexadecimal digits. */
const hexText = z.string().regex(/^([0-9a-f]{2})*$/)

const keyIdText = z.string().regex(/^[0-9a-f]{32}$/)

const publicKey = z
  .object({
    id: keyIdText,
    algorithm: z.enum(['SM2', 'Ed25519']),
    /** SM2: 04 ‖ x ‖ y, 65 bytes; Ed25519: 32 bytes */
    publicKey: hexText,
    validFrom: instantText,
    /** it signs nothing any more from here on */
    replacedAt: instantText.nullable(),
    /** the key before it, and that key's signature over this one */
    replaces: keyIdText.nullable(),
    endorsement: hexText.nullable(),
  })
  .meta({ id: 'PublicKey' })

const sealed = z
  .object({
    ledger: z.number().int(),
    jurisdiction: z.string(),
    number: z.number().int(),
    /** the first posting since the seal before it, and the last: the size of the tree */
    first: z.number().int(),
    last: z.number().int(),
    root: hexText,
    previous: hexText,
    at: instantText,
    keyId: keyIdText,
    signature: hexText,
  })
  .meta({ id: 'Seal' })

const ledgerNumber = z.coerce.number().int().min(1).max(2_147_483_647)
const counted = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)

export const sealRoutes = {
  listTreeHeads: route('GET /api/tree-heads', {
    summary: { zh: '各账本最新的树头', en: 'the latest tree head of every fund' },
    access: 'public',
    answer: z.object({
      items: z.array(
        z
          .object({
            ledger: z.number().int(),
            /** the programmes that the fund pays for */
            programmes: z.object({ zh: z.string(), en: z.string() }),
            seal: sealed,
            waiting: z.number().int(),
          })
          .meta({ id: 'TreeHead' }),
      ),
    }),
  }),
  listSeals: route('GET /api/seals', {
    summary: { zh: '一个账本的全部封印', en: 'the seals of a fund, from the first' },
    access: 'public',
    query: pageQuery.extend({ ledger: ledgerNumber }),
    answer: pageOf(sealed),
  }),
  readConsistency: route('GET /api/seals/consistency', {
    summary: {
      zh: '一致性证明：后一个封印的账本以前一个的开头',
      en: 'proof that the journal of a later seal begins with that of an earlier one',
    },
    access: 'public',
    query: z.object({ ledger: ledgerNumber, from: counted, to: counted }),
    answer: z.object({ from: sealed, to: sealed, path: z.array(hexText) }),
    refusals: ['seal.unknown', 'seal.backwards'],
  }),
  readInclusion: route('GET /api/seals/inclusion', {
    summary: {
      zh: '包含证明：某一序号的分录在封印之内（不含分录内容）',
      en: 'proof that the posting of a sequence is under a seal, without what it says',
    },
    access: 'public',
    query: z.object({ ledger: ledgerNumber, sequence: counted, seal: counted.optional() }),
    answer: z.object({ seal: sealed, sequence: z.number().int(), path: z.array(hexText) }),
    refusals: ['seal.unknown', 'seal.not_covered'],
  }),
  readVoucherInclusion: route('GET /api/vouchers/:id/inclusion', {
    summary: { zh: '券的包含证明：券账户的每一笔分录', en: 'every posting of a voucher, each proved' },
    access: 'voucher.read',
    params: idParams,
    answer: z.object({
      number: z.string(),
      /** the terms from which the account’s id follows, the holder among them */
      account: z.object({
        id: z.uuid(),
        ledger: z.number().int(),
        jurisdiction: z.string(),
        district: z.string(),
        programme: z.string(),
        year: z.number().int().nullable(),
        kind: z.string(),
        holder: z.string(),
        reference: z.string(),
        usableUntil: z.string().nullable(),
      }),
      seal: sealed,
      postings: z.array(
        z
          .object({ sequence: z.number().int(), row: hexText, path: z.array(hexText) })
          .meta({ id: 'PostingProof' }),
      ),
      /** postings of the voucher that wait for the next seal */
      waiting: z.number().int(),
    }),
    refusals: ['seal.none_yet'],
  }),
  listKeys: route('GET /api/keys', {
    summary: { zh: '平台的签名公钥', en: 'the public keys with which the platform signs' },
    access: 'public',
    answer: z.object({ items: z.array(publicKey) }),
  }),
} as const
