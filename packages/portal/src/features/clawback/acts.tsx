// What people do in a clawback: the firm states its case, a second reviewer decides, another annuls what an appeal overturned.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../client/queries.ts'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, ChoiceField, TextField } from '../../components/field.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import type { Clawback } from './words.tsx'

const may = (clawback: Clawback, ...events: readonly string[]): boolean =>
  clawback.allowed.some(({ event }) => events.includes(event))

export function AnswerClawback({ clawback }: { clawback: Clawback }): ReactElement | null {
  const { t } = useTranslation('clawback')
  const { day } = useFormat()
  const [statement, setStatement] = useState('')
  const act = useAct('answerClawback')
  if (!may(clawback, 'make_statement')) return null
  function submit(event: FormEvent): void {
    event.preventDefault()
    act.mutate({ params: { id: clawback.id }, body: { statement } })
  }
  return (
    <Sheet title={t('answer')} aside={day(clawback.answerBy)}>
      <form className="sheet-body stack" onSubmit={submit}>
        <AreaField
          label={t('answer.statement')}
          help={t('answer.help')}
          value={statement}
          onChange={setStatement}
          rows={6}
          maxLength={4000}
        />
        <ErrorNote error={act.error} />
        <button className="button" disabled={act.isPending || statement.trim().length < 2}>
          {t('answer.send')}
        </button>
      </form>
    </Sheet>
  )
}

export function DecideClawback({ clawback }: { clawback: Clawback }): ReactElement | null {
  const { t } = useTranslation('clawback')
  const { read } = useFormat()
  const mine = clawback.proposedByMe
  const early = clawback.state === 'hearing'
  const [kind, setKind] = useState<'uphold' | 'drop'>(mine || early ? 'drop' : 'uphold')
  const [fine, setFine] = useState<string | undefined>(undefined)
  const [dueOn, setDueOn] = useState('')
  const [reason, setReason] = useState('')
  const act = useAct('decideClawback')
  if (!may(clawback, 'demand', 'drop')) return null
  const owes = clawback.proposedFen !== '0'
  const ready = reason.trim().length >= 2 && (kind === 'drop' || !owes || dueOn !== '')
  function decide(event: FormEvent): void {
    event.preventDefault()
    const params = { id: clawback.id }
    if (kind === 'drop') act.mutate({ params, body: { decision: 'drop', reason } })
    else
      act.mutate({
        params,
        body: { decision: 'uphold', fineFen: fine ?? null, dueOn: owes ? dueOn : null, reason },
      })
  }
  const range = clawback.fineRange
  return (
    <Sheet title={t('decide')}>
      <form className="sheet-body stack" onSubmit={decide}>
        {mine && <Note tone="waits">{t('decide.another')}</Note>}
        {!mine && early && <Note tone="waits">{t('decide.hearing')}</Note>}
        {!mine && !early && (
          <ChoiceField
            label={t('decide.how')}
            value={kind}
            onChange={(value) => setKind(value === 'uphold' ? 'uphold' : 'drop')}
            choices={(['uphold', 'drop'] as const).map((value) => ({ value, label: t(`decide.${value}`) }))}
          />
        )}
        {kind === 'uphold' && owes && (
          <TextField label={t('decide.due')} type="date" value={dueOn} onChange={setDueOn} />
        )}
        {kind === 'uphold' && range !== null && (
          <MoneyField
            label={t('decide.fine')}
            help={t('decide.fine_help', { least: read(range.leastFen), most: read(range.mostFen) })}
            optional
            fen={fine}
            onChange={setFine}
          />
        )}
        <AreaField label={t('decide.reason')} value={reason} onChange={setReason} maxLength={2000} />
        <ErrorNote error={act.error} />
        <button
          className="button"
          data-kind={kind === 'uphold' ? 'stop' : 'quiet'}
          disabled={!ready || act.isPending}
        >
          {t(`decide.${kind}`)}
        </button>
      </form>
    </Sheet>
  )
}

export function AnnulClawback({ clawback }: { clawback: Clawback }): ReactElement | null {
  const { t } = useTranslation('clawback')
  const [ruling, setRuling] = useState('')
  const [reason, setReason] = useState('')
  const act = useAct('cancelClawback')
  if (!may(clawback, 'annul') || clawback.decidedByMe) return null
  function annul(event: FormEvent): void {
    event.preventDefault()
    act.mutate({ params: { id: clawback.id }, body: { ruling, reason } })
  }
  return (
    <Sheet title={t('annul')}>
      <details className="sheet-fold">
        <summary>{t('annul.open')}</summary>
        <form className="sheet-body stack" onSubmit={annul}>
          <TextField
            label={t('annul.ruling')}
            help={t('annul.help')}
            value={ruling}
            onChange={setRuling}
            maxLength={200}
          />
          <AreaField label={t('decide.reason')} value={reason} onChange={setReason} maxLength={2000} />
          <ErrorNote error={act.error} />
          <button
            className="button"
            data-kind="stop"
            disabled={act.isPending || ruling.trim().length < 2 || reason.trim().length < 2}
          >
            {t('annul.send')}
          </button>
        </form>
      </details>
    </Sheet>
  )
}
