// Appropriations: one person enters the document, another one approves it.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { TextField } from '../../components/field.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { Money } from '../../components/money.tsx'
import { Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ledgerMoney } from '../../format/money.ts'

type Appropriation = Answer<'listAppropriations'>['items'][number]

const TONES = { proposed: 'waits', approved: 'done', refused: 'stopped' } as const

export function Appropriations({ adoptionId }: { adoptionId: string }): ReactElement {
  const { t } = useTranslation('ledger')
  const rows = useAnswer('listAppropriations').items.filter((row) => row.adoptionId === adoptionId)
  const columns = useColumns()
  return (
    <>
      <Sheet title={t('appropriations')} aside={t('appropriations.four_eyes')}>
        <DataTable
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          caption={t('appropriations')}
          allRows={async () => rows}
          empty={<EmptyState>{t('appropriations.empty')}</EmptyState>}
        />
      </Sheet>
      <Propose adoptionId={adoptionId} />
    </>
  )
}

function useColumns(): readonly Column<Appropriation>[] {
  const { t } = useTranslation('ledger')
  const { instant } = useFormat()
  return [
    {
      id: 'document',
      label: t('column.document'),
      leads: true,
      text: (row) => row.documentNumber,
      cell: (row) => (
        <>
          {row.documentNumber}
          {row.documentOn !== null && <small>{row.documentOn}</small>}
          <small>{t('proposed_by', { who: row.proposedBy, at: instant(row.proposedAt) })}</small>
        </>
      ),
    },
    {
      id: 'amount',
      label: t('column.amount'),
      numeric: true,
      text: (row) => ledgerMoney(row.amountFen),
      cell: (row) => <Money fen={row.amountFen} />,
    },
    {
      id: 'state',
      label: t('column.state'),
      text: (row) => t(`appropriation.${row.state}`),
      cell: (row) => <StatusTag tone={TONES[row.state]}>{t(`appropriation.${row.state}`)}</StatusTag>,
    },
    {
      id: 'second',
      label: t('column.second'),
      text: (row) => row.approvedBy ?? '',
      cell: (row) => <Second row={row} />,
    },
  ]
}

function Second({ row }: { row: Appropriation }): ReactElement {
  const { t } = useTranslation('ledger')
  const act = useAct('approveAppropriation')
  if (row.approvedBy !== null) return <>{row.approvedBy}</>
  if (row.proposedByMe) return <span className="quiet">{t('another_person')}</span>
  return (
    <>
      <button
        type="button"
        className="button-link"
        disabled={act.isPending}
        onClick={() => act.mutate({ params: { id: row.id } })}
      >
        {t('approve')}
        <span className="unseen"> {row.documentNumber}</span>
      </button>
      <ErrorNote error={act.error} />
    </>
  )
}

function Propose({ adoptionId }: { adoptionId: string }): ReactElement {
  const { t } = useTranslation('ledger')
  const [documentNumber, setDocumentNumber] = useState('')
  const [documentOn, setDocumentOn] = useState('')
  const [amountFen, setAmountFen] = useState<string | undefined>()
  const [round, setRound] = useState(0)
  const act = useAct('proposeAppropriation', () => {
    setDocumentNumber('')
    setDocumentOn('')
    setAmountFen(undefined)
    setRound(round + 1)
  })
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (amountFen !== undefined) act.mutate({ body: { adoptionId, documentNumber, documentOn, amountFen } })
  }
  return (
    <Sheet title={t('propose')} aside={t('propose.why')}>
      <form className="form" onSubmit={submit}>
        <TextField
          label={t('column.document')}
          value={documentNumber}
          onChange={setDocumentNumber}
          maxLength={60}
        />
        <TextField label={t('document_on')} type="date" value={documentOn} onChange={setDocumentOn} />
        <MoneyField key={round} label={t('column.amount')} fen={amountFen} onChange={setAmountFen} />
        <div className="wide stack">
          <ErrorNote error={act.error} />
          <button
            className="button"
            disabled={
              documentNumber.trim().length < 2 ||
              documentOn === '' ||
              amountFen === undefined ||
              act.isPending
            }
          >
            {t('propose.submit')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}
