import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { StatusTag } from '../../components/status-tag.tsx'

const TONES = {
  prepared: 'waits',
  approved: 'waits',
  part_paid: 'waits',
  paid: 'done',
  cancelled: 'quiet',
} as const

export function BatchTag({ state }: { state: Answer<'readDisbursement'>['state'] }): ReactElement {
  const { t } = useTranslation('words')
  return <StatusTag tone={TONES[state]}>{t(`batch.${state}`)}</StatusTag>
}
