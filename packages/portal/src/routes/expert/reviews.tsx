// An expert's home: what waits for an opinion, soonest first, and what is done.
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
import { panelTone, type PanelRow } from '../../features/expert/words.ts'

export function ExpertReviews(): ReactElement {
  const { t } = useTranslation('expert')
  const search: Record<string, unknown> = useSearch({ strict: false })
  const state = search['state'] === 'past' ? 'past' : 'open'
  const { items } = useAnswer('listExpertReviews', { query: { state } })
  const waiting = useAnswer('listExpertReviews', { query: { state: 'open' } }).items.filter(
    ({ mine }) => mine === 'invited',
  ).length
  const columns = usePanelColumns()
  return (
    <Page title={t('home.title', { count: waiting })} lead={t('home.lead')}>
      <Sheet title={t('home')} aside={t('home.total', { count: items.length })}>
        <StateTabs
          label={t('home.filter')}
          choices={[
            { value: '', label: t('home.open') },
            { value: 'past', label: t('home.past') },
          ]}
        />
        <DataTable
          columns={columns}
          rows={items}
          rowId={(row) => row.id}
          caption={t('home')}
          allRows={() => Promise.resolve(items)}
          empty={<EmptyState>{t(`home.empty.${state}`)}</EmptyState>}
        />
      </Sheet>
    </Page>
  )
}

function usePanelColumns(): readonly Column<PanelRow>[] {
  const { t } = useTranslation('expert')
  const say = useSay()
  const { day } = useFormat()
  const named = (row: PanelRow): string => row.organisationName ?? t('covered')
  return [
    {
      id: 'case',
      label: t('column.case'),
      leads: true,
      text: named,
      cell: (row) => (
        <>
          <Link to="/expert/$id" params={{ id: row.id }}>
            {named(row)}
          </Link>
          <small>{[say(row.programmeTitle), row.applicationNumber].filter(Boolean).join(' · ')}</small>
        </>
      ),
    },
    {
      id: 'mine',
      label: t('column.mine'),
      text: (row) => (row.mine === null ? '' : t(`opinion.${row.mine}`)),
      cell: (row) =>
        row.mine !== null && (
          <StatusTag tone={row.mine === 'invited' ? 'waits' : 'done'}>{t(`opinion.${row.mine}`)}</StatusTag>
        ),
    },
    {
      id: 'state',
      label: t('column.state'),
      text: (row) => t(`state.${row.state}`),
      cell: (row) => <StatusTag tone={panelTone(row.state)}>{t(`state.${row.state}`)}</StatusTag>,
    },
    {
      id: 'due',
      label: t('column.due'),
      text: (row) => row.dueOn,
      cell: (row) =>
        row.state === 'open' ? (
          <Deadline workingDaysLeft={row.workingDaysLeft} on={day(row.dueOn)} />
        ) : (
          day(row.dueOn)
        ),
    },
  ]
}
