import type { Answer } from '../../client/call.ts'
import type { Tone } from '../../components/status-tag.tsx'

export type Panel = Answer<'readExpertReview'>
export type PanelRow = Answer<'listExpertReviews'>['items'][number]
export type Recommendation = NonNullable<Panel['opinions'][number]['recommendation']>

export const RECOMMENDATIONS: readonly Recommendation[] = ['support', 'support_with_conditions', 'oppose']

export function panelTone(state: PanelRow['state']): Tone {
  return state === 'open' ? 'waits' : state === 'closed' ? 'done' : 'quiet'
}

/** Tenths of a point as a person reads them. */
export const readPoints = (tenths: number): string => (tenths / 10).toFixed(1)
