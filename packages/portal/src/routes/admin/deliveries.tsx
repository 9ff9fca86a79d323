// What left by mail, SMS and 企业微信, what waits and what failed. What failed or is uncertain is sent again with a reason.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call, type Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PAGE_SIZE, Pager, StateTabs, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { ReasonedAct } from '../../components/reasoned-act.tsx'
import { StatusTag, type Tone } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'

type List = Answer<'listDeliveries'>
type Row = List['items'][number]

const STATES = ['waiting', 'sending', 'sent', 'failed', 'uncertain', 'cancelled'] as const

const TONE: Record<Row['state'], Tone> = {
  waiting: 'waits',
  sending: 'waits',
  sent: 'done',
  failed: 'stopped',
  uncertain: 'stopped',
  cancelled: 'quiet',
}

export function Deliveries(): ReactElement {
  const { t } = useTranslation('message')
  const [filter] = useListFilter()
  const state = STATES.find((each) => each === filter.state)
  const query = state === undefined ? {} : { state }
  const list = useAnswer('listDeliveries', { query: { ...query, page: filter.page ?? 1, size: PAGE_SIZE } })
  const columns = useColumns()
  const open = list.channels.filter(({ offered }) => offered).map(({ channel }) => t(`channel.${channel}`))
  return (
    <Page
      crumbs={[{ label: t('deliveries.crumb'), to: '/admin/system' }, { label: t('deliveries') }]}
      title={useTitle(list)}
      lead={
        open.length === 0 ? t('deliveries.closed') : t('deliveries.lead', { channels: open.join(t('comma')) })
      }
    >
      <Sheet title={t('deliveries')} aside={t('list.count', { count: list.total })}>
        <StateTabs
          label={t('column.state')}
          choices={[
            { value: '', label: t('show.all') },
            ...STATES.map((value) => ({ value, label: t(`state.${value}`), count: list.counts[value] })),
          ]}
        />
        <DataTable
          columns={columns}
          rows={list.items}
          rowId={(row) => row.id}
          caption={t('deliveries')}
          allRows={() => allRows((page, size) => call('listDeliveries', { query: { ...query, page, size } }))}
          empty={<EmptyState>{t('deliveries.none')}</EmptyState>}
        />
      </Sheet>
      <Pager total={list.total} />
    </Page>
  )
}

function useTitle({ counts }: List): string {
  const { t } = useTranslation('message')
  const stopped = (counts.failed ?? 0) + (counts.uncertain ?? 0)
  return stopped === 0 ? t('deliveries.title.ok') : t('deliveries.title.stopped', { count: stopped })
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('message')
  const text = useSay()
  const { instant } = useFormat()
  return [
    {
      id: 'what',
      label: t('column.kind'),
      leads: true,
      text: (row) => text(row.name),
      cell: (row) => (
        <>
          {text(row.name)}
          <small>
            {t(`channel.${row.channel}`)} · {row.personName} <span className="code">{row.addressMasked}</span>
          </small>
        </>
      ),
    },
    {
      id: 'state',
      label: t('column.state'),
      text: (row) => t(`state.${row.state}`),
      cell: (row) => (
        <>
          <StatusTag tone={TONE[row.state]}>{t(`state.${row.state}`)}</StatusTag>
          {row.error !== null && <small className="code">{row.error}</small>}
          {row.retryReason !== null && <small>{t('retried', { reason: row.retryReason })}</small>}
        </>
      ),
    },
    {
      id: 'attempts',
      label: t('column.attempts'),
      numeric: true,
      text: (row) => String(row.attempts),
      cell: (row) => row.attempts,
    },
    {
      id: 'when',
      label: t('column.when'),
      text: (row) => row.endedAt ?? row.nextAt ?? row.createdAt,
      cell: (row) => (
        <>
          {instant(row.endedAt ?? row.createdAt)}
          {row.nextAt !== null && <small>{t('next_at', { at: instant(row.nextAt) })}</small>}
        </>
      ),
    },
    {
      id: 'act',
      label: t('column.act'),
      text: () => '',
      cell: (row) =>
        row.kind !== 'code' && (row.state === 'failed' || row.state === 'uncertain') ? (
          <Retry row={row} />
        ) : (
          '—'
        ),
    },
  ]
}

function Retry({ row }: { row: Row }): ReactElement {
  const { t } = useTranslation('message')
  const act = useAct('retryDelivery')
  return (
    <ReasonedAct
      label={t('retry')}
      title={t(row.state === 'uncertain' ? 'retry.title_uncertain' : 'retry.title')}
      reasonLabel={t('retry.reason')}
      act={act}
      onAct={(reason) => act.mutateAsync({ params: { id: row.id }, body: { reason } })}
    />
  )
}
