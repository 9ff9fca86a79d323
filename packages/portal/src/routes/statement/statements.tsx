// 对账单: every contract's use, what the voucher and the firm bore of it, and what is unpaid with its main reason.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call, type Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PAGE_SIZE, Pager, SearchBox, useListFilter } from '../../components/list-filter.tsx'
import { Money } from '../../components/money.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { ledgerMoney } from '../../format/money.ts'

type Row = Answer<'listStatements'>['items'][number]

export function Statements(): ReactElement {
  const { t } = useTranslation('statement')
  const { say } = useFormat()
  const [filter] = useListFilter()
  const query = filter.q === undefined ? {} : { q: filter.q }
  const list = useAnswer('listStatements', { query: { ...query, page: filter.page ?? 1, size: PAGE_SIZE } })
  const sum = (pick: (row: Row) => string): string =>
    say(list.items.reduce((total, row) => total + BigInt(pick(row)), 0n))
  return (
    <Page
      title={
        list.items.length === 0
          ? t('list.none')
          : t('list.title', {
              rated: sum((row) => row.ratedFen),
              voucher: sum((row) => row.voucherFen),
              unpaid: sum((row) => row.unpaidFen),
            })
      }
      lead={t('list.lead')}
    >
      <p>
        <Link to="/disputes">{t('disputes')}</Link>
      </p>
      <Sheet title={t('list.sheet')} aside={t('list.total', { count: list.total })}>
        <SearchBox help={t('list.search')} />
        <DataTable
          columns={useColumns()}
          rows={list.items}
          rowId={(row) => row.contractId}
          caption={t('list.sheet')}
          allRows={() => allRows((page, size) => call('listStatements', { query: { ...query, page, size } }))}
          empty={<EmptyState>{t('list.empty')}</EmptyState>}
        />
        <Pager total={list.total} />
      </Sheet>
    </Page>
  )
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('statement')
  const say = useSay()
  const amount = (id: 'rated' | 'voucher' | 'own' | 'unpaid', pick: (row: Row) => string): Column<Row> => ({
    id,
    label: t(`column.${id}`),
    numeric: true,
    text: (row) => ledgerMoney(pick(row)),
    cell: (row) => <Money fen={pick(row)} form="ledger" />,
  })
  const why = (row: Row): string => (row.mainReason === null ? t('all_paid') : say(row.mainReason))
  return [
    {
      id: 'contract',
      label: t('column.contract'),
      leads: true,
      text: (row) => row.contractNumber,
      cell: (row) => (
        <>
          <Link to="/statements/$id" params={{ id: row.contractId }}>
            {row.contractNumber}
          </Link>
          <small>{t('months', { count: row.months })}</small>
        </>
      ),
    },
    {
      id: 'parties',
      label: t('column.parties'),
      text: (row) => `${row.organisationName} · ${row.providerName}`,
      cell: (row) => (
        <>
          {row.organisationName}
          <small>{row.providerName}</small>
        </>
      ),
    },
    amount('rated', (row) => row.ratedFen),
    amount('voucher', (row) => row.voucherFen),
    amount('own', (row) => row.ownFen),
    amount('unpaid', (row) => row.unpaidFen),
    {
      id: 'why',
      label: t('column.why'),
      text: why,
      cell: (row) => (
        <>
          {why(row)}
          {row.disputes > 0 && <small>{t('disputed', { count: row.disputes })}</small>}
        </>
      ),
    },
  ]
}
