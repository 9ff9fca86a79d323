// The access log: who did what and who read whose data, refused requests too.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call, type Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { TextField } from '../../components/field.tsx'
import {
  FilterRow,
  PAGE_SIZE,
  Pager,
  SearchBox,
  StateTabs,
  useFilters,
  useListFilter,
} from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { ThingLink } from '../../features/audit/thing-link.tsx'
import { useAuditCrumb } from '../../features/audit/use-audit-crumb.ts'

type Row = Answer<'listAuditEvents'>['items'][number]

const SHOWN = ['acts', 'reads', 'refused'] as const

export function Trail(): ReactElement {
  const { t } = useTranslation('audit')
  const [filter] = useListFilter()
  const [{ from = '', to = '', person, object }, change] = useFilters(['from', 'to', 'person', 'object'])
  const show = SHOWN.find((each) => each === filter.state)
  const query = {
    ...(filter.q === undefined ? {} : { q: filter.q }),
    ...(show === undefined ? {} : { show }),
    ...(from === '' ? {} : { from }),
    ...(to === '' ? {} : { to }),
    ...(person === undefined ? {} : { personId: person }),
    ...(object === undefined ? {} : { objectId: object }),
  }
  const list = useAnswer('listAuditEvents', { query: { ...query, page: filter.page ?? 1, size: PAGE_SIZE } })
  const columns = useColumns()
  return (
    <Page
      crumbs={[useAuditCrumb(), { label: t('trail') }]}
      title={t('trail.title', { count: list.total })}
      lead={t('trail.lead')}
    >
      <Sheet title={t('trail')} aside={t('rows', { count: list.total })}>
        <SearchBox help={t('trail.search')} />
        <FilterRow label={t('filter.label')}>
          <TextField
            label={t('filter.from')}
            type="date"
            value={from}
            onChange={(value) => change({ from: value })}
          />
          <TextField
            label={t('filter.to')}
            type="date"
            value={to}
            onChange={(value) => change({ to: value })}
          />
          {person !== undefined && (
            <button type="button" className="button-link" onClick={() => change({ person: undefined })}>
              {t('trail.person_all')}
            </button>
          )}
          {object !== undefined && (
            <button type="button" className="button-link" onClick={() => change({ object: undefined })}>
              {t('trail.object_all')}
            </button>
          )}
        </FilterRow>
        <StateTabs
          label={t('trail.filter')}
          choices={[
            { value: '', label: t('trail.all') },
            ...SHOWN.map((value) => ({ value, label: t(`trail.${value}`) })),
          ]}
        />
        <DataTable
          columns={columns}
          rows={list.items}
          rowId={(row) => String(row.sequence)}
          caption={t('trail')}
          allRows={() =>
            allRows((page, size) => call('listAuditEvents', { query: { ...query, page, size } }))
          }
          empty={<EmptyState>{t('trail.empty')}</EmptyState>}
        />
        <Pager total={list.total} />
      </Sheet>
    </Page>
  )
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation(['audit', 'shell'])
  const { instant } = useFormat()
  const text = useSay()
  const who = (row: Row): string => row.personName ?? t(MACHINES[row.role ?? ''] ?? 'trail.anybody')
  const role = (row: Row): string =>
    row.personName === null || row.role === null ? '' : t(`shell:role.${row.role}` as 'shell:role.clerk')
  return [
    { id: 'at', label: t('column.at'), text: (row) => row.at, cell: (row) => instant(row.at) },
    {
      id: 'who',
      label: t('column.who'),
      text: (row) => `${who(row)} ${role(row)}`,
      cell: (row) => <Who row={row} name={who(row)} role={role(row)} />,
    },
    {
      id: 'what',
      label: t('column.what'),
      leads: true,
      text: (row) => text(row.summary),
      cell: (row) => (
        <>
          {text(row.summary)}
          <small>{t(row.reads ? 'trail.reads' : 'trail.acts')}</small>
        </>
      ),
    },
    {
      id: 'thing',
      label: t('column.thing'),
      text: (row) => [row.objectLabel, row.organisationName, row.objectId].filter(Boolean).join(' '),
      cell: (row) => <Subject row={row} />,
    },
    {
      id: 'outcome',
      label: t('column.outcome'),
      text: (row) => (row.refusal === null ? t('trail.done') : `${row.outcome} ${text(row.refusal)}`),
      cell: (row) =>
        row.refusal === null ? (
          <StatusTag tone="done">{t('trail.done')}</StatusTag>
        ) : (
          <>
            <StatusTag tone="stopped">{t('trail.refused')}</StatusTag>
            <small>{text(row.refusal)}</small>
          </>
        ),
    },
  ]
}

const MACHINES: Readonly<Record<string, 'trail.system' | 'trail.machine'>> = {
  system: 'trail.system',
  operator: 'trail.machine',
}

function Who({ row, name, role }: { row: Row; name: string; role: string }): ReactElement {
  const [, change] = useFilters(['person'])
  if (row.personId === null) return <>{name}</>
  return (
    <>
      <button
        type="button"
        className="button-link"
        onClick={() => change({ person: row.personId ?? undefined })}
      >
        {name}
      </button>
      <small>{role}</small>
    </>
  )
}

function Subject({ row }: { row: Row }): ReactElement {
  if (row.objectLabel === null || row.objectId === null) return <>{row.organisationName ?? '—'}</>
  const { objectKind: kind, objectId: id, objectLabel: label, organisationName } = row
  return <ThingLink thing={{ kind, id, label, organisationName }} />
}
