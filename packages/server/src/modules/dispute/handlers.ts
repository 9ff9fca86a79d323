// 争议: from the line that somebody disputes to the record that corrects it.
import { accept } from '@suanquan/core'
import { sql } from 'kysely'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { answerDispute, closeDispute, decideDispute, takeBackDispute } from './decide.ts'
import { loadDispute, partiesOf } from './load.ts'
import { openDispute } from './open.ts'
import { disputeRows, viewDispute, viewDisputeRow } from './view.ts'

type Names =
  | 'openDispute'
  | 'listDisputes'
  | 'readDispute'
  | 'answerDispute'
  | 'takeBackDispute'
  | 'decideDispute'
  | 'closeDispute'

export function disputeHandlers(world: World): Handlers<Names> {
  return {
    openDispute: openDispute(world),
    listDisputes: listDisputes(),
    readDispute: {
      kind: 'query',
      run: async (asked, { db, touch }) => {
        const row = await loadDispute(db, asked.params.id)
        if (row === undefined) return notFound('dispute')
        touch({ kind: 'dispute', id: row.id, organisationId: row.organisation_id })
        if (!mayTouch(asked.person, 'dispute.read', partiesOf(row)))
          return outOfScope('dispute.read', 'dispute')
        return accept(await viewDispute(db, row.id, asked))
      },
    },
    answerDispute: answerDispute(world),
    takeBackDispute: takeBackDispute(world),
    decideDispute: decideDispute(world),
    closeDispute: closeDispute(world),
  }
}

function listDisputes(): Handlers<Names>['listDisputes'] {
  return {
    kind: 'query',
    run: async ({ query, person }, { db, touch }) => {
      touch({ kind: 'dispute', id: null })
      let found = disputeRows(db).where(
        visibleRows(person!, 'dispute.read', 'dispute', 'dispute.organisation_id', 'dispute.provider_id'),
      )
      if (query.state) found = found.where('dispute.state', '=', query.state)
      if (query.q) {
        const like = `%${query.q.replace(/[\\%_]/g, '\\$&')}%`
        found = found.where((eb) =>
          eb.or([
            eb('dispute.number', 'ilike', like),
            eb('organisation.name', 'ilike', like),
            eb('service_contract.number', 'ilike', like),
          ]),
        )
      }
      const { total } = await found
        .clearSelect()
        .select(sql<bigint>`count(*)`.as('total'))
        .executeTakeFirstOrThrow()
      const rows = await found
        .orderBy('dispute.opened_at', 'desc')
        .orderBy('dispute.number')
        .limit(query.size)
        .offset((query.page - 1) * query.size)
        .execute()
      return accept({ total: Number(total), items: rows.map(viewDisputeRow) })
    },
  }
}
