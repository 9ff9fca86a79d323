// Who acts for which organisation, and where open cases have nobody.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call, type Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PAGE_SIZE, Pager, SearchBox, StateTabs, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { LeaveList } from '../../features/people/leave-list.tsx'
import { useRoleName } from '../../features/people/words.ts'

type Row = Answer<'listActing'>['items'][number]

export function Firms(): ReactElement {
  const { t } = useTranslation('people')
  const [filter] = useListFilter()
  const query = {
    ...(filter.q === undefined ? {} : { q: filter.q }),
    ...(filter.state === 'unattended' ? { show: 'unattended' as const } : {}),
  }
  const list = useAnswer('listActing', { query: { ...query, page: filter.page ?? 1, size: PAGE_SIZE } })
  const columns = useColumns()
  const title =
    list.unattended === 0 ? t('firms.title_ok') : t('firms.title_unattended', { count: list.unattended })
  return (
    <Page title={title} lead={t('firms.lead')}>
      <LeaveList />
      <Sheet title={t('firms')} aside={t('rows', { count: list.total })}>
        <SearchBox help={t('firms.search')} />
        <StateTabs
          label={t('filter')}
          choices={[
            { value: '', label: t('firms.all') },
            { value: 'unattended', label: t('firms.unattended'), count: list.unattended },
          ]}
        />
        <DataTable
          columns={columns}
          rows={list.items}
          rowId={(row) => row.organisationId}
          caption={t('firms')}
          allRows={() => allRows((page, size) => call('listActing', { query: { ...query, page, size } }))}
          empty={<EmptyState>{t('firms.empty')}</EmptyState>}
        />
        <Pager total={list.total} />
      </Sheet>
    </Page>
  )
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('people')
  const name = useRoleName()
  const said = ({ displayName, role, active }: Row['people'][number]): string =>
    [displayName, name(role), active ? '' : t('state.disabled')].filter(Boolean).join(' · ')
  return [
    {
      id: 'firm',
      label: t('column.firm'),
      leads: true,
      text: (row) => `${row.organisationName} ${row.creditCode}`,
      cell: (row) => (
        <>
          {row.organisationName}
          <small>{row.creditCode}</small>
        </>
      ),
    },
    {
      id: 'people',
      label: t('column.people'),
      text: (row) => row.people.map(said).join('; '),
      cell: (row) =>
        row.people.length === 0
          ? '—'
          : row.people.map((person) => (
              <div key={`${person.id}${person.role}`}>
                <Link to="/admin/people/$id" params={{ id: person.id }}>
                  {said(person)}
                </Link>
              </div>
            )),
    },
    {
      id: 'open',
      label: t('column.open'),
      numeric: true,
      text: (row) => String(row.open),
      cell: (row) => row.open,
    },
    {
      id: 'state',
      label: t('column.state'),
      text: (row) => (row.unattended ? t('firms.unattended') : ''),
      cell: (row) => (row.unattended ? <StatusTag tone="stopped">{t('firms.unattended')}</StatusTag> : '—'),
    },
  ]
}
