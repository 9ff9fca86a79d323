// A backup becomes a database again: first the whole file is checked, then an empty database is brought to the backup's
// version, loaded in one transaction, read back and compared with the manifest, and only then committed. Killed half-way,
// nothing is there and the command can be given again. Afterwards the books prove themselves.
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type pg from 'pg'
import { migrate, migrations, openSession, type Address } from '../database/index.ts'
import { fileStore } from '../files/store.ts'
import { checkBackup, type Checked } from './check-backup.ts'
import { sealingOf } from './cipher.ts'
import { copyIn, copyOut } from './copy.ts'
import { besides } from './make-backup.ts'
import type { Manifest } from './manifest.ts'
import { BackupRefusal } from './refusals.ts'
import { carriedTables, copyInStatement, copyOutStatement, fundHeads } from './tables.ts'
import type { CarriedTable } from './tables.ts'
import { readTar, type TarEntry } from './tar.ts'

export interface RestoreOptions {
  readonly file: string
  readonly passphrase: string | null
  readonly digest?: string
  /** of an empty database */
  readonly address: Address
  /** the data folder of the restored platform */
  readonly dataFolder: string
  readonly progress?: (step: 'check' | 'load', bytes: number) => void
}

export interface Restored extends Checked {
  /** messages that waited to leave: whether they left since is not known, a person decides */
  readonly uncertainMessages: number
}

/** @throws a `BackupRefusal`; then nothing was restored */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { file, passphrase, address, progress } = options
  const checked = await checkBackup({ ...options, progress: (bytes) => progress?.('check', bytes) })
  if (!checked.opened) throw new BackupRefusal('backup.passphrase_needed')
  const { manifest } = checked
  const unknown = manifest.migrations.find((name) => !(name in migrations))
  if (unknown !== undefined)
    throw new BackupRefusal('backup.newer', { migration: unknown, version: manifest.head.madeBy })
  await migrate(address, manifest.migrations)
  const session = await openSession({ ...address, role: 'owner', applicationName: 'suanquan-restore' })
  try {
    await session.query('begin')
    const tables = await emptyTables(session, manifest)
    const foreign = await dropForeignKeys(session)
    await load(session, manifest, { ...options, file, passphrase })
    await setSequences(session, manifest)
    for (const statement of foreign) await session.query(statement)
    await compare(session, manifest, tables)
    const uncertainMessages = await doubtMessages(session, manifest)
    await session.query('commit')
    await session.query('analyze')
    return { ...checked, uncertainMessages }
  } finally {
    await session.end()
  }
}

/** Takes every table for itself, so that no server writes meanwhile, and makes sure that there is nothing in them. */
async function emptyTables(session: pg.Client, manifest: Manifest): Promise<readonly CarriedTable[]> {
  const { tables } = await carriedTables(session)
  await session.query(`lock table ${tables.map(({ name }) => name).join(', ')} in access exclusive mode`)
  for (const { name } of tables) {
    const { rows } = await session.query<{ filled: boolean }>(`select exists (select from ${name}) as filled`)
    if (rows[0]!.filled) throw new BackupRefusal('backup.not_empty', { table: name })
  }
  const columns = (of: readonly { name: string; columns: readonly string[] }[]): Map<string, string> =>
    new Map(of.map((table) => [table.name, table.columns.join()]))
  const [here, there] = [columns(tables), columns(manifest.tables)]
  for (const name of new Set([...here.keys(), ...there.keys()]))
    if (here.get(name) !== there.get(name)) throw new BackupRefusal('backup.other_columns', { table: name })
  return tables
}

/** Rows come table by table: references are checked when all are there. @returns what makes them again */
async function dropForeignKeys(session: pg.Client): Promise<readonly string[]> {
  const { rows } = await session.query<{ drop: string; make: string }>(`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make
    from pg_constraint where contype = 'f' and conparentid = 0 order by oid`)
  for (const { drop } of rows) await session.query(drop)
  return rows.map(({ make }) => make)
}

async function load(session: pg.Client, manifest: Manifest, options: RestoreOptions): Promise<void> {
  const { file, passphrase, dataFolder, progress } = options
  const sealing = sealingOf(manifest.head.encryption, passphrase)
  const folder = join(dataFolder, 'files')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const store = fileStore(folder)
  const entries = counted(readTar(file), (bytes) => progress?.('load', bytes))
  try {
    let next = await entries.next()
    while (!next.done) {
      const { name, bytes } = next.value
      const [kind, of] = name.split('/')
      if (kind === 'tables') {
        const table = manifest.tables.find((each) => each.name === of)!
        next = await loadTable(session, table, { entries, first: next.value, open: sealing.open })
        continue
      }
      if (kind === 'files') await store.put(sealing.open(name, bytes))
      if (kind === 'data')
        await writeBeside(dataFolder, name.slice('data/'.length), sealing.open(name, bytes))
      next = await entries.next()
    }
  } finally {
    await entries.return(undefined)
  }
}

interface Entries {
  readonly entries: AsyncGenerator<TarEntry>
  readonly first: TarEntry
  readonly open: (name: string, bytes: Uint8Array) => Uint8Array
}

/** @returns the first entry behind the table's parts */
async function loadTable(
  session: pg.Client,
  table: Manifest['tables'][number],
  { entries, first, open }: Entries,
): Promise<IteratorResult<TarEntry>> {
  let next: IteratorResult<TarEntry> = { done: false, value: first }
  async function* rows(): AsyncGenerator<Uint8Array> {
    for (; !next.done && next.value.name.startsWith(`tables/${table.name}/`); next = await entries.next())
      yield gunzipSync(open(next.value.name, next.value.bytes))
  }
  await copyIn(session, copyInStatement(table), rows())
  return next
}

async function* counted(
  entries: AsyncGenerator<TarEntry>,
  progress: (bytes: number) => void,
): AsyncGenerator<TarEntry> {
  let bytes = 0
  for await (const entry of entries) {
    bytes += entry.bytes.length
    progress(bytes)
    yield entry
  }
}

/** Names come from a checked manifest; still, nothing is written but what a backup may carry. */
async function writeBeside(dataFolder: string, name: string, bytes: Uint8Array): Promise<void> {
  const known: readonly string[] = besides.open
  const isKey = new RegExp(`^${besides.secretFolder}/[\\w-][\\w.-]*$`).test(name)
  if (!known.includes(name) && !isKey) return
  const file = join(dataFolder, name)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, bytes, { mode: 0o600 })
}

async function setSequences(session: pg.Client, { sequences }: Manifest): Promise<void> {
  for (const { name, value, called } of sequences)
    await session.query('select setval($1::regclass, $2::bigint, $3)', [name, value, called])
}

/** Reads every row back out of the database and compares with what the manifest says. */
async function compare(
  session: pg.Client,
  manifest: Manifest,
  tables: readonly CarriedTable[],
): Promise<void> {
  for (const table of tables) {
    const hash = createHash('sha256')
    for await (const chunk of copyOut(session, copyOutStatement(table))) hash.update(chunk)
    const wanted = manifest.tables.find(({ name }) => name === table.name)!
    if (hash.digest('hex') !== wanted.sha256) throw new BackupRefusal('backup.differs', { what: table.name })
  }
  if (JSON.stringify(await fundHeads(session)) !== JSON.stringify(manifest.funds))
    throw new BackupRefusal('backup.differs', { what: 'ledger.head' })
}

/** What waited to leave may have left after the backup was made: nothing goes twice by itself. */
async function doubtMessages(session: pg.Client, { head }: Manifest): Promise<number> {
  const { rowCount } = await session.query(
    `update delivery set state = 'uncertain', code = null, lease_until = null, ended_at = $1, error = 'restored from a backup'
     where state in ('waiting', 'sending')`,
    [head.madeAt],
  )
  return rowCount ?? 0
}
