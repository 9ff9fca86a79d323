// The way of an application in the words of the person who waits: five stations, with the days they were reached.
import { dayOfInstant } from '../../format/time.ts'
import type { Answer } from '../../client/call.ts'
import type { ApplicationState } from './tone.ts'

type Application = Answer<'readApplication'>

export interface Station {
  readonly id: string
  readonly state: 'done' | 'current' | 'stopped' | 'ahead'
  readonly on: string | null
}

const STATIONS = ['draft', 'submitted', 'proposed', 'announced', 'granted'] as const

/** Which station a state belongs to: a correction is still the review, an objection still the notice. */
const AT: Readonly<Record<ApplicationState, number>> = {
  draft: 0,
  submitted: 1,
  correction: 1,
  refused: 1,
  withdrawn: 1,
  waiting: 2,
  proposed: 2,
  announced: 3,
  objected: 3,
  granted: 4,
}

const STOPS: ReadonlySet<ApplicationState> = new Set(['refused', 'withdrawn', 'correction', 'objected'])

export function wayOf(application: Pick<Application, 'state' | 'events'>): Station[] {
  const reached = STATIONS.map((station) => lastDay(application, station))
  const furthest = reached.reduce((best, on, index) => (on === null ? best : index), 0)
  const ended = application.state === 'refused' || application.state === 'withdrawn'
  const at = ended ? Math.max(1, furthest) : AT[application.state]
  return STATIONS.map((id, index) => {
    if (index < at) return { id, state: 'done', on: reached[index]! }
    if (index > at) return { id, state: 'ahead', on: null }
    const state =
      application.state === 'granted' ? 'done' : STOPS.has(application.state) ? 'stopped' : 'current'
    return {
      id: state === 'stopped' ? application.state : id,
      state,
      on: lastDay(application, application.state),
    }
  })
}

function lastDay({ events }: Pick<Application, 'events'>, state: string): string | null {
  const event = [...events].reverse().find(({ to }) => to === state)
  return event === undefined ? null : dayOfInstant(event.at)
}
