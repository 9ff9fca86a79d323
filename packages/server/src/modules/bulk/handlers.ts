import { accept } from '@suanquan/core'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { notFound, outOfScope, ownRows } from '../../identity/scope.ts'
import { decideApplication } from '../application/index.ts'
import { decideClaim } from '../settlement/index.ts'
import { carryOut } from './carry-out.ts'
import { viewBulk } from './view.ts'

/** 批量办理: the same commands as for one case, one after the other. */
export function bulkHandlers(world: World): Handlers<'decideApplications' | 'decideClaims' | 'readBulk'> {
  const oneApplication = decideApplication(world)
  const oneClaim = decideClaim(world)
  return {
    decideApplications: {
      kind: 'each',
      run: (asked, context) => {
        const { id: bulkId, act, reason } = asked.body
        return carryOut(asked, context, {
          kind: 'application',
          ids: act.items.map(({ id }) => id),
          one: (position, key) => {
            const params = { id: act.items[position]!.id }
            const one = { name: 'decideApplication' as const, params, key }
            if (act.decision === 'request_correction') {
              const { decision, fields } = act
              return context.act(oneApplication, { ...one, body: { decision, fields, reason } })
            }
            if (act.decision === 'refuse') {
              const { findings } = act.items[position]!
              return context.act(oneApplication, { ...one, body: { decision: 'refuse', findings, reason } })
            }
            const { amountFen, findings } = act.items[position]!
            const body = { decision: 'approve' as const, amountFen, findings, reason }
            return context.act(oneApplication, { ...one, body })
          },
          bulkId,
        })
      },
    },
    decideClaims: {
      kind: 'each',
      run: (asked, context) => {
        const { id: bulkId, act, reason } = asked.body
        return carryOut(asked, context, {
          kind: 'claim',
          ids: act.items.map(({ id }) => id),
          one: (position, key) => {
            const params = { id: act.items[position]!.id }
            const one = { name: 'decideClaim' as const, params, key }
            if (act.decision === 'refuse') {
              return context.act(oneClaim, { ...one, body: { decision: 'refuse', reason } })
            }
            const { amountFen } = act.items[position]!
            return context.act(oneClaim, { ...one, body: { decision: 'approve', amountFen, reason } })
          },
          bulkId,
        })
      },
    },
    readBulk: {
      kind: 'query',
      run: async ({ params, person }, { db, touch }) => {
        touch({ kind: 'bulk', id: params.id })
        const row = await db
          .selectFrom('bulk_act')
          .selectAll()
          .select(ownRows(person!, 'bulk_act').as('own'))
          .where('id', '=', params.id)
          .executeTakeFirst()
        if (row === undefined) return notFound('bulk')
        return row.own ? accept(await viewBulk(db, row, person!)) : outOfScope('application.decide', 'bulk')
      },
    },
  }
}
