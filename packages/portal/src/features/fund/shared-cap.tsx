// 共用限额: what each firm has been granted this year by all programmes of the fund, and what is left to it.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Money } from '../../components/money.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ledgerMoney } from '../../format/money.ts'
import type { FundView } from './programmes.tsx'

type Row = NonNullable<FundView['cap']>['firms'][number]

export function SharedCap({ fund }: { fund: FundView }): ReactElement {
  const { t } = useTranslation('fund')
  const { say } = useFormat()
  const { cap } = fund
  if (cap === null)
    return (
      <Sheet title={t('cap')}>
        <EmptyState>{t('cap.none')}</EmptyState>
      </Sheet>
    )
  const amount = (name: 'usedFen' | 'leftFen'): Column<Row> => ({
    id: name,
    label: t(`cap.${name}`),
    numeric: true,
    text: (row) => ledgerMoney(row[name]),
    cell: (row) => <Money fen={row[name]} />,
  })
  const firm: Column<Row> = {
    id: 'firm',
    label: t('cap.firm'),
    leads: true,
    text: (row) => row.name,
    cell: (row) => (
      <>
        {row.name}
        <small>{row.creditCode}</small>
      </>
    ),
  }
  return (
    <Sheet
      title={t('cap')}
      aside={t('cap.limit', { year: cap.year, limit: say(cap.limitFen), document: cap.documentNumber })}
    >
      <DataTable
        columns={[firm, amount('usedFen'), amount('leftFen')]}
        rows={cap.firms}
        rowId={(row) => row.creditCode}
        caption={t('cap')}
        allRows={async () => cap.firms}
        name="shared-cap"
        empty={<EmptyState>{t('cap.unused')}</EmptyState>}
      />
    </Sheet>
  )
}
