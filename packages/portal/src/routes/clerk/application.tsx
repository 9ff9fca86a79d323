// One application as its clerk sees it: how far it is, what it comes to and why, what happened, what can be done now.
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { Deadline } from '../../components/deadline.tsx'
import { Note } from '../../components/empty-state.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { ContractFacts } from '../../features/application/contract-facts.tsx'
import { RegisterDoubts } from '../../features/party/register-doubts.tsx'
import { Decisions } from '../../features/application/decisions.tsx'
import { DocumentList } from '../../features/application/document-list.tsx'
import { AppealSheet } from '../../features/appeal/appeal-sheet.tsx'
import { Explain } from '../../features/application/explain.tsx'
import { EventList } from '../../features/application/event-list.tsx'
import { AfterUse } from '../../features/settlement/after-use.tsx'
import { OwnLots } from '../../features/round/own-lots.tsx'
import { foreseen } from '../../features/policy/foreseen.ts'
import { grantsOf } from '../../features/application/grants.ts'
import { Offer } from '../../features/application/offer.tsx'
import { Way } from '../../features/application/way.tsx'
import { Withdraw } from '../../features/application/withdraw.tsx'
import {
  DeterminationConditions,
  DeterminationReceipt,
  useProvenance,
} from '../../features/policy/determination.tsx'
import { TakenOverSheet } from '../../features/take-over/taken-over-sheet.tsx'
import { WhatLimited } from '../../features/policy/what-limited.tsx'
import { stepOfField } from '../../features/application/wizard-steps.ts'

type Application = Answer<'readApplication'>

export function ApplicationPage(): ReactElement {
  const { t } = useTranslation('application')
  const { id } = useParams({ from: '/signed-in/applications/$id' })
  const application = useAnswer('readApplication', { params: { id } })
  const text = useSay()
  const provenance = useProvenance()
  const { determination } = application
  return (
    <Page
      crumbs={[
        { label: t('list.crumb'), to: '/applications' },
        { label: text(application.programmeTitle) },
        { label: application.number },
      ]}
      title={useTitle(application)}
      lead={useLead(application)}
      provenance={determination === null ? undefined : provenance(determination)}
    >
      <Decisions application={application} />
      <Way standing={application} />
      <Asked application={application} />
      <Offer application={application} />
      <Columns
        main={
          determination === null ? (
            <ContractFacts application={application} />
          ) : (
            <Result application={application} />
          )
        }
        side={
          <>
            <TakenOverSheet takenOver={application.takenOver} />
            <Explain application={application} />
            <AppealSheet about="application" id={application.id} until={application.appealUntil} />
            <Next application={application} />
            {application.approvedFen !== null && <OwnLots applicationId={application.id} />}
            {determination !== null && <ContractFacts application={application} />}
            <DocumentList application={application} />
            <RegisterDoubts application={application} />
            <EventList events={application.events} />
          </>
        }
      />
    </Page>
  )
}

function useTitle(application: Application): string {
  const { state, way, approvedFen, determination, eligible, correctionFields } = application
  const { t } = useTranslation('application')
  const { say } = useFormat()
  const approved = say(approvedFen ?? '0')
  if (state === 'offered') return t('title.offered', { amount: approved })
  if (approvedFen !== null && state !== 'refused' && state !== 'withdrawn' && state !== 'appealed') {
    return t(state === 'granted' ? 'title.granted' : 'title.approved', {
      amount: approved,
      context: grantsOf(way),
    })
  }
  if (state === 'refused' || state === 'withdrawn' || state === 'appealed') return t(`title.${state}`)
  if (state === 'correction') return t('title.correction', { count: correctionFields.length })
  if (eligible === 'no') return t('title.not_eligible')
  const expected = foreseen(determination)
  if (expected === null) return t('title.open')
  return t(expected.sure ? 'title.ceiling' : 'title.foreseen', { amount: say(expected.fen) })
}

function useLead(application: Application): string {
  const { t } = useTranslation('application')
  const last = application.events[application.events.length - 1]
  const sentence = t(`lead.${application.state}` as 'lead.granted', { context: grantsOf(application.way) })
  return last?.reason === null || last?.reason === undefined || last.actorRole === 'clerk'
    ? sentence
    : `${sentence} ${t('lead.reason', { reason: last.reason })}`
}

function Asked({ application }: { application: Application }): ReactElement | null {
  const { t } = useTranslation('application')
  const { day } = useFormat()
  if (application.state !== 'correction') return null
  return (
    <Note tone="waits">
      <b>{t('asked', { count: application.correctionFields.length })}</b>
      <ul>
        {application.correctionFields.map(({ field, remark }) => (
          <li key={field}>
            {t('asked.item', {
              field: t(`field.${field}` as 'field.contract.number', { defaultValue: field }),
              remark,
            })}
          </li>
        ))}
      </ul>
      <p className="row-of">
        <Link
          className="button"
          to="/applications/$id/edit"
          params={{ id: application.id }}
          search={{ step: stepOfField(application.correctionFields[0]?.field ?? '') } as never}
        >
          {t('mend')}
        </Link>
        {application.deadlineOn !== null && (
          <>
            <Deadline workingDaysLeft={application.workingDaysLeft} on={day(application.deadlineOn)} />
            <span className="small">{t('asked.until', { day: day(application.deadlineOn) })}</span>
          </>
        )}
      </p>
    </Note>
  )
}

function Result({ application }: { application: Application }): ReactElement {
  const { t } = useTranslation('application')
  const { day } = useFormat()
  const determination = application.determination!
  const met = determination.conditions.filter(({ verdict }) => verdict === 'held').length
  return (
    <>
      <AfterUse application={application} />
      <Sheet title={t('reckoning')} aside={t('reckoning.on', { day: day(determination.determinedOn) })}>
        <DeterminationReceipt determination={determination} />
        <WhatLimited determination={determination} />
      </Sheet>
      <Sheet
        title={t('conditions', { count: determination.conditions.length })}
        aside={t('conditions.met', { count: met })}
      >
        <DeterminationConditions determination={determination} />
      </Sheet>
    </>
  )
}

function Next({ application }: { application: Application }): ReactElement | null {
  const { t } = useTranslation('application')
  const can = new Set(application.allowed.map(({ event }) => event))
  if (application.voucherId === null && application.noticeId === null && can.size === 0) return null
  return (
    <Sheet title={t('next')}>
      <div className="sheet-body stack">
        {can.has('submit') && application.state === 'draft' && (
          <p>
            <Link className="button" to="/applications/$id/edit" params={{ id: application.id }}>
              {t('go_on')}
            </Link>
          </p>
        )}
        {application.voucherId !== null && (
          <p>
            <Link to="/vouchers/$id" params={{ id: application.voucherId }}>
              {t('see_voucher')}
            </Link>
          </p>
        )}
        {application.projectId !== null && (
          <p>
            <Link className="button" to="/projects/$id" params={{ id: application.projectId }}>
              {t('next.project')}
            </Link>
          </p>
        )}
        {application.claimId !== null && (
          <p>
            <Link to="/claims/$id" params={{ id: application.claimId }}>
              {t('see_payment')}
            </Link>
          </p>
        )}
        {application.noticeId !== null && (
          <p>
            <Link to="/notices/$id" params={{ id: application.noticeId }}>
              {t('see_notice')}
            </Link>
          </p>
        )}
        {can.has('withdraw') && <Withdraw application={application} />}
      </div>
    </Sheet>
  )
}
