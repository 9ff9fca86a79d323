// What a file would do, read at once: each row with what it is and precisely what is wrong with it; then it is taken in.
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf, type Answer } from '../../client/call.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { Money } from '../../components/money.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { ledgerMoney } from '../../format/money.ts'
import { OutcomeTag } from './paper-tags.tsx'
import './trade-paper.css'

export type PaperFile = Answer<'checkTradePapers'>
type Row = PaperFile['rows'][number]

export function FileResult({ file, children }: { file: PaperFile; children?: ReactNode }): ReactElement {
  const { t } = useTranslation('trade-paper')
  const columns = useColumns()
  const { refused } = file.counts
  return (
    <Sheet title={file.fileName} aside={t(file.takenAt === null ? 'file.checked' : 'file.taken')}>
      <DataTable
        columns={columns}
        rows={file.rows}
        rowId={(row) => `${file.rows.indexOf(row)}`}
        caption={file.fileName}
        empty={null}
      />
      <div className="sheet-body row-of">
        {children}
        {refused > 0 && (
          <a href={addressOf('downloadTradePaperErrors', { params: { id: file.id } })}>
            {t('file.errors', { count: refused })}
          </a>
        )}
      </div>
    </Sheet>
  )
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('trade-paper')
  const { day, read } = useFormat()
  const say = useSay()
  const told = (row: Row): string[] => [
    ...row.reasons.map(({ message }) => say(message)),
    ...(row.excludedFen === '0' || row.outcome === 'refused'
      ? []
      : [t('file.excluded', { amount: read(row.excludedFen) })]),
  ]
  const parties = (row: Row): string => [row.fromName, row.toName].filter((name) => name !== '').join(' → ')
  return [
    {
      id: 'number',
      label: t('column.number'),
      leads: true,
      text: (row) => row.number,
      cell: (row) => (
        <>
          {row.number === '' ? '—' : row.number}
          <small>{parties(row)}</small>
        </>
      ),
    },
    {
      id: 'outcome',
      label: t('column.outcome'),
      text: (row) => t(`outcome.${row.outcome}`),
      cell: (row) => <OutcomeTag outcome={row.outcome} />,
    },
    {
      id: 'on',
      label: t('column.on'),
      text: (row) => row.datedOn ?? '',
      cell: (row) => (row.datedOn === null ? '—' : <span className="paper-day">{day(row.datedOn)}</span>),
    },
    {
      id: 'amount',
      label: t('column.amount'),
      numeric: true,
      text: (row) => (row.amountFen === null ? '' : ledgerMoney(row.amountFen)),
      cell: (row) => (row.amountFen === null ? '—' : <Money fen={row.amountFen} form="ledger" />),
    },
    {
      id: 'what',
      label: t('column.what'),
      text: (row) => told(row).join('; '),
      cell: (row) => (told(row).length === 0 ? '—' : told(row).map((line) => <div key={line}>{line}</div>)),
    },
  ]
}
