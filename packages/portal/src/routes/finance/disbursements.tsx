// Disbursement: the claims that are ready go into a batch; a second person approves it; the bank's answer is recorded.
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call, type Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { useActsAs } from '../../client/session.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { PAGE_SIZE, Pager, useListFilter } from '../../components/list-filter.tsx'
import { Money } from '../../components/money.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { BatchTag } from '../../features/settlement/batch-tag.tsx'
import { useClaimColumns, type ClaimRow } from '../../features/settlement/claim-columns.tsx'
import { FindPayment } from '../../features/settlement/find-payment.tsx'
import { PaymentsOverview } from '../../features/settlement/payments-overview.tsx'
import { ledgerMoney } from '../../format/money.ts'

type Batch = Answer<'listDisbursements'>['items'][number]

export function Disbursements(): ReactElement {
  return useActsAs('finance') ? <ToPrepare /> : <AllBatches ready={[]} />
}

/** Finance sees first what waits to be put into a batch; whoever supervises sees the batches. */
function ToPrepare(): ReactElement {
  const { t } = useTranslation('disbursement')
  const ready = useAnswer('listReadyClaims').items
  const adoptions = [...new Set(ready.map(({ adoptionId }) => adoptionId))]
  return (
    <AllBatches ready={ready}>
      {ready.length === 0 && (
        <Sheet title={t('ready')}>
          <EmptyState>{t('ready.empty')}</EmptyState>
        </Sheet>
      )}
      {adoptions.map((adoptionId) => (
        <Ready
          key={adoptionId}
          adoptionId={adoptionId}
          rows={ready.filter((row) => row.adoptionId === adoptionId)}
        />
      ))}
    </AllBatches>
  )
}

interface AllBatchesProps {
  readonly ready: readonly ClaimRow[]
  readonly children?: ReactNode
}

function AllBatches({ ready, children }: AllBatchesProps): ReactElement {
  const { t } = useTranslation('disbursement')
  const { say } = useFormat()
  const [filter] = useListFilter()
  const batches = useAnswer('listDisbursements', { query: { page: filter.page ?? 1, size: PAGE_SIZE } })
  // the newest come first, and those that wait for a second person are among them
  const newest = useAnswer('listDisbursements', { query: { page: 1, size: PAGE_SIZE } }).items
  const prepared = newest.filter(({ state }) => state === 'prepared').length
  const total = ready.reduce((sum, { approvedFen }) => sum + BigInt(approvedFen ?? '0'), 0n)
  return (
    <Page
      title={
        ready.length > 0
          ? t('title', { count: ready.length, total: say(total) })
          : prepared > 0
            ? t('title.prepared', { count: prepared })
            : t('title.none')
      }
      lead={
        ready.length > 0 && prepared > 0
          ? `${t('lead.prepared', { count: prepared })}${t('lead')}`
          : t('lead')
      }
    >
      <PaymentsOverview />
      {children}
      <FindPayment />
      <Batches batches={batches.items} total={batches.total} />
    </Page>
  )
}

function Ready({ adoptionId, rows }: { adoptionId: string; rows: readonly ClaimRow[] }): ReactElement {
  const { t } = useTranslation('disbursement')
  const { read } = useFormat()
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(rows.map(({ id }) => id)))
  const picked = rows.filter(({ id }) => chosen.has(id))
  const total = picked.reduce((sum, { approvedFen }) => sum + BigInt(approvedFen ?? '0'), 0n)
  const act = useAct('prepareDisbursement', (batch) =>
    navigate({ to: '/finance/disbursements/$id', params: { id: batch.id } }),
  )
  const columns = useReadyColumns()
  return (
    <Sheet
      title={t('ready')}
      aside={t('rows', { count: rows.length })}
      actions={
        <>
          <button
            type="button"
            className="button"
            disabled={picked.length === 0 || act.isPending}
            onClick={() => act.mutate({ body: { adoptionId, claimIds: picked.map(({ id }) => id) } })}
          >
            {t('prepare', { count: picked.length, total: read(total) })}
          </button>
          <span className="note">{t('prepare.note')}</span>
        </>
      }
    >
      <DataTable
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        caption={t('ready')}
        allRows={async () => rows}
        empty={null}
        select={{ chosen, onChange: setChosen }}
      />
      <ErrorNote error={act.error} />
    </Sheet>
  )
}

/** Finance has no bench: the claim's number is enough, its firm leads. */
function useReadyColumns(): readonly Column<ClaimRow>[] {
  const { t } = useTranslation('disbursement')
  const shared = useClaimColumns('/claims/$id').filter(({ id }) => id === 'period' || id === 'approved')
  return [
    {
      id: 'organisation',
      label: t('column.organisation'),
      leads: true,
      text: (row) => `${row.organisationName} ${row.number}`,
      cell: (row) => (
        <>
          {row.organisationName}
          <small>
            {row.number} · {row.contractNumber}
          </small>
        </>
      ),
    },
    ...shared,
  ]
}

function Batches({ batches, total }: { batches: readonly Batch[]; total: number }): ReactElement {
  const { t } = useTranslation(['disbursement', 'words'])
  const { instant } = useFormat()
  const columns: readonly Column<Batch>[] = [
    {
      id: 'number',
      label: t('column.batch'),
      leads: true,
      text: (row) => row.number,
      cell: (row) => (
        <>
          <Link to="/finance/disbursements/$id" params={{ id: row.id }}>
            {row.number}
          </Link>
          <small>{t('prepared', { who: row.preparedBy, at: instant(row.preparedAt) })}</small>
        </>
      ),
    },
    {
      id: 'state',
      label: t('column.state'),
      text: (row) => t(`words:batch.${row.state}`),
      cell: (row) => <BatchTag state={row.state} />,
    },
    {
      id: 'lines',
      label: t('column.lines'),
      numeric: true,
      text: (row) => String(row.lines),
      cell: (row) => row.lines,
    },
    {
      id: 'total',
      label: t('column.total'),
      numeric: true,
      text: (row) => ledgerMoney(row.totalFen),
      cell: (row) => <Money fen={row.totalFen} form="ledger" />,
    },
    {
      id: 'paid',
      label: t('column.paid_on'),
      text: (row) => row.paidOn ?? '',
      cell: (row) => row.paidOn ?? '—',
    },
  ]
  return (
    <Sheet title={t('batches')} aside={t('rows.batches', { count: total })}>
      <DataTable
        name="batches"
        columns={columns}
        rows={batches}
        rowId={(row) => row.id}
        caption={t('batches')}
        allRows={() => allRows((page, size) => call('listDisbursements', { query: { page, size } }))}
        empty={<EmptyState>{t('batches.empty')}</EmptyState>}
      />
      <Pager total={total} />
    </Sheet>
  )
}
