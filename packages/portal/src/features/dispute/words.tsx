// How a dispute's state looks where it is listed.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { StatusTag, type Tone } from '../../components/status-tag.tsx'

export type Dispute = Answer<'readDispute'>

export const DISPUTE_STATES = ['opened', 'answered', 'correcting', 'closed', 'withdrawn'] as const

const TONES: Record<Dispute['state'], Tone> = {
  opened: 'waits',
  answered: 'waits',
  correcting: 'stopped',
  closed: 'done',
  withdrawn: 'quiet',
}

export function DisputeTag({ state }: { state: Dispute['state'] }): ReactElement {
  const { t } = useTranslation('dispute')
  return <StatusTag tone={TONES[state]}>{t(`state.${state}`)}</StatusTag>
}
