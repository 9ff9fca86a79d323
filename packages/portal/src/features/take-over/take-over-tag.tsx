import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { StatusTag, type Tone } from '../../components/status-tag.tsx'

type State = Answer<'readTakeOver'>['state']

const TONES: Readonly<Record<State, Tone>> = {
  open: 'waits',
  prepared: 'waits',
  posted: 'done',
  abandoned: 'quiet',
}

export function TakeOverTag({ state }: { state: State }): ReactElement {
  const { t } = useTranslation('take-over')
  return <StatusTag tone={TONES[state]}>{t(`state.${state}`)}</StatusTag>
}
