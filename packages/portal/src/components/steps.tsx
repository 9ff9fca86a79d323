// Where a thing stands on its way: what is done with its day, what is next and who must act.
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import './steps.css'

export interface Step {
  readonly id: string
  readonly label: string
  readonly state: 'done' | 'current' | 'stopped' | 'ahead'
  readonly detail?: ReactNode
}

export function Steps({ steps, label }: { steps: readonly Step[]; label: string }): ReactElement {
  const { t } = useTranslation('components')
  return (
    <ol className="steps" aria-label={label}>
      {steps.map((step) => (
        <li
          key={step.id}
          data-state={step.state}
          aria-current={step.state === 'current' ? 'step' : undefined}
        >
          <i aria-hidden="true" />
          <span className="steps-label">
            {step.label}
            <span className="unseen">, {t(`step.${step.state}`)}</span>
          </span>
          {step.detail !== undefined && <span className="steps-detail">{step.detail}</span>}
        </li>
      ))}
    </ol>
  )
}
