// What people do in a dispute: the other side answers, the office decides and closes, whoever disputes may take it back.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, ChoiceField } from '../../components/field.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { Sheet } from '../../components/page.tsx'
import { ReasonedAct } from '../../components/reasoned-act.tsx'
import { useFormat } from '../../components/use-format.ts'
import type { Dispute } from './words.tsx'

export function DisputeActs({ dispute }: { dispute: Dispute }): ReactElement {
  const may = (event: string): boolean => dispute.allowed.includes(event)
  return (
    <>
      {may('answer') && <Answer dispute={dispute} />}
      {may('ask_correction') && <Decide dispute={dispute} />}
      {may('close') && <Close dispute={dispute} />}
      {may('withdraw') && <TakeBack dispute={dispute} />}
    </>
  )
}

function Answer({ dispute }: { dispute: Dispute }): ReactElement {
  const { t } = useTranslation('dispute')
  const { day } = useFormat()
  const [answer, setAnswer] = useState('')
  const act = useAct('answerDispute')
  function send(event: FormEvent): void {
    event.preventDefault()
    act.mutate({ params: { id: dispute.id }, body: { answer } })
  }
  return (
    <Sheet title={t('act.answer')} aside={t('by', { day: day(dispute.answerBy) })}>
      <form className="sheet-body stack" onSubmit={send}>
        <AreaField
          label={t('act.answer.text')}
          help={t('act.answer.help')}
          value={answer}
          onChange={setAnswer}
          rows={5}
          maxLength={2000}
        />
        <ErrorNote error={act.error} />
        <button className="button" disabled={act.isPending || answer.trim().length < 2}>
          {t('act.answer.send')}
        </button>
      </form>
    </Sheet>
  )
}

function Decide({ dispute }: { dispute: Dispute }): ReactElement {
  const { t } = useTranslation('dispute')
  const [decision, setDecision] = useState<'uphold' | 'dismiss'>('uphold')
  const [amountFen, setAmount] = useState<string | undefined>(dispute.disputedFen)
  const [reason, setReason] = useState('')
  const act = useAct('decideDispute')
  function decide(event: FormEvent): void {
    event.preventDefault()
    const params = { id: dispute.id }
    if (decision === 'dismiss') act.mutate({ params, body: { decision, reason } })
    else if (amountFen !== undefined) act.mutate({ params, body: { decision, amountFen, reason } })
  }
  return (
    <Sheet title={t('act.decide')}>
      <form className="sheet-body stack" onSubmit={decide}>
        <ChoiceField
          label={t('act.decide')}
          value={decision}
          onChange={(value) => setDecision(value === 'dismiss' ? 'dismiss' : 'uphold')}
          choices={(['uphold', 'dismiss'] as const).map((value) => ({ value, label: t(`act.${value}`) }))}
        />
        {decision === 'uphold' && <MoneyField label={t('act.amount')} fen={amountFen} onChange={setAmount} />}
        <AreaField
          label={t('act.reason')}
          help={t('act.decide.help')}
          value={reason}
          onChange={setReason}
          rows={4}
          maxLength={2000}
        />
        <ErrorNote error={act.error} />
        <button
          className="button"
          disabled={
            act.isPending || reason.trim().length < 2 || (decision === 'uphold' && amountFen === undefined)
          }
        >
          {t('act.decide.send')}
        </button>
      </form>
    </Sheet>
  )
}

function Close({ dispute }: { dispute: Dispute }): ReactElement {
  const { t } = useTranslation('dispute')
  const [reason, setReason] = useState('')
  const act = useAct('closeDispute')
  function close(event: FormEvent): void {
    event.preventDefault()
    act.mutate({ params: { id: dispute.id }, body: { reason } })
  }
  return (
    <Sheet title={t('act.close')}>
      <form className="sheet-body stack" onSubmit={close}>
        <AreaField
          label={t('act.reason')}
          help={t('act.close.help')}
          value={reason}
          onChange={setReason}
          maxLength={2000}
        />
        <ErrorNote error={act.error} />
        <button className="button" disabled={act.isPending || reason.trim().length < 2}>
          {t('act.close')}
        </button>
      </form>
    </Sheet>
  )
}

function TakeBack({ dispute }: { dispute: Dispute }): ReactElement {
  const { t } = useTranslation('dispute')
  const act = useAct('takeBackDispute')
  return (
    <Sheet title={t('act.take_back')}>
      <div className="sheet-body">
        <ReasonedAct
          label={t('act.take_back')}
          title={t('act.take_back')}
          reasonLabel={t('act.reason')}
          act={act}
          onAct={(reason) => act.mutateAsync({ params: { id: dispute.id }, body: { reason } })}
        />
      </div>
    </Sheet>
  )
}
