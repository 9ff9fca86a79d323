// A reviewer proposes to revoke or take back: what could be taken stands there, the reviewer says what, why and on what.
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { EmptyState, Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, CheckField, SelectField, TextField } from '../../components/field.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'

type Recoverable = Answer<'readRecoverable'>

const BASES = ['fraud', 'misuse', 'ineligible', 'acceptance_failed'] as const

export function ProposeClawback(): ReactElement {
  const { t } = useTranslation('clawback')
  const { id } = useParams({ from: '/signed-in/review/applications/$id/clawback' })
  const application = useAnswer('readApplication', { params: { id } })
  const recoverable = useAnswer('readRecoverable', { params: { id } })
  const { say } = useFormat()
  const paid = recoverable.claims.reduce((sum, { leftFen }) => sum + BigInt(leftFen), 0n)
  return (
    <Page
      crumbs={[
        { label: application.number, to: '/review/applications/$id', params: { id } },
        { label: t('propose.crumb') },
      ]}
      title={t('propose.title', { organisation: application.organisationName })}
      lead={t('propose.lead', { usable: say(recoverable.usableFen), paid: say(paid) })}
    >
      {recoverable.running === null ? (
        <Form applicationId={id} recoverable={recoverable} />
      ) : (
        <EmptyState
          action={
            <Link className="button" to="/clawbacks/$id" params={{ id: recoverable.running }}>
              {t('propose.go_on')}
            </Link>
          }
        >
          {t('propose.running')}
        </EmptyState>
      )}
    </Page>
  )
}

interface Grounds {
  readonly basis: (typeof BASES)[number]
  readonly finding: string
  readonly clause: string
  readonly evidence: string
}

interface Demand {
  readonly revokes: boolean
  readonly amounts: Readonly<Record<string, string | undefined>>
  readonly answerBy: string
}

interface FormProps {
  readonly applicationId: string
  readonly recoverable: Recoverable
}

function Form({ applicationId, recoverable }: FormProps): ReactElement {
  const { t } = useTranslation('clawback')
  const navigate = useNavigate()
  const [grounds, setGrounds] = useState<Grounds>({
    basis: 'ineligible',
    finding: '',
    clause: '',
    evidence: '',
  })
  const [demand, setDemand] = useState<Demand>({
    revokes: recoverable.usableFen !== '0',
    amounts: {},
    answerBy: recoverable.answerBy,
  })
  const act = useAct('proposeClawback', ({ id }) => navigate({ to: '/clawbacks/$id', params: { id } }))
  const { basis, finding, clause } = grounds
  const { revokes, amounts, answerBy } = demand
  const evidence = grounds.evidence
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const ready = finding.trim().length >= 10 && clause.trim().length >= 2 && evidence.length > 0
  function submit(event: FormEvent): void {
    event.preventDefault()
    const lines = recoverable.claims.flatMap(({ claimId }) => {
      const amountFen = amounts[claimId]
      return amountFen === undefined || amountFen === '0' ? [] : [{ claimId, amountFen }]
    })
    act.mutate({ body: { applicationId, basis, finding, clause, evidence, revokes, lines, answerBy } })
  }
  return (
    <form onSubmit={submit}>
      <Columns
        main={<GroundsSheet grounds={grounds} onChange={setGrounds} />}
        side={
          <Sheet title={t('propose.taken')}>
            <div className="sheet-body stack">
              <DemandFields recoverable={recoverable} demand={demand} onChange={setDemand} />
              <ErrorNote error={act.error} />
              <button className="button" data-kind="stop" disabled={!ready || act.isPending}>
                {t('propose.send')}
              </button>
            </div>
          </Sheet>
        }
      />
    </form>
  )
}

interface GroundsProps {
  readonly grounds: Grounds
  readonly onChange: (grounds: Grounds) => void
}

function GroundsSheet({ grounds, onChange }: GroundsProps): ReactElement {
  const { t } = useTranslation('clawback')
  const change = (part: Partial<Grounds>): void => onChange({ ...grounds, ...part })
  return (
    <Sheet title={t('propose.grounds')}>
      <div className="sheet-body stack">
        <SelectField
          label={t('propose.basis')}
          value={grounds.basis}
          onChange={(value) => change({ basis: BASES.find((each) => each === value) ?? 'ineligible' })}
          choices={BASES.map((value) => ({ value, label: t(`basis.${value}`) }))}
        />
        <AreaField
          label={t('propose.finding')}
          value={grounds.finding}
          onChange={(finding) => change({ finding })}
          rows={5}
          maxLength={4000}
        />
        <TextField
          label={t('propose.clause')}
          help={t('propose.clause_help')}
          value={grounds.clause}
          onChange={(clause) => change({ clause })}
          maxLength={500}
        />
        <AreaField
          label={t('propose.evidence')}
          help={t('propose.evidence_help')}
          value={grounds.evidence}
          onChange={(evidence) => change({ evidence })}
          rows={4}
        />
      </div>
    </Sheet>
  )
}

interface DemandProps {
  readonly recoverable: Recoverable
  readonly demand: Demand
  readonly onChange: (demand: Demand) => void
}

function DemandFields({ recoverable, demand, onChange }: DemandProps): ReactElement {
  const { t } = useTranslation('clawback')
  const { read } = useFormat()
  const { amounts } = demand
  return (
    <>
      {recoverable.open.length > 0 && (
        <Note tone="waits">{t('propose.open', { numbers: recoverable.open.join('、') })}</Note>
      )}
      {recoverable.voucherNumber !== null && (
        <CheckField checked={demand.revokes} onChange={(revokes) => onChange({ ...demand, revokes })}>
          {t('propose.revokes', {
            number: recoverable.voucherNumber,
            amount: read(recoverable.usableFen),
          })}
        </CheckField>
      )}
      {recoverable.claims.map((claim) => (
        <MoneyField
          key={claim.claimId}
          label={t('propose.claim', { number: claim.claimNumber, left: read(claim.leftFen) })}
          optional
          fen={amounts[claim.claimId]}
          onChange={(fen) => onChange({ ...demand, amounts: { ...amounts, [claim.claimId]: fen } })}
        />
      ))}
      <TextField
        label={t('propose.answer_by')}
        help={t('propose.answer_by_help')}
        type="date"
        min={recoverable.answerBy}
        value={demand.answerBy}
        onChange={(answerBy) => onChange({ ...demand, answerBy })}
      />
    </>
  )
}
