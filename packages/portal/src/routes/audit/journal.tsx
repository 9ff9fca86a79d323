// The journal: postings by thing, account, reason and period; everything that is filtered can be downloaded.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import {
  FilterRow,
  PAGE_SIZE,
  Pager,
  SearchBox,
  useFilters,
  useListFilter,
} from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useAccountName, usePostingColumns } from '../../features/audit/posting-columns.tsx'
import { ledgerMoney } from '../../format/money.ts'
import { useAuditCrumb } from '../../features/audit/use-audit-crumb.ts'

/** in the order of a voucher's life */
const REASONS = [
  'appropriate',
  'allot',
  'grant',
  'use',
  'issue',
  'redeem',
  'award',
  'pay',
  'bounce',
  'unredeem',
  'unaward',
  'expire',
  'revoke',
  'give_up',
  'free',
  'lower',
  'claw_back',
  'cancel_clawback',
  'unrecover',
  'set_aside',
  'put_back',
  'spend',
  'advance',
  'draw_down',
  'draw_back',
  'refill',
  'owe_back',
  'return_advance',
  'carry_over',
  'lapse',
  'recover',
  'take_back',
  'withdraw',
  'open_appropriate',
  'open_allot',
  'open_use',
  'open_issue',
  'open_redeem',
  'open_pay',
  'open_expire',
  'open_revoke',
] as const

export function Journal(): ReactElement {
  const { t } = useTranslation('audit')
  const [filter] = useListFilter()
  const [{ reason, from, to, account }] = useFilters(['reason', 'from', 'to', 'account'])
  const known = REASONS.find((each) => each === reason)
  const query = {
    ...(filter.q === undefined ? {} : { q: filter.q }),
    ...(known === undefined ? {} : { reason: known }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(account === undefined ? {} : { accountId: account }),
  }
  const list = useAnswer('listPostings', { query: { ...query, page: filter.page ?? 1, size: PAGE_SIZE } })
  const columns = usePostingColumns()
  const filtered = Object.keys(query).length > 0
  return (
    <Page
      crumbs={[useAuditCrumb(), { label: t('journal') }]}
      title={t(filtered ? 'journal.title_found' : 'journal.title', { count: list.total })}
      lead={t('journal.lead')}
    >
      <Sheet title={t('journal')} aside={t('rows', { count: list.total })}>
        <SearchBox help={t('journal.search')} />
        <Filters />
        {account !== undefined && <OneAccount id={account} />}
        <DataTable
          columns={columns}
          rows={list.items}
          rowId={(row) => row.id}
          caption={t('journal')}
          allRows={() => allRows((page, size) => call('listPostings', { query: { ...query, page, size } }))}
          empty={<EmptyState>{t('journal.empty')}</EmptyState>}
        />
        <Pager total={list.total} />
      </Sheet>
    </Page>
  )
}

function Filters(): ReactElement {
  const { t } = useTranslation('audit')
  const [{ reason = '', from = '', to = '' }, change] = useFilters(['reason', 'from', 'to'])
  return (
    <FilterRow label={t('filter.label')}>
      <SelectField
        label={t('filter.reason')}
        none={t('filter.reason_all')}
        value={reason}
        onChange={(value) => change({ reason: value })}
        choices={REASONS.map((value) => ({ value, label: t(`reason.${value}`) }))}
      />
      <TextField
        label={t('filter.from')}
        type="date"
        value={from}
        onChange={(value) => change({ from: value })}
      />
      <TextField label={t('filter.to')} type="date" value={to} onChange={(value) => change({ to: value })} />
    </FilterRow>
  )
}

/** The account that is looked at, with its balance at the end of the period. */
function OneAccount({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('audit')
  const [{ to }, change] = useFilters(['to', 'account'])
  const account = useAnswer('readAccount', { params: { id }, query: to === undefined ? {} : { asOf: to } })
  const name = useAccountName()
  const inFen = account.unit === 'fen'
  const write = (amount: string): string => (inFen ? ledgerMoney(amount) : amount)
  const amounts = { usable: write(account.usable), held: write(account.debitsPending) }
  return (
    <div className="filters">
      <p>
        {t('journal.account')} <b>{name(account)}</b>:{' '}
        {t(inFen ? 'journal.balance' : 'journal.balance_times', amounts)}
      </p>
      <button type="button" className="button-link" onClick={() => change({ account: undefined })}>
        {t('journal.account_all')}
      </button>
    </div>
  )
}
