import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PAGE_SIZE, Pager, StateTabs, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useApplicationColumns } from '../../features/application/columns.tsx'
import type { ApplicationState } from '../../features/application/tone.ts'

const TABS: readonly ApplicationState[] = [
  'offered',
  'draft',
  'correction',
  'submitted',
  'waiting',
  'announced',
  'granted',
  'refused',
]

export function Applications(): ReactElement {
  const { t } = useTranslation(['application', 'words'])
  const [filter] = useListFilter()
  const query = filter.state === undefined ? {} : { state: filter.state }
  const list = useAnswer('listApplications', {
    query: { ...query, page: filter.page ?? 1, size: PAGE_SIZE },
  })
  const columns = useApplicationColumns('/applications/$id')
  const tabs = TABS.filter((state) => (list.counts[state] ?? 0) > 0 || filter.state === state)
  return (
    <Page title={t('list.title', { count: list.total })} lead={t('list.lead')}>
      <Sheet title={t('list.sheet')} aside={<Link to="/apply">{t('desk.apply')}</Link>}>
        <StateTabs
          label={t('list.filter')}
          choices={[
            { value: '', label: t('list.all') },
            ...tabs.map((state) => ({
              value: state,
              label: t(`words:application.${state}`),
              count: list.counts[state],
            })),
          ]}
        />
        <DataTable
          columns={columns}
          rows={list.items}
          rowId={(row) => row.id}
          caption={t('list.sheet')}
          allRows={() =>
            allRows((page, size) => call('listApplications', { query: { ...query, page, size } }))
          }
          empty={
            <EmptyState action={<Link to="/apply">{t('desk.apply')}</Link>}>{t('list.empty')}</EmptyState>
          }
        />
        <Pager total={list.total} />
      </Sheet>
    </Page>
  )
}
