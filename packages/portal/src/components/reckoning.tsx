// A reckoning reads like a till receipt: each line one step with its clause, the amount at the right; the line that
// limited the result is marked and says so; the total is the largest thing on the page.
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { readsInWan, type FenValue } from '../format/money.ts'
import { Clause } from './clause.tsx'
import { Money } from './money.tsx'
import { StatusTag } from './status-tag.tsx'
import './reckoning.css'

export interface ReckoningLine {
  readonly id: string
  readonly label: string
  readonly clause?: string | undefined
  readonly note?: ReactNode
  /** an amount, all of one receipt in one unit; or else what stands in its place */
  readonly value: { readonly fen: FenValue } | string
  /** this line limited the result */
  readonly binding?: boolean
}

interface ReckoningProps {
  readonly lines: readonly ReckoningLine[]
  readonly total: { readonly label: string; readonly value: { readonly fen: FenValue } | string }
}

export function Reckoning({ lines, total }: ReckoningProps): ReactElement {
  const amounts = [...lines, total].flatMap(({ value }) => (typeof value === 'string' ? [] : [value.fen]))
  const form = amounts.every((fen) => BigInt(fen) === 0n || readsInWan(fen)) ? 'reading' : 'yuan'
  return (
    <dl className="reckoning">
      {lines.map((line) => (
        <Line key={line.id} line={line} form={form} />
      ))}
      <div className="reckoning-line" data-total>
        <dt>{total.label}</dt>
        <dd>
          <Amount value={total.value} form={form} />
        </dd>
      </div>
    </dl>
  )
}

interface LineProps {
  readonly line: ReckoningLine
  readonly form: 'reading' | 'yuan'
}

function Line({ line, form }: LineProps): ReactElement {
  const { t } = useTranslation('components')
  const { label, clause, note, value, binding = false } = line
  return (
    <div className="reckoning-line" data-binding={binding || undefined}>
      <dt>
        {label}
        {binding && (
          <>
            {' '}
            <StatusTag tone="waits">{t('reckoning.binding')}</StatusTag>
          </>
        )}
        <Clause clause={clause} />
        {note !== undefined && <span className="reckoning-note">{note}</span>}
      </dt>
      <dd>
        <Amount value={value} form={form} />
      </dd>
    </div>
  )
}

function Amount({ value, form }: { value: ReckoningLine['value']; form: LineProps['form'] }): ReactElement {
  return typeof value === 'string' ? <>{value}</> : <Money fen={value.fen} form={form} />
}
