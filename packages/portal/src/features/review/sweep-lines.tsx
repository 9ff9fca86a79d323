import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Money } from '../../components/money.tsx'
import { StatusTag, type Tone } from '../../components/status-tag.tsx'
import { useSay } from '../../components/use-say.ts'
import { ledgerMoney } from '../../format/money.ts'

export type SweepLine = Answer<'checkSweep'>['items'][number] & { readonly state?: string | null }

const TONES: Readonly<Record<SweepLine['outcome'], Tone>> = {
  qualifies: 'done',
  missing: 'waits',
  not_eligible: 'stopped',
  taken: 'quiet',
}

/** Line by line: who qualifies and for how much, and of the rest what is missing or why not. */
export function SweepLines({ lines }: { lines: readonly SweepLine[] }): ReactElement {
  const { t } = useTranslation(['review', 'words'])
  const say = useSay()
  const outcome = ({ outcome: each, state }: SweepLine): string =>
    state === null || state === undefined
      ? t(`sweep.outcome.${each}`)
      : t(`words:application.${state}` as 'words:application.offered')
  const reasons = (line: SweepLine): string => line.reasons.map(say).join('; ')
  const columns: readonly Column<SweepLine>[] = [
    {
      id: 'firm',
      label: t('sweep.column.firm'),
      leads: true,
      text: (line) => `${line.organisationName ?? ''} ${line.creditCode} ${line.contractNumber}`,
      cell: (line) => (
        <>
          {line.organisationName ?? line.creditCode}
          <small>{line.contractNumber}</small>
        </>
      ),
    },
    {
      id: 'outcome',
      label: t('sweep.column.outcome'),
      text: outcome,
      cell: (line) => <StatusTag tone={TONES[line.outcome]}>{outcome(line)}</StatusTag>,
    },
    {
      id: 'amount',
      label: t('sweep.column.amount'),
      numeric: true,
      text: ({ ceilingFen }) => (ceilingFen === null ? '' : ledgerMoney(ceilingFen)),
      cell: ({ ceilingFen }) => (ceilingFen === null ? null : <Money fen={ceilingFen} form="ledger" />),
    },
    { id: 'why', label: t('sweep.column.why'), text: reasons, cell: reasons },
    {
      id: 'case',
      label: t('sweep.column.case'),
      text: () => '',
      cell: ({ applicationId, contractNumber }) =>
        applicationId === null ? null : (
          <Link to="/review/applications/$id" params={{ id: applicationId }}>
            {t('sweep.see')}
            <span className="unseen"> {contractNumber}</span>
          </Link>
        ),
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={lines}
      rowId={({ creditCode, contractNumber }) => `${creditCode}/${contractNumber}`}
      caption={t('sweep.lines')}
      allRows={async () => [...lines]}
      empty={<EmptyState>{t('sweep.empty')}</EmptyState>}
    />
  )
}
