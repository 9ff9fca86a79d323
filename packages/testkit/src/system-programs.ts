// Programs that come with the system and not with npm: PostgreSQL's own tools, Patroni, etcd. The tests install nothing;
// where a program is missing they are skipped and say which Debian package has it.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const REPLICATES = ['initdb', 'postgres', 'pg_basebackup', 'pg_rewind', 'pg_ctl']

export interface Missing {
  /** what is not there, and which Debian package has it */
  readonly missing: string
}

/** The folder of the newest complete PostgreSQL of the system, or why there is none. */
export function systemPostgres(): { readonly folder: string } | Missing {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : []
  const folders = versions
    .toSorted((left, right) => Number(right) - Number(left))
    .map((version) => `/usr/lib/postgresql/${version}/bin`)
  const folder = folders.find((each) => REPLICATES.every((program) => existsSync(join(each, program))))
  if (folder !== undefined) return { folder }
  return { missing: 'there is no PostgreSQL of the system with pg_basebackup (Debian: postgresql)' }
}

/** Where a program of the system is, or null. */
export function systemProgram(name: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin']
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null
}

export interface PatroniPrograms {
  readonly postgres: string
  readonly patroni: string
  readonly etcd: string
}

/** What a Patroni cluster on loopback needs, or what of it is missing. */
export function patroniPrograms(): PatroniPrograms | Missing {
  const postgres = systemPostgres()
  if ('missing' in postgres) return postgres
  const [patroni, etcd] = [systemProgram('patroni'), systemProgram('etcd')]
  if (patroni === null) return { missing: 'there is no Patroni (Debian: patroni)' }
  if (etcd === null) return { missing: 'there is no etcd (Debian: etcd-server)' }
  return { postgres: postgres.folder, patroni, etcd }
}

/** PostgreSQL does not run as root: whom it runs as, or null where this is not root. */
export function postgresUser(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const number = (flag: string): number =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim())
  return { uid: number('-u'), gid: number('-g') }
}
