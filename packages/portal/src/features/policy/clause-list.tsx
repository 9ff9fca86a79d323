import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useClauseName } from '../../components/clause.tsx'
import { Sheet } from '../../components/page.tsx'
import './clause-list.css'

/** The published text clause by clause, as we read it, with how sure its wording is. */
export function ClauseList({ sources }: { sources: Answer<'readAdoption'>['sources'] }): ReactElement {
  const { t } = useTranslation('policy')
  const name = useClauseName()
  return (
    <>
      {sources.map((source) => (
        <Sheet
          key={source.id}
          title={t('clauses')}
          aside={t('clauses.source', {
            title: source.number === null ? source.title : `${source.title}（${source.number}）`,
            issuer: source.issuer,
            day: source.issuedOn ?? t('clauses.undated'),
            grade: source.grade,
          })}
        >
          <dl className="clauses" lang="zh-CN">
            {source.clauses.map((clause) => (
              <div key={clause.id}>
                <dt>{name(clause.id)}</dt>
                <dd>{clause.text}</dd>
              </div>
            ))}
          </dl>
        </Sheet>
      ))}
    </>
  )
}
