// Will the pool last? What is left over time, and where the present speed leads.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Emphasis } from '../components/emphasis.tsx'
import { useLanguage } from '../components/use-language.ts'
import type { Language } from '../format/language.ts'
import { axisMoney, ledgerMoney, sayMoney } from '../format/money.ts'
import { daysUntil, readDay, readMonth } from '../format/time.ts'
import { burnDownShape, type BurnDownData } from './burn-down-shape.ts'
import { Picture } from './picture.tsx'
import './picture.css'

const BOX = { left: 52, right: 334, top: 12, bottom: 122 }

export function BurnDown({ data }: { data: BurnDownData }): ReactElement {
  const { t } = useTranslation('components')
  const language = useLanguage()
  const finding = useFinding(data)
  const last = data.series[data.series.length - 1]
  return (
    <Picture
      finding={<Emphasis text={t(finding.key, finding.values)} />}
      legend={t(data.exhaustion === null ? 'burn.legend_known' : 'burn.legend')}
      table={{
        head: [t('burn.day'), t('burn.left')],
        rows: [...data.series].reverse().map(({ day, leftFen }) => [day, ledgerMoney(leftFen)]),
      }}
    >
      <Drawing
        data={data}
        language={language}
        label={t('burn.label', {
          from: data.series[0]?.day ?? '',
          to: last?.day ?? '',
          start: sayMoney(data.series[0]?.leftFen ?? '0', language),
          left: sayMoney(last?.leftFen ?? '0', language),
        })}
      />
    </Picture>
  )
}

interface DrawingProps {
  readonly data: BurnDownData
  readonly language: Language
  readonly label: string
}

function Drawing({ data, language, label }: DrawingProps): ReactElement {
  const shape = burnDownShape(data, BOX)
  return (
    <svg viewBox="0 0 340 146" role="img" aria-label={label}>
      <path
        d={shape.levels.map(({ y }) => `M${BOX.left} ${y}H${BOX.right}`).join('')}
        stroke="#ece9e1"
        fill="none"
      />
      <path d={shape.area} fill="#e4eff3" />
      <path d={`M${BOX.left} ${BOX.bottom}H${BOX.right}`} stroke="#b9b5a8" />
      <path d={`M${shape.endsAt} ${BOX.top}V${BOX.bottom}`} stroke="#b9b5a8" strokeDasharray="2 3" />
      <path d={shape.line} fill="none" stroke="#0b5876" strokeWidth="2.4" />
      {shape.fan !== null && <path d={shape.fan} fill="none" stroke="#84560a" opacity="0.35" />}
      {shape.forecast !== null && (
        <path d={shape.forecast} fill="none" stroke="#84560a" strokeWidth="2" strokeDasharray="5 4" />
      )}
      {shape.end !== null && <circle cx={shape.end.x} cy={shape.end.y} r="4" fill="#84560a" />}
      {shape.levels.map(({ y, fen }) => (
        <text key={y} x="0" y={y + 4}>
          {axisMoney(fen, language)}
        </text>
      ))}
      {shape.months.map(({ x, month }) => (
        <text key={x} x={x} y="140">
          {readMonth(month, language)}
        </text>
      ))}
    </svg>
  )
}

interface Finding {
  readonly key: 'burn.empty' | 'burn.lasts' | 'burn.runs_out' | 'burn.unsure'
  readonly values: Record<string, string | number>
}

function useFinding({ series, exhaustion, endsOn }: BurnDownData): Finding {
  const language = useLanguage()
  const left = series[series.length - 1]?.leftFen ?? '0'
  const end = readDay(endsOn, language)
  if (BigInt(left) <= 0n) return { key: 'burn.empty', values: { end } }
  const values = { left: sayMoney(left, language), end }
  if (exhaustion === null) return { key: 'burn.unsure', values }
  const days = daysUntil(exhaustion.day, endsOn)
  if (days < 0) return { key: 'burn.lasts', values }
  return { key: 'burn.runs_out', values: { ...values, day: readDay(exhaustion.day, language), count: days } }
}
