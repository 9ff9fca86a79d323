// Imports: check a file, see what was imported before, and for how long each register is decided on.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PAGE_SIZE, Pager, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { CheckFile } from '../../features/imports/check-file.tsx'
import { RegisterLimits } from '../../features/imports/register-limits.tsx'

type Import = Answer<'listImports'>['items'][number]

export function Imports(): ReactElement {
  const { t } = useTranslation('imports')
  const [filter] = useListFilter()
  const list = useAnswer('listImports', { query: { page: filter.page ?? 1, size: PAGE_SIZE } })
  const columns = useColumns()
  const newest = list.items[0]
  const title =
    newest === undefined
      ? t('title.none')
      : t('title', { file: newest.fileName, state: t(`state.${newest.taken ?? 'open'}`) })
  return (
    <Page title={title} lead={t('lead')}>
      <CheckFile />
      <Sheet title={t('list')} aside={t('list.count', { count: list.total })}>
        <DataTable
          columns={columns}
          rows={list.items}
          rowId={({ id }) => id}
          caption={t('list')}
          empty={<EmptyState>{t('list.empty')}</EmptyState>}
        />
        <Pager total={list.total} />
      </Sheet>
      <RegisterLimits limits={list.limits} />
    </Page>
  )
}

function useColumns(): readonly Column<Import>[] {
  const { t } = useTranslation('imports')
  const { day, instant } = useFormat()
  const counts = (row: Import): string => t('counts', { ...row.counts })
  const state = (row: Import): string => t(`state.${row.taken ?? 'open'}`)
  return [
    {
      id: 'file',
      label: t('column.file'),
      leads: true,
      text: (row) => row.fileName,
      cell: (row) => (
        <>
          <Link to="/admin/imports/$id" params={{ id: row.id }}>
            {row.fileName}
          </Link>
          <small>
            {row.source} · {day(row.asOf)}
          </small>
        </>
      ),
    },
    {
      id: 'kind',
      label: t('column.kind'),
      text: (row) => t(`kind.${row.kind}`),
      cell: (row) => t(`kind.${row.kind}`),
    },
    { id: 'result', label: t('column.result'), text: counts, cell: counts },
    {
      id: 'state',
      label: t('column.state'),
      text: state,
      cell: (row) => <StatusTag tone={row.taken === null ? 'waits' : 'done'}>{state(row)}</StatusTag>,
    },
    {
      id: 'when',
      label: t('column.when'),
      text: (row) => row.checkedAt,
      cell: (row) => instant(row.checkedAt),
    },
  ]
}
