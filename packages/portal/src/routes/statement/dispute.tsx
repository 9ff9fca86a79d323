// One dispute: the line with the reason that every side reads, what was said to it, and what is to be done next.
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { EventList } from '../../features/application/event-list.tsx'
import { DisputeActs } from '../../features/dispute/acts.tsx'
import { DisputeTag, type Dispute } from '../../features/dispute/words.tsx'

export function DisputePage(): ReactElement {
  const { t } = useTranslation('dispute')
  const { id } = useParams({ from: '/signed-in/disputes/$id' })
  const dispute = useAnswer('readDispute', { params: { id } })
  const { say, day } = useFormat()
  return (
    <Page
      crumbs={[{ label: t('crumb'), to: '/disputes' }, { label: dispute.number }]}
      title={t(`title.${dispute.direction}`, { month: dispute.month, amount: say(dispute.disputedFen) })}
      lead={t(`lead.${dispute.state}`, {
        side: dispute.awaits === null ? '' : t(`side.${dispute.awaits}`),
        day: day(dispute.answerBy),
      })}
      provenance={t('provenance', { number: dispute.number })}
    >
      <Columns
        main={
          <>
            <Line dispute={dispute} />
            <Sheet title={t('reason')} aside={t(`side.${dispute.openedSide}`)}>
              <div className="sheet-body stack">
                <p>{dispute.reason}</p>
                <ul>
                  {dispute.attachments.map((file) => (
                    <li key={file.id}>{file.fileName}</li>
                  ))}
                </ul>
              </div>
            </Sheet>
            <Said title={t('answer')} text={dispute.answer} none={t('answer.none')} />
            <Said title={t('decision')} text={dispute.decisionReason} none={t('decision.none')} />
          </>
        }
        side={
          <>
            <DisputeActs key={dispute.state} dispute={dispute} />
            <About dispute={dispute} />
            <EventList events={dispute.events} />
          </>
        }
      />
    </Page>
  )
}

function Line({ dispute }: { dispute: Dispute }): ReactElement {
  const { t } = useTranslation('dispute')
  const { read } = useFormat()
  const say = useSay()
  const { line } = dispute
  return (
    <Sheet title={t('line')} aside={t(`subject.${dispute.subject}`)}>
      <Facts
        facts={[
          { id: 'why', label: t('line.why'), value: say(line.text) },
          { id: 'then', label: t('line.then'), value: read(line.thenFen) },
          { id: 'now', label: t('line.now'), value: read(line.amountFen) },
          { id: 'disputed', label: t('line.disputed'), value: read(dispute.disputedFen) },
          { id: 'held', label: t('line.held'), value: read(dispute.heldFen) },
          {
            id: 'upheld',
            label: t('line.upheld'),
            value: dispute.upheldFen === null ? t('line.undecided') : read(dispute.upheldFen),
          },
        ]}
      />
    </Sheet>
  )
}

function Said({ title, text, none }: { title: string; text: string | null; none: string }): ReactElement {
  return (
    <Sheet title={title}>
      {text === null ? <EmptyState>{none}</EmptyState> : <p className="sheet-body">{text}</p>}
    </Sheet>
  )
}

function About({ dispute }: { dispute: Dispute }): ReactElement {
  const { t } = useTranslation('dispute')
  return (
    <Sheet title={t('about')} aside={<DisputeTag state={dispute.state} />}>
      <Facts
        facts={[
          { id: 'firm', label: t('side.firm'), value: dispute.organisationName },
          { id: 'centre', label: t('side.provider'), value: dispute.providerName },
          {
            id: 'statement',
            label: t('statement'),
            value: (
              <Link to="/statements/$id" params={{ id: dispute.contractId }}>
                {dispute.contractNumber}
              </Link>
            ),
          },
          {
            id: 'claim',
            label: t('claim'),
            value:
              dispute.claimId === null ? (
                t('claim.none')
              ) : (
                <Link to="/claims/$id" params={{ id: dispute.claimId }}>
                  {dispute.claimNumber}
                </Link>
              ),
          },
        ]}
      />
    </Sheet>
  )
}
