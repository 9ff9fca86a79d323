import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Money } from '../../components/money.tsx'
import { Sheet } from '../../components/page.tsx'
import { TableExport } from '../../components/table-export.tsx'
import { ledgerMoney } from '../../format/money.ts'
import '../../components/table.css'

export type ContractUsage = Answer<'readContractUsage'>

/** Card hours of so many card seconds, one decimal. */
export function cardHours(cardSeconds: number): string {
  return (Math.round(cardSeconds / 360) / 10).toLocaleString('en', { minimumFractionDigits: 1 })
}

/** What the centre metered, month by month. */
export function UsageSummary({
  usage,
  contractId,
}: {
  usage: ContractUsage
  contractId: string
}): ReactElement {
  const { t } = useTranslation('metering')
  return (
    <Sheet
      title={t('summary')}
      aside={
        <Link to="/contracts/$id/usage" params={{ id: contractId }}>
          {t('summary.all')}
        </Link>
      }
    >
      {usage.months.length === 0 ? (
        <EmptyState>{t('summary.empty')}</EmptyState>
      ) : (
        <>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('month')}</th>
                <th scope="col" className="number">
                  {t('card_hours')}
                </th>
                <th scope="col" className="number">
                  {t('amount')}
                </th>
              </tr>
            </thead>
            <tbody>
              {usage.months.map((month) => (
                <tr key={month.month}>
                  <td>{month.month}</td>
                  <td className="number">{cardHours(month.cardSeconds)}</td>
                  <td className="number">
                    <Money fen={month.amountFen} form="ledger" />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <TableExport
            columns={[
              { label: t('month'), text: (row) => row.month },
              { label: t('card_hours'), text: (row) => cardHours(row.cardSeconds), numeric: true },
              { label: t('amount'), text: (row) => ledgerMoney(row.amountFen), numeric: true },
            ]}
            rows={() => Promise.resolve(usage.months)}
            title={t('summary')}
          />
        </>
      )}
    </Sheet>
  )
}
