// Each application with its amount before and after and what made the difference; the file holds all of the filter.
import { IMPACT_NAMES, impactChanges } from '@suanquan/api'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { allRows } from '../../client/all-rows.ts'
import { call } from '../../client/call.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { SelectField } from '../../components/field.tsx'
import { FilterRow, Pager, useFilters } from '../../components/list-filter.tsx'
import { Sheet } from '../../components/page.tsx'
import { useDistrict } from '../../components/use-district.ts'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { ledgerMoney } from '../../format/money.ts'
import type { Impact, ImpactQuery } from './query.ts'

type Firm = Impact['items'][number]

interface ImpactFirmsProps {
  readonly adoptionId: string
  readonly impact: Impact
  readonly query: ImpactQuery
}

export function ImpactFirms({ adoptionId, impact, query }: ImpactFirmsProps): ReactElement {
  const { t } = useTranslation('impact')
  const text = useSay()
  const [, change] = useFilters(['change'])
  const columns = useColumns()
  return (
    <Sheet title={t('firms')}>
      <FilterRow label={t('firms')}>
        <SelectField
          label={t('change')}
          none={t('change.all')}
          value={query.change ?? ''}
          onChange={(value) => change({ change: value })}
          choices={impactChanges.map((value) => ({
            value,
            label: `${text(IMPACT_NAMES[value])} ${impact.counts[value]}`,
          }))}
        />
      </FilterRow>
      <DataTable
        name="firms"
        columns={columns}
        rows={impact.items}
        rowId={(row) => row.applicationId}
        caption={t('firms')}
        allRows={() =>
          allRows((page, size) =>
            call('readImpact', { params: { id: adoptionId }, query: { ...query, page, size } }),
          )
        }
        empty={<EmptyState>{t('empty')}</EmptyState>}
      />
      <Pager total={impact.total} />
    </Sheet>
  )
}

function useColumns(): readonly Column<Firm>[] {
  const { t } = useTranslation(['impact', 'words'])
  const text = useSay()
  const district = useDistrict()
  const { day } = useFormat()
  const plain = (id: 'district' | 'size' | 'day', of: (row: Firm) => string): Column<Firm> => ({
    id,
    label: t(`column.${id}`),
    text: of,
    cell: of,
  })
  const money = (id: 'before' | 'after' | 'difference', of: (row: Firm) => string | null): Column<Firm> => {
    const written = (row: Firm): string => {
      const fen = of(row)
      return fen === null ? '—' : ledgerMoney(fen)
    }
    return { id, label: t(`column.${id}`), numeric: true, text: written, cell: written }
  }
  const why = ({ change, reasons }: Firm): string =>
    [
      text(IMPACT_NAMES[change]),
      ...reasons.map(({ kind, text: said }) => t(`reason.${kind}`, { text: text(said) })),
    ].join('; ')
  return [
    {
      id: 'firm',
      label: t('column.firm'),
      leads: true,
      text: (row) => `${row.name} ${row.number}`,
      cell: (row) => (
        <>
          {row.name}
          <small>{row.number}</small>
        </>
      ),
    },
    plain('district', (row) => district(row.district)),
    plain('size', (row) => t(`words:size.${row.sizeClass}` as 'words:size.small')),
    plain('day', (row) => day(row.decidedOn)),
    money('before', (row) => row.beforeFen),
    money('after', (row) => row.afterFen),
    money('difference', ({ beforeFen, afterFen }) =>
      beforeFen === null || afterFen === null ? null : String(BigInt(afterFen) - BigInt(beforeFen)),
    ),
    { id: 'reason', label: t('column.reason'), text: why, cell: why },
  ]
}
