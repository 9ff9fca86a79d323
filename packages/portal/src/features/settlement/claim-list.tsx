import { useState, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PAGE_SIZE, Pager, SearchBox, StateTabs, useListFilter } from '../../components/list-filter.tsx'
import { Sheet } from '../../components/page.tsx'
import { useClaimColumns, type ClaimPath, type ClaimRow } from './claim-columns.tsx'

const STATES = ['deducted', 'submitted', 'approved', 'batched', 'paid', 'refused', 'withdrawn'] as const

interface ClaimListProps {
  readonly to: ClaimPath
  readonly empty: ReactNode
  readonly search?: boolean
  /** what one may do with several that wait for a review */
  readonly bulk?: (rows: readonly ClaimRow[], onClose: () => void) => ReactNode
}

/** Claims with their filter in the address; whoever reviews them begins with those that wait. */
export function ClaimList({ to, empty, search = false, bulk }: ClaimListProps): ReactElement {
  const { t } = useTranslation(['settlement', 'words'])
  const [filter] = useListFilter()
  const reviews = bulk !== undefined
  const asked = filter.state ?? (reviews ? 'submitted' : 'all')
  const state = STATES.find((known) => known === asked)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const query = {
    ...(reviews ? { order: 'deadline' as const } : {}),
    ...(state === undefined ? {} : { state }),
    ...(filter.q === undefined ? {} : { q: filter.q }),
  }
  const list = useAnswer('listClaims', { query: { ...query, page: filter.page ?? 1, size: PAGE_SIZE } })
  const columns = useClaimColumns(to)
  const choosing = reviews && state === 'submitted'
  const picked = list.items.filter(({ id }) => chosen.has(id))
  return (
    <Sheet title={t('list.sheet')} aside={t('list.total', { count: list.total })}>
      {search && <SearchBox help={t('list.search')} />}
      <StateTabs
        label={t('list.filter')}
        choices={[
          { value: reviews ? 'all' : '', label: t('list.all') },
          ...STATES.map((value) => ({
            value: reviews && value === 'submitted' ? '' : value,
            label: t(`words:claim.${value}`),
          })),
        ]}
      />
      {choosing && bulk(picked, () => setChosen(new Set()))}
      <DataTable
        columns={columns}
        rows={list.items}
        rowId={(row) => row.id}
        caption={t('list.sheet')}
        allRows={() => allRows((page, size) => call('listClaims', { query: { ...query, page, size } }))}
        empty={<EmptyState>{empty}</EmptyState>}
        {...(choosing ? { select: { chosen, onChange: setChosen } } : {})}
      />
      <Pager total={list.total} />
    </Sheet>
  )
}
