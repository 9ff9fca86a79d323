// Engaged bodies beside a case: what each reported, what is awaited, and putting the case before one.
import { useState, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct, useAnswer } from '../../client/queries.ts'
import { Deadline } from '../../components/deadline.tsx'
import { EmptyState, Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, SelectField, TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { ReasonedAct } from '../../components/reasoned-act.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ReportRead } from './report.tsx'
import { inspectionTone, TASKS_OF, type About, type Task } from './words.ts'

interface CaseProps {
  readonly about: About
  readonly id: string
  readonly adoptionId: string
}

export function CaseInspections(props: CaseProps): ReactElement {
  const { items } = useAnswer('listInspections', { query: { objectId: props.id } })
  return (
    <>
      {items.map(({ id }) => (
        <InspectionSheet key={id} id={id} />
      ))}
      <Assign {...props} />
    </>
  )
}

/** What the reviewer decides with, unless a report on the case is awaited. */
export function UnlessAwaited({ id, children }: { id: string; children: ReactNode }): ReactElement {
  const { t } = useTranslation('engagement')
  const { items } = useAnswer('listInspections', { query: { objectId: id } })
  if (!items.some(({ awaited }) => awaited)) return <>{children}</>
  return (
    <Sheet title={t('awaited')}>
      <div className="sheet-body">
        <Note tone="waits">{t('awaited.why')}</Note>
      </div>
    </Sheet>
  )
}

function InspectionSheet({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('engagement')
  const { day, instant } = useFormat()
  const inspection = useAnswer('readInspection', { params: { id } })
  const recall = useAct('recallInspection')
  const { state, task, bodyName, number, assignedBy } = inspection
  const open = state === 'assigned'
  return (
    <Sheet
      title={`${t(`task.${task}`)} · ${bodyName}`}
      aside={<StatusTag tone={inspectionTone(state)}>{t(`state.${state}`)}</StatusTag>}
      actions={
        open || state === 'lapsed' ? (
          <ReasonedAct
            label={t('recall')}
            title={t('recall.title')}
            reasonLabel={t('recall.reason')}
            act={recall}
            onAct={(reason) => recall.mutateAsync({ params: { id }, body: { reason } })}
          />
        ) : undefined
      }
    >
      <div className="sheet-body">
        <p>{inspection.question}</p>
        <p className="small quiet">
          {[number, inspection.contractNumber, instant(inspection.assignedAt)].join(' · ')}
          {assignedBy !== null && ` · ${t('assign.by', { name: assignedBy })}`}{' '}
          {open && <Deadline workingDaysLeft={inspection.workingDaysLeft} on={day(inspection.dueOn)} />}
        </p>
        {inspection.closedReason !== null && (
          <Note tone="waits">{`${t('closed')}: ${inspection.closedReason}`}</Note>
        )}
      </div>
      <ReportRead inspection={inspection} />
    </Sheet>
  )
}

function Assign({ about, id, adoptionId }: CaseProps): ReactElement | null {
  const { t } = useTranslation('engagement')
  const { today } = useAnswer('readSite')
  const fit = TASKS_OF[about]
  const engagements = useAnswer('listEngagements').items.filter(
    (each) =>
      each.state === 'running' &&
      each.adoptionId === adoptionId &&
      each.tasks.some((task) => fit.includes(task)),
  )
  const [engagementId, setEngagementId] = useState('')
  const [task, setTask] = useState<Task | ''>('')
  const [question, setQuestion] = useState('')
  const [dueOn, setDueOn] = useState('')
  const act = useAct('assignInspection', () => setQuestion(''))
  const chosen = engagements.find((each) => each.id === engagementId)
  const tasks = (chosen?.tasks ?? []).filter((each) => fit.includes(each))
  const ready = chosen !== undefined && task !== '' && question.trim().length >= 2 && dueOn >= today
  function assign(): void {
    if (task !== '') act.mutate({ body: { engagementId, about, objectId: id, task, question, dueOn } })
  }
  return (
    <Sheet title={t('assign')}>
      {engagements.length === 0 ? (
        <EmptyState>{t('assign.none')}</EmptyState>
      ) : (
        <details className="sheet-fold">
          <summary>{t('assign.fold')}</summary>
          <div className="sheet-body stack">
            <SelectField
              label={t('assign.engagement')}
              none={t('propose.choose')}
              value={engagementId}
              onChange={setEngagementId}
              choices={engagements.map((each) => ({
                value: each.id,
                label: `${each.bodyName} · ${each.contractNumber}`,
              }))}
            />
            <SelectField
              label={t('assign.task')}
              none={t('propose.choose')}
              value={task}
              onChange={(value) => setTask(value as Task | '')}
              choices={tasks.map((value) => ({ value, label: t(`task.${value}`) }))}
            />
            <AreaField
              label={t('assign.question')}
              value={question}
              onChange={setQuestion}
              maxLength={1000}
            />
            <TextField label={t('assign.due')} type="date" min={today} value={dueOn} onChange={setDueOn} />
            <ErrorNote error={act.error} />
            <div>
              <button type="button" className="button" disabled={!ready || act.isPending} onClick={assign}>
                {t('assign.do')}
              </button>
            </div>
          </div>
        </details>
      )}
    </Sheet>
  )
}
