// 备用金一览: what providers have in hand, what is overdue, as of any day; finance sees all of the city, a provider its own.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Money } from '../../components/money.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { AsOf, useAsOf } from '../../features/ledger/as-of.tsx'
import { ledgerMoney } from '../../format/money.ts'

type Row = Answer<'listImprests'>['items'][number]

const AMOUNTS = [
  ['left', 'leftFen'],
  ['open', 'openFen'],
  ['owed', 'owedFen'],
  ['outstanding', 'outstandingFen'],
] as const

export function Imprests(): ReactElement {
  const { t } = useTranslation('imprest')
  const { items } = useAnswer('listImprests', { query: useAsOf() })
  const title = useTitle(items)
  const columns = useColumns()
  const session = useSession()
  const isProvider = session !== null && rolesOf(session).has('provider')
  return (
    <Page crumbs={[{ label: t('crumb') }]} title={title} lead={t('lead')}>
      <Sheet title={t('table')}>
        <AsOf />
        <DataTable
          columns={columns}
          rows={items}
          rowId={(row) => row.id}
          caption={t('table')}
          allRows={async () => items}
          name="imprests"
          empty={<EmptyState>{t(isProvider ? 'empty.provider' : 'empty')}</EmptyState>}
        />
      </Sheet>
    </Page>
  )
}

function useTitle(items: readonly Row[]): string {
  const { t } = useTranslation('imprest')
  const { say } = useFormat()
  const sum = (of: 'outstandingFen' | 'overdueFen'): bigint =>
    items.reduce((total, row) => total + BigInt(row[of]), 0n)
  const [total, overdue] = [sum('outstandingFen'), sum('overdueFen')]
  if (overdue > 0n) return t('title.overdue', { overdue: say(overdue), total: say(total) })
  if (total === 0n) return t('title.none')
  const count = items.filter(({ outstandingFen }) => outstandingFen !== '0').length
  return t('title', { count, total: say(total) })
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('imprest')
  const { day } = useFormat()
  const text = useSay()
  return [
    {
      id: 'provider',
      label: t('column.provider'),
      leads: true,
      text: (row) => `${row.providerName} ${text(row.programme)}`,
      cell: (row) => (
        <>
          <Link to="/imprests/$id" params={{ id: row.id }}>
            {row.providerName}
          </Link>
          <small>{text(row.programme)}</small>
        </>
      ),
    },
    ...AMOUNTS.map(([id, name]): Column<Row> => ({
      id,
      label: t(`column.${id}`),
      numeric: true,
      text: (row) => ledgerMoney(row[name]),
      cell: (row) => <Money fen={row[name]} form="ledger" />,
    })),
    {
      id: 'return_by',
      label: t('column.return_by'),
      text: (row) => row.returnBy ?? '',
      cell: (row) => (row.returnBy === null ? '—' : day(row.returnBy)),
    },
    {
      id: 'overdue',
      label: t('column.overdue'),
      numeric: true,
      text: (row) => ledgerMoney(row.overdueFen),
      cell: (row) =>
        row.overdueFen === '0' ? (
          '—'
        ) : (
          <StatusTag tone="stopped">
            <Money fen={row.overdueFen} form="ledger" />
          </StatusTag>
        ),
    },
    {
      id: 'age',
      label: t('column.age'),
      numeric: true,
      text: (row) => row.ageDays?.toString() ?? '',
      cell: (row) => (row.ageDays === null ? '—' : t('days', { count: row.ageDays })),
    },
  ]
}
