// Where each month's money went, as bars of one scale: voucher, own money, unpaid.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import './month-bars.css'

type Month = Answer<'readStatement'>['byMonth'][number]

const PARTS = ['voucherFen', 'ownFen', 'unpaidFen'] as const

export function MonthBars({ months }: { months: readonly Month[] }): ReactElement | null {
  const { t } = useTranslation('statement')
  const { read } = useFormat()
  const most = months.reduce((top, { ratedFen }) => (BigInt(ratedFen) > top ? BigInt(ratedFen) : top), 0n)
  if (most === 0n) return null
  const share = (fen: string): number => Math.max(0, Number((BigInt(fen) * 10_000n) / most) / 100)
  return (
    <Sheet title={t('bars')} aside={PARTS.map((part) => t(`amount.${part}`)).join(' · ')}>
      <dl className="month-bars sheet-body">
        {months.map((month) => (
          <div key={month.month}>
            <dt>{month.month}</dt>
            <dd>
              <span className="month-bar" aria-hidden="true">
                {PARTS.map((part) => (
                  <i key={part} className={`month-bar-${part}`} style={{ width: `${share(month[part])}%` }} />
                ))}
              </span>
              <span className="small">
                {PARTS.filter((part) => month[part] !== '0')
                  .map((part) => `${t(`amount.${part}`)} ${read(month[part])}`)
                  .join(' · ')}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </Sheet>
  )
}
