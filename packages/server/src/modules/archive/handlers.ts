// 档案: search, one file with its catalogue, whether its papers are what they were, holds and disposal.
import { accept } from '@suanquan/core'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handlers, Person, ReadContext } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { checkFile } from './check.ts'
import { archiveKinds } from './closed-cases.ts'
import { disposalHandlers } from './disposals.ts'
import { placeHold, releaseHold } from './holds.ts'
import { retentionTerms } from './retention-terms.ts'
import { filesWhere, stands, viewFile } from './view.ts'

type Names =
  | 'listRetentionTerms'
  | 'listArchive'
  | 'readArchiveFile'
  | 'checkArchiveFile'
  | 'placeHold'
  | 'releaseHold'
  | 'listDisposals'
  | 'proposeDisposal'
  | 'decideDisposal'

export function archiveHandlers(world: World): Handlers<Names> {
  return {
    listRetentionTerms: listRetentionTerms(),
    listArchive: listArchive(),
    readArchiveFile: {
      kind: 'query',
      run: async ({ params, person, today }, read) => {
        const file = await archiveFile(params.id, person, read)
        return 'ok' in file ? file : accept(await viewFile(read.db, file.id, today))
      },
    },
    checkArchiveFile: {
      kind: 'query',
      run: async ({ params, person }, read) => {
        const file = await archiveFile(params.id, person, read)
        if ('ok' in file) return file
        const { papers, differences } = await checkFile(read.db, world.files, file.id)
        return accept({ papers, differences: differences.map((each) => ({ ...each })) })
      },
    },
    placeHold: placeHold(),
    releaseHold: releaseHold(),
    ...disposalHandlers(world),
  }
}

/** The file, or the refusal. */
export async function archiveFile(
  id: string,
  person: Person | null,
  { db, touch }: ReadContext,
): Promise<Selectable<Tables['archive_file']> | ReturnType<typeof notFound> | ReturnType<typeof outOfScope>> {
  const file = await db.selectFrom('archive_file').selectAll().where('id', '=', id).executeTakeFirst()
  if (file === undefined) return notFound('archive_file')
  touch({ kind: 'archive_file', id: file.id, organisationId: file.organisation_id })
  return mayTouch(person, 'archive.read', file) ? file : outOfScope('archive.read', 'archive_file')
}

function listArchive(): Handlers<Names>['listArchive'] {
  return {
    kind: 'query',
    run: async ({ query, person, today }, { db, touch }) => {
      touch({ kind: 'archive_file', id: null })
      const conditions: RawBuilder<unknown>[] = [visibleRows(person!, 'archive.read', 'f')]
      if (query.kind !== undefined) conditions.push(sql`f.kind = ${query.kind}`)
      if (query.year !== undefined) conditions.push(sql`f.year = ${query.year}`)
      if (query.state !== undefined) conditions.push(stands(query.state, today))
      if (query.q !== undefined && query.q !== '') {
        const like = `%${query.q.replace(/[\\%_]/g, '\\$&')}%`
        conditions.push(
          sql`(f.number ilike ${like} or f.object_number ilike ${like} or f.title ilike ${like})`,
        )
      }
      const which = sql<boolean>`${sql.join(conditions, sql` and `)}`
      const { rows } = await sql<{ total: bigint }>`select count(*) as total from archive_file f
        where ${which}`.execute(db)
      const start = (query.page - 1) * query.size
      const items = await filesWhere(db, which, { today, size: query.size, start })
      return accept({ total: Number(rows[0]!.total), items })
    },
  }
}

function listRetentionTerms(): Handlers<Names>['listRetentionTerms'] {
  return {
    kind: 'query',
    run: async (_, { touch }) => {
      touch({ kind: 'retention_term', id: null })
      const items = archiveKinds.map((kind) => ({ kind, ...retentionTerms[kind] }))
      return accept({ items })
    },
  }
}
