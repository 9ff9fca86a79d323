// The columns of an application list, for the clerk and for the office.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import type { Column } from '../../components/data-table.tsx'
import { Deadline } from '../../components/deadline.tsx'
import { Money } from '../../components/money.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { ledgerMoney } from '../../format/money.ts'
import { applicationTone } from './tone.ts'

export type ApplicationRow = Answer<'listApplications'>['items'][number]

/** @param to where the row leads: the clerk's page or the reviewer's bench */
export function useApplicationColumns(
  to: '/applications/$id' | '/review/applications/$id',
): readonly Column<ApplicationRow>[] {
  const { t } = useTranslation(['application', 'words'])
  const text = useSay()
  const { day } = useFormat()
  return [
    {
      id: 'number',
      label: t('column.number'),
      leads: true,
      text: (row) => row.number,
      cell: (row) => (
        <>
          <Link to={to} params={{ id: row.id }}>
            {to === '/applications/$id' ? text(row.programmeTitle) : row.organisationName}
          </Link>
          <small>
            {row.number}
            {row.contractNumber !== null && ` · ${row.contractNumber}`}
          </small>
        </>
      ),
    },
    {
      id: 'state',
      label: t('column.state'),
      text: (row) => t(`words:application.${row.state}`),
      cell: (row) => (
        <StatusTag tone={applicationTone(row.state)}>{t(`words:application.${row.state}`)}</StatusTag>
      ),
    },
    moneyColumn('contract', t('column.contract'), (row) => row.contractAmountFen),
    moneyColumn('amount', t('column.amount'), (row) => row.approvedFen ?? row.ceilingFen),
    {
      id: 'submitted',
      label: t('column.submitted'),
      text: (row) => row.submittedAt?.slice(0, 10) ?? '',
      cell: (row) => (row.submittedAt === null ? '' : day(row.submittedAt.slice(0, 10))),
    },
    {
      id: 'deadline',
      label: t('column.deadline'),
      numeric: true,
      text: (row) => row.deadlineOn ?? '',
      cell: (row) => (
        <RowDeadline row={row} stopped={to === '/review/applications/$id' && row.state === 'correction'} />
      ),
    },
  ]
}

function moneyColumn(
  id: string,
  label: string,
  fen: (row: ApplicationRow) => string | null,
): Column<ApplicationRow> {
  return {
    id,
    label,
    numeric: true,
    text: (row) => (fen(row) === null ? '' : ledgerMoney(fen(row)!)),
    cell: (row) => (fen(row) === null ? <span className="quiet">—</span> : <Money fen={fen(row)!} />),
  }
}

export function RowDeadline({
  row,
  stopped = false,
}: {
  row: { deadlineOn: string | null; workingDaysLeft: number | null }
  /** the reader's own clock stands still */
  stopped?: boolean
}): ReactElement | null {
  const { day } = useFormat()
  if (row.deadlineOn === null) return null
  return <Deadline workingDaysLeft={row.workingDaysLeft} on={day(row.deadlineOn)} stopped={stopped} />
}
