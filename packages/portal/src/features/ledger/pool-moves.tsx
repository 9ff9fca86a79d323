// Moves of money between the parts: one person proposes with a document, another decides.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct, useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Money } from '../../components/money.tsx'
import { Sheet } from '../../components/page.tsx'
import { ReasonedAct } from '../../components/reasoned-act.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ledgerMoney } from '../../format/money.ts'
import { usePlaceName, type Move } from './pool-places.ts'

const TONES = { proposed: 'waits', approved: 'done', refused: 'stopped' } as const

export function PoolMoves({ adoptionId, mayAct }: { adoptionId: string; mayAct: boolean }): ReactElement {
  const { t } = useTranslation('pool')
  const rows = useAnswer('listPoolMoves', { query: { adoptionId } }).items
  const columns = useColumns(mayAct)
  return (
    <Sheet title={t('moves')} aside={t('moves.four_eyes')}>
      <DataTable
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        caption={t('moves')}
        allRows={async () => rows}
        name="moves"
        empty={<EmptyState>{t('moves.empty')}</EmptyState>}
      />
    </Sheet>
  )
}

function useColumns(mayAct: boolean): readonly Column<Move>[] {
  const { t } = useTranslation('pool')
  const { instant } = useFormat()
  const place = usePlaceName()
  const way = (row: Move): string =>
    t('move.way', { from: place(row.from, row.fromName), to: place(row.to, row.toName) })
  return [
    {
      id: 'way',
      label: t('column.way'),
      leads: true,
      text: way,
      cell: (row) => (
        <>
          {way(row)}
          <small>{row.reason}</small>
        </>
      ),
    },
    {
      id: 'document',
      label: t('column.document'),
      text: (row) => `${row.documentNumber} ${row.documentOn}`,
      cell: (row) => (
        <>
          {row.documentNumber}
          <small>{t('move.proposed_by', { who: row.proposedBy, at: instant(row.proposedAt) })}</small>
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
      text: (row) => t(`move.${row.state}`),
      cell: (row) => (
        <>
          <StatusTag tone={TONES[row.state]}>{t(`move.${row.state}`)}</StatusTag>
          {row.decidedBy !== null && <small>{row.decidedBy}</small>}
          {row.state === 'proposed' && mayAct && <Decide row={row} />}
        </>
      ),
    },
  ]
}

function Decide({ row }: { row: Move }): ReactElement {
  const { t } = useTranslation('pool')
  const act = useAct('decidePoolMove')
  if (row.proposedByMe) return <small>{t('another_person')}</small>
  const params = { id: row.id }
  return (
    <div className="stack">
      <button
        type="button"
        className="button"
        disabled={act.isPending}
        onClick={() => act.mutate({ params, body: { decision: 'approve', reason: '' } })}
      >
        {t('approve')}
        <span className="unseen"> {row.documentNumber}</span>
      </button>
      <ReasonedAct
        label={t('refuse')}
        title={t('refuse.title', { number: row.documentNumber })}
        reasonLabel={t('reason')}
        act={act}
        onAct={async (reason) => act.mutateAsync({ params, body: { decision: 'refuse', reason } })}
      />
      <ErrorNote error={act.error} />
    </div>
  )
}
