// 冻结: while an audit needs a file, nobody disposes of it. Placed and released by the auditor, with a reason; both stay.
import { accept, refuse, type Decision } from '@suanquan/core'
import type { Selectable } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Asked, Command, CommandContext } from '../../http/world.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'

type FileRow = Selectable<Tables['archive_file']>

async function lockFile(
  { params, person }: Pick<Asked<'placeHold'>, 'params' | 'person'>,
  { tx, touch }: CommandContext,
): Promise<Decision<FileRow, 'request.not_found' | 'request.forbidden'>> {
  const file = await tx
    .selectFrom('archive_file')
    .selectAll()
    .where('id', '=', params.id)
    .forUpdate()
    .executeTakeFirst()
  if (file === undefined) return notFound('archive_file')
  touch({ kind: 'archive_file', id: file.id, organisationId: file.organisation_id })
  return mayTouch(person, 'archive.hold', file) ? accept(file) : outOfScope('archive.hold', 'archive_file')
}

export function placeHold(): Command<'placeHold'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const found = await lockFile(asked, context)
      if (!found.ok) return found
      const { id, jurisdiction, district, number, disposed_at: disposed } = found.value
      if (disposed !== null) return refuse('archive.disposed', { number })
      const stored = await context.tx
        .insertInto('archive_hold')
        .values({
          id: context.newId(),
          jurisdiction,
          district,
          file_id: id,
          reason: asked.body.reason,
          placed_by: asked.person!.id,
          placed_at: timestamp(asked.at),
        })
        .onConflict((conflict) => conflict.column('file_id').where('released_at', 'is', null).doNothing())
        .executeTakeFirst()
      return stored.numInsertedOrUpdatedRows === 1n ? accept({ subject: id }) : refuse('archive.held_already')
    },
    view: async () => ({ done: true as const }),
  }
}

export function releaseHold(): Command<'releaseHold'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const found = await lockFile(asked, context)
      if (!found.ok) return found
      const released = await context.tx
        .updateTable('archive_hold')
        .set({
          released_by: asked.person!.id,
          released_at: timestamp(asked.at),
          release_reason: asked.body.reason,
        })
        .where('file_id', '=', found.value.id)
        .where('released_at', 'is', null)
        .executeTakeFirst()
      return released.numUpdatedRows === 1n ? accept({ subject: found.value.id }) : refuse('archive.not_held')
    },
    view: async () => ({ done: true as const }),
  }
}
