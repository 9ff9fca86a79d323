import { accept } from '@suanquan/core'
import { sql } from 'kysely'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { decideAppeal } from './decide.ts'
import { appealApplication, appealClaim } from './file.ts'
import { loadAppeal } from './load.ts'
import { readAppeals, viewAppeal } from './view.ts'
import { withdrawAppeal } from './withdraw.ts'

type Names =
  | 'appealApplication'
  | 'appealClaim'
  | 'withdrawAppeal'
  | 'listAppeals'
  | 'readAppeal'
  | 'decideAppeal'

export function appealHandlers(world: World): Handlers<Names> {
  return {
    appealApplication: appealApplication(world),
    appealClaim: appealClaim(world),
    withdrawAppeal: withdrawAppeal(world),
    listAppeals: {
      kind: 'query',
      run: async (asked, { db, touch }) => {
        const { query, person } = asked
        touch({ kind: 'appeal', id: null })
        const visible = visibleRows(person!, 'appeal.read', 'appeal', 'appeal.organisation_id')
        const state = query.state === undefined ? sql`true` : sql`appeal.state = ${query.state}`
        const about = query.objectId === undefined ? sql`true` : sql`appeal.object_id = ${query.objectId}`
        const which = sql`${visible} and ${state} and ${about}`
        const { rows } = await sql<{ total: bigint }>`
          select count(*) as total from appeal where ${which}`.execute(db)
        const page = sql`limit ${query.size} offset ${(query.page - 1) * query.size}`
        return accept({ total: Number(rows[0]!.total), items: await readAppeals(db, asked, which, page) })
      },
    },
    readAppeal: {
      kind: 'query',
      run: async (asked, { db, touch }) => {
        const row = await loadAppeal(db, asked.params.id)
        if (row === undefined) return notFound('appeal')
        touch({ kind: 'appeal', id: row.id, organisationId: row.organisation_id })
        if (!mayTouch(asked.person, 'appeal.read', { ...row, organisationIds: [row.organisation_id] }))
          return outOfScope('appeal.read', 'appeal')
        return accept(await viewAppeal(world, db, row.id, asked))
      },
    },
    decideAppeal: decideAppeal(world),
  }
}
