import type { Answer } from '../../client/call.ts'
import type { Tone } from '../../components/status-tag.tsx'

export type Engagement = Answer<'listEngagements'>['items'][number]
export type Inspection = Answer<'readInspection'>
export type InspectionRow = Answer<'listInspections'>['items'][number]
export type Task = Engagement['tasks'][number]
export type About = InspectionRow['about']

export const TASKS: readonly Task[] = ['materials', 'site', 'claims', 'performance']

/** What is examined of each kind of case. */
export const TASKS_OF: Readonly<Record<About, readonly Task[]>> = {
  application: ['materials', 'site'],
  claim: ['claims', 'site'],
  project: ['site'],
  adoption: ['performance'],
}

export function engagementTone(state: Engagement['state']): Tone {
  if (state === 'proposed') return 'waits'
  return state === 'running' ? 'done' : 'quiet'
}

export function inspectionTone(state: InspectionRow['state']): Tone {
  if (state === 'assigned') return 'waits'
  return state === 'reported' ? 'done' : 'quiet'
}

export function outcomeTone(outcome: NonNullable<InspectionRow['outcome']>): Tone {
  return outcome === 'oppose' ? 'stopped' : outcome === 'support' ? 'done' : 'waits'
}
