// Announcements of leave that wait for an administrator: hand over to a chosen account, or say why not.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'

type Leave = Answer<'listLeaves'>['items'][number]

const MOST_TO_CHOOSE = 200

export function LeaveList(): ReactElement | null {
  const { t } = useTranslation('people')
  const { items, open } = useAnswer('listLeaves')
  if (open === 0) return null
  return (
    <Sheet title={t('leaves')} aside={t('leaves.open', { count: open })}>
      {items
        .filter(({ state }) => state === 'open')
        .map((leave) => (
          <Decide key={leave.id} leave={leave} />
        ))}
    </Sheet>
  )
}

function Decide({ leave }: { leave: Leave }): ReactElement {
  const { t } = useTranslation('people')
  const { day } = useFormat()
  const people = useAnswer('listPeople', { query: { show: 'active', page: 1, size: MOST_TO_CHOOSE } }).items
  const [successorId, setSuccessorId] = useState('')
  const [reason, setReason] = useState('')
  const act = useAct('decideLeave')
  const decide = (decision: 'approve' | 'refuse'): void =>
    act.mutate({
      params: { id: leave.id },
      body: { decision, successorId: decision === 'approve' ? successorId : null, reason },
    })
  const said = { person: leave.displayName, firm: leave.organisationName, successor: leave.successor }
  const idle = act.isPending || reason.trim().length < 2
  return (
    <div className="form">
      <p className="wide">{t('leaves.who', { ...said, day: day(leave.leavesOn) })}</p>
      <p className="wide quiet small">{t('leaves.reason', { reason: leave.reason })}</p>
      <SelectField
        label={t('handover.successor')}
        none={t('leaves.choose')}
        value={successorId}
        onChange={setSuccessorId}
        choices={people
          .filter(({ id }) => id !== leave.personId)
          .map(({ id, displayName, login }) => ({ value: id, label: `${displayName} (${login})` }))}
      />
      <TextField label={t('leaves.decision')} value={reason} onChange={setReason} maxLength={500} />
      <div className="wide stack">
        <ErrorNote error={act.error} />
        <div className="sheet-actions">
          <button
            type="button"
            className="button"
            disabled={idle || successorId === ''}
            onClick={() => decide('approve')}
          >
            {t('leaves.approve')}
          </button>
          <button
            type="button"
            className="button"
            data-kind="stop"
            disabled={idle}
            onClick={() => decide('refuse')}
          >
            {t('leaves.refuse')}
          </button>
        </div>
      </div>
    </div>
  )
}
