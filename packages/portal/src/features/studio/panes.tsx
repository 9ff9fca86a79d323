// What stands beside the text: findings, clauses with their rules and the cases that prove them, cases, what differs, and
// what planted faults nobody noticed.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Clause } from '../../components/clause.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useSay } from '../../components/use-say.ts'
import { CaseName } from '../author/case-list.tsx'
import { DifferenceTable, type Difference } from '../author/difference-table.tsx'
import type { Looked, Problem, Scored, StudioCase, StudioRule, Texts } from './look.ts'

export interface Spot {
  readonly file: keyof Texts
  readonly line: number
  readonly column: number
}

type Go = (spot: Spot) => void

export function Problems({ problems, go }: { problems: readonly Problem[]; go: Go }): ReactElement {
  const { t } = useTranslation('author')
  const say = useSay()
  return (
    <Sheet title={t('check.message')} aside={t('rows', { count: problems.length })}>
      {problems.length === 0 ? (
        <EmptyState>{t('studio.problems.none')}</EmptyState>
      ) : (
        <ul className="pane-list">
          {problems.map((problem) => (
            <li key={`${problem.file}${problem.line}:${problem.column}${problem.message.en}`}>
              <StatusTag tone={problem.severity === 'error' ? 'stopped' : 'waits'}>
                {t(`severity.${problem.severity}`)}
              </StatusTag>{' '}
              <button type="button" className="button-link" onClick={() => go(problem)}>
                {t('studio.place', {
                  file: t(`studio.file.${problem.file}`),
                  line: problem.line,
                  column: problem.column,
                })}
              </button>
              <span className="studio-said">{say(problem.message)}</span>
              {problem.suggestion !== null && <span className="code">→ {problem.suggestion}</span>}
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  )
}

export function Cases({ cases, go }: { cases: readonly StudioCase[]; go: Go }): ReactElement {
  const { t } = useTranslation('author')
  const failed = cases.filter(({ passed }) => !passed)
  const aside =
    failed.length > 0 ? t('cases.failed', { count: failed.length }) : t('cases.all', { count: cases.length })
  return (
    <Sheet title={t('cases')} aside={cases.length === 0 ? undefined : aside}>
      {cases.length === 0 ? (
        <EmptyState>{t('studio.cases.none')}</EmptyState>
      ) : (
        <ul className="pane-list">
          {[...failed, ...cases.filter(({ passed }) => passed)].map(({ name, line, passed, differences }) => (
            <li key={`${line}${name}`} data-wrong={!passed || undefined}>
              <StatusTag tone={passed ? 'done' : 'stopped'}>
                {t(passed ? 'case.passed' : 'case.failed')}
              </StatusTag>{' '}
              <CaseName name={name} />{' '}
              <button
                type="button"
                className="button-link"
                onClick={() => go({ file: 'cases', line, column: 1 })}
              >
                {t('cases.line', { line })}
              </button>
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

interface ClausesProps {
  readonly programme: NonNullable<Looked['programme']>
  readonly scored: Scored | undefined
}

/** A clause, the rules that cite it, and the cases that would notice if one of them were wrong. */
export function Clauses({ programme, scored }: ClausesProps): ReactElement {
  const { t } = useTranslation('author')
  const say = useSay()
  const { clauses, rules, competition } = programme
  const uncited = rules.filter(({ cite }) => cite === null)
  return (
    <>
      <Sheet title={t('clauses')} aside={t('rows', { count: clauses.length })}>
        {scored === undefined && <p className="sheet-body quiet small">{t('studio.clauses.score')}</p>}
        <ul className="pane-list">
          {clauses.map(({ cite, source, clause, grade, text }) => (
            <li key={cite}>
              <details>
                <summary>
                  {say(text)} <Clause clause={clause} />
                  <small className="quiet">
                    {' '}
                    {source} · {grade} ·{' '}
                    {t('studio.clauses.rules', { count: rules.filter((rule) => rule.cite === cite).length })}
                  </small>
                </summary>
                <Rules rules={rules.filter((rule) => rule.cite === cite)} scored={scored} />
              </details>
            </li>
          ))}
          {uncited.length > 0 && (
            <li data-wrong={uncited.some(({ basis }) => basis === 'assumed') || undefined}>
              <details>
                <summary>{t('studio.clauses.uncited', { count: uncited.length })}</summary>
                <Rules rules={uncited} scored={scored} />
              </details>
            </li>
          )}
        </ul>
      </Sheet>
      <Sheet title={t('studio.competition')} aside={t('rows', { count: competition.length })}>
        {competition.length === 0 ? (
          <EmptyState>{t('studio.competition.none')}</EmptyState>
        ) : (
          <ul className="pane-list">
            {competition.map(({ path, text, kind, article }) => (
              <li key={`${path}${kind}`} data-wrong>
                {say(text)}
                <small className="quiet">
                  {' '}
                  {t(`competition.${kind}` as 'competition.local_only')} ·{' '}
                  {t('competition.article', { article })}
                </small>
                <span className="code">{path}</span>
              </li>
            ))}
          </ul>
        )}
      </Sheet>
    </>
  )
}

function Rules({
  rules,
  scored,
}: {
  readonly rules: readonly StudioRule[]
  readonly scored: Scored | undefined
}): ReactElement {
  const { t } = useTranslation('author')
  const say = useSay()
  return (
    <ul className="studio-rules">
      {rules.map(({ path, text, is, basis }) => (
        <li key={path}>
          <span className="code">{path}</span>
          {say(text)}
          {basis !== 'cited' && <small className="quiet"> {t(`basis.${basis}` as 'basis.open')}</small>}
          <span className="code">{is === '' ? t('rules.open') : is}</span>
          {(scored?.proves[path] ?? []).map((name) => (
            <small key={name} className="studio-proof">
              <CaseName name={name} />
            </small>
          ))}
        </li>
      ))}
    </ul>
  )
}

export function Differences({ rows }: { rows: readonly Difference[] | null }): ReactElement {
  const { t } = useTranslation('author')
  const aside = rows === null ? {} : { aside: t('compare.title', { count: rows.length }) }
  return (
    <Sheet title={t('studio.differences')} {...aside}>
      {rows === null ? (
        <EmptyState>{t('studio.differences.no_base')}</EmptyState>
      ) : (
        <DifferenceTable rows={rows} />
      )}
    </Sheet>
  )
}
