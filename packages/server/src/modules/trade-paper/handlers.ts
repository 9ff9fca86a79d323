// 票据: the register with where each paper is used, files, single papers, answers of the tax authority, upstream contracts.
import { accept } from '@suanquan/core'
import { sql } from 'kysely'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { answerHandlers } from './answers.ts'
import { enterTradePaper } from './enter.ts'
import { fileHandlers } from './files.ts'
import { paperRows, viewPaper, viewPapers } from './view.ts'

type Names =
  | keyof ReturnType<typeof answerHandlers>
  | keyof ReturnType<typeof fileHandlers>
  | 'enterTradePaper'
  | 'listTradePapers'
  | 'readTradePaper'

export function tradePaperHandlers(world: World): Handlers<Names> {
  return {
    ...fileHandlers(world),
    ...answerHandlers(world),
    enterTradePaper: enterTradePaper(),
    listTradePapers: listTradePapers(),
    readTradePaper: {
      kind: 'query',
      run: async ({ params, person }, { db, touch }) => {
        const row = await db
          .selectFrom('trade_paper')
          .selectAll()
          .where('id', '=', params.id)
          .executeTakeFirst()
        if (row === undefined) return notFound('trade_paper')
        touch({ kind: 'trade_paper', id: row.id, organisationId: row.organisation_id })
        if (!mayTouch(person, 'trade_paper.read', { ...row, organisationIds: [row.organisation_id] }))
          return outOfScope('trade_paper.read', 'trade_paper')
        return accept(await viewPaper(db, row.id))
      },
    },
  }
}

function listTradePapers(): Handlers<'listTradePapers'>['listTradePapers'] {
  return {
    kind: 'query',
    run: async ({ query, person }, { db, touch }) => {
      touch({ kind: 'trade_paper', id: null })
      let found = paperRows(db).where(
        visibleRows(person!, 'trade_paper.read', 'trade_paper', 'trade_paper.organisation_id'),
      )
      if (query.kind) found = found.where('trade_paper.kind', '=', query.kind)
      if (query.standing) found = found.where('trade_paper.standing', '=', query.standing)
      if (query.organisationId) found = found.where('trade_paper.organisation_id', '=', query.organisationId)
      if (query.q) {
        const like = `%${query.q.replace(/[\\%_]/g, '\\$&')}%`
        found = found.where((eb) =>
          eb.or([eb('trade_paper.number', 'ilike', like), eb('organisation.name', 'ilike', like)]),
        )
      }
      const { total } = await found
        .clearSelect()
        .select(sql<bigint>`count(*)`.as('total'))
        .executeTakeFirstOrThrow()
      const rows = await found
        .orderBy('trade_paper.dated_on', 'desc')
        .orderBy('trade_paper.number')
        .orderBy('trade_paper.id')
        .limit(query.size)
        .offset((query.page - 1) * query.size)
        .execute()
      return accept({ total: Number(total), items: [...(await viewPapers(db, rows))] })
    },
  }
}
