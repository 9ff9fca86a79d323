// A folder of tables as supervision reads it, with what is odd about the folder: files that no table has, ids that point
// nowhere. A large folder takes seconds, so reading and judging say how far they are.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import {
  danglingOf,
  detectors,
  indexWorld,
  readWorld,
  supervise,
  tableNames,
  unknownFiles,
  type Dangling,
  type StoredWorld,
  type SuperviseOptions,
  type SupervisionReport,
  type WorldIndex,
} from '@suanquan/core/supervision'

import { progress, Refused, WrongUse } from '../output.ts'

/** What nobody should take for a clean world without knowing. */
export interface Oddities {
  readonly unknownFiles: readonly string[]
  readonly dangling: readonly Dangling[]
}

export interface Supervised {
  readonly index: WorldIndex
  readonly report: SupervisionReport
  readonly oddities: Oddities
}

export function superviseFolder(folder: string, options: Pick<SuperviseOptions, 'since'> = {}): Supervised {
  const index = indexWorld(readFolder(folder))
  const shown = progress({ zh: '运行监管规则', en: 'running the rules' }, detectors.length)
  const report = supervise(index, { hash, ...options, after: shown.update })
  shown.end()
  const oddities = { unknownFiles: unknownFiles(filesOf(folder)), dangling: danglingOf(index) }
  return { index, report, oddities }
}

export function readFolder(folder: string): StoredWorld {
  filesOf(folder)
  const shown = progress({ zh: '读取数据表', en: 'reading tables' }, tableNames.length)
  let done = 0
  const read = readWorld((file) => {
    shown.update((done += 1))
    const path = join(folder, file)
    return existsSync(path) ? bytesOf(path) : undefined
  })
  shown.end()
  if (!read.ok) throw new Refused(read.refusal)
  return read.value
}

export function filesOf(folder: string): string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new WrongUse({ zh: `没有目录 ${folder}`, en: `there is no folder ${folder}` })
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []))
}

export function hash(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}

/** The bytes of a file without a copy: tables have hundreds of megabytes. */
function bytesOf(path: string): Uint8Array {
  const { buffer, byteOffset, length } = readFileSync(path)
  return new Uint8Array(buffer, byteOffset, length)
}
