// 票据: what a firm or a provider has registered, how much of each is used and where; the offices see all of them and hand
// in what the tax authority answered.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call, type Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { organisationOf, useActsAs, useSession } from '../../client/session.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PAGE_SIZE, Pager, SearchBox, StateTabs, useListFilter } from '../../components/list-filter.tsx'
import { Money } from '../../components/money.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { EnterCertificate } from '../../features/trade-paper/enter-paper.tsx'
import { StandingTag } from '../../features/trade-paper/paper-tags.tsx'
import { UseBar, Uses } from '../../features/trade-paper/paper-uses.tsx'
import { TakeAnswers, TakeFiles } from '../../features/trade-paper/take-files.tsx'
import { ledgerMoney } from '../../format/money.ts'

type Paper = Answer<'listTradePapers'>['items'][number]

const TABS = ['unverified', 'invoice', 'payment', 'delivery_certificate'] as const
type Tab = (typeof TABS)[number]

const QUERIES = {
  unverified: { kind: 'invoice', standing: 'unverified' },
  invoice: { kind: 'invoice' },
  payment: { kind: 'payment' },
  delivery_certificate: { kind: 'delivery_certificate' },
} as const satisfies Readonly<Record<Tab, object>>

export function TradePapers(): ReactElement {
  const { t } = useTranslation('trade-paper')
  const session = useSession()!
  const firm = organisationOf(session, 'clerk')
  const own = firm ?? organisationOf(session, 'provider')
  const importsAnswers = useActsAs('finance')
  const all = useAnswer('listTradePapers', { query: { size: 1 } })
  const open = useAnswer('listTradePapers', { query: { ...QUERIES.unverified, size: 1 } })
  const title = all.total === 0 ? 'title.none' : open.total === 0 ? 'title.all_verified' : 'title'
  return (
    <Page
      title={t(title, { count: all.total, open: open.total })}
      lead={t(own === null ? 'lead.office' : 'lead')}
    >
      {own !== null && <TakeFiles organisationId={own} />}
      <PaperList />
      {firm !== null && <EnterCertificate organisationId={firm} />}
      {importsAnswers && <TakeAnswers />}
    </Page>
  )
}

function PaperList(): ReactElement {
  const { t } = useTranslation('trade-paper')
  const [filter] = useListFilter()
  const tab = TABS.find((known) => known === filter.state)
  const query = {
    ...(tab === undefined ? {} : QUERIES[tab]),
    ...(filter.q === undefined ? {} : { q: filter.q }),
  }
  const list = useAnswer('listTradePapers', { query: { ...query, page: filter.page ?? 1, size: PAGE_SIZE } })
  return (
    <Sheet title={t('list')} aside={t('list.total', { count: list.total })}>
      <SearchBox help={t('list.search')} />
      <StateTabs
        label={t('list.filter')}
        choices={[
          { value: '', label: t('list.all') },
          ...TABS.map((value) => ({ value, label: t(`tab.${value}`) })),
        ]}
      />
      <DataTable
        columns={useColumns()}
        rows={list.items}
        rowId={({ id }) => id}
        caption={t('list')}
        allRows={() => allRows((page, size) => call('listTradePapers', { query: { ...query, page, size } }))}
        empty={<EmptyState>{t('list.empty')}</EmptyState>}
      />
      <Pager total={list.total} />
    </Sheet>
  )
}

function useColumns(): readonly Column<Paper>[] {
  const { t } = useTranslation('trade-paper')
  const { day } = useFormat()
  const parties = (row: Paper): string => `${row.fromName || row.fromCode} → ${row.toName || row.toCode}`
  return [
    {
      id: 'number',
      label: t('column.number'),
      leads: true,
      text: (row) => row.number,
      cell: (row) => (
        <>
          <Link to="/trade-papers/$id" params={{ id: row.id }}>
            {row.number}
          </Link>
          <small>
            {t(`kind.${row.kind}`)} · {parties(row)}
          </small>
        </>
      ),
    },
    { id: 'on', label: t('column.on'), text: (row) => row.datedOn, cell: (row) => day(row.datedOn) },
    {
      id: 'standing',
      label: t('column.standing'),
      text: (row) => (row.kind === 'invoice' ? t(`standing.${row.standing}`) : ''),
      cell: (row) => <StandingTag paper={row} />,
    },
    {
      id: 'amount',
      label: t('column.amount'),
      numeric: true,
      text: (row) => (row.amountFen === null ? '' : ledgerMoney(row.amountFen)),
      cell: (row) => (row.amountFen === null ? '—' : <Money fen={row.amountFen} form="ledger" />),
    },
    {
      id: 'used',
      label: t('column.used'),
      numeric: true,
      text: (row) => ledgerMoney(row.usedFen),
      cell: (row) => <UseBar paper={row} />,
    },
    {
      id: 'uses',
      label: t('column.uses'),
      text: (row) => row.uses.map(({ number }) => number).join(' '),
      cell: (row) => <Uses uses={row.uses} />,
    },
  ]
}
