// A measure on its way into the library: what its author states, the text and its cases, and the second person's signature.
import { competitionGroundNames, competitionKindNames } from '@suanquan/api'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { Clause } from '../../components/clause.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import '../../features/author/author.css'

type Proposed = Answer<'readProgrammeProposal'>

export function Proposal(): ReactElement {
  const { t } = useTranslation('author')
  const { id } = useParams({ strict: false }) as { id: string }
  const proposal = useAnswer('readProgrammeProposal', { params: { id } })
  const { instant } = useFormat()
  const text = useSay()
  const { proposedBy, proposedAt, signedBy, signedAt } = proposal
  const by = t('proposal.lead', { who: proposedBy, at: instant(proposedAt) })
  const signed =
    signedBy === null || signedAt === null
      ? ''
      : t('draft.lead_signed', { who: signedBy, at: instant(signedAt) })
  return (
    <Page
      crumbs={[{ label: t('crumb.programmes'), to: '/author/programmes' }, { label: text(proposal.title) }]}
      title={t(`proposal.title.${proposal.state}`)}
      lead={`${by}${signed}`}
      provenance={`${proposal.programmeId} ${proposal.programmeVersion} · ${proposal.contentHash.slice(0, 12)}`}
    >
      <Columns main={<Stated proposal={proposal} />} side={<Sign proposal={proposal} />} />
      <Sheet title={t('studio.file.programme')}>
        <pre className="file-text code" tabIndex={0}>
          {proposal.text}
        </pre>
      </Sheet>
      <Sheet title={t('studio.file.cases')} aside={t('cases.all', { count: proposal.cases })}>
        <pre className="file-text code" tabIndex={0}>
          {proposal.casesText}
        </pre>
      </Sheet>
    </Page>
  )
}

function Stated({ proposal }: { proposal: Proposed }): ReactElement {
  const { t } = useTranslation('author')
  const say = useSay()
  const { exceptions, survivors, mutants, scoreBasisPoints } = proposal
  const score = t('studio.faults.score', { score: (scoreBasisPoints / 100).toFixed(2), count: mutants })
  return (
    <>
      <Sheet title={t('studio.competition')} aside={t('rows', { count: exceptions.length })}>
        {exceptions.length === 0 ? (
          <EmptyState>{t('studio.competition.none')}</EmptyState>
        ) : (
          <ul className="pane-list">
            {exceptions.map(({ key, kind, article, text, clause, ground, reason }) => (
              <li key={key}>
                <b>{say(competitionKindNames[kind])}</b> {say(text)} <Clause clause={clause} />
                <small className="quiet"> {t('competition.article', { article })}</small>
                <p>
                  {t('competition.stands', { ground: say(competitionGroundNames[ground]) })}
                  {reason}
                </p>
              </li>
            ))}
          </ul>
        )}
      </Sheet>
      <Sheet title={t('studio.faults')} aside={score}>
        {survivors.length === 0 ? (
          <EmptyState>{t('studio.faults.none')}</EmptyState>
        ) : (
          <ul className="pane-list">
            {survivors.map(({ mutant, reason }) => (
              <li key={mutant} data-wrong={reason === null || undefined}>
                {reason ?? t('studio.faults.survived')} <span className="code">{mutant}</span>
              </li>
            ))}
          </ul>
        )}
      </Sheet>
    </>
  )
}

function Sign({ proposal }: { proposal: Proposed }): ReactElement {
  const { t } = useTranslation('author')
  const sign = useAct('signProgrammeProposal')
  const withdraw = useAct('withdrawProgrammeProposal')
  const author = rolesOf(useSession()).has('policy_author')
  const { id, state, mine, contentHash, programmeHash } = proposal
  if (state !== 'proposed')
    return (
      <Sheet title={t('sign')}>
        <EmptyState
          {...(state === 'published' && {
            action: (
              <Link to="/author/programmes/$hash" params={{ hash: programmeHash }}>
                {t('studio.store.adopt')}
              </Link>
            ),
          })}
        >
          {t(`proposal.title.${state}`)}
        </EmptyState>
      </Sheet>
    )
  return (
    <Sheet title={t('sign')}>
      <div className="sheet-body stack">
        <p className="quiet">{t(mine ? 'proposal.mine' : 'proposal.why')}</p>
        {author && !mine && (
          <button
            type="button"
            className="button"
            disabled={sign.isPending}
            onClick={() => sign.mutate({ params: { id }, body: { contentHash } })}
          >
            {t('proposal.sign')}
          </button>
        )}
        {mine && (
          <button
            type="button"
            className="button-link"
            disabled={withdraw.isPending}
            onClick={() => withdraw.mutate({ params: { id } })}
          >
            {t('proposal.withdraw')}
          </button>
        )}
        <ErrorNote error={sign.error ?? withdraw.error} />
      </div>
    </Sheet>
  )
}
