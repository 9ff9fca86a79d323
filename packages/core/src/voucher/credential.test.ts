import { createHash, generateKeyPairSync, sign, verify as verifyWith } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hex, keyId, type Hash, type PublicKey, type Verify } from '../index.ts'
import {
  CREDENTIAL_NOTICE,
  credentialBytes,
  credentialText,
  genuineness,
  readCredential,
  type CredentialPaper,
  type SignedCredential,
} from './credential.ts'

const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest()
const pair = generateKeyPairSync('ed25519')
const bytes = pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
const key: PublicKey = { id: keyId({ algorithm: 'Ed25519', bytes }, sha256), algorithm: 'Ed25519', bytes }
const verify: Verify = (_key, message, signature) => verifyWith(null, message, pair.publicKey, signature)
const rules = { keys: [{ ...key, replacedAt: null }], idHash: sha256, verify }

const SHARED = {
  id: '01890000-0000-7000-8000-000000000001',
  issuer: '示例市',
  jurisdiction: '990100',
  issuedAt: '2024-05-20T01:00:00.000Z',
  expiresOn: '2025-05-20',
  holder: '示例科技有限公司',
  creditCode: '91990101MA000001X0',
  notice: CREDENTIAL_NOTICE,
}

const PAPERS: readonly CredentialPaper[] = [
  {
    ...SHARED,
    type: 'suanquan/voucher-credential/v1',
    voucher: 'Q-2024-00001',
    programme: '算力券',
    issuedOn: '2024-05-20',
    usableUntil: '2025-05-20',
    faceFen: '100000000',
    ledger: 1,
    account: '01890000-0000-7000-8000-000000000002',
  },
  {
    ...SHARED,
    type: 'suanquan/attestation/v1',
    recipient: '示例银行',
    purpose: '流动资金贷款审查',
    on: '2024-05-20',
    vouchers: [
      {
        voucher: 'Q-2024-00001',
        programme: '算力券',
        usableUntil: '2025-05-20',
        faceFen: '100000000',
        usableFen: '70000000',
        heldFen: '10000000',
        redeemedFen: '20000000',
      },
    ],
  },
]

function signed(paper: CredentialPaper): SignedCredential {
  return { paper, key: key.id, signature: hex(sign(null, credentialBytes(paper), pair.privateKey)) }
}

describe.each(PAPERS)('$type', (paper) => {
  const text = credentialText(signed(paper))

  test('is read back in any layout and is genuine', () => {
    for (const layout of [text, JSON.stringify(JSON.parse(text), null, 2)]) {
      const read = readCredential(layout)
      expect(read.ok && genuineness(read.value, rules)).toBe('genuine')
    }
  })

  test('with any one character changed it is not', () => {
    fc.assert(
      fc.property(
        fc.nat(text.length - 1),
        fc.constantFrom('0', '7', 'a', 'x', '市', '"', ' '),
        (at, other) => {
          fc.pre(text[at] !== other)
          const changed = `${text.slice(0, at)}${other}${text.slice(at + 1)}`
          const read = readCredential(changed)
          expect(read.ok && genuineness(read.value, rules) === 'genuine').toBe(false)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('a key whose id does not follow from its bytes is not known', () => {
    const read = readCredential(text)
    const exchanged = { ...rules, keys: [{ ...key, bytes: new Uint8Array(32), replacedAt: null }] }
    expect(read.ok && genuineness(read.value, exchanged)).toBe('unknown_key')
    expect(read.ok && genuineness(read.value, { ...rules, keys: [] })).toBe('unknown_key')
  })

  test('what a key signs after another has replaced it is not genuine', () => {
    const replaced = (replacedAt: string): object => ({ ...rules, keys: [{ ...key, replacedAt }] })
    const read = readCredential(text)
    const results = ['2024-05-20T00:59:59.999Z', '2024-05-20T01:00:00.000Z'].map(
      (at) => read.ok && genuineness(read.value, replaced(at) as typeof rules),
    )
    expect(results).toEqual(['key_replaced', 'genuine'])
  })

  test('says that it may neither be passed on nor pledged', () => {
    expect(text).toContain('不得转让、不得质押')
  })
})

test('what is signed of one kind is not signed of the other', () => {
  const [voucher, attestation] = PAPERS.map(credentialBytes)
  expect(hex(voucher!).slice(0, 60)).not.toBe(hex(attestation!).slice(0, 60))
})

test.each(['', '{}', '[]', 'null', '{"paper":{}}', '{"paper":{"type":"x"},"key":"","signature":""}'])(
  '%s is no paper',
  (text) => {
    expect(readCredential(text)).toMatchObject({ ok: false, refusal: { code: 'credential.unreadable' } })
  },
)
