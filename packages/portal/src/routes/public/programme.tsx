// A programme in force: who gets it, how much, what to hand in, how it goes, each with its clause; and what the
// authority itself decided where the published text is silent.
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { Clause } from '../../components/clause.tsx'
import { Facts } from '../../components/facts.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { ClauseList } from '../../features/policy/clause-list.tsx'
import '../../components/condition-list.css'

type Adoption = Answer<'readAdoption'>

export function Programme(): ReactElement {
  const { t } = useTranslation('policy')
  const { id } = useParams({ from: '/programmes/$id' })
  const programme = useAnswer('readAdoption', { params: { id } })
  const text = useSay()
  const { day, say } = useFormat()
  const days = {
    from: day(programme.opensOn),
    to: day(programme.closesOn),
    claims: day(programme.claimsUntil),
  }
  return (
    <Page
      crumbs={[{ label: t('crumb'), to: '/' }, { label: text(programme.title) }]}
      title={text(programme.title)}
      lead={t(programme.open ? 'lead.open' : 'lead.closed', { ...days, left: say(programme.poolLeftFen) })}
      provenance={t('provenance', {
        id: programme.programmeId,
        version: programme.programmeVersion,
        hash: programme.programmeHash.slice(0, 16),
        authority: programme.authority,
      })}
    >
      <Columns
        main={
          <>
            <Amounts programme={programme} />
            <Conditions programme={programme} />
            <Decisions programme={programme} />
            <ClauseList sources={programme.sources} />
          </>
        }
        side={
          <>
            <Frame programme={programme} />
            <Documents programme={programme} />
            <Stages programme={programme} />
          </>
        }
      />
    </Page>
  )
}

function Amounts({ programme }: { programme: Adoption }): ReactElement {
  const { t } = useTranslation('policy')
  const text = useSay()
  return (
    <Sheet
      title={t('amounts')}
      actions={
        programme.open ? (
          <Link className="button" to="/apply">
            {t('apply')}
          </Link>
        ) : undefined
      }
    >
      <Facts
        facts={programme.amounts.map((amount) => ({
          id: amount.id,
          label: text(amount.text),
          value: text(amount.value),
          clause: amount.clause,
        }))}
      />
    </Sheet>
  )
}

function Conditions({ programme }: { programme: Adoption }): ReactElement {
  const { t } = useTranslation('policy')
  const text = useSay()
  return (
    <Sheet title={t('conditions', { count: programme.conditions.length })}>
      <ol className="conditions">
        {programme.conditions.map((condition) => (
          <li key={condition.id}>
            <span className="conditions-text">
              {text(condition.text)}
              <Clause clause={condition.clause} />
            </span>
            {condition.decidedBy !== 'machine' && (
              <span className="conditions-basis">{t('decided_by_person')}</span>
            )}
          </li>
        ))}
      </ol>
    </Sheet>
  )
}

function Frame({ programme }: { programme: Adoption }): ReactElement {
  const { t } = useTranslation('policy')
  const { day, read } = useFormat()
  return (
    <Sheet title={t('frame')}>
      <Facts
        facts={[
          { id: 'authority', label: t('frame.authority'), value: programme.authority },
          {
            id: 'window',
            label: t('frame.window'),
            value: t('frame.days', { from: day(programme.opensOn), to: day(programme.closesOn) }),
          },
          { id: 'claims', label: t('frame.claims'), value: day(programme.claimsUntil) },
          {
            id: 'notice',
            label: t('frame.notice'),
            value: t('working_days', { count: programme.noticeWorkingDays }),
          },
          { id: 'pool', label: t('frame.pool'), value: read(programme.poolFen) },
          { id: 'left', label: t('frame.left'), value: read(programme.poolLeftFen) },
        ]}
      />
    </Sheet>
  )
}

function Documents({ programme }: { programme: Adoption }): ReactElement {
  const { t } = useTranslation('policy')
  const text = useSay()
  return (
    <Sheet title={t('documents')}>
      <ul className="conditions">
        {programme.documents.map((document) => (
          <li key={document.id}>
            <span className="conditions-text">{text(document.text)}</span>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

function Stages({ programme }: { programme: Adoption }): ReactElement {
  const { t } = useTranslation('policy')
  const text = useSay()
  return (
    <Sheet title={t('stages')}>
      <ol className="conditions">
        {programme.stages.map((stage) => (
          <li key={stage.id}>
            <span className="conditions-text">{text(stage.text)}</span>
            {stage.workingDays !== null && (
              <span className="conditions-basis">{t('working_days', { count: stage.workingDays })}</span>
            )}
          </li>
        ))}
      </ol>
    </Sheet>
  )
}

function Decisions({ programme }: { programme: Adoption }): ReactElement | null {
  const { t } = useTranslation('policy')
  const text = useSay()
  if (programme.decisions.length === 0) return null
  return (
    <Sheet title={t('decisions')} aside={t('decisions.why')}>
      <Facts
        facts={programme.decisions.map((decision) => ({
          id: decision.id,
          label: t(
            `decision.${decision.id.replace(/^awards\.\w+/, 'awards')}` as 'decision.redemption.round',
            {
              defaultValue: text(decision.question),
            },
          ),
          value: decision.value === null ? t('decision.accepted') : text(decision.value),
          source: t('decisions.source', { source: decision.source, who: decision.signedBy }),
        }))}
      />
    </Sheet>
  )
}
