// I leave, my colleague shall act: announced here, decided by an administrator.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct, useAnswer } from '../../client/queries.ts'
import { organisationOf, useSession } from '../../client/session.ts'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'

export function LeaveForm({ role }: { role: 'clerk' | 'provider' }): ReactElement | null {
  const { t } = useTranslation('people')
  const organisationId = organisationOf(useSession()!, role)
  return organisationId === null ? null : (
    <Sheet title={t('leave')}>
      <Announce organisationId={organisationId} />
    </Sheet>
  )
}

function Announce({ organisationId }: { organisationId: string }): ReactElement {
  const { t } = useTranslation('people')
  const { day } = useFormat()
  const own = useAnswer('listOwnLeaves').items.filter((each) => each.organisationId === organisationId)
  const open = own.find(({ state }) => state === 'open')
  const last = own[0]
  const withdraw = useAct('withdrawLeave')
  if (open !== undefined) {
    return (
      <div className="sheet-body stack">
        <Note tone="waits">{t('leave.open', { successor: open.successor, day: day(open.leavesOn) })}</Note>
        <ErrorNote error={withdraw.error} />
        <button
          type="button"
          className="button"
          data-kind="quiet"
          disabled={withdraw.isPending}
          onClick={() => withdraw.mutate({ params: { id: open.id } })}
        >
          {t('leave.withdraw')}
        </button>
      </div>
    )
  }
  return (
    <>
      {last?.state === 'refused' && (
        <div className="sheet-body">
          <Note tone="stopped">{t('leave.refused', { reason: last.decisionReason ?? '' })}</Note>
        </div>
      )}
      <details className="sheet-fold">
        <summary>{t('leave.open_form')}</summary>
        <Form organisationId={organisationId} />
      </details>
    </>
  )
}

function Form({ organisationId }: { organisationId: string }): ReactElement {
  const { t } = useTranslation('people')
  const [successor, setSuccessor] = useState('')
  const [leavesOn, setLeavesOn] = useState('')
  const [reason, setReason] = useState('')
  const act = useAct('announceLeave')
  function submit(event: FormEvent): void {
    event.preventDefault()
    act.mutate({ body: { organisationId, successor, leavesOn, reason } })
  }
  const ready = successor.trim() !== '' && leavesOn !== '' && reason.trim().length >= 2
  return (
    <form className="form" onSubmit={submit}>
      <p className="wide quiet small">{t('leave.lead')}</p>
      <TextField label={t('leave.successor')} value={successor} onChange={setSuccessor} maxLength={80} />
      <TextField label={t('leave.on')} type="date" value={leavesOn} onChange={setLeavesOn} />
      <TextField label={t('leave.reason')} value={reason} onChange={setReason} maxLength={500} />
      <div className="wide stack">
        <ErrorNote error={act.error} />
        <button className="button" data-kind="quiet" disabled={act.isPending || !ready}>
          {t('leave.submit')}
        </button>
      </div>
    </form>
  )
}
