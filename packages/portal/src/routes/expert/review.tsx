// One case before an expert: the material at the left, the own opinion at the right; closed, what the others said.
import { useNavigate, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { Note } from '../../components/empty-state.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { Material } from '../../features/expert/material.tsx'
import { OpinionForm } from '../../features/expert/opinion-form.tsx'
import { OpinionList } from '../../features/expert/opinion-list.tsx'
import { ScoreTable } from '../../features/expert/score-table.tsx'
import type { Panel } from '../../features/expert/words.ts'

export function ExpertReview(): ReactElement {
  const { t } = useTranslation('expert')
  const { id } = useParams({ from: '/signed-in/expert/$id' })
  const navigate = useNavigate()
  const say = useSay()
  const { day } = useFormat()
  const panel = useAnswer('readExpertReview', { params: { id } })
  const waits = panel.state === 'open' && panel.mine === 'invited'
  const organisation = panel.organisationName ?? t('covered')
  return (
    <Page
      crumbs={[{ label: t('home'), to: '/expert' }, { label: panel.applicationNumber ?? t('covered') }]}
      title={t(waits ? 'case.title_waits' : 'case.title', { organisation })}
      lead={t(waits ? 'case.lead' : 'case.lead_past', {
        programme: say(panel.programmeTitle),
        day: day(panel.dueOn),
      })}
    >
      <Columns
        sideFirst={!waits}
        main={<Material panel={panel} />}
        side={
          <>
            {waits ? (
              <OpinionForm panel={panel} onAside={() => navigate({ to: '/expert' })} />
            ) : (
              <Sheet title={t(panel.state === 'closed' ? 'result' : 'opinion.mine')}>
                {panel.state !== 'closed' && (
                  <div className="sheet-body">
                    <Note tone="waits">{t(`case.${panel.state}`)}</Note>
                  </div>
                )}
                <ScoreTable panel={panel} />
                <OpinionList opinions={panel.opinions} />
                <Minutes panel={panel} />
              </Sheet>
            )}
          </>
        }
      />
    </Page>
  )
}

function Minutes({ panel }: { panel: Panel }): ReactElement | null {
  const { t } = useTranslation('expert')
  if (panel.minutes === null) return null
  return (
    <div className="sheet-body">
      <h3>{t('minutes')}</h3>
      <p>{panel.minutes}</p>
    </div>
  )
}
