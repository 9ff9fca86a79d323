// Who read personal data unmasked, of which record, for what and why.
import { useSearch } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call, type Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PAGE_SIZE, Pager, SearchBox, StateTabs, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ThingLink } from '../../features/audit/thing-link.tsx'

type Unmasking = Answer<'listUnmaskings'>['items'][number]

const PURPOSES = ['contact', 'verify_payment', 'verify_identity', 'investigation'] as const

export function Unmaskings(): ReactElement {
  const { t } = useTranslation('desk')
  const [filter] = useListFilter()
  const search: Record<string, unknown> = useSearch({ strict: false })
  const purpose = PURPOSES.find((known) => known === search['state'])
  const query = {
    ...(purpose === undefined ? {} : { purpose }),
    ...(filter.q === undefined ? {} : { q: filter.q }),
  }
  const list = useAnswer('listUnmaskings', { query: { ...query, page: filter.page ?? 1, size: PAGE_SIZE } })
  return (
    <Page title={t('unmaskings.title', { count: list.total })} lead={t('unmaskings.lead')}>
      <Sheet title={t('unmaskings')}>
        <SearchBox help={t('unmaskings.search')} />
        <StateTabs
          label={t('unmask.purpose')}
          choices={[
            { value: '', label: t('unmaskings.all') },
            ...PURPOSES.map((value) => ({ value, label: t(`purpose.${value}`) })),
          ]}
        />
        <DataTable
          columns={useColumns()}
          rows={list.items}
          rowId={(row) => row.id}
          caption={t('unmaskings')}
          allRows={() => allRows((page, size) => call('listUnmaskings', { query: { ...query, page, size } }))}
          empty={<EmptyState>{t('unmaskings.empty')}</EmptyState>}
        />
        <Pager total={list.total} />
      </Sheet>
    </Page>
  )
}

function useColumns(): readonly Column<Unmasking>[] {
  const { t } = useTranslation('desk')
  const { instant } = useFormat()
  return [
    {
      id: 'at',
      label: t('unmaskings.at'),
      leads: true,
      text: (row) => row.grantedAt,
      cell: (row) => instant(row.grantedAt),
    },
    {
      id: 'person',
      label: t('unmaskings.person'),
      text: (row) => row.personName,
      cell: (row) => row.personName,
    },
    {
      id: 'record',
      label: t('unmaskings.record'),
      text: (row) => row.label,
      cell: ({ about, objectId, label, organisationName }) => (
        <ThingLink thing={{ kind: about, id: objectId, label, organisationName }} />
      ),
    },
    {
      id: 'purpose',
      label: t('unmask.purpose'),
      text: (row) => t(`purpose.${row.purpose}`),
      cell: (row) => t(`purpose.${row.purpose}`),
    },
    { id: 'reason', label: t('unmask.reason'), text: (row) => row.reason, cell: (row) => row.reason },
  ]
}
