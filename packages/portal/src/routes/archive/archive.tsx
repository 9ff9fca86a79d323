// 档案: what is archived, found by number, case or firm; how long what is kept by which rule; what may be disposed of.
import { Link, useSearch } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call, type Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PAGE_SIZE, Pager, SearchBox, StateTabs, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { Disposals } from '../../features/archive/disposals.tsx'
import { archiveTone, useTerm, type ArchiveRow } from '../../features/archive/words.ts'

const STATES = ['kept', 'due', 'held', 'disposed'] as const

export function Archive(): ReactElement {
  const { t } = useTranslation('archive')
  const [filter] = useListFilter()
  const search: Record<string, unknown> = useSearch({ strict: false })
  const state = STATES.find((known) => known === search['state'])
  const query = {
    ...(state === undefined ? {} : { state }),
    ...(filter.q === undefined ? {} : { q: filter.q }),
  }
  const list = useAnswer('listArchive', { query: { ...query, page: filter.page ?? 1, size: PAGE_SIZE } })
  const office = rolesOf(useSession()!).has('reviewer')
  return (
    <Page title={t('title', { count: list.total })} lead={t('lead')}>
      <Sheet title={t('archive')} aside={t('total', { count: list.total })}>
        <SearchBox help={t('find')} />
        <StateTabs
          label={t('filter.state')}
          choices={[
            { value: '', label: t('all') },
            ...STATES.map((value) => ({ value, label: t(`state.${value}`) })),
          ]}
        />
        <DataTable
          columns={useColumns()}
          rows={list.items}
          rowId={(row) => row.id}
          caption={t('archive')}
          allRows={() => allRows((page, size) => call('listArchive', { query: { ...query, page, size } }))}
          empty={<EmptyState>{t('none')}</EmptyState>}
        />
        <Pager total={list.total} />
      </Sheet>
      <Disposals office={office} />
      <Terms />
    </Page>
  )
}

function useColumns(): readonly Column<ArchiveRow>[] {
  const { t } = useTranslation('archive')
  const { day } = useFormat()
  const term = useTerm()
  const named = (row: ArchiveRow): string => `${t(`kind.${row.kind}`)} ${row.objectNumber}`
  return [
    {
      id: 'number',
      label: t('column.number'),
      leads: true,
      text: (row) => row.number,
      cell: (row) => (
        <Link to="/archive/$id" params={{ id: row.id }}>
          {row.number}
        </Link>
      ),
    },
    {
      id: 'case',
      label: t('column.case'),
      text: (row) => `${named(row)} ${row.title}`,
      cell: (row) => (
        <>
          {row.title}
          <small>{named(row)}</small>
        </>
      ),
    },
    {
      id: 'term',
      label: t('column.term'),
      text: (row) => term(row.years),
      cell: (row) => (
        <>
          {term(row.years)}
          <small>{t(`category.${row.category}`)}</small>
        </>
      ),
    },
    {
      id: 'closed',
      label: t('column.closed'),
      text: (row) => row.closedOn,
      cell: (row) => day(row.closedOn),
    },
    {
      id: 'ends',
      label: t('column.ends'),
      text: (row) => row.endsOn ?? '',
      cell: (row) => (row.endsOn === null ? '–' : day(row.endsOn)),
    },
    {
      id: 'papers',
      label: t('column.papers'),
      numeric: true,
      text: (row) => String(row.papers),
      cell: (row) => row.papers,
    },
    {
      id: 'state',
      label: t('column.state'),
      text: (row) => t(`state.${row.state}`),
      cell: (row) => <StatusTag tone={archiveTone(row.state)}>{t(`state.${row.state}`)}</StatusTag>,
    },
  ]
}

type Term = Answer<'listRetentionTerms'>['items'][number]

function Terms(): ReactElement {
  const { t } = useTranslation('archive')
  const { items } = useAnswer('listRetentionTerms')
  const say = useSay()
  const term = useTerm()
  const columns: readonly Column<Term>[] = [
    {
      id: 'kind',
      label: t('column.case'),
      leads: true,
      text: (row) => t(`kind.${row.kind}`),
      cell: (row) => t(`kind.${row.kind}`),
    },
    {
      id: 'term',
      label: t('column.term'),
      text: (row) => term(row.years),
      cell: (row) => (
        <>
          {term(row.years)}
          <small>{t(`category.${row.category}`)}</small>
        </>
      ),
    },
    {
      id: 'source',
      label: t('terms.source'),
      text: (row) => say(row.source),
      cell: (row) => say(row.source),
    },
  ]
  return (
    <Sheet title={t('terms')}>
      <DataTable
        columns={columns}
        rows={items}
        rowId={(row) => row.kind}
        caption={t('terms')}
        name="terms"
        allRows={() => Promise.resolve(items)}
        empty={null}
      />
    </Sheet>
  )
}
