// The journal is sealed once, whoever asks and however many at a time; proofs taken from it verify; and whatever is
// touched afterwards, behind the application's back, breaks the first seal that covers it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hex, seededRandom } from '@suanquan/core'
import {
  consistencyRanges,
  followKeys,
  inclusionRanges,
  leafHash,
  rowBytes,
  verifyConsistency,
  verifyInclusion,
} from '@suanquan/core/ledger'
import { testDatabase, testFund } from '@suanquan/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  connect,
  ledgerHash,
  post,
  rootsOf,
  rowBytesAt,
  rowsOf,
  sealsOf,
  sm3,
  sql,
} from '../../database/index.ts'
import { neverCrashes } from '../../crash-points.ts'
import { openSigning, ownSigning, publishedKeys, replaceKey, verifySignature } from '../../signing/index.ts'
import { sealJournal, verifySeals } from './index.ts'

const HOUR = 3_600_000
const start = Date.parse('2024-05-08T01:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'suanquan-seals-'))
const store = await testDatabase()
const app = connect({ ...store.address, role: 'app', connections: 6 })
const owner = connect({ ...store.address, connections: 1 })
const fund = testFund(seededRandom('seals'), ledgerHash)
const place = { ledger: fund.ledger, jurisdiction: fund.jurisdiction }
const signer = openSigning({
  db: app.kysely,
  settings: ownSigning,
  dataFolder: folder,
  jurisdiction: '110000',
  crash: neverCrashes,
})
const sealing = { database: app, signer, crash: neverCrashes }
const voucher = fund.voucher('甲', { usableUntil: '2025-12-31' })

afterAll(async () => {
  await app.close()
  await owner.close()
  await store.drop()
  rmSync(folder, { recursive: true })
})

const issue = async (count: number, moment: number): Promise<void> => {
  const sets = Array.from({ length: count }, () => [fund.move('issue', [fund.pool, voucher], 5n)])
  await app.transaction((tx) => post(tx, { ...place, moment, open: [voucher], sets }))
}

beforeAll(async () => {
  await app.transaction((tx) => post(tx, fund.funding(start, 1_000_000n)))
  await issue(610, start)
  const held = fund.hold(fund.move('issue', [fund.pool, voucher], 9n), start + HOUR)
  const settled = fund.resolve('settle', held, 4n)
  await app.transaction((tx) => post(tx, { ...place, moment: start, sets: [[held]] }))
  await app.transaction((tx) => post(tx, { ...place, moment: start, sets: [[settled]] }))
})

test('the bytes read in binary are the canonical bytes of core, row by row', async () => {
  const kinds = new Set<string>()
  for await (const row of rowsOf(app.kysely, fund.ledger)) {
    kinds.add(row.posting.kind)
    if (row.sequence % 50n !== 0n && row.posting.kind === 'post') continue
    expect(hex((await rowBytesAt(app, fund.ledger, row.sequence))!)).toBe(hex(rowBytes(row)))
  }
  expect([...kinds]).toEqual(['post', 'reserve', 'settle'])
  expect(await rowBytesAt(app, fund.ledger, 9_999n)).toBeNull()
})

test('four servers that seal at once make one chain without gap or overlap', async () => {
  const first = await Promise.all([1, 2, 3, 4].map(() => sealJournal(sealing, start)))
  expect(first.reduce((sum, made) => sum + made, 0)).toBe(1)
  await issue(300, start + HOUR)
  await Promise.all([1, 2, 3, 4].map(() => sealJournal(sealing, start + HOUR)))
  const seals = await sealsOf(app.kysely, place)
  expect(seals.map(({ number, first: from, last }) => [number, from, last])).toEqual([
    [1n, 1n, 614n],
    [2n, 615n, 914n],
  ])
  expect(await verifySeals(app)).toMatchObject([{ seals: 2, sealed: 914n, findings: [] }])
})

test('a quiet fund rests for ten minutes, a busy one does not', async () => {
  await issue(1, start + HOUR)
  expect(await sealJournal(sealing, start + HOUR + 9 * 60_000)).toBe(0)
  expect(await sealJournal(sealing, start + HOUR + 10 * 60_000)).toBe(1)
  expect(await sealJournal(sealing, start + 9 * HOUR)).toBe(0)
})

test('every posting is proved to be in the tree of every later seal, from a few rows', async () => {
  const seals = await sealsOf(app.kysely, place)
  for (const { last, root } of seals) {
    const size = Number(last)
    for (const index of [0, 1, 255, 256, 511, 600, 613, size - 1]) {
      if (index >= size) continue
      const path = await rootsOf(app, fund.ledger, inclusionRanges(index, size))
      const leaf = leafHash((await rowBytesAt(app, fund.ledger, BigInt(index + 1)))!, sm3)
      expect(verifyInclusion({ index, size, leaf, path, root }, sm3)).toBe(true)
    }
  }
})

test('every head is proved to begin with every earlier one', async () => {
  const seals = await sealsOf(app.kysely, place)
  for (const earlier of seals) {
    for (const later of seals.filter(({ number }) => number >= earlier.number)) {
      const [from, to] = [Number(earlier.last), Number(later.last)]
      const path = await rootsOf(app, fund.ledger, consistencyRanges(from, to))
      const proof = {
        earlier: { size: from, root: earlier.root },
        later: { size: to, root: later.root },
        path,
      }
      expect(verifyConsistency(proof, sm3)).toBe(true)
    }
  }
})

test('a key changes in the middle: earlier seals stay verifiable, and who trusts the old key reaches the new one', async () => {
  const { old, fresh } = replaceKey(ownSigning, folder)
  await issue(2, start + 10 * HOUR)
  expect(await sealJournal(sealing, start + 10 * HOUR)).toBe(1)
  const seals = await sealsOf(app.kysely, place)
  expect([...new Set(seals.map(({ keyId }) => keyId))]).toEqual([old.id, fresh.id])
  expect(await verifySeals(app)).toMatchObject([{ findings: [] }])
  const keys = await publishedKeys(app.kysely)
  expect(followKeys(keys, old.id, verifySignature).has(fresh.id)).toBe(true)
  expect(followKeys(keys, fresh.id, verifySignature).has(old.id)).toBe(false)
})

test('the application changes no seal, and makes none that does not go on where the last one ended', async () => {
  const change = sql`update ledger.seal set signature = signature`.execute(app.kysely)
  await expect(change).rejects.toThrow('permission denied')
  await expect(sql`delete from ledger.seal`.execute(app.kysely)).rejects.toThrow('permission denied')
  const add = (first: number, last: number) =>
    sql`select ledger.append_seal(${fund.ledger}::int, 5, ${first}::bigint,
    ${last}::bigint, s.root, s.peaks, s.root, now(), s.key_id, s.signature, '{}', '{}', '{}')
    from ledger.seal s where s.number = 1`.execute(app.kysely)
  await expect(add(900, 917)).rejects.toThrow('goes on where the one before it ended')
  await expect(add(918, 5_000)).rejects.toThrow('postings that are there')
})

/** What somebody with the database's own rights may do, then undone. */
const FORGERIES: readonly {
  readonly what: string
  readonly does: string
  readonly number: bigint
  readonly fault: string
}[] = [
  {
    what: 'an amount of the second seal',
    does: 'update ledger.posting set amount = 6 where seq = 700',
    number: 2n,
    fault: 'tree',
  },
  {
    what: 'the moment of a posting of the first seal',
    does: "update ledger.posting set at = at - interval '1 day' where seq = 3",
    number: 1n,
    fault: 'tree',
  },
  {
    what: 'a removed posting',
    does: 'delete from ledger.posting where seq = 800',
    number: 2n,
    fault: 'missing',
  },
  { what: 'a cut tail', does: 'delete from ledger.posting where seq > 916', number: 4n, fault: 'missing' },
  {
    what: 'a root exchanged',
    does: 'update ledger.seal set root = (select root from ledger.seal where number = 1) where number = 3',
    number: 3n,
    fault: 'signature',
  },
  { what: 'a seal removed', does: 'delete from ledger.seal where number = 2', number: 3n, fault: 'order' },
  {
    what: 'a key exchanged',
    does: "update suanquan.signing_key set public_key = decode(repeat('04', 65), 'hex') where replaces is null",
    number: 1n,
    fault: 'key_unknown',
  },
]

const TABLES = ['ledger.posting', 'ledger.seal', 'suanquan.signing_key']

test.each(FORGERIES)('$what breaks seal $number', async ({ does, number, fault }) => {
  const run = (statement: string): Promise<unknown> => sql.raw(statement).execute(owner.kysely)
  const kept = TABLES.map((table) => [table, `public.${table.replace('.', '_')}`] as const)
  for (const [table, copy] of kept) await run(`create table ${copy} as table ${table}`)
  await run(does)
  const [proof] = await verifySeals(app)
  for (const [table, copy] of kept) {
    await run(`truncate ${table} cascade`)
    await run(
      `insert into ${table} select * from ${copy} ${table === TABLES[2] ? 'order by valid_from' : ''}`,
    )
    await run(`drop table ${copy}`)
  }
  expect(proof!.findings[0]).toMatchObject({ number, fault })
  expect(await verifySeals(app)).toMatchObject([{ findings: [] }])
})
