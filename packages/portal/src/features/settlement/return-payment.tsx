// Money that came back after the bank had paid it: an entry of its own, by which the claim is owed again.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { SelectField, TextField } from '../../components/field.tsx'

export function ReturnPayment({ batch }: { batch: Answer<'readDisbursement'> }): ReactElement | null {
  const { t } = useTranslation('treasury')
  const { today } = useAnswer('readSite')
  const paid = batch.items.filter(({ state }) => state === 'paid')
  const [claimId, setClaimId] = useState('')
  const [returnedOn, setReturnedOn] = useState(today)
  const [bankReference, setReference] = useState('')
  const [reason, setReason] = useState('')
  const act = useAct('returnPayment', () => {
    setClaimId('')
    setReason('')
  })
  if (paid.length === 0) return null
  const ready = claimId !== '' && bankReference.trim() !== '' && reason.trim().length >= 2
  function submit(event: FormEvent): void {
    event.preventDefault()
    act.mutate({ params: { id: batch.id }, body: { claimId, returnedOn, bankReference, reason } })
  }
  return (
    <details>
      <summary>{t('return')}</summary>
      <form className="stack" onSubmit={submit}>
        <p className="quiet">{t('return.help')}</p>
        <SelectField
          label={t('return.line')}
          none={t('return.choose')}
          value={claimId}
          onChange={setClaimId}
          choices={paid.map((item) => ({
            value: item.claimId,
            label: `${item.organisationName} · ${item.claimNumber}`,
          }))}
        />
        <TextField label={t('return.on')} type="date" value={returnedOn} onChange={setReturnedOn} />
        <TextField
          label={t('return.reference')}
          value={bankReference}
          onChange={setReference}
          maxLength={60}
        />
        <TextField
          label={t('return.reason')}
          help={t('return.reason.help')}
          value={reason}
          onChange={setReason}
          maxLength={200}
        />
        <ErrorNote error={act.error} />
        <button className="button" data-kind="stop" disabled={!ready || act.isPending}>
          {t('return.record')}
        </button>
      </form>
    </details>
  )
}
