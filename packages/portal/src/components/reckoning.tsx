// A reckoning reads like a till receipt: each line one step with its clause, the amount at the right; the line that
// limited the result is marked and says so; the total is the largest thing on the page.
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Clause } from './clause.tsx'
import { StatusTag } from './status-tag.tsx'
import './reckoning.css'

export interface ReckoningLine {
  readonly id: string
  readonly label: string
  readonly clause?: string | undefined
  readonly note?: ReactNode
  /** an amount or a rate, written out */
  readonly value: ReactNode
  /** this line limited the result */
  readonly binding?: boolean
}

interface ReckoningProps {
  readonly lines: readonly ReckoningLine[]
  readonly total: { readonly label: string; readonly value: ReactNode }
}

export function Reckoning({ lines, total }: ReckoningProps): ReactElement {
  return (
    <dl className="reckoning">
      {lines.map((line) => (
        <Line key={line.id} {...line} />
      ))}
      <div className="reckoning-line" data-total>
        <dt>{total.label}</dt>
        <dd>{total.value}</dd>
      </div>
    </dl>
  )
}

function Line({ label, clause, note, value, binding = false }: ReckoningLine): ReactElement {
  const { t } = useTranslation('components')
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
      <dd>{value}</dd>
    </div>
  )
}
