// What a clawback is called where it is listed, and how its state looks.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { StatusTag, type Tone } from '../../components/status-tag.tsx'

export type Clawback = Answer<'readClawback'>

const TONES: Record<Clawback['state'], Tone> = {
  hearing: 'waits',
  heard: 'waits',
  owed: 'stopped',
  settled: 'done',
  dropped: 'quiet',
  refunding: 'waits',
  cancelled: 'quiet',
}

export function ClawbackTag({ state }: { state: Clawback['state'] }): ReactElement {
  const { t } = useTranslation('clawback')
  return <StatusTag tone={TONES[state]}>{t(`state.${state}`)}</StatusTag>
}
