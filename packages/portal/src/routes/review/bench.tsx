// The bench: facts with their sources, the files, and the decision side by side. J and K go to the next and the
// previous case of the queue.
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { Facts } from '../../components/facts.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { ContractFacts } from '../../features/application/contract-facts.tsx'
import { RegisterDoubts } from '../../features/party/register-doubts.tsx'
import { Decisions } from '../../features/application/decisions.tsx'
import { DocumentList } from '../../features/application/document-list.tsx'
import { EventList } from '../../features/application/event-list.tsx'
import { applicationTone } from '../../features/application/tone.ts'
import {
  DeterminationConditions,
  DeterminationReceipt,
  sourceOf,
  useProvenance,
} from '../../features/policy/determination.tsx'
import { TakenOverSheet } from '../../features/take-over/taken-over-sheet.tsx'
import { WhatLimited } from '../../features/policy/what-limited.tsx'
import { CaseInspections, UnlessAwaited } from '../../features/engagement/case-inspections.tsx'
import { ExpertPanels, UnlessExpertsJudge } from '../../features/expert/panel-sheet.tsx'
import { ConfirmationSheet } from '../../features/contract/confirmation-sheet.tsx'
import { Receipts } from '../../features/message/receipts.tsx'
import { AwardCompute } from '../../features/review/award-compute.tsx'
import { CreditCodeDoubt } from '../../features/review/credit-code-doubt.tsx'
import { Decide } from '../../features/review/decide.tsx'
import { UnlessDeclared } from '../../features/review/declare-conflict.tsx'
import { Differences } from '../../features/review/differences.tsx'
import { readFact } from '../../features/review/read-fact.ts'
import { Tiers } from '../../features/review/tiers.tsx'
import { Turn } from '../../features/review/turn.tsx'
import { AfterUse } from '../../features/settlement/after-use.tsx'
import { Unmask } from '../../features/desk/unmask.tsx'
import '../../features/review/bench.css'

type Application = Answer<'readApplication'>

export function Bench(): ReactElement {
  const { t } = useTranslation(['review', 'words'])
  const { id } = useParams({ from: '/signed-in/review/applications/$id' })
  const application = useAnswer('readApplication', { params: { id } })
  const queue = useAnswer('listApplications', {
    query: { state: 'submitted,review_city', order: 'deadline', size: 200 },
  })
  const provenance = useProvenance()
  const { determination } = application
  return (
    <Page
      crumbs={[{ label: t('queue.crumb'), to: '/review/applications' }, { label: application.number }]}
      title={useTitle(application)}
      lead={useLead(application)}
      provenance={determination === null ? undefined : provenance(determination)}
    >
      <Turn to="/review/applications/$id" id={id} queue={queue.items} />
      <Differences application={application} />
      <Decisions application={application} />
      <div className="bench">
        <div>
          <RegisterDoubts application={application} link />
          <FactSheet application={application} />
          <Others application={application} />
        </div>
        <div>
          <TakenOverSheet takenOver={application.takenOver} />
          <AfterUse application={application} />
          {determination !== null && (
            <>
              <Sheet title={t('bench.reckoning')}>
                <DeterminationReceipt determination={determination} />
                <WhatLimited determination={determination} />
              </Sheet>
              <Sheet title={t('bench.conditions', { count: determination.conditions.length })}>
                <DeterminationConditions determination={determination} />
              </Sheet>
            </>
          )}
          <DocumentList application={application} />
          <ContractFacts application={application} />
          {application.confirmation !== null && <ConfirmationSheet confirmation={application.confirmation} />}
        </div>
        <div>
          <CreditCodeDoubt application={application} />
          <AwardCompute application={application} />
          <UnlessDeclared about="application" id={application.id} organisationId={application.organisationId}>
            <UnlessExpertsJudge applicationId={application.id}>
              <UnlessAwaited id={application.id}>
                <Tiers key={`tiers-${application.id}-${application.state}`} application={application} />
                <Decide key={`${application.id}-${application.state}`} application={application} />
              </UnlessAwaited>
            </UnlessExpertsJudge>
          </UnlessDeclared>
          {application.state === 'granted' && <TakeBack id={application.id} />}
          <ExpertPanels application={application} />
          <CaseInspections about="application" id={application.id} adoptionId={application.adoptionId} />
          <Receipts id={application.id} />
          <EventList events={application.events} aside={<Unmask about="application" id={application.id} />} />
        </div>
      </div>
    </Page>
  )
}

function useTitle(application: Application): string {
  const { t } = useTranslation('review')
  const { say } = useFormat()
  const values = { organisation: application.organisationName, amount: say(application.ceilingFen ?? '0') }
  if (application.approvedFen !== null) {
    return t('bench.title_approved', { ...values, amount: say(application.approvedFen) })
  }
  if (application.eligible === 'no') return t('bench.title_no', values)
  return t('bench.title', values)
}

function useLead(application: Application): string {
  const { t } = useTranslation('review')
  const conditions = application.determination?.conditions ?? []
  const failing = conditions.filter(({ verdict }) => verdict === 'failed').length
  const open = conditions.filter(({ verdict }) => verdict === 'unknown').length
  if (failing > 0) return t('bench.lead_failing', { count: failing })
  if (open > 0) return t('bench.lead_open', { count: open })
  return t('bench.lead_held', { count: conditions.length })
}

function FactSheet({ application }: { application: Application }): ReactElement {
  const { t } = useTranslation('review')
  const { t: policyWords } = useTranslation('policy')
  const text = useSay()
  const formats = useFormat()
  return (
    <Sheet title={t('bench.facts')} aside={t('bench.facts_count', { count: application.facts.length })}>
      <Facts
        facts={application.facts.map((fact) => ({
          id: fact.id,
          label: text(fact.label),
          value: readFact(fact.value, fact.type, formats, t),
          source: (
            <>
              {sourceOf(fact.source, policyWords)}
              {fact.asOf !== null && ` · ${formats.day(fact.asOf)}`}
            </>
          ),
        }))}
      />
    </Sheet>
  )
}

function Others({ application }: { application: Application }): ReactElement | null {
  const { t } = useTranslation(['review', 'words'])
  const { read } = useFormat()
  if (application.others.length === 0) return null
  return (
    <Sheet title={t('bench.others', { count: application.others.length })}>
      <ul className="notice-list">
        {application.others.map((other) => (
          <li key={other.id}>
            <span>
              <Link to="/review/applications/$id" params={{ id: other.id }}>
                {other.number}
              </Link>
              <small>
                {[other.contractNumber, other.approvedFen === null ? null : read(other.approvedFen)]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </small>
            </span>
            <StatusTag tone={applicationTone(other.state)}>{t(`words:application.${other.state}`)}</StatusTag>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

/** What was granted can be revoked and taken back, on a finding. */
function TakeBack({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('clawback')
  return (
    <Sheet title={t('crumb')}>
      <p className="sheet-body">
        <Link to="/review/applications/$id/clawback" params={{ id }}>
          {t('propose.crumb')}
        </Link>
      </p>
    </Sheet>
  )
}
