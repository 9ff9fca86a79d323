import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import type { Tone } from '../../components/status-tag.tsx'

export type ArchiveRow = Answer<'listArchive'>['items'][number]
export type ArchiveFile = Answer<'readArchiveFile'>
export type Disposal = Answer<'listDisposals'>['items'][number]

export function archiveTone(state: ArchiveRow['state']): Tone {
  if (state === 'held') return 'stopped'
  if (state === 'due') return 'waits'
  return state === 'kept' ? 'done' : 'quiet'
}

/** 30 years, or for good. */
export function useTerm(): (years: number | null) => string {
  const { t } = useTranslation('archive')
  return (years) => (years === null ? t('permanent') : t('years', { years }))
}
