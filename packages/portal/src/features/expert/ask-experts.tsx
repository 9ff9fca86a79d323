// The reviewer asks at least three experts: what about, by which criteria, until when, with or without the applicant's name.
import { EXPERTS_AT_LEAST } from '@suanquan/core/application'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct, useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, CheckField, TextField } from '../../components/field.tsx'
import './expert.css'

const CRITERIA_AT_MOST = 10

interface CriterionTyped {
  readonly text: string
  readonly weight: string
}

export function AskExperts({ applicationId }: { applicationId: string }): ReactElement {
  const { t } = useTranslation('expert')
  const { today } = useAnswer('readSite')
  const experts = useAnswer('listExperts').items
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [criteria, setCriteria] = useState<readonly CriterionTyped[]>(
    (['need', 'merit', 'plan', 'budget'] as const).map((name) => ({
      text: t(`criterion.${name}`),
      weight: '1',
    })),
  )
  const [question, setQuestion] = useState('')
  const [dueOn, setDueOn] = useState('')
  const [blind, setBlind] = useState(false)
  const act = useAct('openExpertReview')
  const body = askingOf({ chosen, criteria, question, dueOn, blind, today })
  if (experts.length < EXPERTS_AT_LEAST)
    return <EmptyState>{t('ask.no_experts', { count: experts.length })}</EmptyState>
  function toggle(id: string): void {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  return (
    <div className="sheet-body stack">
      <fieldset>
        <legend>
          <b>{t('ask.whom')}</b>
        </legend>
        {experts.map(({ id, displayName, open }) => (
          <CheckField key={id} checked={chosen.has(id)} onChange={() => toggle(id)}>
            {displayName}
            {open > 0 && <span className="quiet"> · {t('ask.open', { count: open })}</span>}
          </CheckField>
        ))}
      </fieldset>
      <AreaField label={t('question')} value={question} onChange={setQuestion} maxLength={1000} />
      <CriteriaFields criteria={criteria} onChange={setCriteria} />
      <TextField label={t('ask.due')} type="date" min={today} value={dueOn} onChange={setDueOn} />
      <CheckField checked={blind} onChange={setBlind}>
        {t('ask.blind')}
      </CheckField>
      {blind && <p className="small quiet">{t('ask.blind_note')}</p>}
      <ErrorNote error={act.error} />
      <div>
        <button
          type="button"
          className="button"
          disabled={body === null || act.isPending}
          onClick={() => body !== null && act.mutate({ params: { id: applicationId }, body })}
        >
          {t('ask')}
        </button>
        {body === null && <span className="note"> {t('ask.missing')}</span>}
      </div>
    </div>
  )
}

interface CriteriaFieldsProps {
  readonly criteria: readonly CriterionTyped[]
  readonly onChange: (criteria: readonly CriterionTyped[]) => void
}

function CriteriaFields({ criteria, onChange }: CriteriaFieldsProps): ReactElement {
  const { t } = useTranslation('expert')
  const change = (index: number, changed: Partial<CriterionTyped>): void =>
    onChange(criteria.map((each, at) => (at === index ? { ...each, ...changed } : each)))
  return (
    <fieldset className="stack">
      <legend>
        <b>{t('criteria')}</b>
      </legend>
      {criteria.map(({ text, weight }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a row is known by its place only
        <div className="criterion" key={index}>
          <TextField
            label={t('criterion.nth', { number: index + 1 })}
            value={text}
            maxLength={60}
            onChange={(value) => change(index, { text: value })}
          />
          <TextField
            label={t('weight')}
            inputMode="numeric"
            maxLength={3}
            value={weight}
            onChange={(value) => change(index, { weight: value })}
          />
        </div>
      ))}
      <div>
        <button
          type="button"
          className="button-link"
          disabled={criteria.length >= CRITERIA_AT_MOST}
          onClick={() => onChange([...criteria, { text: '', weight: '1' }])}
        >
          {t('criterion.add')}
        </button>{' '}
        <button
          type="button"
          className="button-link"
          disabled={criteria.length <= 1}
          onClick={() => onChange(criteria.slice(0, -1))}
        >
          {t('criterion.remove')}
        </button>
      </div>
    </fieldset>
  )
}

interface Typed {
  readonly chosen: ReadonlySet<string>
  readonly criteria: readonly CriterionTyped[]
  readonly question: string
  readonly dueOn: string
  readonly blind: boolean
  readonly today: string
}

interface Asking {
  readonly expertIds: string[]
  readonly criteria: { text: string; weight: number }[]
  readonly question: string
  readonly dueOn: string
  readonly blind: boolean
}

/** What is sent, or null while something is missing. */
function askingOf({ chosen, criteria, question, dueOn, blind, today }: Typed): Asking | null {
  const read = criteria.map(({ text, weight }) => ({ text: text.trim(), weight: Number(weight) }))
  const sound = read.every(
    ({ text, weight }) => text.length >= 2 && Number.isInteger(weight) && weight >= 1 && weight <= 100,
  )
  const whole = sound && chosen.size >= EXPERTS_AT_LEAST && question.trim().length >= 2 && dueOn >= today
  return whole ? { expertIds: [...chosen], criteria: read, question, dueOn, blind } : null
}
