import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import './expert.css'
import { readPoints, type Panel } from './words.ts'

type Opinion = Panel['opinions'][number]

/** What each expert says; without names where experts read each other. */
export function OpinionList({ opinions }: { opinions: readonly Opinion[] }): ReactElement {
  const { t } = useTranslation('expert')
  const { instant } = useFormat()
  return (
    <ul className="opinions">
      {opinions.map((opinion, index) => (
        <li key={`${index}-${opinion.expertName}`}>
          <header>
            <b>{opinion.expertName ?? t('expert.nth', { number: index + 1 })}</b>
            <StatusTag tone={toneOf(opinion)}>
              {opinion.recommendation === null
                ? t(`opinion.${opinion.state}`)
                : t(`recommend.${opinion.recommendation}`)}
            </StatusTag>
            {opinion.totalTenths !== null && (
              <span>{t('points', { points: readPoints(opinion.totalTenths) })}</span>
            )}
            {opinion.at !== null && <small className="quiet">{instant(opinion.at)}</small>}
          </header>
          {opinion.remark !== null && <p>{opinion.remark}</p>}
        </li>
      ))}
    </ul>
  )
}

function toneOf({ state, recommendation }: Opinion): 'done' | 'waits' | 'stopped' | 'quiet' {
  if (state === 'invited') return 'waits'
  if (recommendation === 'oppose') return 'stopped'
  return state === 'given' ? 'done' : 'quiet'
}
