// One case before a body: what is asked and the material at the left, its report at the right.
import { useNavigate, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { Note } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Money } from '../../components/money.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { ReportForm } from '../../features/engagement/report-form.tsx'
import { ReportRead } from '../../features/engagement/report.tsx'
import { inspectionTone, type Inspection } from '../../features/engagement/words.ts'
import { Material } from '../../features/expert/material.tsx'

export function InspectionPage(): ReactElement {
  const { t } = useTranslation('engagement')
  const { id } = useParams({ from: '/signed-in/inspections/$id' })
  const navigate = useNavigate()
  const say = useSay()
  const { day } = useFormat()
  const inspection = useAnswer('readInspection', { params: { id } })
  const { mine, state, task, bodyName, organisationName, programmeTitle } = inspection
  return (
    <Page
      crumbs={[{ label: t('inspections'), to: '/inspections' }, { label: inspection.number }]}
      title={t('case.title', {
        organisation: organisationName ?? say(programmeTitle),
        task: t(`task.${task}`),
      })}
      lead={t('case.lead', { body: bodyName, day: day(inspection.dueOn) })}
    >
      <Columns
        sideFirst={!mine}
        main={<Examined inspection={inspection} />}
        side={
          mine ? (
            <ReportForm inspection={inspection} onAside={() => navigate({ to: '/inspections' })} />
          ) : (
            <Sheet
              title={t('report')}
              aside={<StatusTag tone={inspectionTone(state)}>{t(`state.${state}`)}</StatusTag>}
            >
              <ReportRead inspection={inspection} />
              {inspection.closedReason !== null && (
                <div className="sheet-body">
                  <Note tone="waits">{`${t('closed')}: ${inspection.closedReason}`}</Note>
                </div>
              )}
            </Sheet>
          )
        }
      />
    </Page>
  )
}

function Examined({ inspection }: { inspection: Inspection }): ReactElement {
  const { t } = useTranslation('engagement')
  const { question, material, claim, performance } = inspection
  return (
    <>
      {claim !== null && <ClaimSheet claim={claim} />}
      {performance !== null && <PerformanceSheet performance={performance} />}
      {material === null ? (
        <Sheet title={t('question')}>
          <div className="sheet-body">
            <p>{question}</p>
            {performance === null && <p className="small quiet">{t('not_here')}</p>}
          </div>
        </Sheet>
      ) : (
        <Material panel={{ question, material }} title={t('question')} />
      )}
    </>
  )
}

function ClaimSheet({ claim }: { claim: NonNullable<Inspection['claim']> }): ReactElement {
  const { t } = useTranslation('engagement')
  const { day } = useFormat()
  const legs = claim.matched?.legs ?? []
  return (
    <Sheet title={t('claim')}>
      <Facts
        facts={[
          {
            id: 'period',
            label: t('claim.period'),
            value: t('days', { from: day(claim.periodFrom), to: day(claim.periodTo) }),
          },
          ...legs
            .filter(({ applies }) => applies)
            .map(({ leg, countedFen }) => ({
              id: leg,
              label: t('leg.counted', { leg: t(`leg.${leg}`) }),
              value: <Money fen={countedFen} form="ledger" />,
            })),
          {
            id: 'payable',
            label: t('claim.payable'),
            value: <Money fen={claim.payableFen} form="ledger" />,
          },
        ]}
      />
    </Sheet>
  )
}

function PerformanceSheet({
  performance,
}: {
  performance: NonNullable<Inspection['performance']>
}): ReactElement {
  const { t } = useTranslation('engagement')
  const { applications, supported, firms, approvedFen, paidFen } = performance
  return (
    <Sheet title={t('performance')}>
      <Facts
        facts={[
          { id: 'applications', label: t('performance.applications'), value: applications },
          { id: 'supported', label: t('performance.supported'), value: supported },
          { id: 'firms', label: t('performance.firms'), value: firms },
          {
            id: 'approved',
            label: t('performance.approved'),
            value: <Money fen={approvedFen} form="ledger" />,
          },
          { id: 'paid', label: t('performance.paid'), value: <Money fen={paidFen} form="ledger" /> },
        ]}
      />
    </Sheet>
  )
}
