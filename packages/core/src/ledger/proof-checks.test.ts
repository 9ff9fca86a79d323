// A proof file comes from anybody: whatever is in it, reading and checking it ends in an answer; the chain of seals is the
// same chain taken whole or page by page.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hex, type Hash } from '../canonical.ts'
import { keyId, type Verify } from '../signature.ts'
import {
  checkChain,
  checkHead,
  readProofFile,
  readRow,
  sealBytes,
  sealGenesis,
  sealHash,
  sealOf,
  type ProofRules,
  type ShownKey,
  type ShownSeal,
} from './index.ts'

const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest()

/** A signature that only its key can have made, for as long as nobody else knows this file: hash of key and bytes. */
const sign = (key: Uint8Array, bytes: Uint8Array): Uint8Array => sha256(Buffer.concat([key, bytes]))
const verify: Verify = (key, bytes, signature) => hex(sign(key.bytes, bytes)) === hex(signature)
const rules: ProofRules = { hash: sha256, idHash: sha256, verify, trusted: null }

const secret = Buffer.alloc(32, 7)
const id = keyId({ algorithm: 'Ed25519', bytes: secret }, sha256)
const keys: readonly ShownKey[] = [
  {
    id,
    algorithm: 'Ed25519',
    publicKey: hex(secret),
    replacedAt: null,
    replaces: null,
    endorsement: null,
  },
]

function chain(length: number): readonly ShownSeal[] {
  const seals: ShownSeal[] = []
  for (let number = 1; number <= length; number++) {
    const before = seals[number - 2]
    const unsigned = {
      ledger: 1,
      jurisdiction: '110000',
      number,
      first: number * 10 - 9,
      last: number * 10,
      root: hex(sha256(Buffer.from(`${number}`))),
      previous: hex(
        before === undefined ? sealGenesis(1, '110000', sha256) : sealHash(sealOf(before), sha256),
      ),
      at: `2024-05-0${number}T23:59:59.${100 + number}Z`,
      keyId: id,
      signature: '',
    }
    seals.push({ ...unsigned, signature: hex(sign(secret, sealBytes(sealOf(unsigned)))) })
  }
  return seals
}

const seals = chain(7)
const codes = (seen: readonly ShownSeal[], before: ShownSeal | null): string[] =>
  checkChain(seen, keys, rules, before).wrong.map(({ code }) => code)

test('a chain holds whole and page by page, and a seal left out or changed is named', () => {
  expect(codes(seals, null)).toEqual([])
  expect(codes(seals.slice(0, 3), null)).toEqual([])
  expect(codes(seals.slice(3), seals[2]!)).toEqual([])
  expect(codes(seals.slice(3), null)).toEqual(['seal_order', 'seal_previous'])
  expect(codes([...seals.slice(0, 3), ...seals.slice(4)], null)).toEqual(['seal_order', 'seal_previous'])
  const changed = seals.map((seal) => (seal.number === 4 ? { ...seal, last: 39 } : seal))
  expect(codes(changed, null)).toEqual(['seal_signature', 'seal_order', 'seal_previous'])
})

test('a key that is not the known one is refused, whatever the file says', () => {
  const head = { kind: 'suanquan/tree-head/v1' as const, seal: seals[6]!, keys }
  expect(checkHead(head, rules).wrong).toEqual([])
  expect(checkHead(head, { ...rules, trusted: id }).wrong).toEqual([])
  expect(checkHead(head, { ...rules, trusted: '0'.repeat(32) }).wrong[0]!.code).toBe('key_not_endorsed')
})

test('a file of which any field is something else is no proof or is checked to an end', () => {
  const head = { kind: 'suanquan/tree-head/v1', seal: seals[0]!, keys }
  const fields = Object.keys(seals[0]!)
  fc.assert(
    fc.property(fc.constantFrom(...fields), fc.jsonValue(), (field, value) => {
      const read = readProofFile(JSON.stringify({ ...head, seal: { ...head.seal, [field]: value } }))
      if (read?.kind === 'suanquan/tree-head/v1') checkHead(read, rules)
    }),
    { numRuns: 300 },
  )
  for (const text of ['', '{', 'null', '[]', '{"kind":"toString"}', JSON.stringify({ ...head, keys: 1 })])
    expect(readProofFile(text)).toBeNull()
})

test('bytes that are no posting are read as none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(readRow(bytes)).toBeNull()
    }),
    { numRuns: 200 },
  )
})
