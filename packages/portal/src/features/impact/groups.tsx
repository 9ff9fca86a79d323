// The same sums by district and by size of firm, and what each version takes out of the pool month by month.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { Money } from '../../components/money.tsx'
import { Sheet } from '../../components/page.tsx'
import { useDistrict } from '../../components/use-district.ts'
import { useFormat } from '../../components/use-format.ts'
import { ledgerMoney } from '../../format/money.ts'
import type { Impact } from './query.ts'

type Group = Impact['months'][number]

export function ImpactGroups({ impact }: { impact: Impact }): ReactElement {
  const { t } = useTranslation(['impact', 'words'])
  const { say } = useFormat()
  const district = useDistrict()
  const months = useMonths(impact)
  const size = (row: Group): string => t(`words:size.${row.key}` as 'words:size.small')
  return (
    <>
      <Groups
        name="districts"
        first={t('column.district')}
        rows={impact.districts}
        label={(row) => district(row.key)}
      />
      <Groups name="sizes" first={t('column.size')} rows={impact.sizes} label={size} />
      <Groups
        name="months"
        first={t('column.month')}
        rows={impact.months}
        label={(row) => row.key}
        aside={t('pool', { amount: say(impact.poolFen) })}
        more={months}
      />
    </>
  )
}

interface GroupsProps {
  readonly name: 'districts' | 'sizes' | 'months'
  readonly first: string
  readonly rows: readonly Group[]
  readonly label: (row: Group) => string
  readonly aside?: string
  readonly more?: readonly Column<Group>[]
}

const COUNTS = ['rows', 'gain', 'lose', 'unknown'] as const

function Groups({ name, first, rows, label, aside, more = [] }: GroupsProps): ReactElement {
  const { t } = useTranslation('impact')
  const columns: readonly Column<Group>[] = [
    { id: 'key', label: first, leads: true, text: label, cell: label },
    ...COUNTS.map((id) => ({
      id,
      label: t(`column.${id}`),
      numeric: true,
      text: (row: Group) => String(row[id]),
      cell: (row: Group) => row[id],
    })),
    ...(['before', 'after'] as const).map((id) => ({
      id,
      label: t(`column.${id}`),
      numeric: true,
      text: (row: Group) => ledgerMoney(row[`${id}Fen`]),
      cell: (row: Group) => <Money fen={row[`${id}Fen`]} form="ledger" />,
    })),
    ...more,
  ]
  return (
    <Sheet title={t(name)} {...(aside === undefined ? {} : { aside })}>
      <DataTable
        name={name}
        columns={columns}
        rows={rows}
        rowId={(row) => row.key}
        caption={t(name)}
        empty={<p className="note">{t('empty')}</p>}
      />
    </Sheet>
  )
}

/** What was taken from the first month to each, as a share of what was appropriated. */
function useMonths({ months, poolFen }: Impact): readonly Column<Group>[] {
  const { t } = useTranslation('impact')
  const pool = BigInt(poolFen)
  return (['before', 'after'] as const).map((side) => {
    const shares = new Map<string, string>()
    let taken = 0n
    for (const month of months) {
      taken += BigInt(month[`${side}Fen`])
      const tenths = pool === 0n ? null : (taken * 1000n + pool / 2n) / pool
      shares.set(month.key, tenths === null ? '—' : `${tenths / 10n}.${tenths % 10n}%`)
    }
    const share = (row: Group): string => shares.get(row.key) ?? '—'
    return { id: `pool_${side}`, label: t(`column.pool_${side}`), numeric: true, text: share, cell: share }
  })
}
