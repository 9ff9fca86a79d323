import {
  takeOverFilesNeeded,
  takeOverSheets,
  takeOverSheetNames,
  type TakeOverSheetName,
} from '@suanquan/api'
import { assert, hex, refuse, accept, type Decision } from '@suanquan/core'
import type { Kysely, Selectable } from 'kysely'
import { sm3, type Tables } from '../../database/index.ts'
import type { World } from '../../http/world-options.ts'
import type { RowPlace } from '../../identity/scope.ts'
import type { ReadRow } from '../imports/index.ts'
import { readSheet, type Sheets } from './sheets.ts'

export type TakeOverRow = Selectable<Tables['take_over']>
export type FileRow = Selectable<Tables['take_over_file']>

export async function loadTakeOver(
  db: Kysely<Tables>,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<TakeOverRow | undefined> {
  let query = db.selectFrom('take_over').selectAll().where('id', '=', id)
  if (lock === 'lock') query = query.forUpdate()
  return query.executeTakeFirst()
}

export function placeOf({ jurisdiction, district }: TakeOverRow): RowPlace {
  return { jurisdiction, district }
}

export async function filesOf(db: Kysely<Tables>, id: string): Promise<readonly FileRow[]> {
  return db.selectFrom('take_over_file').selectAll().where('take_over_id', '=', id).orderBy('kind').execute()
}

/** The sheets as they are kept, and one hash over all files. */
export interface HandedIn {
  readonly sheets: Sheets
  readonly firmsFile: FileRow | null
  readonly filesHash: string
}

const STATEMENT = { zh: '签章的结账报告', en: 'signed closing statement' }

export async function handedIn(
  world: World,
  files: readonly FileRow[],
): Promise<Decision<HandedIn, 'take_over.files_missing'>> {
  const missing = takeOverFilesNeeded.filter((kind) => !files.some((file) => file.kind === kind))
  if (missing.length > 0) {
    const named = missing.map((kind) => (kind === 'statement' ? STATEMENT : takeOverSheets[kind].title))
    return refuse('take_over.files_missing', {
      files: named.map(({ en }) => en),
      filesZh: named.map(({ zh }) => zh),
    })
  }
  const sheets: Partial<Record<TakeOverSheetName, readonly ReadRow[]>> = {}
  for (const sheet of takeOverSheetNames) {
    const file = files.find(({ kind }) => kind === sheet)
    if (file === undefined) continue
    const read = await readSheet(sheet, await world.files.get(file.sha256))
    assert(read.ok, 'a file that was read once can be read again')
    sheets[sheet] = read.value.rows
  }
  const { firms = [], money = [], vouchers = [], claims = [], closing = [] } = sheets
  const digests = files.map(({ kind, sm3: digest }) => `${kind} ${digest}\n`).join('')
  return accept({
    sheets: { firms, money, vouchers, claims, closing },
    firmsFile: files.find(({ kind }) => kind === 'firms') ?? null,
    filesHash: hex(sm3(new TextEncoder().encode(digests))),
  })
}
