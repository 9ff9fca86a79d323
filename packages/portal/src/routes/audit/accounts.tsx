// Balances of every account, now or as of the end of any day.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call, type Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
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
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { AccountLink, useAccountName } from '../../features/audit/posting-columns.tsx'
import { ledgerMoney } from '../../format/money.ts'
import { useAuditCrumb } from '../../features/audit/use-audit-crumb.ts'

type Row = Answer<'listAccounts'>['items'][number]

const CODES = [
  'treasury',
  'appropriation',
  'pool',
  'voucher',
  'payable',
  'paid',
  'receivable',
  'cap',
  'cap_used',
  'cap_source',
  'quota',
  'quota_used',
  'quota_source',
] as const

export function Accounts(): ReactElement {
  const { t } = useTranslation('audit')
  const { day } = useFormat()
  const [filter] = useListFilter()
  const [{ code = '', asOf = '' }, change] = useFilters(['code', 'asOf'])
  const known = CODES.find((each) => each === code)
  const query = {
    ...(filter.q === undefined ? {} : { q: filter.q }),
    ...(known === undefined ? {} : { code: known }),
    ...(asOf === '' ? {} : { asOf }),
  }
  const list = useAnswer('listAccounts', { query: { ...query, page: filter.page ?? 1, size: PAGE_SIZE } })
  const columns = useColumns()
  return (
    <Page
      crumbs={[useAuditCrumb(), { label: t('accounts') }]}
      title={
        asOf === ''
          ? t('accounts.title_now', { count: list.total })
          : t('accounts.title_then', { count: list.total, day: day(asOf) })
      }
      lead={t('accounts.lead')}
    >
      <Sheet title={t('accounts')} aside={t('rows', { count: list.total })}>
        <SearchBox help={t('accounts.search')} />
        <FilterRow label={t('filter.label')}>
          <SelectField
            label={t('accounts.code')}
            none={t('accounts.all')}
            value={code}
            onChange={(value) => change({ code: value })}
            choices={CODES.map((value) => ({ value, label: t(`account.${value}`) }))}
          />
          <TextField
            label={t('accounts.as_of')}
            type="date"
            value={asOf}
            onChange={(value) => change({ asOf: value })}
          />
        </FilterRow>
        <DataTable
          columns={columns}
          rows={list.items}
          rowId={(row) => row.id}
          caption={t('accounts')}
          allRows={() => allRows((page, size) => call('listAccounts', { query: { ...query, page, size } }))}
          empty={<EmptyState>{t('accounts.empty')}</EmptyState>}
        />
        <Pager total={list.total} />
      </Sheet>
    </Page>
  )
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('audit')
  const text = useSay()
  const name = useAccountName()
  const amount = (id: 'usable' | 'held' | 'taken' | 'given', of: (row: Row) => string): Column<Row> => {
    const write = (row: Row): string =>
      row.unit === 'fen' ? ledgerMoney(of(row)) : t('amount.times', { count: Number(of(row)) })
    return { id, label: t(`column.${id}`), numeric: true, text: write, cell: (row) => write(row) }
  }
  return [
    {
      id: 'account',
      label: t('column.account'),
      leads: true,
      text: name,
      cell: (row) => <AccountLink account={row} />,
    },
    {
      id: 'programme',
      label: t('programme'),
      text: (row) => text(row.programme),
      cell: (row) => text(row.programme),
    },
    amount('taken', (row) => row.creditsPosted),
    amount('given', (row) => row.debitsPosted),
    amount('held', (row) => row.debitsPending),
    amount('usable', (row) => row.usable),
  ]
}
