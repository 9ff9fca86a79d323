import { accept, refuse } from '@suanquan/core'
import { addMonths } from '@suanquan/core/calendar'
import { chipClass } from '@suanquan/core/capacity'
import { sql } from 'kysely'
import { timestamp } from '../../database/index.ts'
import type { Command, Handlers } from '../../http/world.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { statementsOf } from './stock.ts'

export function capacityHandlers(): Handlers<'listCapacity' | 'stateCapacity'> {
  return {
    listCapacity: {
      kind: 'query',
      run: async ({ query, person }, { db, touch }) => {
        touch({ kind: 'capacity', id: null })
        const visible = visibleRows(person!, 'capacity.read', 'centre_capacity', 'provider_id')
        return accept({ items: [...(await statementsOf(db, { visible, from: query.from }))] })
      },
    },
    stateCapacity: stateCapacity(),
  }
}

function stateCapacity(): Command<'stateCapacity'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, newId, touch }) => {
      const centre = await tx
        .selectFrom('organisation')
        .select(['id', 'jurisdiction', 'district', 'roles'])
        .where('id', '=', params.id)
        .forNoKeyUpdate()
        .executeTakeFirst()
      if (!centre?.roles.includes('provider')) return notFound('organisation')
      touch({ kind: 'organisation', id: centre.id, organisationId: centre.id })
      if (!mayTouch(person, 'capacity.state', { ...centre, organisationIds: [centre.id] }))
        return outOfScope('capacity.state', 'organisation')
      const classes = body.lines.map(({ chip }) => chipClass(chip))
      const twice = classes.find((chip, index) => classes.indexOf(chip) !== index)
      if (twice !== undefined) return refuse('capacity.class_twice', { chip: twice })
      const months = Array.from({ length: body.months }, (_, index) =>
        addMonths(`${body.from}-01`, index).slice(0, 7),
      )
      const before = await tx
        .selectFrom('centre_capacity')
        .select(['month', ({ fn }) => fn.max('version').as('version')])
        .where('provider_id', '=', centre.id)
        .where('month', 'in', months)
        .groupBy('month')
        .execute()
      const versions = new Map(before.map(({ month, version }) => [month, version]))
      const rows = months.map((month) => ({
        id: newId(),
        jurisdiction: centre.jurisdiction,
        district: centre.district,
        provider_id: centre.id,
        month,
        version: (versions.get(month) ?? 0) + 1,
        lines: JSON.stringify(body.lines),
        entered_by: person!.id,
        entered_at: timestamp(at),
      }))
      await tx.insertInto('centre_capacity').values(rows).execute()
      return accept({ subject: centre.id })
    },
    view: async (subject, { db }) => {
      const visible = sql<boolean>`centre_capacity.provider_id = ${subject}`
      return { items: [...(await statementsOf(db, { visible }))] }
    },
  }
}
