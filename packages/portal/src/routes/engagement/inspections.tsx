// A body's home: what it is to report on, soonest first, and what is past. An office reads the same list of its cases.
import { Link, useSearch } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { Deadline } from '../../components/deadline.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { StateTabs } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { inspectionTone, type InspectionRow } from '../../features/engagement/words.ts'

export function Inspections(): ReactElement {
  const { t } = useTranslation('engagement')
  const search: Record<string, unknown> = useSearch({ strict: false })
  const state = search['state'] === 'past' ? 'past' : 'open'
  const { items } = useAnswer('listInspections', { query: { state } })
  const due = useAnswer('listInspections', { query: { state: 'open' } }).items.length
  const columns = useColumns()
  return (
    <Page title={t('inspections.title', { count: due })} lead={t('inspections.lead')}>
      <Sheet title={t('inspections')} aside={t('inspections.total', { count: items.length })}>
        <StateTabs
          label={t('inspections.filter')}
          choices={[
            { value: '', label: t('inspections.open') },
            { value: 'past', label: t('inspections.past') },
          ]}
        />
        <DataTable
          columns={columns}
          rows={items}
          rowId={(row) => row.id}
          caption={t('inspections')}
          allRows={() => Promise.resolve(items)}
          empty={<EmptyState>{t(`inspections.empty.${state}`)}</EmptyState>}
        />
      </Sheet>
    </Page>
  )
}

function useColumns(): readonly Column<InspectionRow>[] {
  const { t } = useTranslation('engagement')
  const say = useSay()
  const { day } = useFormat()
  const named = (row: InspectionRow): string => row.organisationName ?? say(row.programmeTitle)
  return [
    {
      id: 'case',
      label: t('column.case'),
      leads: true,
      text: named,
      cell: (row) => (
        <>
          <Link to="/inspections/$id" params={{ id: row.id }}>
            {named(row)}
          </Link>
          <small>{[row.number, row.objectNumber].filter((part) => part !== '').join(' · ')}</small>
        </>
      ),
    },
    {
      id: 'task',
      label: t('column.task'),
      text: (row) => t(`task.${row.task}`),
      cell: (row) => t(`task.${row.task}`),
    },
    {
      id: 'state',
      label: t('column.state'),
      text: (row) => t(`state.${row.state}`),
      cell: (row) => <StatusTag tone={inspectionTone(row.state)}>{t(`state.${row.state}`)}</StatusTag>,
    },
    {
      id: 'outcome',
      label: t('column.outcome'),
      text: (row) => (row.outcome === null ? '' : t(`outcome.${row.outcome}`)),
      cell: (row) => row.outcome !== null && t(`outcome.${row.outcome}`),
    },
    {
      id: 'due',
      label: t('column.due'),
      text: (row) => row.dueOn,
      cell: (row) =>
        row.state === 'assigned' ? (
          <Deadline workingDaysLeft={row.workingDaysLeft} on={day(row.dueOn)} />
        ) : (
          day(row.dueOn)
        ),
    },
  ]
}
