import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import type { Column } from '../../components/data-table.tsx'
import { Money } from '../../components/money.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ledgerMoney } from '../../format/money.ts'
import { RowDeadline } from '../application/columns.tsx'
import { ClaimTag } from './claim-lines.tsx'

export type ClaimRow = Answer<'listClaims'>['items'][number]

export type ClaimPath = '/claims/$id' | '/review/claims/$id' | '/deductions/$id'

/** The columns of a list of claims, for the clerk, the provider, the reviewer and finance. */
export function useClaimColumns(to: ClaimPath): readonly Column<ClaimRow>[] {
  const { t } = useTranslation(['settlement', 'words'])
  const { day } = useFormat()
  const period = (row: ClaimRow): string => t('period', { from: day(row.periodFrom), to: day(row.periodTo) })
  return [
    {
      id: 'number',
      label: t('column.number'),
      leads: true,
      text: (row) => row.number,
      cell: (row) => (
        <>
          <Link to={to} params={{ id: row.id }}>
            {to === '/claims/$id' ? row.number : row.organisationName}
          </Link>
          <small>{to === '/claims/$id' ? row.contractNumber : `${row.number} · ${row.contractNumber}`}</small>
        </>
      ),
    },
    {
      id: 'state',
      label: t('column.state'),
      text: (row) => t(`words:claim.${row.state}`),
      cell: (row) => <ClaimTag state={row.state} />,
    },
    { id: 'period', label: t('column.period'), text: period, cell: period },
    {
      id: 'payable',
      label: t('column.payable'),
      numeric: true,
      text: (row) => ledgerMoney(row.payableFen),
      cell: (row) => <Money fen={row.payableFen} form="ledger" />,
    },
    {
      id: 'approved',
      label: t('column.approved'),
      numeric: true,
      text: (row) => (row.approvedFen === null ? '' : ledgerMoney(row.approvedFen)),
      cell: (row) =>
        row.approvedFen === null ? (
          <span className="quiet">—</span>
        ) : (
          <Money fen={row.approvedFen} form="ledger" />
        ),
    },
    {
      id: 'deadline',
      label: t('column.deadline'),
      numeric: true,
      text: (row) => row.deadlineOn ?? '',
      cell: (row) => <RowDeadline row={row} />,
    },
  ]
}
