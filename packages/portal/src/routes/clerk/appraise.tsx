// The finished steps of a firm's cases, each to be appraised once.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, ChoiceField } from '../../components/field.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { dayOfInstant } from '../../format/time.ts'

type Finished = Answer<'listAppraisable'>['items'][number]

const GRADES = [5, 4, 3, 2, 1] as const
type Grade = (typeof GRADES)[number]

export function Appraise(): ReactElement {
  const { t } = useTranslation('service')
  const { items } = useAnswer('listAppraisable')
  const waiting = items.filter(({ appraisal }) => appraisal === null)
  const made = items.filter(({ appraisal }) => appraisal !== null)
  return (
    <Page title={t('make.title', { count: waiting.length })} lead={t('make.lead')}>
      {items.length === 0 && (
        <Sheet title={t('make.all')}>
          <EmptyState>{t('make.empty')}</EmptyState>
        </Sheet>
      )}
      {[...waiting, ...made].map((finished) => (
        <FinishedStep key={`${finished.objectId}-${finished.step}`} finished={finished} />
      ))}
    </Page>
  )
}

function FinishedStep({ finished }: { finished: Finished }): ReactElement {
  const { t } = useTranslation('service')
  const { day } = useFormat()
  const { appraisal } = finished
  return (
    <Sheet
      title={`${t(`step.${finished.step}`)} · ${finished.number}`}
      aside={t('make.finished', { day: day(dayOfInstant(finished.finishedAt)) })}
    >
      {appraisal === null ? (
        <Form finished={finished} />
      ) : (
        <div className="sheet-body">
          <p>{t('make.made', { grade: t(`grade.${appraisal.grade}` as 'grade.5') })}</p>
          {appraisal.reason !== '' && <p>{appraisal.reason}</p>}
          <p className="quiet">
            {appraisal.reply === null ? t('make.no_reply') : t('make.reply', { text: appraisal.reply })}
          </p>
        </div>
      )}
    </Sheet>
  )
}

function Form({ finished: { step, objectId } }: { finished: Finished }): ReactElement {
  const { t } = useTranslation('service')
  const [grade, setGrade] = useState<Grade>(5)
  const [reason, setReason] = useState('')
  const act = useAct('makeAppraisal')
  function submit(event: FormEvent): void {
    event.preventDefault()
    act.mutate({ body: { step, objectId, grade, reason } })
  }
  return (
    <form className="sheet-body stack" onSubmit={submit}>
      <ChoiceField
        label={t('make.grade')}
        value={String(grade)}
        onChange={(value) => setGrade(GRADES.find((each) => String(each) === value) ?? 5)}
        choices={GRADES.map((each) => ({ value: String(each), label: t(`grade.${each}`) }))}
      />
      <AreaField
        label={t('make.reason')}
        help={t('make.reason_help')}
        rows={2}
        maxLength={500}
        value={reason}
        onChange={setReason}
      />
      <ErrorNote error={act.error} />
      <div className="row-of">
        <button className="button" disabled={act.isPending}>
          {t('make.do')}
        </button>
      </div>
    </form>
  )
}
