// What a project and a place on a selection are called where they are listed, and how their states look.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { StatusTag, type Tone } from '../../components/status-tag.tsx'

export type Project = Answer<'readProject'>
export type Line = Answer<'readSelection'>['items'][number]

const TONES: Record<Project['state'], Tone> = {
  agreement: 'waits',
  signed: 'waits',
  running: 'waits',
  filed: 'waits',
  concluded: 'waits',
  accepted: 'done',
  failed: 'stopped',
  lapsed: 'quiet',
  withdrawn: 'quiet',
}

export function ProjectTag({ state }: { state: Project['state'] }): ReactElement {
  const { t } = useTranslation('project')
  return <StatusTag tone={TONES[state]}>{t(`state.${state}`)}</StatusTag>
}

const PLACES: Record<Line['place'], Tone> = {
  selected: 'done',
  reserve: 'waits',
  passed_over: 'quiet',
  unscored: 'stopped',
}

export function PlaceTag({ place }: { place: Line['place'] }): ReactElement {
  const { t } = useTranslation('project')
  return <StatusTag tone={PLACES[place]}>{t(`place.${place}`)}</StatusTag>
}

export const points = (tenths: number | null): string => (tenths === null ? '—' : (tenths / 10).toFixed(1))
