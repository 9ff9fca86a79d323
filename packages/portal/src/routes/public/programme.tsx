// 办事指南 of a programme in force: in short first, then part by part in the order every guide has, each rule with its clause,
// and what the authority itself decided where the published text is silent.
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { Facts } from '../../components/facts.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { ClauseList } from '../../features/policy/clause-list.tsx'
import {
  Amounts,
  Anchors,
  Conditions,
  Contact,
  Fees,
  Papers,
  Process,
  Short,
  type Adoption,
  windowTexts,
} from '../../features/policy/guide.tsx'
import { QuestionList } from '../../features/policy/question-list.tsx'
import { useQuestions } from '../../features/policy/questions.ts'

export function Programme(): ReactElement {
  const { t } = useTranslation('policy')
  const { id } = useParams({ from: '/programmes/$id' })
  const programme = useAnswer('readAdoption', { params: { id } })
  const text = useSay()
  const { day, say } = useFormat()
  const questions = useQuestions()
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
      <Short programme={programme} />
      <Anchors />
      <Columns
        main={
          <>
            <Frame programme={programme} />
            <Conditions programme={programme} />
            <Papers programme={programme} />
            <Process programme={programme} />
            <Amounts programme={programme} />
            <Fees />
          </>
        }
        side={
          <>
            <Decisions programme={programme} />
            <div id="basis">
              <ClauseList sources={programme.sources} />
            </div>
            <Sheet id="questions" title={t('guide.questions')}>
              <QuestionList questions={questions(programme)} />
            </Sheet>
            <Contact actions={<Link to="/ask">{t('guide.ask')}</Link>} />
          </>
        }
      />
    </Page>
  )
}

function Frame({ programme }: { programme: Adoption }): ReactElement {
  const { t } = useTranslation('policy')
  const { day, read } = useFormat()
  return (
    <Sheet id="basics" title={t('guide.basics')}>
      <Facts
        facts={[
          { id: 'authority', label: t('frame.authority'), value: programme.authority },
          {
            id: 'window',
            label: t('frame.window'),
            value: windowTexts(programme, t, day).join(' · '),
          },
          { id: 'claims', label: t('frame.claims'), value: day(programme.claimsUntil) },
          {
            id: 'notice',
            label: t('frame.notice'),
            value: t('working_days', { count: programme.noticeWorkingDays }),
          },
          { id: 'way', label: t('guide.way'), value: t(`guide.way.${programme.way}`) },
          ...(programme.voucherUsableUntil === null
            ? []
            : [{ id: 'usable', label: t('guide.usable'), value: day(programme.voucherUsableUntil) }]),
          { id: 'pool', label: t('frame.pool'), value: read(programme.poolFen) },
          { id: 'left', label: t('frame.left'), value: read(programme.poolLeftFen) },
        ]}
      />
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
