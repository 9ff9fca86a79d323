// Proposing an engagement: which body, for which programme and tasks, by which contract, from when until when, and why.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct, useAnswer } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, CheckField, SelectField, TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { useSay } from '../../components/use-say.ts'
import { TASKS, type Task } from './words.ts'

const BLANK = { code: '', adoptionId: '', number: '', from: '', to: '', district: '', reason: '' }

export function ProposeEngagement(): ReactElement {
  const { t } = useTranslation('engagement')
  const say = useSay()
  const programmes = useAnswer('listAdoptions').items
  const [typed, setTyped] = useState(BLANK)
  const [tasks, setTasks] = useState<ReadonlySet<Task>>(new Set())
  const act = useAct('proposeEngagement', () => setTyped(BLANK))
  const set =
    (name: keyof typeof BLANK) =>
    (value: string): void =>
      setTyped({ ...typed, [name]: value })
  const { code, adoptionId, number, from, to, district, reason } = typed
  const ready =
    [code, adoptionId, from, to].every((each) => each.trim() !== '') &&
    tasks.size > 0 &&
    number.trim().length >= 2 &&
    reason.trim().length >= 2 &&
    to >= from
  function propose(): void {
    const days = { startsOn: from, endsOn: to, district: district.trim() === '' ? null : district.trim() }
    const what = { bodyCreditCode: code.trim(), adoptionId, tasks: TASKS.filter((task) => tasks.has(task)) }
    act.mutate({ body: { ...what, ...days, contractNumber: number, reason } })
  }
  return (
    <Sheet title={t('propose')}>
      <details className="sheet-fold">
        <summary>{t('propose.fold')}</summary>
        <div className="sheet-body stack">
          <TextField
            label={t('propose.body')}
            help={t('propose.body_help')}
            value={code}
            onChange={set('code')}
            maxLength={40}
          />
          <SelectField
            label={t('propose.programme')}
            none={t('propose.choose')}
            value={adoptionId}
            onChange={set('adoptionId')}
            choices={programmes.map(({ id, title }) => ({ value: id, label: say(title) }))}
          />
          <TaskFields tasks={tasks} onChange={setTasks} />
          <TextField label={t('propose.number')} value={number} onChange={set('number')} maxLength={80} />
          <TextField label={t('propose.from')} type="date" value={from} onChange={set('from')} />
          <TextField label={t('propose.to')} type="date" value={to} onChange={set('to')} />
          <TextField
            label={t('propose.district')}
            help={t('everywhere')}
            optional
            inputMode="numeric"
            value={district}
            onChange={set('district')}
            maxLength={6}
          />
          <AreaField label={t('propose.reason')} value={reason} onChange={set('reason')} maxLength={500} />
          <ErrorNote error={act.error} />
          <div>
            <button type="button" className="button" disabled={!ready || act.isPending} onClick={propose}>
              {t('propose.do')}
            </button>
            {!ready && <span className="note"> {t('propose.missing')}</span>}
          </div>
        </div>
      </details>
    </Sheet>
  )
}

interface TaskFieldsProps {
  readonly tasks: ReadonlySet<Task>
  readonly onChange: (tasks: ReadonlySet<Task>) => void
}

function TaskFields({ tasks, onChange }: TaskFieldsProps): ReactElement {
  const { t } = useTranslation('engagement')
  function toggle(task: Task): void {
    const next = new Set(tasks)
    if (!next.delete(task)) next.add(task)
    onChange(next)
  }
  return (
    <fieldset>
      <legend>
        <b>{t('propose.tasks')}</b>
      </legend>
      {TASKS.map((task) => (
        <CheckField key={task} checked={tasks.has(task)} onChange={() => toggle(task)}>
          {t(`task.${task}`)}
        </CheckField>
      ))}
    </fieldset>
  )
}
