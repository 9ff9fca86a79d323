// What the lists come to beside what the closing statement says, figure by figure; what differs stands out with by how much.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { ledgerMoney } from '../../format/money.ts'

type Report = NonNullable<Answer<'readTakeOver'>['report']>
type Comparison = Report['comparisons'][number]
type Figure = Comparison['figures'][number]

interface Line {
  readonly of: Comparison
  readonly figure: Figure
}

export function Compared({ report }: { report: Report }): ReactElement {
  const { t } = useTranslation('take-over')
  // what agrees is told by the whole programme alone: pools and firms are listed where they differ
  const shown = report.comparisons.filter(({ scope, agrees }) => scope === 'programme' || !agrees)
  const lines = shown.flatMap((of) => of.figures.map((figure): Line => ({ of, figure })))
  const firms = report.comparisons.filter(({ scope }) => scope === 'firm').length
  return (
    <Sheet
      title={t(report.differences === 0 ? 'compared.agrees' : 'compared.differs', {
        count: report.differences,
      })}
      aside={t(firms === 0 ? 'compared.no_firms' : 'compared.firms', { count: firms })}
    >
      <DataTable
        columns={useColumns()}
        rows={lines}
        rowId={({ of, figure }) => `${of.scope} ${of.key} ${figure.figure}`}
        caption={t('compared')}
        empty={<EmptyState>{t('compared.empty')}</EmptyState>}
      />
    </Sheet>
  )
}

function useColumns(): readonly Column<Line>[] {
  const { t } = useTranslation('take-over')
  const shown = ({ figure }: Figure, value: string | null): string =>
    value === null ? '—' : figure === 'vouchers' ? value : ledgerMoney(value)
  const scope = ({ of }: Line): string =>
    of.scope === 'programme'
      ? t('scope.programme')
      : of.scope === 'firm'
        ? (of.name ?? of.key)
        : of.key === ''
          ? t('scope.own_pool')
          : t('scope.pool', { code: of.key })
  const difference = ({ figure }: Line): string => {
    const { found, stated } = figure
    if (found === stated) return ''
    return shown(figure, (BigInt(found ?? '0') - BigInt(stated ?? '0')).toString())
  }
  return [
    { id: 'scope', label: t('compared.scope'), leads: true, text: scope, cell: scope },
    {
      id: 'figure',
      label: t('compared.figure'),
      text: ({ figure }) => t(`figure.${figure.figure}`),
      cell: ({ figure }) => t(`figure.${figure.figure}`),
    },
    {
      id: 'found',
      label: t('compared.found'),
      numeric: true,
      text: ({ figure }) => shown(figure, figure.found),
      cell: ({ figure }) => shown(figure, figure.found),
    },
    {
      id: 'stated',
      label: t('compared.stated'),
      numeric: true,
      text: ({ figure }) => shown(figure, figure.stated),
      cell: ({ figure }) => shown(figure, figure.stated),
    },
    {
      id: 'difference',
      label: t('compared.difference'),
      numeric: true,
      text: difference,
      cell: (line) =>
        difference(line) === '' ? (
          t('compared.none')
        ) : (
          <StatusTag tone="stopped">{difference(line)}</StatusTag>
        ),
    },
  ]
}
