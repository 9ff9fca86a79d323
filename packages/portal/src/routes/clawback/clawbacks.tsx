// What was revoked and demanded back: a firm sees its own, an office its district's, finance what is still to come in.
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
import { ClawbackTag } from '../../features/clawback/words.tsx'
import { ledgerMoney } from '../../format/money.ts'

type Row = Answer<'listClawbacks'>['items'][number]

const STATES = ['hearing', 'heard', 'owed', 'refunding', 'settled', 'dropped', 'cancelled'] as const

export function Clawbacks(): ReactElement {
  const { t } = useTranslation('clawback')
  const { say } = useFormat()
  const [filter] = useListFilter()
  const state = STATES.find((known) => known === filter.state)
  const query = {
    ...(state === undefined ? {} : { state }),
    ...(filter.q === undefined ? {} : { q: filter.q }),
  }
  const list = useAnswer('listClawbacks', { query: { ...query, page: filter.page ?? 1, size: PAGE_SIZE } })
  const owed = useAnswer('listClawbacks', { query: { state: 'owed', size: 200 } }).items
  const total = owed.reduce((sum, { leftFen }) => sum + BigInt(leftFen), 0n)
  return (
    <Page
      title={owed.length === 0 ? t('list.none') : t('list.title', { count: owed.length, total: say(total) })}
      lead={t('list.lead')}
    >
      <Sheet title={t('list.sheet')} aside={t('list.total', { count: list.total })}>
        <SearchBox help={t('list.search')} />
        <StateTabs
          label={t('list.filter')}
          choices={[
            { value: '', label: t('list.all') },
            ...STATES.map((value) => ({ value, label: t(`state.${value}`) })),
          ]}
        />
        <DataTable
          columns={useColumns()}
          rows={list.items}
          rowId={(row) => row.id}
          caption={t('list.sheet')}
          allRows={() => allRows((page, size) => call('listClawbacks', { query: { ...query, page, size } }))}
          empty={<EmptyState>{t('list.empty')}</EmptyState>}
        />
        <Pager total={list.total} />
      </Sheet>
    </Page>
  )
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('clawback')
  const { day } = useFormat()
  const due = (row: Row): string =>
    row.state === 'hearing' ? day(row.answerBy) : row.dueOn === null ? '' : day(row.dueOn)
  return [
    {
      id: 'number',
      label: t('column.number'),
      leads: true,
      text: (row) => row.number,
      cell: (row) => (
        <>
          <Link to="/clawbacks/$id" params={{ id: row.id }}>
            {row.number}
          </Link>
          <small>{t(`basis.${row.basis}`)}</small>
        </>
      ),
    },
    {
      id: 'firm',
      label: t('column.debtor'),
      text: (row) => row.debtorName,
      cell: (row) => (
        <>
          {row.debtorName}
          <small>{row.voucherNumber ?? row.applicationNumber}</small>
        </>
      ),
    },
    {
      id: 'owed',
      label: t('column.owed'),
      numeric: true,
      text: (row) => ledgerMoney(row.owedFen ?? row.proposedFen),
      cell: (row) => <Money fen={row.owedFen ?? row.proposedFen} form="ledger" />,
    },
    {
      id: 'left',
      label: t('column.left'),
      numeric: true,
      text: (row) => ledgerMoney(row.leftFen),
      cell: (row) => <Money fen={row.leftFen} form="ledger" />,
    },
    {
      id: 'due',
      label: t('column.due'),
      text: due,
      cell: (row) => (
        <>
          {due(row)}
          {row.overdue && <small>{t('overdue')}</small>}
        </>
      ),
    },
    {
      id: 'state',
      label: t('column.state'),
      text: (row) => t(`state.${row.state}`),
      cell: (row) => <ClawbackTag state={row.state} />,
    },
  ]
}
