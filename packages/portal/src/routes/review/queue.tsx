// What waits for a reviewer: oldest first or by deadline, with age, clock and flags.
import { useSearch } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PAGE_SIZE, Pager, SearchBox, StateTabs, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useApplicationColumns, type ApplicationRow } from '../../features/application/columns.tsx'
import { Funnel } from '../../features/application/funnel.tsx'
import { BulkApplications } from '../../features/review/bulk-applications.tsx'
import { dayOfInstant, daysUntil } from '../../format/time.ts'

const STATES = [
  'submitted',
  'review_city',
  'review_finance',
  'correction',
  'waiting',
  'offered',
  'proposed',
  'announced',
  'objected',
  'hearing',
  'appealed',
  'contested',
  'granted',
  'refused',
] as const

/** the filter names the state, and the age says when it came */
const HIDDEN: ReadonlySet<string> = new Set(['state', 'submitted'])

export function Queue(): ReactElement {
  const { t } = useTranslation(['review', 'words'])
  const [filter] = useListFilter()
  const search: Record<string, unknown> = useSearch({ strict: false })
  const state = STATES.find((known) => known === (search['state'] ?? 'submitted'))
  const query = {
    order: 'deadline' as const,
    ...(state === undefined ? {} : { state }),
    ...(filter.q === undefined ? {} : { q: filter.q }),
  }
  const list = useAnswer('listApplications', { query: { ...query, page: filter.page ?? 1, size: PAGE_SIZE } })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const picked = list.items.filter(({ id }) => chosen.has(id))
  const shared = useApplicationColumns('/review/applications/$id')
  const columns = [...shared.filter(({ id }) => !HIDDEN.has(id)), ...useReviewColumns()]
  const waiting = list.counts['submitted'] ?? 0
  const late = list.items.filter(
    ({ workingDaysLeft }) => workingDaysLeft !== null && workingDaysLeft <= 3,
  ).length
  return (
    <Page
      title={t('queue.title', { count: waiting })}
      lead={late > 0 ? t('queue.lead_late', { count: late }) : t('queue.lead')}
    >
      <Sheet title={t('queue')} aside={t('queue.total', { count: list.total })}>
        <SearchBox help={t('queue.search')} />
        <StateTabs
          label={t('queue.filter')}
          choices={STATES.map((value) => ({
            value: value === 'submitted' ? '' : value,
            label: t(`words:application.${value}`),
            count: list.counts[value],
          }))}
        />
        {(state === 'submitted' || state === 'review_city') && (
          <BulkApplications rows={picked} onClose={() => setChosen(new Set())} />
        )}
        <DataTable
          columns={columns}
          rows={list.items}
          rowId={(row) => row.id}
          caption={t('queue')}
          allRows={() =>
            allRows((page, size) => call('listApplications', { query: { ...query, page, size } }))
          }
          empty={<EmptyState>{t('queue.empty')}</EmptyState>}
          {...(state === 'submitted' || state === 'review_city'
            ? { select: { chosen, onChange: setChosen } }
            : {})}
        />
        <Pager total={list.total} />
      </Sheet>
      <Funnel />
    </Page>
  )
}

function useReviewColumns(): readonly Column<ApplicationRow>[] {
  const { t } = useTranslation('review')
  const { today } = useAnswer('readSite')
  const age = (row: ApplicationRow): number =>
    row.submittedAt === null ? 0 : daysUntil(dayOfInstant(row.submittedAt), today)
  return [
    {
      id: 'age',
      label: t('column.age'),
      numeric: true,
      text: (row) => String(age(row)),
      cell: (row) => t('days', { count: age(row) }),
    },
    {
      id: 'flags',
      label: t('column.flags'),
      text: (row) => row.eligible,
      cell: (row) => <Flag eligible={row.eligible} />,
    },
  ]
}

function Flag({ eligible }: { eligible: ApplicationRow['eligible'] }): ReactElement {
  const { t } = useTranslation('review')
  if (eligible === 'no') return <StatusTag tone="stopped">{t('flag.fails')}</StatusTag>
  if (eligible === 'unknown') return <StatusTag tone="waits">{t('flag.decide')}</StatusTag>
  return <StatusTag tone="done">{t('flag.holds')}</StatusTag>
}
