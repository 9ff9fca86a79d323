// Files as they are found, listed and read.
import type { AnswerOf, Routes } from '@suanquan/api'
import type { Day } from '@suanquan/core/calendar'
import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { openMatter } from './closed-cases.ts'

type RowView = AnswerOf<Routes['listArchive']>['items'][number]
type FileView = AnswerOf<Routes['readArchiveFile']>

type Row = Selectable<Tables['archive_file']> & { readonly held: boolean }

/** Something open in the case, or an auditor's hold, forbids disposal. `f` is the file. */
export const held = sql<boolean>`(${openMatter(sql`f.application_id`, sql`f.object_id`)})`

/** What a file is today, as a condition. */
export function stands(state: RowView['state'], today: Day): RawBuilder<boolean> {
  if (state === 'disposed') return sql<boolean>`f.disposed_at is not null`
  if (state === 'held') return sql<boolean>`(f.disposed_at is null and ${held})`
  const over = sql`f.ends_on < ${today}`
  const which = state === 'due' ? over : sql`(f.ends_on is null or not ${over})`
  return sql<boolean>`(f.disposed_at is null and not ${held} and ${which})`
}

export async function filesWhere(
  db: Kysely<Tables>,
  which: RawBuilder<boolean>,
  { today, size, start }: { readonly today: Day; readonly size: number; readonly start: number },
): Promise<RowView[]> {
  const { rows } = await sql<Row>`select f.*, (f.disposed_at is null and ${held}) as held from archive_file f
    where ${which} order by f.archived_at desc, f.number limit ${size} offset ${start}`.execute(db)
  return rows.map((row) => viewRow(row, today))
}

function viewRow(row: Row, today: Day): RowView {
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    objectId: row.object_id,
    objectNumber: row.object_number,
    title: row.title,
    year: row.year,
    category: row.category,
    years: row.years,
    source: { zh: row.source_zh, en: row.source_en },
    closedOn: row.closed_on,
    archivedAt: new Date(row.archived_at).toISOString(),
    papers: row.papers,
    digest: row.digest,
    endsOn: row.ends_on,
    state: stateOf(row, today),
  }
}

function stateOf(row: Row, today: Day): RowView['state'] {
  if (row.disposed_at !== null) return 'disposed'
  if (row.held) return 'held'
  return row.ends_on !== null && row.ends_on < today ? 'due' : 'kept'
}

export async function viewFile(db: Kysely<Tables>, id: string, today: Day): Promise<FileView> {
  const [row] = await filesWhere(db, sql<boolean>`f.id = ${id}`, { today, size: 1, start: 0 })
  const { disposed_at: disposedAt } = await db
    .selectFrom('archive_file')
    .select('disposed_at')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const papers = await db
    .selectFrom('archive_paper')
    .select(['position', 'kind', 'label', 'made_on', 'bytes', 'sm3'])
    .where('file_id', '=', id)
    .orderBy('position')
    .execute()
  const holds = await db
    .selectFrom('archive_hold')
    .innerJoin('person as placer', 'placer.id', 'archive_hold.placed_by')
    .leftJoin('person as releaser', 'releaser.id', 'archive_hold.released_by')
    .select(['reason', 'placed_at', 'released_at', 'release_reason'])
    .select(['placer.display_name as placedBy', 'releaser.display_name as releasedBy'])
    .where('file_id', '=', id)
    .orderBy('placed_at')
    .execute()
  return {
    ...row!,
    catalogue: papers.map(({ made_on: madeOn, ...paper }) => ({ ...paper, madeOn })),
    holds: holds.map((hold) => ({
      reason: hold.reason,
      placedBy: hold.placedBy,
      placedAt: new Date(hold.placed_at).toISOString(),
      releasedBy: hold.releasedBy,
      releasedAt: hold.released_at === null ? null : new Date(hold.released_at).toISOString(),
      releaseReason: hold.release_reason,
    })),
    auditHold: holds.some((hold) => hold.released_at === null),
    disposedAt: disposedAt === null ? null : new Date(disposedAt).toISOString(),
  }
}
