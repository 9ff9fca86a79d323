#!/usr/bin/env node
// Checks an audit export of Suanquan by docs/operations/audit-export.md with Node alone, and openssl ≥ 3 for SM2:
// node verify.mjs [FOLDER] [--key ID] [--seal LEDGER:NUMBER:ROOT]; such a key and such seals are known from elsewhere.
import { spawnSync } from 'node:child_process'
import { createHash, createPublicKey, verify } from 'node:crypto'
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const args = process.argv.slice(2)
const take = (name) => args.flatMap((word, at) => (word === name ? args.splice(at, 2, '', '')[1] : []))
const [[trusted], outside] = [take('--key'), new Set(take('--seal'))]
const folder = args.find((word) => word !== '') ?? '.'
const findings = []
let unchecked = 0
const digest = (name, ...parts) => createHash(name).update(Buffer.concat(parts)).digest()
const [sha256, sm3] = ['sha256', 'sm3'].map((name) => digest.bind(null, name))
const hex = (digits) => Buffer.from(digits.replaceAll('-', ''), 'hex')
const read = (name) => readFileSync(join(folder, name))
const rows = (name) => JSON.parse(`[${read(name).toString().trim().replaceAll('\n', ',')}]`)

/** Canonical bytes: for each value its kind (i 2, t 3, b 4, nothing 0), its length in four bytes, its bytes. */
function encode(kinds, values) {
  const fields = values.map((value, at) => {
    const nothing = value === null || (value === '' && kinds[at] !== 't')
    const bytes = nothing ? hex('') : kinds[at] === 'b' ? hex(value) : Buffer.from(String(value))
    const head = Buffer.of(nothing ? 0 : '  itb'.indexOf(kinds[at]), 0, 0, 0, 0)
    head.writeUInt32BE(bytes.length, 1)
    return Buffer.concat([head, bytes])
  })
  return Buffer.concat(fields)
}
const genesis = ({ ledger, jurisdiction }) => encode('tit', ['suanquan/ledger/v1', ledger, jurisdiction])

// The only postings there are (debit account > credit account : code), and those that empty what has ended.
const ALLOWED =
  `1>2:1 2>1:2 2>3:3 3>3:3 3>2:4 3>4:5 4>5:6 3>5:7 5>6:8 6>5:9 5>4:10 5>3:11 4>3:12 4>3:13 4>3:14 6>7:15
  7>6:16 7>1:17 1>7:20 11>12:21 21>22:21 12>13:22 22>23:22 13>12:23 23>22:23 12>11:24 22>21:24 2>31:31
  31>2:32 31>32:33 2>2:34 3>3:34 31>31:34 2>1:35 3>1:35 31>1:35 2>8:41 8>9:42 9>8:43 9>8:44 9>10:45 8>2:46 10>2:46 12>13:56 22>23:56 4>3:57 4>3:58 5>6:59
  4>5:60 3>4:61 2>3:62 1>2:63`.split(/\s+/)
const [RETURNS, SOURCES] = [new Set([12, 13, 14, 34, 35, 57, 58, 60]), new Set([1, 11, 21])]
const COLUMNS = ['debitsPending', 'debitsPosted', 'creditsPending', 'creditsPosted']
const TERMS = 'ledger jurisdiction district code programme year kind holder reference until'.split(' ')

function accountsOf({ ledger }) {
  const accounts = new Map()
  for (const a of rows(`accounts-${ledger}.jsonl`)) {
    const until = a.usableUntil === null ? null : Date.parse(a.usableUntil) / 86_400_000
    const account = { ...a, ledger, until, now: [0n, 0n, 0n, 0n], issued: 0n }
    const terms = ['suanquan/account/v1', ...TERMS.map((name) => account[name])]
    const id = sha256(encode('tittitittti', terms)).subarray(0, 16)
    id.set([(id[6] & 15) | 128, id[7], (id[8] & 63) | 128], 6)
    if (a.holder !== null && !id.equals(hex(a.id))) findings.push(`account ${a.id}: not the id of its terms`)
    accounts.set(a.id, account)
  }
  return accounts
}

/** Carries a posting out on the derived balances; what it gives is why it could not have been posted. */
function* carryOut(accounts, holds, row) {
  const [sequence, at, , kind] = row.map(Number)
  const [id, debit, credit, amount] = [row[2], accounts.get(row[4]), accounts.get(row[5]), BigInt(row[6])]
  const [hold, code] = [holds.get(row[7]), Number(row[8])]
  if (!debit || !credit || debit === credit) return yield 'its accounts are unknown or one'
  const triple = `${debit.code}>${credit.code}:${code}`
  if (!ALLOWED.includes(triple)) yield `${triple} is not an allowed triple`
  if (amount < 1n || amount > 1_000_000_000_000_000n) yield 'its amount is out of range'
  if (kind >= 2) {
    const same = hold && [4, 5, 8].every((place) => hold[place] === row[place])
    if (!same || hold.done) return yield 'its reservation is not there, another or resolved already'
    const late = kind === 2 && hold[9] !== '' && Number(hold[9]) <= at
    if (late || (kind === 3 ? amount !== BigInt(hold[6]) : amount > BigInt(hold[6])))
      yield 'too late, or not what was reserved'
    hold.done = true
  }
  if (kind === 1) holds.set(id, row)
  const change = [[0n, amount, -BigInt(hold?.[6] ?? 0), -amount][kind], kind % 2 === 0 ? amount : 0n]
  change.forEach((each, place) => (debit.now[place] += each))
  change.forEach((each, place) => (credit.now[place + 2] += each))
  if (code === 5 || code === 61) credit.issued += change[1]
  if (kind === 3) return
  const [returns, today] = [RETURNS.has(code), Math.floor((at + 28_800_000) / 86_400_000)]
  const expired = kind < 2 && debit.until !== null && today > debit.until
  const shut = ({ closedFrom }) => closedFrom !== null && closedFrom <= sequence
  if (shut(credit) || (!returns && (shut(debit) || expired))) yield 'an account of it was closed or expired'
  if (kind < 2 && code === 12 && !expired) yield 'expires what could still be used'
  const below = !SOURCES.has(debit.code) && debit.now[0] + debit.now[1] > debit.now[3]
  if (below || (SOURCES.has(credit.code) && credit.now[2] + credit.now[3] > credit.now[1]))
    yield 'takes an account below its floor'
}

async function checkFund(fund) {
  const { ledger } = fund
  const [accounts, seals, holds, peaks] = [accountsOf(fund), rows(`seals-${ledger}.jsonl`), new Map(), []]
  let [size, at, chain, set, next] = [0, -Infinity, sha256(genesis(fund)), [], 0]
  const tellFund = (what) => findings.push(`fund ${ledger}: ${what}`)
  const input = createReadStream(join(folder, `postings-${ledger}.csv`))
  for await (const line of createInterface({ input })) {
    if (line.startsWith('sequence')) continue
    const row = line.split(',')
    const tell = (what) => tellFund(`posting ${row[0]}: ${what}`)
    if (Number(row[0]) !== size + 1 || Number(row[1]) < at) tell('is out of order')
    at = Number(row[1])
    const content = encode('bibbibiibttii', row.slice(2, 15))
    const bytes = Buffer.concat([encode('iii', [ledger, row[0], row[1]]), content])
    if (!sha256(chain, bytes).equals(hex(row[16]))) tell('the chain breaks')
    chain = hex(row[16])
    if (Number(row[13]) !== set.length || row[11] !== fund.jurisdiction) tell('its linked set is not whole')
    const whole = set.push(content) >= Number(row[14])
    if (whole && !sha256(...set.splice(0)).equals(hex(row[15]))) tell('its set has another fingerprint')
    for (const why of carryOut(accounts, holds, row)) tell(why)
    let node = sm3(Buffer.of(0), bytes)
    for (let left = size; left % 2 === 1; left = (left - 1) / 2) node = sm3(Buffer.of(1), peaks.pop(), node)
    peaks.push(node)
    size += 1
    if (seals[next]?.last !== size) continue
    const root = peaks.reduceRight((right, left) => sm3(Buffer.of(1), left, right))
    if (!root.equals(hex(seals[next++].root))) tell(`seal ${next} is over other postings`)
  }
  if (set.length > 0 || !chain.equals(hex(fund.chain))) tellFund('does not end where its head says')
  if (next < seals.length) tellFund(`postings under seal ${next + 1} are missing`)
  checkBalances(fund, accounts)
  checkSeals(fund, seals)
  const masked = [...accounts.values()].filter(({ holder }) => holder === null).length
  console.log(`fund ${ledger}: ${size} postings (sealed: ${seals.at(-1)?.last ?? 0}), ${seals.length} seals`)
  console.log(`fund ${ledger}: ${accounts.size} accounts (ids of ${masked} masked ones not derived)`)
}

function checkBalances({ ledger }, accounts) {
  const sums = [0n, 0n, 0n, 0n]
  for (const { id, now, ...stored } of accounts.values()) {
    now.forEach((each, place) => (sums[place] += each))
    const same = COLUMNS.every((column, place) => BigInt(stored[column]) === now[place])
    if (!same) findings.push(`account ${id}: its balance is not that of its postings`)
  }
  if (sums[0] !== sums[2] || sums[1] !== sums[3]) findings.push(`fund ${ledger}: debits are not credits`)
  for (const { account, number, amountFen } of rows(`vouchers-${ledger}.jsonl`))
    if (accounts.get(account)?.issued !== BigInt(amountFen))
      findings.push(`voucher ${number}: another amount`)
}

function checkSeals(fund, seals) {
  let before = { number: 0, last: 0, at: -Infinity, hash: sm3(genesis(fund)) }
  for (const s of seals) {
    const tell = (what) => findings.push(`fund ${fund.ledger}: seal ${s.number}: ${what}`)
    const follows = s.number === before.number + 1 && s.first === before.last + 1 && s.at >= before.at
    if (!follows || !before.hash.equals(hex(s.previous))) tell('does not follow the one before it')
    const head = ['suanquan/seal/v1', 'SM3', fund.ledger, fund.jurisdiction, s.number, s.first, s.last]
    const said = encode('ttitiiibbit', [...head, s.root, s.previous, s.at, s.keyId])
    before = { ...s, hash: sm3(said) }
    const key = keys.find(({ id }) => id === s.keyId)
    if (!key || (trusted && !key.trusted)) tell(`the key ${s.keyId} is not trusted`)
    else if (key.replacedAt !== null && s.at > key.replacedAt) tell('signed after its key was replaced')
    else if (!signed(key, said, hex(s.signature))) tell('its signature is not valid')
    outside.delete(`${fund.ledger}:${s.number}:${s.root}`)
  }
}

/** Ed25519 by Node, SM2 by openssl, since Node's own SM2 takes another identity; without openssl that is said. */
function signed({ algorithm, publicKey }, bytes, signature) {
  const ed25519 = { key: hex(`302a300506032b6570032100${publicKey}`), format: 'der', type: 'spki' }
  if (algorithm !== 'SM2') return verify(null, bytes, createPublicKey(ed25519), signature)
  const integers = [signature.subarray(0, 32), signature.subarray(32)].map((part) => {
    const digits = part.toString('hex').replace(/^(00)+/, '')
    const padded = hex(digits < '8' ? digits : `00${digits}`)
    return Buffer.concat([Buffer.of(2, padded.length), padded])
  })
  const at = mkdtempSync(join(tmpdir(), 'sm2-'))
  const der = Buffer.concat([Buffer.of(48, integers[0].length + integers[1].length), ...integers])
  const key = hex(`3059301306072a8648ce3d020106082a811ccf5501822d034200${publicKey}`)
  for (const [name, content] of Object.entries({ key, bytes, der })) writeFileSync(join(at, name), content)
  const words =
    'pkeyutl -verify -pubin -keyform DER -inkey key -rawin -digest sm3 -in bytes -sigfile der -pkeyopt'
  const { status, error } = spawnSync('openssl', `${words} distid:1234567812345678`.split(' '), { cwd: at })
  rmSync(at, { recursive: true })
  unchecked += error ? 1 : 0
  return error !== undefined || status === 0
}

const manifest = JSON.parse(read('manifest.json'))
for (const [name, wanted] of Object.entries(manifest.files))
  if (sha256(read(name)).toString('hex') !== wanted) findings.push(`${name} is not the file of the manifest`)
const keys = JSON.parse(read('keys.json'))
for (const key of keys) {
  const id = sha256(encode('tb', [key.algorithm, key.publicKey]))
  if (id.toString('hex', 0, 16) !== key.id) findings.push(`key ${key.id}: not the id of its bytes`)
  const old = keys.find((each) => each.id === key.replaces)
  const said = encode('ttb', ['suanquan/key/v1', key.algorithm, key.publicKey])
  key.trusted = key.id === trusted || (old?.trusted === true && signed(old, said, hex(key.endorsement)))
}
for (const fund of manifest.funds) await checkFund(fund)
for (const seal of outside)
  findings.push(`the seal ${seal}, known from elsewhere, is not in the export: there are two trees`)
for (const what of findings.slice(0, 50)) console.log(what)
if (!trusted) console.log('without --key the keys are those that the export itself names')
if (unchecked > 0) console.log(`NO OPENSSL: ${unchecked} SM2 signatures were not checked`)
console.log(findings.length === 0 ? 'VERIFIED: nothing found' : `NOT VERIFIED: ${findings.length} findings`)
process.exitCode = findings.length > 0 || unchecked > 0 ? 1 : 0
