// What the routes hand out proves what it says without the server: heads, consistency and a voucher's own postings; the
// public ones name nobody, and a voucher's proof goes to whoever may read the voucher.
import { hex } from '@suanquan/core'
import {
  accountId,
  leafHash,
  provenRow,
  sealBytes,
  verifyConsistency,
  verifyInclusion,
  type SealContent,
} from '@suanquan/core/ledger'
import { applied, granted, must, testCity } from '@suanquan/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ledgerHash, sm3 } from '../../database/index.ts'
import { verifySignature } from '../../signing/index.ts'

const city = await testCity()
const { anybody, firm } = city
afterAll(() => city.stop())

const bytes = (digits: string): Uint8Array => Buffer.from(digits, 'hex')
let voucherId = ''

beforeAll(async () => {
  voucherId = (await granted(city, await applied(city, 'clerk', firm), '100000000')).voucherId!
  await city.tick()
  const later = await applied(city, 'clerk2', city.otherFirm, { number: 'HT-9', account: 'ninth' })
  city.setDay('2024-07-01')
  await granted(city, later, '100000000')
  city.wait(30)
  await city.tick()
})

type Shown = Awaited<ReturnType<typeof heads>>[number]['seal']
const heads = async () => must(await anybody.listTreeHeads({})).items
const contentOf = (seal: Shown): SealContent => ({
  ...seal,
  number: BigInt(seal.number),
  first: BigInt(seal.first),
  last: BigInt(seal.last),
  root: bytes(seal.root),
  previous: bytes(seal.previous),
  at: Date.parse(seal.at),
})

test('the head of a fund is signed by a published key', async () => {
  const [head] = await heads()
  const [key] = must(await anybody.listKeys({})).items
  const published = { id: key!.id, algorithm: key!.algorithm, bytes: bytes(key!.publicKey) }
  expect(head!.seal.keyId).toBe(published.id)
  expect(verifySignature(published, sealBytes(contentOf(head!.seal)), bytes(head!.seal.signature))).toBe(true)
  expect(head!.waiting).toBe(0)
  expect(head!.programmes.zh).toContain('算力券')
})

test('any two heads are proved to follow each other, and an impossible pair is refused', async () => {
  const [head] = await heads()
  const { ledger, number } = head!.seal
  expect(number).toBeGreaterThan(1)
  expect(must(await anybody.listSeals({ query: { ledger } })).total).toBe(number)
  for (let from = 1; from <= number; from++) {
    const proof = must(await anybody.readConsistency({ query: { ledger, from, to: number } }))
    const side = (seal: Shown) => ({ size: seal.last, root: bytes(seal.root) })
    const shown = { earlier: side(proof.from), later: side(proof.to), path: proof.path.map(bytes) }
    expect(verifyConsistency(shown, sm3)).toBe(true)
  }
  const ask = async (from: number, to: number) =>
    await anybody.readConsistency({ query: { ledger, from, to } })
  expect(await ask(number, 1)).toMatchObject({ problem: { code: 'seal.backwards' } })
  expect(await ask(1, number + 1)).toMatchObject({ problem: { code: 'seal.unknown' } })
})

test('a holder proves each posting of its voucher, and its own name in the account’s id', async () => {
  const proof = must(await city.as('clerk').readVoucherInclusion({ params: { id: voucherId } }))
  const { account, seal, postings } = proof
  const terms = { ...account, code: 'voucher' as const, usableUntil: account.usableUntil as `${number}` }
  expect(accountId(terms as never, ledgerHash)).toBe(account.id)
  expect(account.holder).toBe(firm.creditCode)
  const rows = postings.map(({ sequence, row, path }) =>
    provenRow({ sequence: BigInt(sequence), row: bytes(row), path: path.map(bytes) }, contentOf(seal), sm3),
  )
  expect(rows.map((row) => [row?.kind, row?.code])).toEqual([
    ['reserve', 'issue'],
    ['settle', 'issue'],
  ])
  expect(rows.every((row) => row?.credit === account.id)).toBe(true)
  const [first] = postings
  const forged = Buffer.from(first!.row, 'hex')
  forged[forged.length - 1]! ^= 1
  const changed = { sequence: BigInt(first!.sequence), row: forged, path: first!.path.map(bytes) }
  expect(provenRow(changed, contentOf(seal), sm3)).toBeNull()
})

test('another firm is told of no such voucher', async () => {
  const asked = await city.as('clerk2').readVoucherInclusion({ params: { id: voucherId } })
  expect(asked.ok).toBe(false)
})

test('anybody proves that a posting is sealed, by its hash alone; nothing in the answer says whose it is', async () => {
  const own = must(await city.as('clerk').readVoucherInclusion({ params: { id: voucherId } }))
  const { sequence, row } = own.postings[0]!
  const { ledger } = own.seal
  const shown = must(await anybody.readInclusion({ query: { ledger, sequence } }))
  const leaf = leafHash(bytes(row), sm3)
  const proof = { index: sequence - 1, size: shown.seal.last, leaf, path: shown.path.map(bytes) }
  expect(verifyInclusion({ ...proof, root: bytes(shown.seal.root) }, sm3)).toBe(true)
  const said = JSON.stringify([shown, await heads()])
  expect(said).not.toContain(firm.creditCode)
  expect(said).not.toContain(hex(bytes(row)))
  const late = await anybody.readInclusion({ query: { ledger, sequence: shown.seal.last, seal: 1 } })
  expect(late).toMatchObject({ problem: { code: 'seal.not_covered' } })
})
