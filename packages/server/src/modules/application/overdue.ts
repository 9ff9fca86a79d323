// 超期: cases whose limit has passed while an office has them, by the tier or the people whose turn it is, the oldest first.
// A provisional limit is not yet passed.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { clockOf, tierOf, type Workflow } from '@suanquan/core/application'
import { workingDaysLeft, type Day } from '@suanquan/core/calendar'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { visibleRows } from '../../identity/scope.ts'

type Group = AnswerOf<Routes['listOverdue']>['groups'][number]
type Item = Group['items'][number]

const LISTED_AT_MOST = 200

export function listOverdue(world: World): Handler<'listOverdue'> {
  return {
    kind: 'query',
    run: async ({ person, today }, { db, touch }) => {
      touch({ kind: 'overdue', id: null })
      const found: { readonly awaited: Group['awaited']; readonly item: Item }[] = []
      for (const about of ['application', 'claim'] as const) {
        const rows = await db
          .selectFrom(about)
          .innerJoin('organisation', 'organisation.id', `${about}.organisation_id`)
          .select([
            `${about}.id`,
            'number',
            'state',
            'deadline_on',
            'adoption_id',
            `${about}.district`,
            'name',
          ])
          .where('deadline_on', '<', today)
          .where('deadline_provisional', '=', false)
          .where(visibleRows(person!, 'overdue.read', about, `${about}.organisation_id`))
          .orderBy('deadline_on')
          .orderBy('number')
          .execute()
        for (const row of rows) {
          const workflow =
            about === 'claim'
              ? (await world.programmes.inForce(db, row.adoption_id)).way.claim
              : await workflowOf(row.id)
          const clock = clockOf(workflow, row.state)
          if (clock?.awaited !== 'reviewer' && clock?.awaited !== 'finance') continue
          const awaited = tierOf(workflow, row.state) ?? clock.awaited
          found.push({ awaited, item: itemOf(about, row, today) })
        }
      }
      const groups = (['district', 'city', 'finance', 'reviewer'] as const).map((awaited): Group => {
        const items = found.filter((each) => each.awaited === awaited).map(({ item }) => item)
        return { awaited, count: items.length, items: items.slice(0, LISTED_AT_MOST) }
      })
      return accept({ groups: groups.filter(({ count }) => count > 0) })

      async function workflowOf(id: string): Promise<Workflow> {
        const { workflow } = await db
          .selectFrom('application')
          .select('workflow')
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
        return workflow as unknown as Workflow
      }
    },
  }
}

interface Row {
  readonly id: string
  readonly number: string
  readonly name: string
  readonly district: string
  readonly state: string
  readonly deadline_on: Day | null
}

function itemOf(about: Item['about'], row: Row, today: Day): Item {
  const over = workingDaysLeft(row.deadline_on!, today)
  return {
    about,
    id: row.id,
    number: row.number,
    organisationName: row.name,
    district: row.district,
    state: row.state,
    deadlineOn: row.deadline_on!,
    workingDaysOver: over.ok ? over.value.days : 0,
  }
}
