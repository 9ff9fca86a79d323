// Worked cases with their results: which hold, and where one does not.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'

type Case = Answer<'checkProgramme'>['caseResults'][number]

export function CaseList({ cases }: { cases: readonly Case[] }): ReactElement {
  const { t } = useTranslation('author')
  const failed = cases.filter(({ passed }) => !passed)
  const shown = [...failed, ...cases.filter(({ passed }) => passed)]
  const aside =
    failed.length > 0 ? t('cases.failed', { count: failed.length }) : t('cases.all', { count: cases.length })
  return (
    <Sheet title={t('cases')} aside={cases.length === 0 ? undefined : aside}>
      {cases.length === 0 ? (
        <EmptyState>{t('cases.empty')}</EmptyState>
      ) : (
        <ul className="pane-list">
          {shown.map(({ name, line, passed, differences }) => (
            <li key={`${line}${name}`} data-wrong={!passed || undefined}>
              <StatusTag tone={passed ? 'done' : 'stopped'}>
                {t(passed ? 'case.passed' : 'case.failed')}
              </StatusTag>{' '}
              <CaseName name={name} /> <small className="quiet">{t('cases.line', { line })}</small>
              {differences.map((difference) => (
                <span key={difference.output} className="code">
                  {t('case.expected', difference)}
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  )
}

/** A near miss is named by the facts it changes. */
export function CaseName({ name }: { name: string }): ReactElement {
  return /^[a-z_.+\s\d]+$/.test(name) ? <code className="code">{name}</code> : <>{name}</>
}
