// What an auditor takes away proves itself on a machine without us, and no forgery passes: ten kinds are planted, each as
// well hidden as a forger with the database and the files could (chain, set fingerprints and manifest made anew), and each
// is found by the verifier that ships and by our own check. The two share no code.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canonicalBytes, hex, seededRandom } from '@suanquan/core'
import { sealBytes } from '@suanquan/core/ledger'
import {
  connect,
  exportByOperator,
  ledgerHash,
  makePem,
  neverCrashes,
  openSigning,
  ownSigning,
  post,
  readPem,
  sealJournal,
  sql,
} from '@suanquan/server'
import { testDatabase, testFund } from '@suanquan/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkBundle } from './audit-check.ts'

const HOUR = 3_600_000
const start = Date.parse('2024-05-08T01:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'suanquan-audit-'))
const verifier = readFileSync(new URL('../../bin/verify-audit.mjs', import.meta.url), 'utf8')
const honest = join(folder, 'honest')
const store = await testDatabase()
const app = connect({ ...store.address, role: 'app', connections: 4 })
const fund = testFund(seededRandom('audit-export'), ledgerHash)
const place = { ledger: fund.ledger, jurisdiction: fund.jurisdiction }
const voucher = fund.voucher('91110108MA01234567', { usableUntil: '2025-12-31' })
let keyId = ''
let root = ''
const pem = makePem('Ed25519')
const signer = openSigning({
  db: app.kysely,
  settings: { ...ownSigning, pem },
  dataFolder: folder,
  jurisdiction: place.jurisdiction,
  crash: neverCrashes,
})

afterAll(async () => {
  await app.close()
  await store.drop()
  rmSync(folder, { recursive: true })
})

const issue = async (count: number, moment: number): Promise<void> => {
  const sets = Array.from({ length: count }, () => [fund.move('issue', [fund.pool, voucher], 5n)])
  await app.transaction((tx) => post(tx, { ...place, moment, open: [voucher], sets }))
}

beforeAll(async () => {
  await app.transaction((tx) => post(tx, fund.funding(start, 1_000_000n)))
  await issue(40, start)
  const held = fund.hold(fund.move('issue', [fund.pool, voucher], 9n), start + HOUR)
  await app.transaction((tx) => post(tx, { ...place, moment: start, sets: [[held]] }))
  await app.transaction((tx) =>
    post(tx, { ...place, moment: start, sets: [[fund.resolve('settle', held, 4n)]] }),
  )
  await sealJournal({ database: app, signer, crash: neverCrashes }, start)
  await issue(20, start + HOUR)
  await sealJournal({ database: app, signer, crash: neverCrashes }, start + HOUR)
  await issue(3, start + 2 * HOUR)
  const options = { folder: honest, at: start, personalReason: '年度审计', verifier }
  await exportByOperator(app, { jurisdiction: place.jurisdiction, ...options })
  const { seals } = load(honest)
  ;[keyId, root] = [seals[0]!.keyId, seals[0]!.root]
})

type Account = Record<string, string | number | null>

interface Bundle {
  rows: string[][]
  accounts: Account[]
  seals: {
    number: number
    first: number
    last: number
    root: string
    previous: string
    at: number
    keyId: string
    signature: string
  }[]
  keys: { id: string; algorithm: 'SM2' | 'Ed25519'; publicKey: string }[]
  manifest: {
    funds: { ledger: number; jurisdiction: string; postings: number; chain: string }[]
    files: Record<string, string>
  }
}

function load(from: string): Bundle {
  const read = (name: string): string => readFileSync(join(from, name), 'utf8')
  const lines = <Line>(name: string): Line[] =>
    read(name)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
  return {
    rows: read('postings-1.csv')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')),
    accounts: lines('accounts-1.jsonl'),
    seals: lines('seals-1.jsonl'),
    keys: JSON.parse(read('keys.json')) as Bundle['keys'],
    manifest: JSON.parse(read('manifest.json')) as Bundle['manifest'],
  }
}

const bin = (text: string): Uint8Array | null =>
  text === '' ? null : Uint8Array.from(Buffer.from(text.replaceAll('-', ''), 'hex'))
const int = (text: string): bigint | null => (text === '' ? null : BigInt(text))
const sm3 = (bytes: Uint8Array): Buffer => createHash('sm3').update(bytes).digest()

function bytesOf(row: string[]): { readonly content: Uint8Array; readonly bytes: Uint8Array } {
  const [
    ,
    ,
    id,
    kind,
    debit,
    credit,
    amount,
    reservation,
    code,
    expires,
    document,
    jurisdiction,
    district,
    link,
    links,
  ] = row as [string, ...string[]] & string[]
  const movement = [
    bin(id!),
    int(kind!),
    bin(debit!),
    bin(credit!),
    int(amount!),
    bin(reservation!),
    int(code!),
  ]
  const about = [int(expires!), bin(document!), jurisdiction!, district!, int(link!), int(links!)]
  const content = canonicalBytes([...movement, ...about])
  const before = canonicalBytes([1, int(row[0]!), int(row[1]!)])
  return { content, bytes: Buffer.concat([before, content]) }
}

/** Numbers, fingerprints, chain, head and manifest as they would be if the rows had always been these. */
function save(name: string, bundle: Bundle): string {
  const to = join(folder, name)
  cpSync(honest, to, { recursive: true })
  const { rows, accounts, seals, keys, manifest } = bundle
  let chain: Uint8Array = ledgerHash(canonicalBytes(['suanquan/ledger/v1', 1, place.jurisdiction]))
  const header = readFileSync(join(honest, 'postings-1.csv'), 'utf8').split('\n')[0]!
  rows.forEach((row, index) => {
    row[0] = String(index + 1)
    const { content, bytes } = bytesOf(row)
    if (row[14] === '1') row[15] = hex(ledgerHash(content))
    chain = ledgerHash(Buffer.concat([chain, bytes]))
    row[16] = hex(chain)
  })
  manifest.funds[0] = { ...manifest.funds[0]!, postings: rows.length, chain: hex(chain) }
  const put = (file: string, text: string): void => {
    writeFileSync(join(to, file), text)
    manifest.files[file] = hex(ledgerHash(Buffer.from(text)))
  }
  put('postings-1.csv', `${[header, ...rows.map((row) => row.join(','))].join('\n')}\n`)
  put('accounts-1.jsonl', accounts.map((account) => `${JSON.stringify(account)}\n`).join(''))
  put('seals-1.jsonl', seals.map((seal) => `${JSON.stringify(seal)}\n`).join(''))
  put('keys.json', JSON.stringify(keys))
  writeFileSync(join(to, 'manifest.json'), JSON.stringify(manifest))
  return to
}

/** The seals made anew over the rows as they are, signed by whoever's key. */
function reseal(bundle: Bundle, withPem: string): void {
  const key = readPem(withPem)!
  const id = hex(ledgerHash(canonicalBytes([key.algorithm, key.publicBytes])).slice(0, 16))
  bundle.keys = [{ ...bundle.keys[0]!, id, algorithm: key.algorithm, publicKey: hex(key.publicBytes) }]
  const leaves = bundle.rows.map((row) => sm3(Buffer.concat([Buffer.of(0), bytesOf(row).bytes])))
  let previous = hex(sm3(canonicalBytes(['suanquan/ledger/v1', 1, place.jurisdiction])))
  for (const seal of bundle.seals) {
    Object.assign(seal, { previous, keyId: id, root: hex(rootOf(leaves.slice(0, seal.last))) })
    const bytes = sealBytes({
      ...seal,
      ...place,
      number: BigInt(seal.number),
      first: BigInt(seal.first),
      last: BigInt(seal.last),
      root: bin(seal.root)!,
      previous: bin(previous)!,
    })
    seal.signature = hex(key.sign(bytes))
    previous = hex(sm3(bytes))
  }
}

/** RFC 6962 as it is written down there, by recursion. */
function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 1) return leaves[0]!
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return sm3(Buffer.concat([Buffer.of(1), rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split))]))
}

const accountOf = (bundle: Bundle, code: number): Account =>
  bundle.accounts.find((each) => each['code'] === code)!
const move = (account: Account, column: string, by: bigint): void => {
  account[column] = String(BigInt(account[column]!) + by)
}
/** One more posting at the end, outside every seal, with the balances it would leave. */
const append = (bundle: Bundle, from: Account, to: Account, amount: bigint): void => {
  const row = [...bundle.rows.at(-1)!]
  Object.assign(row, {
    2: '01890000-0000-7000-8000-00000000abcd',
    4: from['id'],
    5: to['id'],
    6: String(amount),
  })
  bundle.rows.push(row)
  move(from, 'debitsPosted', amount)
  move(to, 'creditsPosted', amount)
}

const FORGERIES: Readonly<Record<string, (bundle: Bundle) => void>> = {
  'a changed amount': (bundle) => {
    bundle.rows[10]![6] = '6'
    move(accountOf(bundle, 3), 'debitsPosted', 1n)
    move(accountOf(bundle, 4), 'creditsPosted', 1n)
  },
  'a removed posting': (bundle) => {
    bundle.rows.splice(12, 1)
    move(accountOf(bundle, 3), 'debitsPosted', -5n)
    move(accountOf(bundle, 4), 'creditsPosted', -5n)
  },
  'two postings in another order': ({ rows }) => rows.splice(20, 2, rows[21]!, rows[20]!),
  'a second tree': (bundle) => {
    bundle.rows.splice(20, 2, bundle.rows[21]!, bundle.rows[20]!)
    bundle.rows.forEach((row, index) => (row[0] = String(index + 1)))
    reseal(bundle, pem)
  },
  'a forged seal': ({ seals }) => (seals[1]!.at += 1000),
  'a truncated tail': (bundle) => {
    bundle.rows.splice(-5)
    move(accountOf(bundle, 3), 'debitsPosted', -25n)
    move(accountOf(bundle, 4), 'creditsPosted', -25n)
  },
  'a changed balance': (bundle) => move(accountOf(bundle, 4), 'creditsPosted', 100n),
  'a triple that is not allowed': (bundle) => append(bundle, accountOf(bundle, 4), accountOf(bundle, 2), 5n),
  'an account below its floor': (bundle) =>
    append(bundle, accountOf(bundle, 3), accountOf(bundle, 4), 1_000_000n),
  'a wrong key': (bundle) => reseal(bundle, makePem('Ed25519')),
}

const verify = (
  at: string,
  ...words: string[]
): { readonly status: number | null; readonly said: string } => {
  const { status, stdout } = spawnSync(process.execPath, [join(honest, 'verify.mjs'), at, ...words], {
    encoding: 'utf8',
  })
  return { status, said: stdout }
}
const known = (): string[] => ['--key', keyId, '--seal', `1:1:${root}`]

test('an honest export is verified by the program that ships, and proved by ours', async () => {
  const { status, said } = verify(honest, ...known())
  expect(said).toMatch(/67 postings \(sealed: 64\), 2 seals[\s\S]*\nVERIFIED: nothing found\n$/)
  expect(status).toBe(0)
  expect(await checkBundle(honest, { key: keyId, seals: [`1:1:${root}`] })).toEqual([])
})

test('a bundle that is written anew without a change stays honest: the forgeries below differ in nothing else', async () => {
  const bundle = load(honest)
  reseal(bundle, pem)
  const again = save('again', bundle)
  expect(verify(again, ...known()).said).toContain('\nVERIFIED')
  expect(await checkBundle(again, { key: keyId, seals: [`1:1:${root}`] })).toEqual([])
})

/** What the verifier says of each. */
const SAID: Readonly<Record<string, string>> = {
  'a changed amount': 'seal 1 is over other postings',
  'a removed posting': 'seal 1 is over other postings',
  'two postings in another order': 'seal 1 is over other postings',
  'a second tree': 'two trees',
  'a forged seal': 'seal 2: its signature is not valid',
  'a truncated tail': 'postings under seal 2 are missing',
  'a changed balance': 'its balance is not that of its postings',
  'a triple that is not allowed': '4>2:5 is not an allowed triple',
  'an account below its floor': 'takes an account below its floor',
  'a wrong key': 'is not trusted',
}

test.each(Object.keys(FORGERIES))('%s is found by both', async (name) => {
  const bundle = load(honest)
  FORGERIES[name]!(bundle)
  const at = save(name.replaceAll(' ', '-'), bundle)
  const { status, said } = verify(at, ...known())
  expect(said).toContain(SAID[name])
  expect(said).toContain('NOT VERIFIED')
  expect(status).toBe(1)
  expect(await checkBundle(at, { key: keyId, seals: [`1:1:${root}`] })).not.toEqual([])
})

test('a file changed without its manifest is named', async () => {
  const at = join(folder, 'touched')
  cpSync(honest, at, { recursive: true })
  writeFileSync(join(at, 'vouchers-1.jsonl'), '\n')
  expect(verify(at).said).toContain('vouchers-1.jsonl is not the file of the manifest')
  expect(await checkBundle(at)).toEqual(['vouchers-1.jsonl: not the file of the manifest'])
})

test('without a reason holders and contract numbers stay at home, and the rest is verified all the same', async () => {
  const masked = join(folder, 'masked')
  const options = { folder: masked, at: start, personalReason: null, verifier }
  await exportByOperator(app, { jurisdiction: place.jurisdiction, ...options })
  const all = Object.keys(load(masked).manifest.files).map((name) => readFileSync(join(masked, name), 'utf8'))
  expect(all.join('')).not.toContain('91110108MA01234567')
  expect(readFileSync(join(honest, 'accounts-1.jsonl'), 'utf8')).toContain('91110108MA01234567')
  expect(all.join('')).not.toContain('PRIVATE KEY')
  expect(verify(masked).said).toContain('\nVERIFIED')
  expect(await checkBundle(masked)).toEqual([])
  const { rows } = await sql<{ reason: string }>`select reason from site_event where event = 'audit_exported'
    order by reason`.execute(app.kysely)
  expect(rows.map(({ reason }) => reason)).toEqual(['', '年度审计'])
})

const hasSm2 = spawnSync('openssl', ['genpkey', '-algorithm', 'SM2']).status === 0

test.skipIf(!hasSm2)(
  'SM2 is verified by openssl, and where there is none that is said and not passed over',
  () => {
    const bundle = load(honest)
    reseal(bundle, makePem('SM2'))
    const at = save('sm2', bundle)
    expect(verify(at).said).toContain('\nVERIFIED')
    const { stdout, status } = spawnSync(process.execPath, [join(at, 'verify.mjs'), at], {
      encoding: 'utf8',
      env: { PATH: '' },
    })
    expect(stdout).toContain('NO OPENSSL: 2 SM2 signatures were not checked')
    expect(status).toBe(1)
    bundle.seals[0]!.signature = bundle.seals[1]!.signature
    expect(verify(save('sm2-forged', bundle)).said).toContain('seal 1: its signature is not valid')
  },
)

test('the verifier has at most 200 lines and imports nothing but Node', () => {
  expect(verifier.trimEnd().split('\n').length).toBeLessThanOrEqual(200)
  const imports = [...verifier.matchAll(/from '([^']+)'/g)].map(([, name]) => name!)
  expect(imports.every((name) => name.startsWith('node:'))).toBe(true)
})
