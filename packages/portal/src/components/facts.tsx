// Facts with where they come from. A value that is not known is said so.
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Clause } from './clause.tsx'
import './facts.css'

export interface Fact {
  readonly id: string
  readonly label: string
  readonly value: ReactNode
  readonly source?: ReactNode
  readonly clause?: string | null
}

export function Facts({ facts }: { facts: readonly Fact[] }): ReactElement {
  const { t } = useTranslation('components')
  return (
    <dl className="facts">
      {facts.map(({ id, label, value, source, clause }) => (
        <div key={id}>
          <dt>
            {label}
            <Clause clause={clause} />
          </dt>
          <dd>
            {value ?? <span className="quiet">{t('unknown')}</span>}
            {source !== undefined && <small>{source}</small>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

export interface TimelineEntry {
  readonly id: string
  readonly when: string
  readonly what: ReactNode
  readonly who?: ReactNode
}

/** What happened, newest first. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }): ReactElement {
  return (
    <ol className="timeline">
      {entries.map(({ id, when, what, who }) => (
        <li key={id}>
          <span className="timeline-when">{when}</span>
          <span className="timeline-what">
            {what}
            {who !== undefined && <small className="quiet"> · {who}</small>}
          </span>
        </li>
      ))}
    </ol>
  )
}
