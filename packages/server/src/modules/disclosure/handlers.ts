// 公示: approved applications are announced for a period of working days; anybody may object within it; an objection
// stops its application until it is answered. The notice shows legal persons and amounts, never a natural person.
import { accept } from '@suanquan/core'
import { sql } from 'kysely'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { notFound } from '../../identity/scope.ts'
import { particularsOf } from '../site/index.ts'
import { explainObjection, hearFirm } from './hearing.ts'
import { answerObjection, fileObjection, listObjections } from './objections.ts'
import { readProgress } from './progress.ts'
import { publishNotice } from './publish.ts'
import { searchPublic } from './search.ts'
import { totalsHandlers } from './totals.ts'
import { usageTotalsHandlers } from './usage-totals.ts'
import { viewNotice, viewNoticeLines } from './view.ts'

type Names =
  | 'publishNotice'
  | 'listNotices'
  | 'readNotice'
  | 'fileObjection'
  | 'listObjections'
  | 'answerObjection'
  | 'hearFirm'
  | 'explainObjection'
  | 'readProgress'
  | 'searchPublic'
  | 'readTotals'
  | 'downloadTotals'
  | 'readUsageTotals'
  | 'downloadUsageTotals'

export function disclosureHandlers(world: World): Handlers<Names> {
  return {
    publishNotice: publishNotice(world),
    listNotices: listNotices(world),
    readNotice: {
      kind: 'query',
      run: async ({ params, today }, { db, touch }) => {
        touch({ kind: 'notice', id: params.id })
        const row = await db.selectFrom('notice').selectAll().where('id', '=', params.id).executeTakeFirst()
        if (!row) return notFound('notice')
        const notice = await viewNotice(world, db, row, today)
        return accept({
          ...notice,
          items: await viewNoticeLines(db, row.id),
          contact: (await particularsOf(db, world)).contact,
        })
      },
    },
    fileObjection: fileObjection(world),
    listObjections: listObjections(),
    answerObjection: answerObjection(world),
    hearFirm: hearFirm(world),
    explainObjection: explainObjection(world),
    readProgress: readProgress(world),
    searchPublic: searchPublic(world),
    ...totalsHandlers(world),
    ...usageTotalsHandlers(),
  }
}

function listNotices(world: World): Handlers<Names>['listNotices'] {
  return {
    kind: 'query',
    run: async ({ query, today }, { db }) => {
      const rows = await db
        .selectFrom('notice')
        .selectAll()
        .orderBy('published_at', 'desc')
        .orderBy('number', 'desc')
        .limit(query.size)
        .offset((query.page - 1) * query.size)
        .execute()
      const { total } = await db
        .selectFrom('notice')
        .select(sql<bigint>`count(*)`.as('total'))
        .executeTakeFirstOrThrow()
      const items = await Promise.all(rows.map((row) => viewNotice(world, db, row, today)))
      return accept({ total: Number(total), items })
    },
  }
}
