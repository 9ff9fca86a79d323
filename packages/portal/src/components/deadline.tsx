import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { StatusTag } from './status-tag.tsx'

interface DeadlineProps {
  /** working days left: 0 ends today, negative is past; null when the day lies beyond the known calendar */
  readonly workingDaysLeft: number | null
  readonly on: string
  /** the office's clock stands still: somebody else is awaited until that day */
  readonly stopped?: boolean
}

/** Time left in working days; the last three are said in cinnabar, for they stop things. */
export function Deadline({ workingDaysLeft, on, stopped = false }: DeadlineProps): ReactElement {
  const { t } = useTranslation('components')
  if (stopped) return <StatusTag tone="quiet">{t('deadline.stopped', { on })}</StatusTag>
  if (workingDaysLeft === null) return <StatusTag tone="quiet">{t('deadline.on', { on })}</StatusTag>
  if (workingDaysLeft < 0) return <StatusTag tone="stopped">{t('deadline.past', { on })}</StatusTag>
  if (workingDaysLeft === 0) return <StatusTag tone="stopped">{t('deadline.today')}</StatusTag>
  const tone = workingDaysLeft <= 3 ? 'stopped' : workingDaysLeft <= 10 ? 'waits' : 'quiet'
  return <StatusTag tone={tone}>{t('deadline.left', { count: workingDaysLeft })}</StatusTag>
}
