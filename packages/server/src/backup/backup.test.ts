// A backup of a living city, restored on the other PostgreSQL, answers the same; a broken one is refused by name; a restore
// that is killed leaves nothing.
import {
  applied,
  clientOf,
  faultsIn,
  must,
  PASSWORD,
  testCity,
  testDatabase,
  testPostgresVersion,
  type TestDatabase,
} from '@suanquan/testkit'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession, sql, startServer } from '../index.ts'
import { openSealing } from './cipher.ts'
import { bytesOf, FORMAT, names, signatureOf, type Manifest } from './manifest.ts'
import { checkBackup, makeBackup, restoreBackup, type Backup } from './index.ts'
import { carriedTables, copyOutStatement } from './tables.ts'
import { createTar, readTar } from './tar.ts'

const folder = mkdtempSync(join(tmpdir(), 'suanquan-backup-'))
const city = await testCity()
const dataFolder = city.server.world.dataFolder
const passphrase = 'correct horse battery staple'
const at = Date.parse('2024-05-08T02:00:00Z')
const stores: TestDatabase[] = []
let made: Backup
let sealed: Backup

const path = (name: string): string => join(folder, name)
const source = { address: city.store.address, dataFolder, at, version: '0.1.0' }

beforeAll(async () => {
  await applied(city, 'clerk', city.firm)
  mkdirSync(join(dataFolder, 'keys'), { recursive: true, mode: 0o700 })
  writeFileSync(join(dataFolder, 'keys', 'seal.pem'), 'a key of the city')
  made = await makeBackup({ ...source, file: path('open.tar'), passphrase: null })
  sealed = await makeBackup({ ...source, file: path('sealed.tar'), passphrase })
})

afterAll(async () => {
  for (const store of stores) await store.drop()
  await city.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function emptyDatabase(version = testPostgresVersion()): Promise<TestDatabase> {
  const store = await testDatabase(version)
  stores.push(store)
  return store
}

async function textOf(store: Pick<TestDatabase, 'address'>): Promise<Record<string, unknown>> {
  const session = await openSession({ ...store.address, role: 'owner' })
  const { tables } = await carriedTables(session)
  const contents: Record<string, unknown> = {}
  for (const table of tables) {
    const select = /^copy \((.*)\) to stdout$/.exec(copyOutStatement(table))![1]!
    contents[table.name] = (await session.query<object>(select)).rows
  }
  await session.end()
  return contents
}

describe('a restored copy', () => {
  test('on the other PostgreSQL has every row, is proved, and answers the public the same', async () => {
    const store = await emptyDatabase(testPostgresVersion() === 18 ? 15 : 18)
    const restoredFolder = path('restored')
    const restored = await restoreBackup({
      file: sealed.file,
      passphrase,
      digest: sealed.digest,
      address: store.address,
      dataFolder: restoredFolder,
    })
    expect(restored.manifest.funds).toEqual(made.manifest.funds)
    expect(await textOf(store)).toEqual(await textOf(city.store))
    expect(await faultsIn(store.database)).toEqual([])
    expect(readFileSync(join(restoredFolder, 'keys', 'seal.pem'), 'utf8')).toBe('a key of the city')
    const server = await startServer({
      address: store.address,
      dataFolder: restoredFolder,
      site: city.server.world.site,
      clock: () => city.server.world.clock(),
      tickEveryMs: 0,
      requestsPerMinute: 0,
    })
    const [here, there] = [city.anybody, clientOf(server.url)]
    for (const ask of [
      (client: typeof here) => client.readTotals({}),
      (client: typeof here) => client.listAdoptions({}),
      (client: typeof here) => client.readSite(),
      (client: typeof here) => client.listKeys(),
    ])
      expect(must<unknown>(await ask(there))).toEqual(must<unknown>(await ask(here)))
    expect((await there.countUnread()).ok).toBe(false)
    must(await there.signIn({ body: { login: 'clerk', password: PASSWORD } }))
    await applied({ ...city, as: () => there }, 'clerk', city.firm, { number: 'HT-AFTER' })
    expect(await faultsIn(store.database)).toEqual([])
    await server.stop()
  })

  test('is made in an empty database only', async () => {
    const again = restoreBackup({
      file: made.file,
      passphrase: null,
      address: city.store.address,
      dataFolder: path('other'),
    })
    await expect(again).rejects.toMatchObject({ refusal: { code: 'backup.not_empty' } })
  })

  test('sends nothing by itself that waited to leave: it may have left since', async () => {
    const { rows } = await sql<{ id: string }>`
      insert into delivery (id, jurisdiction, district, person_id, channel, kind, state, code, attempts, fence, next_at, created_at)
      select id, jurisdiction, jurisdiction, id, 'email', 'code', 'waiting', '123456', 0, 0, updated_at, updated_at
      from (select id, '990100' as jurisdiction, timestamptz '2024-05-08' as updated_at from person limit 1) p returning id`.execute(
      city.store.database.kysely,
    )
    const { file } = await makeBackup({ ...source, file: path('waiting.tar'), passphrase: null })
    const store = await emptyDatabase()
    const restored = await restoreBackup({
      file,
      passphrase: null,
      address: store.address,
      dataFolder: path('waiting'),
    })
    expect(restored.uncertainMessages).toBe(1)
    const left = await store.database.kysely.selectFrom('delivery').select(['id', 'state', 'code']).execute()
    expect(left).toEqual([{ id: rows[0]!.id, state: 'uncertain', code: null }])
  })

  test('whose making was cut off leaves nothing, and can be made again', async () => {
    const store = await emptyDatabase()
    const options = { file: made.file, passphrase: null, address: store.address, dataFolder: path('cut') }
    const admin = await openSession(city.store.address)
    const kill = (): void =>
      void admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'suanquan-restore' and datname = $1`,
        [store.address.database],
      )
    let loading = 0
    const progress = (step: string): void => {
      if (step === 'load' && ++loading === 20) kill()
    }
    await expect(restoreBackup({ ...options, progress })).rejects.toThrow()
    await admin.end()
    expect(Object.values(await textOf(store)).every((rows) => (rows as unknown[]).length === 0)).toBe(true)
    await restoreBackup(options)
    expect(await faultsIn(store.database)).toEqual([])
  })
})

describe('what a backup carries', () => {
  test('no session, no key without a passphrase, and it says so', () => {
    expect(made.manifest.leftOut.map(({ what }) => what)).toEqual([
      'suanquan.session',
      'suanquan.setup_token',
      'keys',
    ])
    expect(readFileSync(made.file).includes('a key of the city')).toBe(false)
    expect(sealed.manifest.leftOut.map(({ what }) => what)).not.toContain('keys')
  })

  test('nothing readable when it is encrypted', async () => {
    const entries: string[] = []
    for await (const { name, bytes } of readTar(sealed.file)) {
      if (!name.endsWith('.json')) expect([...bytes.subarray(0, 2)]).not.toEqual([0x1f, 0x8b])
      entries.push(name)
    }
    expect(entries.at(-2)).toBe(names.manifest)
    const byHashes = await checkBackup({ file: sealed.file, passphrase: null })
    expect(byHashes).toMatchObject({ opened: false, digest: sealed.digest })
  })

  test('an upload that is gone is named, and no half of the backup stays', async () => {
    const { rows } = await sql<{ sha256: string }>`select sha256 from attachment limit 1`.execute(
      city.store.database.kysely,
    )
    const file = join(dataFolder, 'files', rows[0]!.sha256.slice(0, 2), rows[0]!.sha256)
    const bytes = readFileSync(file)
    writeFileSync(file, 'something else')
    const failing = makeBackup({ ...source, file: path('gone.tar'), passphrase: null })
    await expect(failing).rejects.toMatchObject({ refusal: { code: 'backup.file_missing' } })
    writeFileSync(file, bytes)
    expect(existsSync(path('gone.tar'))).toBe(false)
  })

  test('is never written over', async () => {
    const again = makeBackup({ ...source, file: made.file, passphrase: null })
    await expect(again).rejects.toMatchObject({ refusal: { code: 'backup.exists' } })
  })
})

type Entries = { name: string; bytes: Uint8Array }[]

async function rewritten(name: string, change: (entries: Entries) => Entries): Promise<string> {
  const entries: Entries = []
  for await (const entry of readTar(made.file)) entries.push(entry)
  const tar = await createTar(path(name))
  for (const entry of change(entries)) await tar.add(entry.name, entry.bytes)
  await tar.finish()
  return path(name)
}

const changedHead =
  (change: object) =>
  (entries: Entries): Entries => {
    const [head, ...rest] = entries
    const value = { ...(JSON.parse(Buffer.from(head!.bytes).toString()) as object), ...change }
    return [{ name: names.head, bytes: bytesOf(value) }, ...rest]
  }

describe('a broken backup is refused by name', () => {
  const code = async (file: string, more: object = {}): Promise<string> =>
    checkBackup({ file, passphrase: null, ...more }).then(
      () => 'nothing',
      (error: { refusal?: { code: string } }) => error.refusal?.code ?? String(error),
    )

  test('at whatever byte it ends', async () => {
    const whole = readFileSync(made.file)
    for (const share of [0, 0.01, 0.3, 0.7, 0.999, 1]) {
      const file = path(`cut-${share}.tar`)
      writeFileSync(file, whole.subarray(0, Math.floor((whole.length - 1024) * share)))
      expect([share, await code(file)]).toEqual([share, 'backup.truncated'])
    }
  })

  test('whichever bit is another one', async () => {
    const whole = readFileSync(made.file)
    const content: number[] = []
    let from = 0
    for await (const { bytes } of readTar(made.file)) {
      content.push(from + 512 + Math.floor(bytes.length / 2), from + 20, from + 130)
      from += 512 + Math.ceil(bytes.length / 512) * 512
    }
    const found = new Set<string>()
    for (const at of content.filter((_, index) => index % 7 === 0)) {
      const broken = Buffer.from(whole)
      broken[at]! ^= 4
      writeFileSync(path('flipped.tar'), broken)
      found.add(await code(path('flipped.tar')))
    }
    for (const each of found) expect(['backup.damaged', 'backup.not_a_backup']).toContain(each)
  })

  test('parts in another order, one too few or one too many', async () => {
    const isPart = ({ name }: { name: string }): boolean => name.startsWith('tables/')
    const swapped = await rewritten('swapped.tar', (entries) => {
      const [first, second] = entries.filter(isPart)
      return entries.map((entry) => (entry === first ? second! : entry === second ? first! : entry))
    })
    expect(await code(swapped)).toBe('backup.out_of_order')
    const fewer = await rewritten('fewer.tar', (entries) =>
      entries.filter((entry) => entry !== entries.find(isPart)),
    )
    expect(await code(fewer)).toBe('backup.out_of_order')
    const more = await rewritten('more.tar', (entries) =>
      entries.toSpliced(-2, 0, { name: 'tables/suanquan.person/000009.copy.gz', bytes: new Uint8Array(3) }),
    )
    expect(await code(more)).toBe('backup.out_of_order')
  })

  test('of another format, of something else, with a wrong passphrase or another digest', async () => {
    expect(await code(await rewritten('format.tar', changedHead({ version: FORMAT + 1 })))).toBe(
      'backup.other_format',
    )
    expect(await code(await rewritten('head.tar', changedHead({ madeAt: '2030-01-01T00:00:00.000Z' })))).toBe(
      'backup.damaged',
    )
    writeFileSync(path('text'), 'x'.repeat(5000))
    expect(await code(path('text'))).toBe('backup.not_a_backup')
    expect(await code(path('nothing'))).toBe('backup.cannot_read')
    expect(await code(sealed.file, { passphrase: 'another long passphrase' })).toBe('backup.passphrase_wrong')
    expect(await code(made.file, { digest: '0'.repeat(64) })).toBe('backup.other_digest')
    expect(await code(made.file, { digest: made.digest })).toBe('nothing')
  })

  test('of a newer version, naming the migration that is missing', async () => {
    const newer = await rewritten('newer.tar', (entries) => {
      const [manifest] = entries.splice(-2)
      const read = JSON.parse(Buffer.from(manifest!.bytes).toString()) as Manifest
      const bytes = bytesOf({ ...read, migrations: [...read.migrations, '9999-later'] })
      const signature = signatureOf(bytes, openSealing())
      return [...entries, { name: names.manifest, bytes }, { name: names.signature, bytes: signature }]
    })
    const store = await emptyDatabase()
    const restoring = restoreBackup({
      file: newer,
      passphrase: null,
      address: store.address,
      dataFolder: path('newer'),
    })
    await expect(restoring).rejects.toMatchObject({
      refusal: { code: 'backup.newer', params: { migration: '9999-later' } },
    })
  })
})
