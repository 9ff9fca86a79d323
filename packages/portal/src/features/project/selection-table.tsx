// Candidates by rank: the score, the amount, where the line falls and why somebody is not above it.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Money } from '../../components/money.tsx'
import { ledgerMoney } from '../../format/money.ts'
import { PlaceTag, points, type Line } from './words.tsx'

export function SelectionTable({ rows, name }: { rows: readonly Line[]; name: string }): ReactElement {
  const { t } = useTranslation('project')
  const because = (row: Line): string => (row.because === null ? '' : t(`because.${row.because}`))
  const columns: readonly Column<Line>[] = [
    {
      id: 'rank',
      label: t('column.rank'),
      numeric: true,
      text: (row) => `${row.rank ?? ''}`,
      cell: (row) => row.rank ?? '—',
    },
    {
      id: 'title',
      label: t('column.project'),
      leads: true,
      text: (row) => row.title,
      cell: (row) => (
        <>
          <Link to="/review/applications/$id" params={{ id: row.applicationId }}>
            {row.title}
          </Link>
          <small>{row.organisationName}</small>
        </>
      ),
    },
    {
      id: 'mean',
      label: t('column.mean'),
      numeric: true,
      text: (row) => points(row.meanTenths),
      cell: (row) => points(row.meanTenths),
    },
    {
      id: 'lowest',
      label: t('column.lowest'),
      numeric: true,
      text: (row) => points(row.lowestTenths),
      cell: (row) => points(row.lowestTenths),
    },
    {
      id: 'amount',
      label: t('column.amount'),
      numeric: true,
      text: (row) => ledgerMoney(row.amountFen),
      cell: (row) => <Money fen={row.amountFen} form="ledger" />,
    },
    {
      id: 'place',
      label: t('column.place'),
      text: (row) => t(`place.${row.place}`),
      cell: (row) => (
        <>
          <PlaceTag place={row.place} />
          <small>{because(row)}</small>
        </>
      ),
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={rows}
      rowId={(row) => row.applicationId}
      caption={t('selection.table')}
      fileName={name}
      empty={<EmptyState>{t('selection.nobody')}</EmptyState>}
    />
  )
}
