import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PAGE_SIZE, Pager, SearchBox, StateTabs, useListFilter } from '../../components/list-filter.tsx'
import { Sheet } from '../../components/page.tsx'
import { useClaimColumns, type ClaimPath } from './claim-columns.tsx'

const STATES = ['deducted', 'submitted', 'approved', 'batched', 'paid', 'refused', 'withdrawn'] as const

interface ClaimListProps {
  readonly to: ClaimPath
  readonly empty: ReactNode
  readonly search?: boolean
}

/** Claims with their filter in the address. */
export function ClaimList({ to, empty, search = false }: ClaimListProps): ReactElement {
  const { t } = useTranslation(['settlement', 'words'])
  const [filter] = useListFilter()
  const state = STATES.find((known) => known === filter.state)
  const query = {
    ...(state === undefined ? {} : { state }),
    ...(filter.q === undefined ? {} : { q: filter.q }),
  }
  const list = useAnswer('listClaims', { query: { ...query, page: filter.page ?? 1, size: PAGE_SIZE } })
  const columns = useClaimColumns(to)
  return (
    <Sheet title={t('list.sheet')} aside={t('list.total', { count: list.total })}>
      {search && <SearchBox help={t('list.search')} />}
      <StateTabs
        label={t('list.filter')}
        choices={[
          { value: '', label: t('list.all') },
          ...STATES.map((value) => ({ value, label: t(`words:claim.${value}`) })),
        ]}
      />
      <DataTable
        columns={columns}
        rows={list.items}
        rowId={(row) => row.id}
        caption={t('list.sheet')}
        allRows={() => allRows((page, size) => call('listClaims', { query: { ...query, page, size } }))}
        empty={<EmptyState>{empty}</EmptyState>}
      />
      <Pager total={list.total} />
    </Sheet>
  )
}
