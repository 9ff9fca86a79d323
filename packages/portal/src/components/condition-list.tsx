// The conditions of a programme, each with its outcome, its clause and where the fact comes from. Unknown is an answer
// of its own: it says what is still needed.
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Clause } from './clause.tsx'
import './condition-list.css'

export type ConditionOutcome = 'met' | 'failed' | 'unknown' | 'person_decides'

export interface ConditionRow {
  readonly id: string
  readonly label: string
  readonly clause?: string | undefined
  readonly outcome: ConditionOutcome
  /** the source and day of the fact, or what is still needed */
  readonly basis?: ReactNode
}

export function ConditionList({ conditions }: { conditions: readonly ConditionRow[] }): ReactElement {
  const { t } = useTranslation('components')
  return (
    <ul className="conditions">
      {conditions.map(({ id, label, clause, outcome, basis }) => (
        <li key={id} data-outcome={outcome}>
          <Mark outcome={outcome} name={t(`condition.${outcome}`)} />
          <span className="conditions-text">
            {label}
            <Clause clause={clause} />
          </span>
          {basis !== undefined && <span className="conditions-basis">{basis}</span>}
        </li>
      ))}
    </ul>
  )
}

function Mark({ outcome, name }: { outcome: ConditionOutcome; name: string }): ReactElement {
  return (
    <svg className="conditions-mark" viewBox="0 0 18 18" role="img" aria-label={name}>
      {outcome === 'met' && (
        <>
          <circle cx="9" cy="9" r="8" fill="#2b6a4d" />
          <path d="M5 9.4l2.7 2.7L13 6.6" stroke="#fff" strokeWidth="1.8" fill="none" />
        </>
      )}
      {outcome === 'failed' && (
        <>
          <rect x="1.5" y="1.5" width="15" height="15" rx="2" fill="#a93622" />
          <path d="M5.6 5.6l6.8 6.8M12.4 5.6l-6.8 6.8" stroke="#fff" strokeWidth="1.8" />
        </>
      )}
      {(outcome === 'person_decides' || outcome === 'unknown') && (
        <>
          <path d="M9 1l8 8-8 8-8-8z" fill="#84560a" />
          <path d="M9 5.2v4.6M9 12v1" stroke="#fff" strokeWidth="1.8" />
        </>
      )}
    </svg>
  )
}
