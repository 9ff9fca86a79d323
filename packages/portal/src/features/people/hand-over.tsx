// A firm that a person acts for, what is under way there, and giving it to a successor.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { Facts } from '../../components/facts.tsx'
import { Sheet } from '../../components/page.tsx'
import { useRoleName } from './words.ts'

type Person = Answer<'readPerson'>
type Firm = Person['acting'][number]

interface HandOverProps {
  readonly person: Person
  readonly firm: Firm
  readonly mayChange: boolean
}

const MOST_TO_CHOOSE = 200

export function HandOver({ person, firm, mayChange }: HandOverProps): ReactElement {
  const { t } = useTranslation(['people', 'words'])
  const name = useRoleName()
  const facts = [
    {
      id: 'open',
      label: t('acting.open'),
      value:
        firm.open.length === 0
          ? t('acting.open_none')
          : firm.open.map(({ id, kind, number, state }) => (
              <div key={id}>
                {number} · {t(`words:${kind}.${state}` as 'words:application.draft')}
              </div>
            )),
    },
    {
      id: 'others',
      label: t('acting.others'),
      value:
        firm.others.length === 0
          ? t('acting.nobody')
          : firm.others.map(({ displayName }) => displayName).join(', '),
    },
  ]
  return (
    <Sheet title={firm.organisationName} aside={`${t('acting')} · ${name(firm.role)}`}>
      <Facts facts={facts} />
      {mayChange && <Form person={person} firm={firm} />}
    </Sheet>
  )
}

function Form({ person, firm }: Omit<HandOverProps, 'mayChange'>): ReactElement {
  const { t } = useTranslation('people')
  const own = useAnswer('readSession').personId
  const people = useAnswer('listPeople', { query: { show: 'active', page: 1, size: MOST_TO_CHOOSE } }).items
  const [successorId, setSuccessorId] = useState('')
  const [reason, setReason] = useState('')
  const act = useAct('handOver')
  const known = new Set(firm.others.map(({ id }) => id))
  const choices = people
    .filter(({ id }) => id !== person.id && id !== own)
    .toSorted((left, right) => Number(known.has(right.id)) - Number(known.has(left.id)))
    .map(({ id, displayName, login }) => ({ value: id, label: `${displayName} (${login})` }))
  function submit(event: FormEvent): void {
    event.preventDefault()
    act.mutate({
      params: { id: person.id },
      body: { organisationId: firm.organisationId, successorId, reason },
    })
  }
  return (
    <form className="form" onSubmit={submit}>
      <p className="wide quiet small">{t('handover.why', { firm: firm.organisationName })}</p>
      <SelectField
        label={t('handover.successor')}
        none={t('handover.successor.choose')}
        value={successorId}
        onChange={setSuccessorId}
        choices={choices}
      />
      <TextField label={t('activity.reason')} value={reason} onChange={setReason} maxLength={500} />
      <div className="wide stack">
        {act.data !== undefined && (
          <Note tone="done">{t('handover.done', { count: act.data.items.length })}</Note>
        )}
        <ErrorNote error={act.error} />
        <button className="button" disabled={act.isPending || successorId === '' || reason.trim().length < 2}>
          {t('handover.submit')}
        </button>
      </div>
    </form>
  )
}
