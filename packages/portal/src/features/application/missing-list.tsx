import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { StatusTag } from '../../components/status-tag.tsx'
import type { Application } from './use-draft.ts'
import { stepOf } from './wizard-steps.ts'
import '../disclosure/notice-list.css'

/** Why the application cannot be submitted yet: each thing with the way to where it is filled in. */
export function MissingList({ application }: { application: Application }): ReactElement {
  const { t } = useTranslation(['application', 'words'])
  return (
    <ul className="notice-list">
      {application.missing.map(({ code, params }) => {
        const about = params['about'] ?? ''
        const step = stepOf(code, about)
        return (
          <li key={`${code}.${about}`}>
            <Link to="/applications/$id/edit" params={{ id: application.id }} search={{ step } as never}>
              {t(keyOf(code, about) as 'promise', { defaultValue: about })}
            </Link>
            <StatusTag tone="waits">{t(`wizard.${step}`)}</StatusTag>
          </li>
        )
      })}
    </ul>
  )
}

function keyOf(code: string, about: string): string {
  if (code === 'document') return `words:document.${about}`
  if (code === 'dates') return `missing.dates.${about}`
  return code === 'promise' ? 'promise' : `field.${about}`
}
