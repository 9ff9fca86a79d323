// Where an application stands, from its own table and its events; and how much of the deciding office's limit is used.
import type { AnswerOf, Routes } from '@suanquan/api'
import { stationsOf, type Station, type Workflow } from '@suanquan/core/application'
import { dayOf, workingDaysLeft, type Day } from '@suanquan/core/calendar'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { InForce } from '../policy/index.ts'
import { limitOf, usedDays } from './clock.ts'

export type Standing = Pick<AnswerOf<Routes['readApplication']>, 'stations' | 'clock'>

export interface StandingCase {
  readonly id: string
  readonly workflow: Workflow
  readonly state: string
  readonly created_at: number
  readonly deadline_on: Day | null
}

export async function viewStanding(
  db: Kysely<Tables>,
  row: StandingCase,
  { terms }: Pick<InForce, 'terms'>,
  today: Day,
): Promise<Standing> {
  const events = await db
    .selectFrom('workflow_event')
    .select(['at', 'to_state'])
    .where('object_id', '=', row.id)
    .orderBy('position')
    .execute()
  const visits = events.map(({ at, to_state: state }) => ({ state, on: dayOf(new Date(at).getTime()) }))
  const stations = stationsOf(row.workflow, dayOf(new Date(row.created_at).getTime()), visits)
  return {
    stations: stations.map(({ limit, tier, ...station }) => ({
      ...station,
      withinDays: limitOf(terms, { limit, tier }),
    })),
    clock: await clockOfOffice(db, {
      row,
      stations,
      today,
      limitDaysOf: (station) => limitOf(terms, station),
    }),
  }
}

interface Asked {
  readonly row: StandingCase
  readonly stations: readonly Station[]
  readonly today: Day
  readonly limitDaysOf: (station: Station) => number | null
}

/** Runs in the state that is decided in; while the firm corrects, that of the state it goes back to stands still. */
async function clockOfOffice(
  db: Kysely<Tables>,
  { row, stations, today, limitDaysOf }: Asked,
): Promise<Standing['clock']> {
  const at = stations.findIndex(({ phase }) => phase === 'current')
  const here = stations[at]
  if (here === undefined) return null
  const stopped = here.awaited === 'clerk' && here.limit !== null
  const office = stopped ? stations[at + 1] : here
  const limitDays = office === undefined ? null : limitDaysOf(office)
  if (office === undefined || limitDays === null) return null
  if (stopped) {
    const used = await usedDays(db, row.id, office.state)
    return {
      state: office.state,
      limitDays,
      usedDays: used,
      leftDays: Math.max(1, limitDays - used),
      stopped,
    }
  }
  if (row.deadline_on === null) return null
  const left = workingDaysLeft(today, row.deadline_on)
  if (!left.ok) return null
  const leftDays = left.value.days
  return { state: office.state, limitDays, usedDays: limitDays - leftDays, leftDays, stopped }
}
