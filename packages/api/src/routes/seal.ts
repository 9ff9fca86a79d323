// The proof of the journal for everybody: the keys that sign.
import { z } from 'zod'
import { route } from '../route.ts'
import { instantText } from '../wire.ts'

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

export const sealRoutes = {
  listKeys: route('GET /api/keys', {
    summary: { zh: '平台的签名公钥', en: 'the public keys with which the platform signs' },
    access: 'public',
    answer: z.object({ items: z.array(publicKey) }),
  }),
} as const
