// How much was granted and paid month by month; a month that is left out of the data has no bar.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Emphasis } from '../components/emphasis.tsx'
import { useLanguage } from '../components/use-language.ts'
import { axisMoney, ledgerMoney, sayMoney } from '../format/money.ts'
import { readMonth } from '../format/time.ts'
import { Picture } from './picture.tsx'
import './picture.css'

export interface MonthAmounts {
  readonly month: string
  readonly grantedFen: string | null
  readonly paidFen: string | null
}

const BOX = { left: 52, right: 640, top: 14, bottom: 150 }

export function Months({ months }: { months: readonly MonthAmounts[] }): ReactElement {
  const { t } = useTranslation('disclosure')
  const language = useLanguage()
  const shown = months.filter(({ grantedFen }) => grantedFen !== null)
  const [most] = shown.toSorted((one, other) =>
    BigInt(one.grantedFen!) < BigInt(other.grantedFen!) ? 1 : -1,
  )
  const finding =
    most === undefined
      ? t('totals.picture_none')
      : t('totals.picture', { month: most.month, granted: sayMoney(most.grantedFen!, language) })
  const cell = (fen: string | null): string => (fen === null ? t('totals.hidden') : ledgerMoney(fen))
  return (
    <Picture
      finding={<Emphasis text={finding} />}
      legend={t('totals.legend')}
      table={{
        head: [t('totals.month'), t('totals.granted'), t('totals.paid')],
        rows: months.map(({ month, grantedFen, paidFen }) => [month, cell(grantedFen), cell(paidFen)]),
      }}
    >
      <Bars months={months} label={t('totals.label')} />
    </Picture>
  )
}

function Bars({ months, label }: { months: readonly MonthAmounts[]; label: string }): ReactElement {
  const language = useLanguage()
  const amounts = months.flatMap(({ grantedFen, paidFen }) => [grantedFen ?? '0', paidFen ?? '0']).map(BigInt)
  const top = amounts.reduce((most, fen) => (fen > most ? fen : most), 1n)
  const step = (BOX.right - BOX.left) / Math.max(1, months.length)
  const height = (fen: string | null): number =>
    Number((BigInt(fen ?? '0') * 10_000n) / top) * ((BOX.bottom - BOX.top) / 10_000)
  const bar = (x: number, fen: string | null, fill: string): ReactElement => (
    <rect x={x} width={step * 0.32} y={BOX.bottom - height(fen)} height={height(fen)} fill={fill} />
  )
  return (
    <svg viewBox="0 0 640 176" role="img" aria-label={label}>
      <path d={`M${BOX.left} ${BOX.top}H${BOX.right}`} stroke="#ece9e1" />
      <path d={`M${BOX.left} ${BOX.bottom}H${BOX.right}`} stroke="#b9b5a8" />
      <text x="0" y={BOX.top + 4}>
        {axisMoney(top, language)}
      </text>
      {months.map(({ month, grantedFen, paidFen }, index) => (
        <g key={month}>
          {bar(BOX.left + step * (index + 0.15), grantedFen, '#0b5876')}
          {bar(BOX.left + step * (index + 0.5), paidFen, '#8dbacb')}
          <text x={BOX.left + step * (index + 0.2)} y="170">
            {readMonth(Number(month.slice(5)), language)}
          </text>
        </g>
      ))}
    </svg>
  )
}
