// A provider's home: contracts to confirm, why some use is not paid, and what is claimed for it.
import { Link } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call, type Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Pages, useFilters } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { StateContract } from '../../features/contract/state-contract.tsx'
import { CONFIRMATION_TONES } from '../../features/contract/confirmation-sheet.tsx'
import { LeaveForm } from '../../features/people/leave-form.tsx'
import { ClaimList } from '../../features/settlement/claim-list.tsx'

type Contract = Answer<'listStatedContracts'>['items'][number]

const ROWS = 20

export function ProviderHome(): ReactElement {
  const { t } = useTranslation('contract')
  const [{ contracts }, change] = useFilters(['contracts'])
  const page = Math.min(Math.max(1, Math.trunc(Number(contracts)) || 1), 100_000)
  const list = useAnswer('listStatedContracts', { query: { page, size: ROWS } })
  const [chosen, setChosen] = useState<Contract | null>(null)
  const columns = useColumns(setChosen)
  return (
    <Page title={list.open === 0 ? t('title.done') : t('title', { count: list.open })} lead={t('lead')}>
      {chosen !== null && <StateContract key={chosen.id} contract={chosen} onClose={() => setChosen(null)} />}
      <Sheet title={t('list')} aside={t('list.count', { count: list.total })}>
        <DataTable
          columns={columns}
          rows={list.items}
          rowId={({ id }) => id}
          caption={t('list')}
          allRows={() => allRows((at, size) => call('listStatedContracts', { query: { page: at, size } }))}
          empty={<EmptyState>{t('list.empty')}</EmptyState>}
        />
        <Pages
          total={list.total}
          page={page}
          size={ROWS}
          onPage={(next) => change({ contracts: String(next) })}
        />
      </Sheet>
      <ClaimList to="/deductions/$id" empty={t('claims.empty')} />
      <p>
        <Link to="/capacity">{t('capacity')}</Link>
      </p>
      <LeaveForm role="provider" />
    </Page>
  )
}

function useColumns(onChoose: (contract: Contract) => void): readonly Column<Contract>[] {
  const { t } = useTranslation('contract')
  const { day, read } = useFormat()
  const terms = (row: Contract): string[] => [
    t('terms.account', { ...row.confirmation.stated }),
    ...(row.confirmation.stated.qos === null ? [] : [t('terms.qos', { qos: row.confirmation.stated.qos })]),
    ...row.confirmation.stated.prices.map(({ chip, priceFenPerCardHour }) =>
      t('terms.price', { chip, price: read(priceFenPerCardHour) }),
    ),
    t('terms.term', { from: day(row.startsOn), to: day(row.endsOn) }),
  ]
  const unpaid = (row: Contract): string[] =>
    row.unpaid.length === 0
      ? [t(row.ratedFen === '0' ? 'unpaid.no_use' : 'unpaid.none')]
      : row.unpaid.map(({ reason, lines, valueFen }) =>
          t('unpaid', {
            reason: t(`reason.${reason}` as 'reason.node_failed'),
            count: lines,
            amount: read(valueFen),
          }),
        )
  const lines = (texts: string[]): ReactElement[] => texts.map((text) => <div key={text}>{text}</div>)
  return [
    {
      id: 'firm',
      label: t('column.firm'),
      leads: true,
      text: (row) => `${row.organisationName} ${row.number}`,
      cell: (row) => (
        <>
          {row.organisationName}
          <small>{row.number}</small>
        </>
      ),
    },
    {
      id: 'terms',
      label: t('column.terms'),
      text: (row) => terms(row).join('; '),
      cell: (row) => lines(terms(row)),
    },
    {
      id: 'use',
      label: t('column.use'),
      numeric: true,
      text: (row) => read(row.ratedFen),
      cell: (row) => read(row.ratedFen),
    },
    {
      id: 'unpaid',
      label: t('column.unpaid'),
      text: (row) => unpaid(row).join('; '),
      cell: (row) => lines(unpaid(row)),
    },
    ...useStateColumns(onChoose),
  ]
}

function useStateColumns(onChoose: (contract: Contract) => void): readonly Column<Contract>[] {
  const { t } = useTranslation('contract')
  return [
    {
      id: 'state',
      label: t('column.state'),
      text: (row) => t(`state.${row.confirmation.state}`),
      cell: (row) => (
        <StatusTag tone={CONFIRMATION_TONES[row.confirmation.state]}>
          {t(`state.${row.confirmation.state}`)}
        </StatusTag>
      ),
    },
    {
      id: 'act',
      label: t('column.act'),
      text: () => '',
      cell: (row) => (
        <button type="button" className="button-link" onClick={() => onChoose(row)}>
          {t('act')}
          <span className="unseen"> {row.number}</span>
        </button>
      ),
    },
  ]
}
