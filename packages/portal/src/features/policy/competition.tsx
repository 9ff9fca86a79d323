// Fair competition of a programme in force, for everybody: each rule that favours some, the ground on which it stands and
// who signed. Loaded when it is opened.
import { competitionGroundNames, competitionKindNames } from '@suanquan/api'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { Clause } from '../../components/clause.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'

export function Competition({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('author')
  const say = useSay()
  const { day } = useFormat()
  const { decidedOn, items } = useAnswer('readCompetition', { params: { id } })
  if (items.length === 0) return <p>{t('studio.competition.none')}</p>
  return (
    <>
      {items.map(({ key, kind, article, text, clause, ground, reason, signedBy }) => (
        <div key={key}>
          <p>
            <b>{say(competitionKindNames[kind])}</b> {say(text)} <Clause clause={clause} />
            <small className="quiet"> {t('competition.article', { article })}</small>
          </p>
          <p>
            {ground === null || reason === null || signedBy === null ? (
              t('competition.unstated')
            ) : (
              <>
                {t('competition.stands', { ground: say(competitionGroundNames[ground]) })}
                {reason}
                <small className="quiet">
                  {' '}
                  {t('competition.signed', { who: signedBy, on: day(decidedOn) })}
                </small>
              </>
            )}
          </p>
        </div>
      ))}
    </>
  )
}
