// One file with all that the platform is: every table from one snapshot, every upload, and a manifest that says what it
// holds. It may be made beside a running server. Memory stays at one part, whatever the size. The file appears under its
// name when it is whole and on the disk; until then it has another one, and a failure leaves nothing.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type pg from 'pg'
import { openSession, type Address } from '../database/index.ts'
import { openSealing, sealingBy, type Sealing } from './cipher.ts'
import { copyOut } from './copy.ts'
import { bytesOf, FORMAT, names, sha256, signatureOf, type Head, type Manifest } from './manifest.ts'
import { BackupRefusal } from './refusals.ts'
import { carriedTables, copyOutStatement, fundHeads, migrationsOf, sequencesOf } from './tables.ts'
import type { CarriedTable, LeftOut } from './tables.ts'
import { createTar, type TarWriter } from './tar.ts'

export interface BackupOptions {
  readonly address: Address
  /** the platform's data folder: uploads, keys */
  readonly dataFolder: string
  /** where the backup goes; must not exist */
  readonly file: string
  /** encrypts every part; without one, keys are left out */
  readonly passphrase: string | null
  readonly at: number
  readonly version: string
  /** called now and then with how many bytes are written */
  readonly progress?: (bytes: number) => void
}

export interface Backup {
  readonly file: string
  readonly bytes: number
  /** SHA-256 of the manifest: with it, kept apart, anybody can tell this backup from any other */
  readonly digest: string
  readonly manifest: Manifest
}

export const LEAST_PASSPHRASE = 12

/** Rows are gathered to so many bytes before they are packed into a part. */
const PART_BYTES = 4 * 1024 * 1024

export async function makeBackup(options: BackupOptions): Promise<Backup> {
  const file = resolve(options.file)
  const { passphrase } = options
  if (existsSync(file)) throw new BackupRefusal('backup.exists', { file })
  if (passphrase !== null && [...passphrase].length < LEAST_PASSPHRASE)
    throw new BackupRefusal('backup.passphrase_short', { least: LEAST_PASSPHRASE })
  const sealing = passphrase === null ? openSealing() : sealingBy(passphrase)
  const draft = `${file}.${process.pid}.partial`
  const tar = await createTar(draft).catch((error: unknown) => {
    throw cannotWrite(file, error)
  })
  const session = await openSession({ ...options.address, role: 'owner', applicationName: 'suanquan-backup' })
  try {
    await session.query('begin isolation level repeatable read, read only')
    const { digest, manifest } = await write({ ...options, sealing, tar, session })
    await tar.finish()
    await rename(draft, file)
    await syncFolder(dirname(file))
    return { file, bytes: tar.written(), digest, manifest }
  } catch (error) {
    await tar.abandon()
    await rm(draft, { force: true })
    throw cannotWrite(file, error)
  } finally {
    await session.end()
  }
}

interface Writing extends BackupOptions {
  readonly sealing: Sealing
  readonly tar: TarWriter
  readonly session: pg.Client
}

async function write(writing: Writing): Promise<Pick<Backup, 'digest' | 'manifest'>> {
  const { sealing, session, tar, at, version } = writing
  const parts: Manifest['parts'] = []
  const add = async (name: string, bytes: Uint8Array): Promise<void> => {
    const closed = sealing.close(name, bytes)
    parts.push({ name, sha256: sha256(closed) })
    await tar.add(name, closed)
    writing.progress?.(tar.written())
  }
  const { tables: carried, leftOut } = await carriedTables(session)
  const { rows } = await session.query<{ server: string }>(
    `select current_setting('server_version') as server`,
  )
  const head: Head = {
    format: 'suanquan-backup',
    version: FORMAT,
    madeAt: new Date(at).toISOString(),
    madeBy: version,
    database: `PostgreSQL ${rows[0]!.server}`,
    encryption: sealing.encryption,
  }
  await tar.add(names.head, bytesOf(head))
  const tables: Manifest['tables'] = []
  for (const table of carried) tables.push(await writeTable(session, table, add))
  const sequences = [...(await sequencesOf(session))]
  const funds = [...(await fundHeads(session))]
  const migrations = [...(await migrationsOf(session))]
  const files = await writeFiles(writing, add)
  const keysLeftOut = await writeKeys(writing, add)
  const manifest: Manifest = {
    head,
    migrations,
    tables,
    sequences,
    files,
    parts,
    funds,
    leftOut: [...leftOut, ...keysLeftOut].map((each) => ({ ...each })),
  }
  const bytes = bytesOf(manifest)
  await tar.add(names.manifest, bytes)
  await tar.add(names.signature, signatureOf(bytes, sealing))
  return { manifest, digest: sha256(bytes) }
}

type Add = (name: string, bytes: Uint8Array) => Promise<void>

async function writeTable(
  session: pg.Client,
  table: CarriedTable,
  add: Add,
): Promise<Manifest['tables'][number]> {
  const hash = createHash('sha256')
  let rows = 0
  let gathered: Uint8Array[] = []
  let bytes = 0
  let part = 0
  const flush = async (): Promise<void> => {
    if (bytes === 0) return
    part += 1
    const name = `tables/${table.name}/${String(part).padStart(6, '0')}.copy.gz`
    await add(name, gzipSync(Buffer.concat(gathered), { level: 5 }))
    gathered = []
    bytes = 0
  }
  for await (const chunk of copyOut(session, copyOutStatement(table))) {
    hash.update(chunk)
    for (const byte of chunk) if (byte === NEW_LINE) rows += 1
    gathered.push(chunk)
    bytes += chunk.length
    if (bytes >= PART_BYTES) await flush()
  }
  await flush()
  return { name: table.name, columns: [...table.columns], rows, sha256: hash.digest('hex') }
}

/** Ends every row of COPY's text and stands in none: inside a value it is written `\n`. */
export const NEW_LINE = 10

/** Uploads are stored once under their hash and never changed: whatever the snapshot names was there before it. */
async function writeFiles({ session, dataFolder }: Writing, add: Add): Promise<Manifest['files']> {
  const { rows } = await session.query<{ sha256: string }>(
    `select sha256 collate "C" as sha256 from attachment
      union select sha256 collate "C" from take_over_file order by 1`,
  )
  const hash = createHash('sha256')
  let bytes = 0
  for (const { sha256: name } of rows) {
    const content = await readFile(join(dataFolder, 'files', name.slice(0, 2), name)).catch(() => null)
    if (content === null || sha256(content) !== name)
      throw new BackupRefusal('backup.file_missing', { sha256: name })
    hash.update(`${name}\n`)
    bytes += content.length
    await add(`files/${name}`, content)
  }
  return { count: rows.length, bytes, sha256: hash.digest('hex') }
}

/** Small files of the data folder that are kept apart from the database. */
export const besides = { secretFolder: 'keys', open: ['demo.json'] } as const

/** Whoever holds a key can sign as the city: it leaves only encrypted. */
async function writeKeys({ dataFolder, sealing }: Writing, add: Add): Promise<readonly LeftOut[]> {
  for (const name of besides.open) {
    if (existsSync(join(dataFolder, name))) await add(`data/${name}`, await readFile(join(dataFolder, name)))
  }
  const folder = join(dataFolder, besides.secretFolder)
  if (!existsSync(folder)) return []
  if (sealing.encryption === null) {
    const why = {
      zh: '未加密的备份不带密钥：请另行保管，或用口令备份',
      en: 'a backup without a passphrase carries no keys: keep them apart, or give one',
    }
    return [{ what: besides.secretFolder, why }]
  }
  for (const name of (await readdir(folder)).sort()) {
    if ((await stat(join(folder, name))).isFile())
      await add(`data/${besides.secretFolder}/${name}`, await readFile(join(folder, name)))
  }
  return []
}

function cannotWrite(file: string, error: unknown): unknown {
  const { code } = error as { code?: unknown }
  const ofDisk =
    typeof code === 'string' && /^E[A-Z]+$/.test(code) && !/^E(CONN|PIPE|HOST|NET|TIMED)/.test(code)
  if (!ofDisk) return error
  return new BackupRefusal('backup.cannot_write', { file, reason: (error as Error).message })
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
