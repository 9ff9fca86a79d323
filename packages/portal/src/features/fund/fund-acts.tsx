// What was done with a fund, each by a document and two people.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Money } from '../../components/money.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { ledgerMoney } from '../../format/money.ts'
import type { FundView } from './programmes.tsx'
import { Decision, StateOf } from './two-people.tsx'

type Row = FundView['acts'][number]

export function FundActs({ fund, mayAct }: { fund: FundView; mayAct: boolean }): ReactElement {
  const { t } = useTranslation('fund')
  const columns = useColumns(mayAct)
  const rows = fund.acts.toReversed()
  return (
    <Sheet title={t('acts')} aside={t('four_eyes')}>
      <DataTable
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        caption={t('acts')}
        allRows={async () => rows}
        name="fund-acts"
        empty={<EmptyState>{t('acts.empty')}</EmptyState>}
      />
      <p className="sheet-body">
        <Link to="/imprests">{t('imprests')}</Link>
      </p>
    </Sheet>
  )
}

function useColumns(mayAct: boolean): readonly Column<Row>[] {
  const { t } = useTranslation('fund')
  const { day } = useFormat()
  const text = useSay()
  const ofImprest = ({ provider, paidOn, returnBy }: Row): string =>
    returnBy === null
      ? t('act.returned', { provider, on: day(paidOn!) })
      : t('act.provider', { provider, on: day(paidOn!), by: day(returnBy) })
  const about = (row: Row): string =>
    [
      ...(row.programme === null ? [] : [text(row.programme)]),
      ...(row.year === null ? [] : [t('act.from_year', { year: row.year })]),
      ...(row.payee === null ? [] : [t('act.paid', { payee: row.payee, on: day(row.paidOn!) })]),
      ...(row.provider === null ? [] : [ofImprest(row)]),
      row.reason,
    ].join(' · ')
  const amountOf = (row: Row): string => row.share ?? ledgerMoney(row.amountFen!)
  return [
    {
      id: 'kind',
      label: t('column.act'),
      leads: true,
      text: (row) => `${t(`kind.${row.kind}`)} ${about(row)}`,
      cell: (row) => (
        <>
          {t(`kind.${row.kind}`)}
          <small>{about(row)}</small>
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
          <small>{t('act.proposed_by', { who: row.proposedBy, on: day(row.documentOn) })}</small>
        </>
      ),
    },
    {
      id: 'amount',
      label: t('column.amount'),
      numeric: true,
      text: amountOf,
      cell: (row) => (row.amountFen === null ? row.share : <Money fen={row.amountFen} />),
    },
    {
      id: 'state',
      label: t('column.state'),
      text: (row) => t(`state.${row.state}`),
      cell: (row) => (
        <>
          <StateOf row={row} />
          {row.state === 'proposed' && mayAct && <Decide row={row} />}
        </>
      ),
    },
  ]
}

function Decide({ row }: { row: Row }): ReactElement {
  const act = useAct('decideFundAct')
  return <Decision row={row} act={act} decide={(body) => ({ params: { id: row.id }, body })} />
}
