// Disputes: a firm and a centre see their own, the office its district's; who is to act is said first.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call, type Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PAGE_SIZE, Pager, SearchBox, StateTabs, useListFilter } from '../../components/list-filter.tsx'
import { Money } from '../../components/money.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { DISPUTE_STATES, DisputeTag } from '../../features/dispute/words.tsx'
import { ledgerMoney } from '../../format/money.ts'

type Row = Answer<'listDisputes'>['items'][number]

export function Disputes(): ReactElement {
  const { t } = useTranslation('dispute')
  const { say } = useFormat()
  const [filter] = useListFilter()
  const state = DISPUTE_STATES.find((known) => known === filter.state)
  const query = {
    ...(state === undefined ? {} : { state }),
    ...(filter.q === undefined ? {} : { q: filter.q }),
  }
  const list = useAnswer('listDisputes', { query: { ...query, page: filter.page ?? 1, size: PAGE_SIZE } })
  const open = list.items.filter(({ awaits }) => awaits !== null)
  const held = say(open.reduce((sum, { heldFen }) => sum + BigInt(heldFen), 0n))
  return (
    <Page
      title={open.length === 0 ? t('list.none') : t('list.title', { count: open.length, held })}
      lead={t('list.lead')}
    >
      <Sheet title={t('list.sheet')} aside={t('list.total', { count: list.total })}>
        <SearchBox help={t('list.search')} />
        <StateTabs
          label={t('list.filter')}
          choices={[
            { value: '', label: t('list.all') },
            ...DISPUTE_STATES.map((value) => ({ value, label: t(`state.${value}`) })),
          ]}
        />
        <DataTable
          columns={useColumns()}
          rows={list.items}
          rowId={(row) => row.id}
          caption={t('list.sheet')}
          allRows={() => allRows((page, size) => call('listDisputes', { query: { ...query, page, size } }))}
          empty={<EmptyState>{t('list.empty')}</EmptyState>}
        />
        <Pager total={list.total} />
      </Sheet>
    </Page>
  )
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('dispute')
  const { day } = useFormat()
  const awaits = (row: Row): string => (row.awaits === null ? '' : t(`side.${row.awaits}`))
  return [
    {
      id: 'number',
      label: t('column.number'),
      leads: true,
      text: (row) => row.number,
      cell: (row) => (
        <>
          <Link to="/disputes/$id" params={{ id: row.id }}>
            {row.number}
          </Link>
          <small>{t(`subject.${row.subject}`)}</small>
        </>
      ),
    },
    {
      id: 'contract',
      label: t('column.contract'),
      text: (row) => `${row.contractNumber} ${row.month}`,
      cell: (row) => (
        <>
          {row.organisationName}
          <small>
            {row.contractNumber} · {row.month}
          </small>
        </>
      ),
    },
    {
      id: 'amount',
      label: t('column.amount'),
      numeric: true,
      text: (row) => ledgerMoney(row.disputedFen),
      cell: (row) => <Money fen={row.disputedFen} form="ledger" />,
    },
    {
      id: 'held',
      label: t('column.held'),
      numeric: true,
      text: (row) => ledgerMoney(row.heldFen),
      cell: (row) => <Money fen={row.heldFen} form="ledger" />,
    },
    {
      id: 'awaits',
      label: t('column.awaits'),
      text: awaits,
      cell: (row) => (
        <>
          {awaits(row)}
          {row.state === 'opened' && <small>{t('by', { day: day(row.answerBy) })}</small>}
        </>
      ),
    },
    {
      id: 'state',
      label: t('column.state'),
      text: (row) => t(`state.${row.state}`),
      cell: (row) => <DisputeTag state={row.state} />,
    },
  ]
}
