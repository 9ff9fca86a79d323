// Selected projects: a firm sees its own, an office its district's.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call, type Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { Deadline } from '../../components/deadline.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PAGE_SIZE, Pager, SearchBox, StateTabs, useListFilter } from '../../components/list-filter.tsx'
import { Money } from '../../components/money.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ProjectTag } from '../../features/project/words.tsx'
import { ledgerMoney } from '../../format/money.ts'

type Row = Answer<'listProjects'>['items'][number]

const STATES = ['agreement', 'signed', 'running', 'filed', 'concluded', 'accepted', 'failed'] as const

export function Projects(): ReactElement {
  const { t } = useTranslation('project')
  const [filter] = useListFilter()
  const state = STATES.find((known) => known === filter.state)
  const query = {
    ...(state === undefined ? {} : { state }),
    ...(filter.q === undefined ? {} : { q: filter.q }),
  }
  const list = useAnswer('listProjects', { query: { ...query, page: filter.page ?? 1, size: PAGE_SIZE } })
  return (
    <Page title={t('list.title', { count: list.total })} lead={t('list.lead')}>
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
          allRows={() => allRows((page, size) => call('listProjects', { query: { ...query, page, size } }))}
          empty={<EmptyState>{t('list.empty')}</EmptyState>}
        />
        <Pager total={list.total} />
      </Sheet>
    </Page>
  )
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('project')
  const { day } = useFormat()
  const whole = (row: Row): string => (BigInt(row.firstFen) + BigInt(row.secondFen)).toString()
  return [
    {
      id: 'title',
      label: t('column.project'),
      leads: true,
      text: (row) => row.title,
      cell: (row) => (
        <>
          <Link to="/projects/$id" params={{ id: row.id }}>
            {row.title}
          </Link>
          <small>{row.number}</small>
        </>
      ),
    },
    {
      id: 'firm',
      label: t('firm'),
      text: (row) => row.organisationName,
      cell: (row) => row.organisationName,
    },
    {
      id: 'amount',
      label: t('column.most'),
      numeric: true,
      text: (row) => ledgerMoney(whole(row)),
      cell: (row) => <Money fen={whole(row)} form="ledger" />,
    },
    {
      id: 'due',
      label: t('column.due'),
      text: (row) => row.deadlineOn ?? '',
      cell: (row) =>
        row.deadlineOn === null ? (
          ''
        ) : (
          <Deadline workingDaysLeft={row.workingDaysLeft} on={day(row.deadlineOn)} />
        ),
    },
    {
      id: 'state',
      label: t('column.state'),
      text: (row) => t(`state.${row.state}`),
      cell: (row) => <ProjectTag state={row.state} />,
    },
  ]
}
