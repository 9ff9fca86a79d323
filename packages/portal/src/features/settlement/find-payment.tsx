// A payment found from what the bank knows of it, as an auditor does who holds a statement: its reference, or the instruction.
import { Link } from '@tanstack/react-router'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'

export function FindPayment(): ReactElement {
  const { t } = useTranslation('treasury')
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  function submit(event: FormEvent): void {
    event.preventDefault()
    setAsked(typed.trim())
  }
  return (
    <Sheet title={t('find')}>
      <form className="sheet-body stack" onSubmit={submit}>
        <TextField label={t('find.label')} value={typed} onChange={setTyped} maxLength={100} />
        <p>
          <button className="button" data-kind="quiet" disabled={typed.trim() === ''}>
            {t('find.go')}
          </button>
        </p>
      </form>
      {asked !== '' && <Found q={asked} />}
    </Sheet>
  )
}

function Found({ q }: { q: string }): ReactElement {
  const { t } = useTranslation('treasury')
  const { read } = useFormat()
  const { items } = useAnswer('listPaymentLines', { query: { q, page: 1, size: 20 } })
  if (items.length === 0) return <EmptyState>{t('find.none')}</EmptyState>
  return (
    <Facts
      facts={items.map((item) => ({
        id: item.instructionId,
        label: item.organisationName,
        value: (
          <Link
            to="/finance/disbursements/$id/lines/$claimId"
            params={{ id: item.batchId, claimId: item.claimId }}
          >
            {read(item.amountFen)} · {item.instructionId}
          </Link>
        ),
        source: [
          item.claimNumber,
          item.state === 'pending' ? t('outcome.waits') : t(`outcome.${item.state}`),
          item.onDay,
          item.reference,
          item.reason,
        ]
          .filter((part) => part !== null)
          .join(' · '),
      }))}
    />
  )
}
