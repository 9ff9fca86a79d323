// 撤销与追回: from the proposal to the last yuan that came back.
import { accept } from '@suanquan/core'
import { sql } from 'kysely'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { answerClawback } from './answer.ts'
import {
  decideWriteOff,
  planInstalments,
  proposeWriteOff,
  recordRecovery,
  refundClawback,
} from './collect.ts'
import { cancelClawback, decideClawback } from './decide.ts'
import { loadClawback, placeOf } from './load.ts'
import { proposeClawback, readRecoverable } from './propose.ts'
import { clawbackRows, viewClawback, viewRow } from './view.ts'

type Names =
  | 'readRecoverable'
  | 'proposeClawback'
  | 'listClawbacks'
  | 'readClawback'
  | 'answerClawback'
  | 'decideClawback'
  | 'cancelClawback'
  | 'planInstalments'
  | 'recordRecovery'
  | 'proposeWriteOff'
  | 'decideWriteOff'
  | 'refundClawback'

export function clawbackHandlers(world: World): Handlers<Names> {
  return {
    readRecoverable: readRecoverable(world),
    proposeClawback: proposeClawback(world),
    listClawbacks: listClawbacks(),
    readClawback: {
      kind: 'query',
      run: async (asked, { db, touch }) => {
        const row = await loadClawback(db, asked.params.id)
        if (!row) return notFound('clawback')
        touch({ kind: 'clawback', id: row.id, organisationId: row.organisation_id })
        if (!mayTouch(asked.person, 'clawback.read', placeOf(row)))
          return outOfScope('clawback.read', 'clawback')
        return accept(await viewClawback(db, row.id, asked))
      },
    },
    answerClawback: answerClawback(world),
    decideClawback: decideClawback(world),
    cancelClawback: cancelClawback(world),
    planInstalments: planInstalments(world),
    recordRecovery: recordRecovery(world),
    proposeWriteOff: proposeWriteOff(world),
    decideWriteOff: decideWriteOff(world),
    refundClawback: refundClawback(world),
  }
}

function listClawbacks(): Handlers<Names>['listClawbacks'] {
  return {
    kind: 'query',
    run: async ({ query, person, today }, { db, touch }) => {
      touch({ kind: 'clawback', id: null })
      let found = clawbackRows(db).where(
        visibleRows(person!, 'clawback.read', 'clawback', 'clawback.organisation_id', 'clawback.debtor_id'),
      )
      if (query.state) found = found.where('clawback.state', '=', query.state)
      if (query.q) {
        const like = `%${query.q.replace(/[\\%_]/g, '\\$&')}%`
        found = found.where((eb) =>
          eb.or([
            eb('clawback.number', 'ilike', like),
            eb('organisation.name', 'ilike', like),
            eb('clawback.debtor_credit_code', 'ilike', like),
          ]),
        )
      }
      const { total } = await found
        .clearSelect()
        .select(sql<bigint>`count(*)`.as('total'))
        .executeTakeFirstOrThrow()
      const rows = await found
        .orderBy('clawback.proposed_at', 'desc')
        .orderBy('clawback.number')
        .limit(query.size)
        .offset((query.page - 1) * query.size)
        .execute()
      const items = await Promise.all(rows.map((row) => viewRow(db, row, today)))
      return accept({ total: Number(total), items })
    },
  }
}
