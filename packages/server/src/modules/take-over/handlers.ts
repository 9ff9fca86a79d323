// 接管: begun for a programme that has nothing here yet, read, given up; and everything that happens to one.
import { accept, refuse } from '@suanquan/core'
import { sql } from 'kysely'
import { timestamp } from '../../database/index.ts'
import type { Command, Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { nextNumber } from '../application/index.ts'
import { checkTakeOver } from './check.ts'
import { decideTakeOver, notStarted, prepareTakeOver } from './decide.ts'
import {
  downloadTakeOverErrors,
  downloadTakeOverTemplate,
  readTakeOverFile,
  uploadTakeOverFile,
} from './files.ts'
import { loadTakeOver, placeOf } from './load.ts'
import { takeOverRows, viewHead, viewTakeOver } from './view.ts'

type Names =
  | 'listTakeOvers'
  | 'openTakeOver'
  | 'readTakeOver'
  | 'listTakeOverLines'
  | 'uploadTakeOverFile'
  | 'readTakeOverFile'
  | 'downloadTakeOverErrors'
  | 'downloadTakeOverTemplate'
  | 'checkTakeOver'
  | 'prepareTakeOver'
  | 'decideTakeOver'
  | 'abandonTakeOver'

export function takeOverHandlers(world: World): Handlers<Names> {
  return {
    openTakeOver: openTakeOver(world),
    abandonTakeOver: abandonTakeOver(world),
    uploadTakeOverFile: uploadTakeOverFile(world),
    readTakeOverFile: readTakeOverFile(world),
    downloadTakeOverErrors: downloadTakeOverErrors(world),
    downloadTakeOverTemplate: downloadTakeOverTemplate(),
    checkTakeOver: checkTakeOver(world),
    prepareTakeOver: prepareTakeOver(world),
    decideTakeOver: decideTakeOver(world),
    listTakeOvers: {
      kind: 'query',
      run: async ({ query, person }, { db, touch }) => {
        touch({ kind: 'take_over', id: null })
        const visible = visibleRows(person!, 'take_over.read', 'take_over')
        const rows = await takeOverRows(db)
          .where(visible)
          .orderBy('opened_at', 'desc')
          .orderBy('take_over.id')
          .limit(query.size)
          .offset((query.page - 1) * query.size)
          .execute()
        const { total } = await db
          .selectFrom('take_over')
          .select(sql<bigint>`count(*)`.as('total'))
          .where(visible)
          .executeTakeFirstOrThrow()
        const items = await Promise.all(rows.map(async (row) => viewHead(world, db, row)))
        return accept({ total: Number(total), items })
      },
    },
    readTakeOver: {
      kind: 'query',
      run: async ({ params, person }, { db, touch }) => {
        const row = await loadTakeOver(db, params.id)
        if (row === undefined) return notFound('take_over')
        touch({ kind: 'take_over', id: row.id })
        if (!mayTouch(person, 'take_over.read', placeOf(row)))
          return outOfScope('take_over.read', 'take_over')
        return accept(await viewTakeOver(world, db, row.id, person))
      },
    },
    listTakeOverLines: {
      kind: 'query',
      run: async ({ params, query, person }, { db, touch }) => {
        const row = await loadTakeOver(db, params.id)
        if (row === undefined) return notFound('take_over')
        touch({ kind: 'take_over', id: row.id })
        if (!mayTouch(person, 'take_over.read', placeOf(row)))
          return outOfScope('take_over.read', 'take_over')
        const wanted = (row.report?.lines ?? []).filter(
          ({ sheet, reasons }) =>
            (query.sheet === undefined || query.sheet === sheet) &&
            (query.outcome === undefined || (query.outcome === 'refused') === reasons.length > 0),
        )
        const from = (query.page - 1) * query.size
        const items = wanted.slice(from, from + query.size)
        return accept({
          total: wanted.length,
          items: items.map((line) => ({ ...line, reasons: [...line.reasons] })),
        })
      },
    },
  }
}

function openTakeOver(world: World): Command<'openTakeOver'> {
  return {
    kind: 'command',
    run: async ({ body, person, at, today }, { tx, newId, touch }) => {
      touch({ kind: 'take_over', id: null })
      const adoption = await tx
        .selectFrom('adoption')
        .select(['id', 'jurisdiction', 'district'])
        .where('id', '=', body.adoptionId)
        .forNoKeyUpdate()
        .executeTakeFirst()
      if (!adoption) return notFound('adoption')
      if (!mayTouch(person, 'take_over.prepare', adoption)) return outOfScope('take_over.prepare', 'adoption')
      const other = await tx
        .selectFrom('take_over')
        .select('number')
        .where('adoption_id', '=', adoption.id)
        .where('state', '<>', 'abandoned')
        .executeTakeFirst()
      if (other) return refuse('take_over.exists', { number: other.number })
      const inForce = await world.programmes.inForce(tx, adoption.id)
      if (inForce.way.grants.makes !== 'voucher') return refuse('take_over.way_without_voucher')
      if (body.cutOverOn > today) return refuse('take_over.cut_over_future', { cutOverOn: body.cutOverOn })
      const started = await notStarted(tx, adoption.id)
      if (!started.ok) return started
      const id = newId()
      await tx
        .insertInto('take_over')
        .values({
          id,
          jurisdiction: adoption.jurisdiction,
          district: adoption.district,
          number: await nextNumber(tx, 'JG', adoption, today),
          adoption_id: adoption.id,
          system_name: body.systemName,
          cut_over_on: body.cutOverOn,
          state: 'open',
          opened_by: person!.id,
          opened_at: timestamp(at),
        })
        .execute()
      touch({ kind: 'take_over', id })
      return accept({ subject: id })
    },
    view: (subject, { db }, { person }) => viewTakeOver(world, db, subject, person),
  }
}

function abandonTakeOver(world: World): Command<'abandonTakeOver'> {
  return {
    kind: 'command',
    run: async ({ params, person }, { tx, touch }) => {
      const row = await loadTakeOver(tx, params.id, 'lock')
      if (row === undefined) return notFound('take_over')
      touch({ kind: 'take_over', id: row.id })
      if (!mayTouch(person, 'take_over.prepare', placeOf(row)))
        return outOfScope('take_over.prepare', 'take_over')
      if (row.state !== 'open') return refuse('take_over.wrong_state', { state: row.state })
      await tx.updateTable('take_over').set({ state: 'abandoned' }).where('id', '=', row.id).execute()
      return accept({ subject: row.id })
    },
    view: (subject, { db }, { person }) => viewTakeOver(world, db, subject, person),
  }
}
