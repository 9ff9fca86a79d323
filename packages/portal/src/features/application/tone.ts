// Which shape and colour a state wears.
import type { Answer } from '../../client/call.ts'
import type { Tone } from '../../components/status-tag.tsx'

export type ApplicationState = Answer<'readApplication'>['state']

const TONES: Readonly<Record<ApplicationState, Tone>> = {
  draft: 'quiet',
  submitted: 'waits',
  correction: 'stopped',
  waiting: 'waits',
  offered: 'waits',
  candidate: 'waits',
  reserve: 'waits',
  proposed: 'waits',
  announced: 'waits',
  objected: 'stopped',
  hearing: 'stopped',
  review_city: 'waits',
  review_finance: 'waits',
  appealed: 'waits',
  contested: 'waits',
  granted: 'done',
  refused: 'stopped',
  withdrawn: 'quiet',
}

export function applicationTone(state: ApplicationState | 'reconsidered'): Tone {
  return state === 'reconsidered' ? 'waits' : TONES[state]
}
