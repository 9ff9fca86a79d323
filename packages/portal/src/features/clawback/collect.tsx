// Finance recovers what is owed: by bank, from what is payable, by instalments; or writes it off with a second person.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct, useAnswer } from '../../client/queries.ts'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, ChoiceField, SelectField, TextField } from '../../components/field.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import type { Clawback } from './words.tsx'

export function Collect({ clawback }: { clawback: Clawback }): ReactElement | null {
  if (clawback.state === 'refunding') return <Refund clawback={clawback} />
  if (clawback.state !== 'owed') return null
  const writeOff = clawback.recoveries.find(({ state }) => state === 'proposed')
  if (writeOff !== undefined) return <DecideWriteOff clawback={clawback} mine={writeOff.recordedByMe} />
  return (
    <>
      <Record clawback={clawback} />
      <Instalments clawback={clawback} />
      <WriteOff clawback={clawback} />
    </>
  )
}

function Record({ clawback }: { clawback: Clawback }): ReactElement {
  const { t } = useTranslation('clawback')
  const { read } = useFormat()
  const { today } = useAnswer('readSite')
  const [kind, setKind] = useState<'bank' | 'set_off'>('bank')
  const [amount, setAmount] = useState<string | undefined>(clawback.leftFen)
  const [reference, setReference] = useState('')
  const [receivedOn, setReceivedOn] = useState(today)
  const [claimId, setClaimId] = useState('')
  const act = useAct('recordRecovery')
  const ready = amount !== undefined && (kind === 'bank' ? reference.trim() !== '' : claimId !== '')
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (amount === undefined) return
    const body =
      kind === 'bank'
        ? ({ kind, amountFen: amount, reference, receivedOn } as const)
        : ({ kind, amountFen: amount, claimId } as const)
    act.mutate({ params: { id: clawback.id }, body })
  }
  return (
    <Sheet title={t('collect')}>
      <form className="sheet-body stack" onSubmit={submit}>
        {clawback.payables.length > 0 && (
          <ChoiceField
            label={t('collect.how')}
            value={kind}
            onChange={(value) => setKind(value === 'bank' ? 'bank' : 'set_off')}
            choices={(['bank', 'set_off'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
          />
        )}
        <MoneyField
          label={t('collect.amount', { left: read(clawback.leftFen) })}
          fen={amount}
          onChange={setAmount}
        />
        {kind === 'bank' ? (
          <>
            <TextField
              label={t('collect.reference')}
              value={reference}
              onChange={setReference}
              maxLength={60}
            />
            <TextField
              label={t('collect.received_on')}
              type="date"
              value={receivedOn}
              onChange={setReceivedOn}
            />
          </>
        ) : (
          <Payables clawback={clawback} claimId={claimId} onChange={setClaimId} />
        )}
        <ErrorNote error={act.error} />
        <button className="button" disabled={!ready || act.isPending}>
          {t('collect.record')}
        </button>
      </form>
    </Sheet>
  )
}

interface PayablesProps {
  readonly clawback: Clawback
  readonly claimId: string
  readonly onChange: (claimId: string) => void
}

/** What is payable to the same party, to settle the debt from. */
function Payables({ clawback, claimId, onChange }: PayablesProps): ReactElement {
  const { t } = useTranslation('clawback')
  const { read } = useFormat()
  return (
    <SelectField
      label={t('collect.claim')}
      value={claimId}
      onChange={onChange}
      none={t('collect.choose')}
      choices={clawback.payables.map((each) => ({
        value: each.claimId,
        label: `${each.claimNumber} · ${read(each.leftFen)}`,
      }))}
    />
  )
}

interface Part {
  readonly dueOn: string
  readonly amountFen: string | undefined
}

function Instalments({ clawback }: { clawback: Clawback }): ReactElement {
  const { t } = useTranslation('clawback')
  const { read } = useFormat()
  const [parts, setParts] = useState<readonly Part[]>([{ dueOn: '', amountFen: clawback.leftFen }])
  const act = useAct('planInstalments')
  const change = (at: number, part: Partial<Part>): void =>
    setParts(parts.map((each, index) => (index === at ? { ...each, ...part } : each)))
  const ready = parts.every(({ dueOn, amountFen }) => dueOn !== '' && amountFen !== undefined)
  function submit(event: FormEvent): void {
    event.preventDefault()
    const instalments = parts.map(({ dueOn, amountFen }) => ({ dueOn, amountFen: amountFen! }))
    act.mutate({ params: { id: clawback.id }, body: { instalments } })
  }
  return (
    <Sheet title={t('instalments')}>
      <details className="sheet-fold">
        <summary>{t('instalments.open')}</summary>
        <form className="sheet-body stack" onSubmit={submit}>
          <p className="quiet small">{t('instalments.help', { left: read(clawback.leftFen) })}</p>
          {parts.map((part, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- an instalment has no name but its place
            <div key={index} className="stack">
              <TextField
                label={t('instalments.due', { number: index + 1 })}
                type="date"
                value={part.dueOn}
                onChange={(dueOn) => change(index, { dueOn })}
              />
              <MoneyField
                label={t('instalments.amount', { number: index + 1 })}
                fen={part.amountFen}
                onChange={(amountFen) => change(index, { amountFen })}
              />
            </div>
          ))}
          <button
            type="button"
            className="button-link"
            onClick={() => setParts([...parts, { dueOn: '', amountFen: undefined }])}
          >
            {t('instalments.more')}
          </button>
          <ErrorNote error={act.error} />
          <button className="button" data-kind="quiet" disabled={!ready || act.isPending}>
            {t('instalments.plan')}
          </button>
        </form>
      </details>
    </Sheet>
  )
}

function WriteOff({ clawback }: { clawback: Clawback }): ReactElement {
  const { t } = useTranslation('clawback')
  const [reason, setReason] = useState('')
  const act = useAct('proposeWriteOff')
  return (
    <Sheet title={t('write_off')}>
      <details className="sheet-fold">
        <summary>{t('write_off.open')}</summary>
        <div className="sheet-body stack">
          <AreaField
            label={t('write_off.reason')}
            help={t('write_off.help')}
            value={reason}
            onChange={setReason}
            maxLength={2000}
          />
          <ErrorNote error={act.error} />
          <button
            type="button"
            className="button"
            data-kind="stop"
            disabled={act.isPending || reason.trim().length < 2}
            onClick={() => act.mutate({ params: { id: clawback.id }, body: { reason } })}
          >
            {t('write_off.propose')}
          </button>
        </div>
      </details>
    </Sheet>
  )
}

function DecideWriteOff({ clawback, mine }: { clawback: Clawback; mine: boolean }): ReactElement {
  const { t } = useTranslation('clawback')
  const { read } = useFormat()
  const [reason, setReason] = useState('')
  const act = useAct('decideWriteOff')
  const decide = (approve: boolean): void =>
    act.mutate({ params: { id: clawback.id }, body: { approve, reason } })
  return (
    <Sheet title={t('write_off')}>
      <div className="sheet-body stack">
        <p>{t('write_off.proposed', { amount: read(clawback.leftFen) })}</p>
        {mine ? (
          <Note tone="waits">{t('write_off.another')}</Note>
        ) : (
          <>
            <AreaField label={t('decide.reason')} value={reason} onChange={setReason} maxLength={2000} />
            <ErrorNote error={act.error} />
            <p>
              <button
                type="button"
                className="button"
                data-kind="stop"
                disabled={act.isPending || reason.trim().length < 2}
                onClick={() => decide(true)}
              >
                {t('write_off.approve')}
              </button>{' '}
              <button
                type="button"
                className="button"
                data-kind="quiet"
                disabled={act.isPending || reason.trim().length < 2}
                onClick={() => decide(false)}
              >
                {t('write_off.reject')}
              </button>
            </p>
          </>
        )}
      </div>
    </Sheet>
  )
}

function Refund({ clawback }: { clawback: Clawback }): ReactElement {
  const { t } = useTranslation('clawback')
  const { read } = useFormat()
  const { today } = useAnswer('readSite')
  const [reference, setReference] = useState('')
  const [paidOn, setPaidOn] = useState(today)
  const act = useAct('refundClawback')
  function submit(event: FormEvent): void {
    event.preventDefault()
    act.mutate({ params: { id: clawback.id }, body: { reference, paidOn } })
  }
  return (
    <Sheet title={t('refund')}>
      <form className="sheet-body stack" onSubmit={submit}>
        <p>{t('refund.amount', { amount: read(clawback.recoveredFen) })}</p>
        <TextField label={t('collect.reference')} value={reference} onChange={setReference} maxLength={60} />
        <TextField label={t('refund.paid_on')} type="date" value={paidOn} onChange={setPaidOn} />
        <ErrorNote error={act.error} />
        <button className="button" disabled={act.isPending || reference.trim() === ''}>
          {t('refund.record')}
        </button>
      </form>
    </Sheet>
  )
}
