// 复核: what firms appeal against, those that can be decided first, each with its grounds and the decision.
import { Link } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { Deadline } from '../../components/deadline.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, ChoiceField } from '../../components/field.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { Findings } from '../../features/review/decide.tsx'
import type { FindingsByFact } from '../../features/review/findings.ts'
import '../../features/review/objections.css'

type Appeal = Answer<'listAppeals'>['items'][number]
type Outcome = 'affirm' | 'change' | 'remand'

export function Appeals(): ReactElement {
  const { t } = useTranslation('review')
  const { items } = useAnswer('listAppeals', { query: { size: 100 } })
  const open = items.filter(({ state }) => state === 'open').length
  return (
    <Page title={t('appeals.title', { count: open })} lead={t('appeals.lead')}>
      <Sheet title={t('appeals.list')}>
        {items.length === 0 ? (
          <EmptyState>{t('appeals.empty')}</EmptyState>
        ) : (
          <ul className="objections">
            {items.map((appeal) => (
              <OneAppeal key={appeal.id} appeal={appeal} />
            ))}
          </ul>
        )}
      </Sheet>
    </Page>
  )
}

const TONES = {
  open: 'waits',
  affirmed: 'done',
  changed: 'done',
  remanded: 'done',
  withdrawn: 'quiet',
} as const

function OneAppeal({ appeal }: { appeal: Appeal }): ReactElement {
  const { t } = useTranslation('review')
  const { day, instant } = useFormat()
  const [deciding, setDeciding] = useState(false)
  const to = appeal.about === 'application' ? '/review/applications/$id' : '/review/claims/$id'
  return (
    <li>
      <p className="objection-head">
        <b>{appeal.organisationName}</b>{' '}
        <Link to={to} params={{ id: appeal.objectId }}>
          {appeal.objectNumber}
        </Link>{' '}
        <StatusTag tone={TONES[appeal.state]}>{t(`appeal.state.${appeal.state}`)}</StatusTag>{' '}
        {appeal.deadlineOn !== null && (
          <Deadline workingDaysLeft={appeal.workingDaysLeft} on={day(appeal.deadlineOn)} />
        )}
      </p>
      <blockquote>{appeal.grounds}</blockquote>
      {appeal.reason !== null && (
        <p>
          {appeal.reason} <small className="quiet">{appeal.answerNumber}</small>
        </p>
      )}
      <p className="quiet small">
        {t(`appeal.against.${appeal.against}` as 'appeal.against.refuse')}
        {' · '}
        {t('appeal.facts', { number: appeal.decisionNumber ?? '', day: day(appeal.decidedOn) })}
        {` · ${appeal.number} · ${instant(appeal.filedAt)}`}
      </p>
      {appeal.mine && (
        <>
          <button type="button" className="button" data-kind="quiet" onClick={() => setDeciding(true)}>
            {t('appeal.decide')}
          </button>
          {deciding && <DecideAppeal appeal={appeal} onClose={() => setDeciding(false)} />}
        </>
      )}
      {appeal.state === 'open' && !appeal.mine && <p className="small">{t('appeal.not_mine')}</p>}
    </li>
  )
}

function DecideAppeal({ appeal, onClose }: { appeal: Appeal; onClose: () => void }): ReactElement {
  const { t } = useTranslation('review')
  const { read } = useFormat()
  const [outcome, setOutcome] = useState('')
  const [amount, setAmount] = useState<string | undefined>(appeal.ceilingFen ?? undefined)
  const [findings, setFindings] = useState<FindingsByFact>({})
  const [reason, setReason] = useState('')
  const act = useAct('decideAppeal', onClose)
  const outcomes: readonly Outcome[] =
    appeal.about === 'claim' ? ['affirm', 'change'] : ['affirm', 'change', 'remand']
  const ready = outcome !== '' && reason.trim().length >= 2 && (outcome !== 'change' || amount !== undefined)
  function decide(): void {
    const params = { id: appeal.id }
    if (outcome === 'change')
      act.mutate({ params, body: { outcome, amountFen: amount ?? '0', findings, reason } })
    else act.mutate({ params, body: { outcome: outcome === 'remand' ? 'remand' : 'affirm', reason } })
  }
  return (
    <Dialog
      title={t('appeal.decide_title', { organisation: appeal.organisationName })}
      open
      onClose={onClose}
      actions={
        <button type="button" className="button" disabled={!ready || act.isPending} onClick={decide}>
          {t('appeal.send')}
        </button>
      }
    >
      <blockquote>{appeal.grounds}</blockquote>
      <ChoiceField
        label={t('appeal.outcome')}
        value={outcome}
        onChange={setOutcome}
        choices={outcomes.map((value) => ({ value, label: t(`appeal.${value}`) }))}
      />
      {outcome === 'change' && (
        <>
          {appeal.about === 'application' && (
            <CaseFindings id={appeal.objectId} findings={findings} onChange={setFindings} />
          )}
          <MoneyField
            label={t('appeal.amount', { ceiling: read(appeal.ceilingFen ?? '0') })}
            fen={amount}
            onChange={setAmount}
          />
        </>
      )}
      <AreaField label={t('decide.reason')} value={reason} onChange={setReason} maxLength={4000} />
      <ErrorNote error={act.error} />
    </Dialog>
  )
}

interface CaseFindingsProps {
  readonly id: string
  readonly findings: FindingsByFact
  readonly onChange: (findings: FindingsByFact) => void
}

/** What only people can find, once more. */
function CaseFindings({ id, ...rest }: CaseFindingsProps): ReactElement {
  const application = useAnswer('readApplication', { params: { id } })
  return <Findings application={application} {...rest} />
}
