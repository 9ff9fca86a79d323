// Proofs: start one, and see every one that was run.
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call, type Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { PAGE_SIZE, Pager, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ProofTag } from '../../features/audit/proof-tag.tsx'
import '../../features/audit/audit.css'
import { useAuditCrumb } from '../../features/audit/use-audit-crumb.ts'

type Row = Answer<'listProofs'>['items'][number]

const KINDS = ['verification', 'replay'] as const

export function Proofs(): ReactElement {
  const { t } = useTranslation('audit')
  const [filter] = useListFilter()
  const list = useAnswer('listProofs', { query: { page: filter.page ?? 1, size: PAGE_SIZE } })
  const navigate = useNavigate()
  const act = useAct('startProof', ({ id }) => navigate({ to: '/audit/proofs/$id', params: { id } }))
  const columns = useColumns()
  return (
    <Page
      crumbs={[useAuditCrumb(), { label: t('proof.crumb') }]}
      title={t('proofs.title')}
      lead={t('proofs.lead')}
    >
      <Sheet title={t('oversight.run')}>
        <div className="proof-choices">
          {KINDS.map((kind) => (
            <div key={kind}>
              <b>{t(`proofs.${kind}`)}</b>
              <p>{t(`proofs.${kind}.what`)}</p>
              <button
                type="button"
                className="button"
                disabled={act.isPending}
                onClick={() => act.mutate({ body: { kind } })}
              >
                {t('proofs.start')}
                <span className="unseen"> {t(`proofs.${kind}`)}</span>
              </button>
            </div>
          ))}
        </div>
        <ErrorNote error={act.error} />
      </Sheet>
      <Sheet title={t('proofs')} aside={t('rows', { count: list.total })}>
        <DataTable
          columns={columns}
          rows={list.items}
          rowId={(row) => row.id}
          caption={t('proofs')}
          allRows={() => allRows((page, size) => call('listProofs', { query: { page, size } }))}
          empty={<EmptyState>{t('proofs.empty')}</EmptyState>}
        />
        <Pager total={list.total} />
      </Sheet>
    </Page>
  )
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('audit')
  const { instant } = useFormat()
  return [
    {
      id: 'kind',
      label: t('column.what'),
      leads: true,
      text: (row) => t(`proofs.${row.kind}`),
      cell: (row) => (
        <Link to="/audit/proofs/$id" params={{ id: row.id }}>
          {t(`proofs.${row.kind}`)}
        </Link>
      ),
    },
    { id: 'at', label: t('column.at'), text: (row) => row.startedAt, cell: (row) => instant(row.startedAt) },
    {
      id: 'who',
      label: t('column.who'),
      text: (row) => row.startedBy ?? '',
      cell: (row) => row.startedBy ?? '—',
    },
    {
      id: 'looked',
      label: t('column.looked'),
      numeric: true,
      text: (row) => String(row.done),
      cell: (row) => row.done,
    },
    {
      id: 'result',
      label: t('column.result'),
      text: (row) =>
        t(`proof.${row.state === 'done' ? (row.clean === true ? 'clean' : 'wrong') : row.state}`),
      cell: (row) => <ProofTag proof={row} />,
    },
  ]
}
