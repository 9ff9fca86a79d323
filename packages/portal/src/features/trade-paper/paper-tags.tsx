// How a paper stands: asked about at the tax authority or not, and what became of a row of a file.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { StatusTag, type Tone } from '../../components/status-tag.tsx'

type Paper = Answer<'listTradePapers'>['items'][number]
type Outcome = Answer<'checkTradePapers'>['rows'][number]['outcome']

const STANDINGS: Readonly<Record<Paper['standing'], Tone>> = {
  unverified: 'waits',
  verified: 'done',
  not_found: 'stopped',
  voided: 'stopped',
}

/** Only invoices are asked about at the tax authority. */
export function StandingTag({ paper }: { paper: Pick<Paper, 'kind' | 'standing'> }): ReactElement {
  const { t } = useTranslation('trade-paper')
  if (paper.kind !== 'invoice') return <span className="quiet">{t('standing.none')}</span>
  return <StatusTag tone={STANDINGS[paper.standing]}>{t(`standing.${paper.standing}`)}</StatusTag>
}

const OUTCOMES: Readonly<Record<Outcome, Tone>> = {
  new: 'done',
  changed: 'waits',
  same: 'quiet',
  refused: 'stopped',
}

export function OutcomeTag({ outcome }: { outcome: Outcome }): ReactElement {
  const { t } = useTranslation('trade-paper')
  return <StatusTag tone={OUTCOMES[outcome]}>{t(`outcome.${outcome}`)}</StatusTag>
}
