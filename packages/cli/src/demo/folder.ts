// The demo's data folder: a marker says that it is a demo and whether it is loaded whole. A folder without the marker
// belongs to somebody else and is never touched; a half-loaded one is emptied and loaded anew.
import type { DemoAccount } from '@suanquan/server'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startPostgres } from '@suanquan/server'
import { WrongUse } from '../output.ts'

export interface Marker {
  readonly state: 'loading' | 'loaded'
  readonly seed: number | string
  /** the demo's time, to go on from */
  readonly at: number
  readonly accounts: readonly DemoAccount[]
}

const FILE = 'demo.json'

export function readMarker(folder: string): Marker | null {
  const file = join(folder, FILE)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Marker) : null
}

/** Whole or not at all: a reader never sees half of it. */
export function writeMarker(folder: string, marker: Marker): void {
  const draft = join(folder, `${FILE}.${process.pid}`)
  writeFileSync(draft, `${JSON.stringify(marker, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, join(folder, FILE))
}

export function isEmptyFolder(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0
}

/** Makes the folder ready to be loaded: new, or left half-loaded by a demo that was stopped. */
export async function prepareFolder(folder: string): Promise<void> {
  if (isEmptyFolder(folder)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return
  }
  if (readMarker(folder)?.state !== 'loading') throw notADemo(folder)
  await stopOrphan(folder)
  for (const name of ['postgres', 'files']) rmSync(join(folder, name), { recursive: true, force: true })
}

export function notADemo(folder: string): WrongUse {
  return new WrongUse({
    zh: `数据目录“${folder}”里已有别的数据，演示不会改动它：请用 --data 换一个空目录`,
    en: `the data folder "${folder}" holds other data, which the demo does not touch: name an empty one with --data`,
  })
}

/** The database of a demo that was killed may still run; one that another demo holds is left alone. */
async function stopOrphan(folder: string): Promise<void> {
  const place = join(folder, 'postgres')
  if (!existsSync(join(place, 'cluster', 'postmaster.pid'))) return
  await (await startPostgres({ folder: place })).stop()
  if (!existsSync(join(place, 'cluster', 'postmaster.pid'))) return
  throw new WrongUse({
    zh: `另一个演示正在数据目录“${folder}”里载入：等它完成，或用 --data 换一个目录`,
    en: `another demo is loading in the data folder "${folder}": wait for it, or name another with --data`,
  })
}
