// Every row of every sheet: what it becomes, or what is wrong with it, in which column, and how to mend it.
import { takeOverSheetNames, type TakeOverSheetName } from '@suanquan/api'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf, type Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PAGE_SIZE, Pager, StateTabs, useListFilter } from '../../components/list-filter.tsx'
import { Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useSay } from '../../components/use-say.ts'

type Report = NonNullable<Answer<'readTakeOver'>['report']>
type Line = Answer<'listTakeOverLines'>['items'][number]

export function TakeOverLines({ id, report }: { id: string; report: Report }): ReactElement {
  const { t } = useTranslation('take-over')
  const [filter] = useListFilter()
  const sheet = takeOverSheetNames.find((each) => each === filter.state)
  const refused = filter.state === 'refused'
  const query = {
    ...(sheet === undefined ? {} : { sheet }),
    ...(refused ? { outcome: 'refused' as const } : {}),
    page: filter.page ?? 1,
    size: PAGE_SIZE,
  }
  const { items, total } = useAnswer('listTakeOverLines', { params: { id }, query })
  const held = report.sheets.filter(({ rows }) => rows > 0)
  const wrong = report.sheets.filter(({ refused: count, rows }) => count > 0 && rows > 0)
  return (
    <Sheet title={t('lines')} aside={t('lines.count', { count: total })}>
      <StateTabs
        label={t('lines.filter')}
        choices={[
          { value: '', label: t('lines.all') },
          { value: 'refused', label: t('lines.refused'), count: report.refused },
          ...held.map((each) => ({
            value: each.sheet,
            label: t(`file.${each.sheet}`),
            count: each.rows,
          })),
        ]}
      />
      {wrong.length > 0 && <Errors id={id} sheets={wrong.map((each) => each.sheet)} />}
      <DataTable
        columns={useColumns()}
        rows={items}
        rowId={(row) => `${row.sheet} ${row.row ?? 'all'} ${row.reasons.map(({ code }) => code).join(' ')}`}
        caption={t('lines')}
        empty={<EmptyState>{t('lines.empty')}</EmptyState>}
      />
      <Pager total={total} />
    </Sheet>
  )
}

function Errors({ id, sheets }: { id: string; sheets: readonly TakeOverSheetName[] }): ReactElement {
  const { t } = useTranslation('take-over')
  return (
    <p className="sheet-body row-of">
      {t('lines.errors')}
      {sheets.map((sheet) => (
        <a key={sheet} href={addressOf('downloadTakeOverErrors', { params: { id }, query: { sheet } })}>
          {t(`file.${sheet}`)}
        </a>
      ))}
    </p>
  )
}

function useColumns(): readonly Column<Line>[] {
  const { t } = useTranslation('take-over')
  const say = useSay()
  const told = ({ becomes, reasons }: Line): string[] => [
    ...(becomes === null ? [] : [say(becomes)]),
    ...reasons.map(({ column, message }) =>
      column === null ? say(message) : t('line.reason', { column: say(column), reason: say(message) }),
    ),
  ]
  const outcome = ({ reasons }: Line): 'accepted' | 'refused' =>
    reasons.length === 0 ? 'accepted' : 'refused'
  return [
    {
      id: 'what',
      label: t('line.what'),
      leads: true,
      text: ({ label, sheet }) => `${t(`file.${sheet}`)} ${label}`,
      cell: ({ label, sheet }) => (
        <>
          {label === '' ? t('line.whole') : label}
          <small>{t(`file.${sheet}`)}</small>
        </>
      ),
    },
    {
      id: 'row',
      label: t('line.row'),
      numeric: true,
      text: ({ row }) => String(row ?? ''),
      cell: ({ row }) => row ?? '—',
    },
    {
      id: 'outcome',
      label: t('line.outcome'),
      text: (line) => t(`outcome.${outcome(line)}`),
      cell: (line) => (
        <StatusTag tone={outcome(line) === 'accepted' ? 'done' : 'stopped'}>
          {t(`outcome.${outcome(line)}`)}
        </StatusTag>
      ),
    },
    {
      id: 'becomes',
      label: t('line.becomes'),
      text: (line) => told(line).join('; '),
      cell: (line) => told(line).map((each) => <div key={each}>{each}</div>),
    },
  ]
}
