// A page that could not be read: what was refused, and a way to try again.
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { Link, type ErrorComponentProps } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Refused } from '../client/call.ts'
import { ErrorNote } from '../components/error-note.tsx'
import { Page } from '../components/page.tsx'

export function BrokenPage({ error, reset }: ErrorComponentProps): ReactElement {
  const { t } = useTranslation('shell')
  const final = error instanceof Refused && [400, 403, 404].includes(error.problem.status)
  const queries = useQueryErrorResetBoundary()
  function again(): void {
    queries.reset()
    reset()
  }
  return (
    <Page title={t('broken.title')}>
      <ErrorNote error={error instanceof Error ? error : null} />
      <div className="row-of">
        {!final && (
          <button type="button" className="button" onClick={again}>
            {t('broken.again')}
          </button>
        )}
        <Link to="/">{t('nav.home')}</Link>
      </div>
    </Page>
  )
}

export function NoSuchPage(): ReactElement {
  const { t } = useTranslation('shell')
  return (
    <Page title={t('nowhere.title')} lead={t('nowhere.lead')}>
      <Link to="/">{t('nav.home')}</Link>
    </Page>
  )
}
