// Expert reviews on the bench: asking, following who has answered, reading the spread, closing with minutes.
import { useState, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { Deadline } from '../../components/deadline.tsx'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { AskExperts } from './ask-experts.tsx'
import { OpinionList } from './opinion-list.tsx'
import { ScoreTable } from './score-table.tsx'
import { panelTone, type Panel } from './words.ts'

export function ExpertPanels({
  application,
  mayJudge = application.state === 'submitted' || application.state === 'candidate',
}: {
  application: Answer<'readApplication'>
  /** whether experts can be asked now; by default about the application itself */
  mayJudge?: boolean
}): ReactElement | null {
  const { t } = useTranslation('expert')
  const panels = useAnswer('listExpertReviews', { query: { applicationId: application.id } }).items
  const mayAsk = mayJudge && panels.every(({ state }) => state !== 'open')
  if (panels.length === 0 && !mayAsk) return null
  return (
    <>
      {panels.map(({ id }) => (
        <PanelSheet key={id} id={id} />
      ))}
      {mayAsk && (
        <Sheet title={t('ask.title')}>
          <details className="sheet-fold">
            <summary>{t('ask.fold')}</summary>
            <AskExperts applicationId={application.id} />
          </details>
        </Sheet>
      )}
    </>
  )
}

/** What the reviewer decides with, unless experts are still judging the case. */
export function UnlessExpertsJudge({
  applicationId,
  children,
}: {
  applicationId: string
  children: ReactNode
}): ReactElement {
  const { t } = useTranslation('expert')
  const { items } = useAnswer('listExpertReviews', { query: { applicationId } })
  if (items.every(({ state }) => state !== 'open')) return <>{children}</>
  return (
    <Sheet title={t('decide')}>
      <div className="sheet-body">
        <Note tone="waits">{t('decide.waits')}</Note>
      </div>
    </Sheet>
  )
}

function PanelSheet({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('expert')
  const { day } = useFormat()
  const panel = useAnswer('readExpertReview', { params: { id } })
  return (
    <Sheet
      title={t('panel.title', { round: panel.round })}
      aside={<StatusTag tone={panelTone(panel.state)}>{t(`state.${panel.state}`)}</StatusTag>}
    >
      <div className="sheet-body">
        <p>{panel.question}</p>
        <p className="small quiet">
          {t('panel.given', { given: panel.given, invited: panel.invited })}
          {panel.blind && ` · ${t('panel.blind')}`}{' '}
          {panel.state === 'open' && (
            <Deadline workingDaysLeft={panel.workingDaysLeft} on={day(panel.dueOn)} />
          )}
        </p>
      </div>
      <ScoreTable panel={panel} />
      <OpinionList opinions={panel.opinions} />
      {panel.minutes !== null && (
        <div className="sheet-body">
          <Note tone="done">{t('panel.minutes', { minutes: panel.minutes, by: panel.closedBy ?? '' })}</Note>
        </div>
      )}
      {(panel.state === 'open' || panel.state === 'lapsed') && <Close panel={panel} />}
    </Sheet>
  )
}

function Close({ panel }: { panel: Panel }): ReactElement {
  const { t } = useTranslation('expert')
  const [minutes, setMinutes] = useState('')
  const act = useAct('closeExpertReview')
  const short = minutes.trim().length < 2
  const close = (outcome: 'closed' | 'abandoned'): void =>
    act.mutate({ params: { id: panel.id }, body: { outcome, minutes } })
  return (
    <div className="sheet-body stack">
      <AreaField
        label={t('minutes')}
        help={t('minutes.help')}
        value={minutes}
        onChange={setMinutes}
        maxLength={2000}
      />
      <ErrorNote error={act.error} />
      <div className="bench-turn">
        <button
          type="button"
          className="button"
          disabled={short || act.isPending}
          onClick={() => close('closed')}
        >
          {t('close')}
        </button>
        <button
          type="button"
          className="button"
          data-kind="stop"
          disabled={short || act.isPending}
          onClick={() => close('abandoned')}
        >
          {t('abandon')}
        </button>
      </div>
    </div>
  )
}
