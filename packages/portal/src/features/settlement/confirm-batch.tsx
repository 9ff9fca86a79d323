// What the bank answered: its reference, the day, and the lines that came back with their reason.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { CheckField, TextField } from '../../components/field.tsx'

type Batch = Answer<'readDisbursement'>

export function ConfirmBatch({ batch }: { batch: Batch }): ReactElement {
  const { t } = useTranslation('disbursement')
  const { today } = useAnswer('readSite')
  const [bankReference, setBankReference] = useState('')
  const [paidOn, setPaidOn] = useState(today)
  const [returned, setReturned] = useState<Readonly<Record<string, string>>>({})
  const open = batch.items.filter(({ state }) => state === 'pending')
  const act = useAct('confirmDisbursement')
  const lines = Object.entries(returned).map(([claimId, reason]) => ({ claimId, reason: reason.trim() }))
  const ready =
    bankReference.trim() !== '' && paidOn !== '' && lines.every(({ reason }) => reason.length >= 2)
  function submit(event: FormEvent): void {
    event.preventDefault()
    act.mutate({ params: { id: batch.id }, body: { bankReference, paidOn, returned: lines } })
  }
  return (
    <form className="stack" onSubmit={submit}>
      <TextField
        label={t('confirm.reference')}
        value={bankReference}
        onChange={setBankReference}
        maxLength={60}
      />
      <TextField label={t('confirm.paid_on')} type="date" value={paidOn} onChange={setPaidOn} />
      <Returned items={open} returned={returned} onChange={setReturned} />
      <ErrorNote error={act.error} />
      <button className="button" disabled={!ready || act.isPending}>
        {t('confirm', { count: open.length - lines.length })}
      </button>
    </form>
  )
}

interface ReturnedProps {
  readonly items: Batch['items']
  readonly returned: Readonly<Record<string, string>>
  readonly onChange: (returned: Readonly<Record<string, string>>) => void
}

function Returned({ items, returned, onChange }: ReturnedProps): ReactElement {
  const { t } = useTranslation('disbursement')
  function toggle(claimId: string, on: boolean): void {
    const { [claimId]: _, ...rest } = returned
    onChange(on ? { ...rest, [claimId]: '' } : rest)
  }
  return (
    <details>
      <summary>{t('confirm.returned', { count: Object.keys(returned).length })}</summary>
      {items.map((item) => (
        <div key={item.claimId}>
          <CheckField
            checked={returned[item.claimId] !== undefined}
            onChange={(on) => toggle(item.claimId, on)}
          >
            {item.organisationName} · {item.claimNumber}
          </CheckField>
          {returned[item.claimId] !== undefined && (
            <TextField
              label={t('confirm.why')}
              value={returned[item.claimId] ?? ''}
              onChange={(reason) => onChange({ ...returned, [item.claimId]: reason })}
              maxLength={200}
            />
          )}
        </div>
      ))}
    </details>
  )
}
