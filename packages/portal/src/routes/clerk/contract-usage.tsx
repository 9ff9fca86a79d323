// What a contract used: by month, and line by line with the price and why a line is rated nothing.
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call, type Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PAGE_SIZE, Pager, StateTabs, useListFilter } from '../../components/list-filter.tsx'
import { Money } from '../../components/money.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { cardHours } from '../../features/metering/usage-summary.tsx'
import { ledgerMoney } from '../../format/money.ts'

type Line = Answer<'readContractUsage'>['items'][number]

export function ContractUsage(): ReactElement {
  const { t } = useTranslation('metering')
  const { id } = useParams({ from: '/signed-in/contracts/$id/usage' })
  const [filter] = useListFilter()
  const { say, day } = useFormat()
  const month = /^\d{4}-\d{2}$/.test(filter.state ?? '') ? { month: filter.state! } : {}
  const query = { ...month, page: filter.page ?? 1, size: PAGE_SIZE }
  const usage = useAnswer('readContractUsage', { params: { id }, query })
  const columns = useLineColumns()
  return (
    <Page
      crumbs={[{ label: t('contract_crumb') }, { label: usage.contractNumber }]}
      title={t('contract.title', { total: say(usage.totalFen) })}
      lead={t('contract.lead', { from: day(usage.startsOn), to: day(usage.endsOn) })}
    >
      <Sheet
        title={t('lines')}
        aside={
          <Link to="/contracts/$id/hours" params={{ id }}>
            {t('by_hour')}
          </Link>
        }
      >
        <StateTabs
          label={t('month')}
          choices={[
            { value: '', label: t('all_months') },
            ...usage.months.map(({ month: value }) => ({ value, label: value })),
          ]}
        />
        <DataTable
          columns={columns}
          rows={usage.items}
          rowId={(row) => row.id}
          caption={t('lines')}
          fileName={usage.contractNumber}
          allRows={() =>
            allRows((page, size) =>
              call('readContractUsage', { params: { id }, query: { ...month, page, size } }),
            )
          }
          empty={<EmptyState>{t('lines.empty')}</EmptyState>}
        />
        <Pager total={usage.total} />
      </Sheet>
    </Page>
  )
}

function useLineColumns(): readonly Column<Line>[] {
  const { t } = useTranslation('metering')
  const text = useSay()
  const { instant } = useFormat()
  const why = (line: Line): string => t(`reason.${line.reason}` as never, { defaultValue: line.reason })
  return [
    {
      id: 'job',
      label: t('column.job'),
      leads: true,
      text: (line) => line.jobId,
      cell: (line) => (
        <>
          {line.jobId}
          <small>
            {line.cluster} · {line.state}
          </small>
        </>
      ),
    },
    {
      id: 'time',
      label: t('column.time'),
      text: (line) => `${line.startedAt} ${line.endedAt}`,
      cell: (line) => (
        <>
          {instant(line.startedAt)}
          <small>{instant(line.endedAt)}</small>
        </>
      ),
    },
    {
      id: 'hours',
      label: t('column.hours'),
      numeric: true,
      text: (line) => cardHours(cardSeconds(line)),
      cell: (line) => (
        <>
          {cardHours(cardSeconds(line))}
          <small>
            {line.unitsPerCard === 1 ? line.units : `${line.units}/${line.unitsPerCard}`} × {line.chip}
          </small>
        </>
      ),
    },
    {
      id: 'amount',
      label: t('column.amount'),
      numeric: true,
      text: (line) => ledgerMoney(line.amountFen),
      cell: (line) => (
        <>
          <Money fen={line.amountFen} form="ledger" />
          <small>{t('column.price', { price: ledgerMoney(line.priceFenPerCardHour) })}</small>
        </>
      ),
    },
    {
      id: 'reason',
      label: t('column.reason'),
      text: (line) => `${why(line)} ${text(line.explanation)}`,
      cell: (line) => (
        <>
          {why(line)}
          <small>{text(line.explanation)}</small>
        </>
      ),
    },
  ]
}

/** Seconds of whole cards: a shard is its part of one. */
function cardSeconds({ seconds, units, unitsPerCard }: Line): number {
  return (seconds * units) / unitsPerCard
}
