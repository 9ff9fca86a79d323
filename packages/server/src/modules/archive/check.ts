// Whether archived papers are what they were: every digest is made again. What was disposed of is not compared, but that it
// was is known; what came after archiving is no fault.
import type { Kysely } from 'kysely'
import type { ArchiveKind, PaperKind } from '../../database/archive-tables.ts'
import type { Tables } from '../../database/index.ts'
import type { FileStore } from '../../files/store.ts'
import { catalogueDigest, papersOf } from './papers.ts'

export interface ArchiveDifference {
  readonly number: string
  readonly position: number
  readonly kind: PaperKind
  readonly label: string
  /** catalogue: the catalogue itself no longer has its digest */
  readonly what: 'altered' | 'missing' | 'catalogue'
}

export interface CheckedFile {
  readonly papers: number
  readonly differences: readonly ArchiveDifference[]
}

export async function checkFile(db: Kysely<Tables>, files: FileStore, id: string): Promise<CheckedFile> {
  const file = await db.selectFrom('archive_file').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const kept = await db
    .selectFrom('archive_paper')
    .selectAll()
    .where('file_id', '=', id)
    .orderBy('position')
    .execute()
  const differences: ArchiveDifference[] = []
  const digest = catalogueDigest(
    kept.map(({ source_id: sourceId, made_on: madeOn, ...row }) => ({ ...row, sourceId, madeOn })),
  )
  if (digest !== file.digest || kept.length !== file.papers)
    differences.push({
      number: file.number,
      position: 0,
      kind: 'record',
      label: file.kind,
      what: 'catalogue',
    })
  const now = await papersOf(db, files, { kind: file.kind as ArchiveKind, id: file.object_id })
  const found = new Map(now.map((paper) => [`${paper.kind} ${paper.sourceId}`, paper.sm3]))
  const disposed = file.disposed_at !== null
  for (const { position, kind, label, source_id: sourceId, sm3 } of kept) {
    if (disposed && DISPOSED.has(kind)) continue
    const again = found.get(`${kind} ${sourceId}`)
    if (again === sm3) continue
    const what = again === undefined || again === '' ? 'missing' : 'altered'
    differences.push({ number: file.number, position, kind, label, what })
  }
  return { papers: kept.length, differences }
}

/** What disposal takes away or empties; events, decisions and numbers stay and are compared for good. */
const DISPOSED: ReadonlySet<string> = new Set(['record', 'opinion', 'attachment'])

export interface CheckedArchive {
  readonly files: number
  readonly papers: number
  readonly differences: readonly ArchiveDifference[]
}

/** The whole archive, file by file. */
export async function checkArchive(
  db: Kysely<Tables>,
  files: FileStore,
  update: (share: number) => void = () => undefined,
): Promise<CheckedArchive> {
  const ids = await db.selectFrom('archive_file').select('id').orderBy('number').execute()
  let papers = 0
  const differences: ArchiveDifference[] = []
  for (const [index, { id }] of ids.entries()) {
    const checked = await checkFile(db, files, id)
    papers += checked.papers
    differences.push(...checked.differences)
    update((index + 1) / ids.length)
  }
  return { files: ids.length, papers, differences }
}
