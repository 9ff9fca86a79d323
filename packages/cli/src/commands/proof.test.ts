// `suanquan proof` against a real server and offline: an honest proof holds and says what it proves; a touched one, or a
// server that shows another past than the one that was kept, ends with 1.
import { applied, granted, PASSWORD, testCity } from '@suanquan/testkit'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { useLanguage } from '../language.ts'
import { proofCommand } from './proof.ts'

const folder = mkdtempSync(join(tmpdir(), 'proof-command-'))
const city = await testCity()
const file = (name: string): string => join(folder, name)
let number = ''

beforeAll(async () => {
  process.env['SUANQUAN_PASSWORD'] = PASSWORD
  const { voucherId } = await granted(city, await applied(city, 'clerk', city.firm), '100000000')
  await city.tick()
  const voucher = await city.as('clerk').readVoucher({ params: { id: voucherId! } })
  number = voucher.ok ? voucher.value.number : ''
  const later = await applied(city, 'clerk2', city.otherFirm, { number: 'HT-9', account: 'ninth' })
  city.setDay('2024-07-01')
  await granted(city, later, '100000000')
  city.wait(30)
  await city.tick()
})
beforeEach(() => {
  useLanguage('en')
  process.exitCode = undefined
})
afterAll(async () => {
  delete process.env['SUANQUAN_PASSWORD']
  process.exitCode = undefined
  await city.stop()
  rmSync(folder, { recursive: true })
})

async function run(...words: string[]): Promise<string> {
  let out = ''
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text)
    return true
  })
  try {
    await proofCommand().parseAsync([...words, '--url', city.server.url], { from: 'user' })
  } finally {
    spy.mockRestore()
  }
  return out
}

/** What of the two kinds of proof is touched here. */
interface Shown {
  readonly from: { signature: string }
  readonly to: { root: string; last: number }
  readonly path: string[]
  readonly keys: { id: string; publicKey: string }[]
  readonly postings: { row: string; path: string[] }[]
  readonly account: { holder: string }
  number: string
}

const forge = (from: string, to: string, change: (proof: Shown) => void): string => {
  const proof = JSON.parse(readFileSync(file(from), 'utf8')) as Shown
  change(proof)
  writeFileSync(file(to), JSON.stringify(proof))
  return file(to)
}
const flip = (digits: string): string => `${digits.startsWith('0') ? '1' : '0'}${digits.slice(1)}`

test('heads that follow each other are proved, and the proof is checked again without a server', async () => {
  const said = await run('tree', '--from', '1', '--save', file('tree.json'))
  expect(said).toContain('begins with that of seal 1')
  expect(said).toMatch(/the proof holds\n$/)
  const { keys } = JSON.parse(readFileSync(file('tree.json'), 'utf8')) as Shown
  const offline = await run('tree', '--file', file('tree.json'), '--key', keys[0]!.id)
  expect(offline).toContain(`is the trusted ${keys[0]!.id}`)
  expect(process.exitCode).toBeUndefined()
})

test('what was kept is what a later head must begin with', async () => {
  expect(await run('tree', '--from', file('tree.json'))).toContain('the proof holds')
  const other = forge('tree.json', 'other.json', ({ to }) => (to.root = flip(to.root)))
  expect(await run('tree', '--from', other)).toContain('the journal was rewritten')
  expect(process.exitCode).toBe(1)
})

test.each([
  ['a root', ({ to }: Shown) => void (to.root = flip(to.root))],
  ['a signature', ({ from }: Shown) => void (from.signature = flip(from.signature))],
  ['the path', ({ path }: Shown) => void (path[0] = flip(path[0]!))],
  [
    'the public key',
    ({ keys }: Shown) => void (keys[0]!.publicKey = `04${flip(keys[0]!.publicKey.slice(2))}`),
  ],
  ['a size', ({ to }: Shown) => void (to.last += 1)],
])('a tree proof of which %s was touched does not hold', async (_, change) => {
  const said = await run('tree', '--file', forge('tree.json', 'forged.json', change))
  expect(said).toContain('the proof does not hold')
  expect(process.exitCode).toBe(1)
})

test('a key that nobody vouched for is not the trusted one', async () => {
  const said = await run('tree', '--file', file('tree.json'), '--key', '0'.repeat(32))
  expect(said).toContain('was not endorsed by it')
  expect(process.exitCode).toBe(1)
})

test('a holder proves its voucher and sees each posting; the saved file proves it again', async () => {
  const said = await run('voucher', number, '--login', 'clerk', '--save', file('voucher.json'))
  expect(said).toContain('reserve issue')
  expect(said).toContain(`the holder ${city.firm.creditCode} is part of the account's id`)
  expect(await run('voucher', '--file', file('voucher.json'))).toContain('the proof holds')
})

test.each([
  [
    'an amount',
    ({ postings }: Shown) => void (postings[0]!.row = postings[0]!.row.replace('3130303030', '3930303030')),
  ],
  ['the holder', ({ account }: Shown) => void (account.holder = '91990101MA0000000X')],
  ['a path', ({ postings }: Shown) => void (postings[1]!.path[0] = flip(postings[1]!.path[0]!))],
  ['one posting shown twice', ({ postings }: Shown) => void postings.splice(1, 0, postings[0]!)],
  ['the number', (proof: Shown) => void (proof.number = 'V-OTHER')],
])('a voucher proof of which %s was touched does not hold', async (_, change) => {
  const said = await run('voucher', '--file', forge('voucher.json', 'forged.json', change))
  expect(said).toContain('the proof does not hold')
  expect(process.exitCode).toBe(1)
})
