import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { StatusTag } from '../../components/status-tag.tsx'
import type { Application } from './use-draft.ts'
import { stepOf, wizardSteps } from './wizard-steps.ts'
import '../disclosure/notice-list.css'

/** Why the application cannot be submitted yet: step by step what is missing, with the way to where it is filled in. */
export function MissingList({ application }: { application: Application }): ReactElement {
  const { t } = useTranslation(['application', 'words'])
  const nameOf = ({ code, params }: Application['missing'][number]): string =>
    t(keyOf(code, params['about'] ?? '') as 'promise', { ...params, defaultValue: params['about'] ?? code })
  return (
    <ul className="notice-list">
      {wizardSteps.map((step) => {
        const missing = application.missing.filter(
          ({ code, params }) => stepOf(code, params['about'] ?? '') === step,
        )
        if (missing.length === 0) return null
        return (
          <li key={step}>
            <span>
              <Link to="/applications/$id/edit" params={{ id: application.id }} search={{ step } as never}>
                {t(`wizard.${step}`)}
              </Link>
              <small>{missing.map(nameOf).join(t('comma'))}</small>
            </span>
            <StatusTag tone="waits">{t('missing.count', { count: missing.length })}</StatusTag>
          </li>
        )
      })}
    </ul>
  )
}

function keyOf(code: string, about: string): string {
  if (code === 'document') return `words:document.${about}`
  if (code === 'dates') return `missing.dates.${about}`
  if (code === 'contract_used') return 'missing.contract_used'
  return code === 'promise' ? 'promise' : `field.${about}`
}
