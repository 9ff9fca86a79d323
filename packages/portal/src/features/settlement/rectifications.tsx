// Corrections of a claim's amount: what was recorded, what is right, who proposed and decided, and what is still to come back.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, TextField } from '../../components/field.tsx'
import { Facts } from '../../components/facts.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'

type Claim = Answer<'readClaim'>
type Rectification = Answer<'listRectifications'>['items'][number]

/** On every page of a claim; whoever may propose, decide or record finds the form here. */
export function Rectifications({ claim }: { claim: Claim }): ReactElement | null {
  const { t } = useTranslation('clawback')
  const { items, mostFen } = useAnswer('listRectifications', { params: { id: claim.id } })
  const roles = rolesOf(useSession())
  const open = items.some(({ state }) => state === 'proposed' || state === 'returning')
  const corrects = roles.has('reviewer') && !open && (claim.state === 'approved' || claim.state === 'paid')
  if (items.length === 0 && !corrects) return null
  return (
    <Sheet title={t('correct')}>
      {items.map((each) => (
        <One key={each.id} rectification={each} roles={roles} />
      ))}
      {corrects && <Propose claim={claim} mostFen={mostFen} />}
    </Sheet>
  )
}

function One({
  rectification,
  roles,
}: {
  rectification: Rectification
  roles: ReadonlySet<string>
}): ReactElement {
  const { t } = useTranslation('clawback')
  const { read, day } = useFormat()
  const { state } = rectification
  return (
    <>
      <Facts
        facts={[
          {
            id: 'number',
            label: t('correct.number'),
            value: rectification.number,
            source: t(`correct.state.${state}`),
          },
          {
            id: 'amount',
            label: t('correct.amounts'),
            value: `${read(rectification.recordedFen)} → ${read(rectification.rightFen)}`,
            source: rectification.reason,
          },
          { id: 'evidence', label: t('correct.evidence'), value: rectification.evidence },
          ...(rectification.overpaidFen === '0'
            ? []
            : [
                {
                  id: 'over',
                  label: t('correct.overpaid'),
                  value: read(rectification.overpaidFen),
                  ...(rectification.returnedOn === null
                    ? {}
                    : {
                        source: `${day(rectification.returnedOn)} · ${rectification.returnedReference ?? ''}`,
                      }),
                },
              ]),
        ]}
      />
      {state === 'proposed' && roles.has('reviewer') && <Decide rectification={rectification} />}
      {state === 'returning' && roles.has('finance') && <Returned rectification={rectification} />}
    </>
  )
}

function Propose({ claim, mostFen }: { claim: Claim; mostFen: string }): ReactElement {
  const { t } = useTranslation('clawback')
  const { read } = useFormat()
  const [right, setRight] = useState<string | undefined>(undefined)
  const [reason, setReason] = useState('')
  const [evidence, setEvidence] = useState('')
  const act = useAct('proposeRectification')
  const ready = right !== undefined && reason.trim().length >= 2 && evidence.trim().length >= 2
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (right !== undefined)
      act.mutate({ params: { id: claim.id }, body: { rightFen: right, reason, evidence } })
  }
  return (
    <details className="sheet-fold">
      <summary>{t('correct.open')}</summary>
      <form className="sheet-body stack" onSubmit={submit}>
        <p className="quiet small">{t('correct.help')}</p>
        <MoneyField
          label={t('correct.right', { recorded: read(claim.approvedFen ?? '0'), most: read(mostFen) })}
          fen={right}
          onChange={setRight}
        />
        <AreaField label={t('correct.reason')} value={reason} onChange={setReason} maxLength={2000} />
        <AreaField label={t('correct.evidence')} value={evidence} onChange={setEvidence} maxLength={2000} />
        <ErrorNote error={act.error} />
        <button className="button" data-kind="stop" disabled={!ready || act.isPending}>
          {t('correct.propose')}
        </button>
      </form>
    </details>
  )
}

function Decide({ rectification }: { rectification: Rectification }): ReactElement {
  const { t } = useTranslation('clawback')
  const [reason, setReason] = useState('')
  const act = useAct('decideRectification')
  const decide = (approve: boolean): void =>
    act.mutate({ params: { id: rectification.id }, body: { approve, reason } })
  const short = reason.trim().length < 2
  return (
    <div className="sheet-body stack">
      {rectification.proposedByMe && <Note tone="waits">{t('correct.another')}</Note>}
      <AreaField label={t('decide.reason')} value={reason} onChange={setReason} maxLength={2000} />
      <ErrorNote error={act.error} />
      <p>
        {!rectification.proposedByMe && (
          <button
            type="button"
            className="button"
            disabled={short || act.isPending}
            onClick={() => decide(true)}
          >
            {t('correct.approve')}
          </button>
        )}{' '}
        <button
          type="button"
          className="button"
          data-kind="quiet"
          disabled={short || act.isPending}
          onClick={() => decide(false)}
        >
          {t('correct.reject')}
        </button>
      </p>
    </div>
  )
}

function Returned({ rectification }: { rectification: Rectification }): ReactElement {
  const { t } = useTranslation('clawback')
  const { today } = useAnswer('readSite')
  const [reference, setReference] = useState('')
  const [receivedOn, setReceivedOn] = useState(today)
  const act = useAct('recordReturn')
  function submit(event: FormEvent): void {
    event.preventDefault()
    act.mutate({ params: { id: rectification.id }, body: { reference, receivedOn } })
  }
  return (
    <form className="sheet-body stack" onSubmit={submit}>
      <TextField label={t('collect.reference')} value={reference} onChange={setReference} maxLength={60} />
      <TextField label={t('collect.received_on')} type="date" value={receivedOn} onChange={setReceivedOn} />
      <ErrorNote error={act.error} />
      <button className="button" disabled={act.isPending || reference.trim() === ''}>
        {t('correct.returned')}
      </button>
    </form>
  )
}
