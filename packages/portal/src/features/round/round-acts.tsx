// What finance does with a round: the draw is entered by one, the result decided by another.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { Refused } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { ReasonedAct } from '../../components/reasoned-act.tsx'
import { useFormat } from '../../components/use-format.ts'

type Round = Answer<'readRound'>

export function RoundActs({ round }: { round: Round }): ReactElement | null {
  const { t } = useTranslation('round')
  if (round.state !== 'announced' && round.state !== 'proposed') return null
  return (
    <div className="round-acts">
      <Sheet title={t('act.title')}>
        {round.state === 'announced' ? <EnterDraw round={round} /> : <Confirm round={round} />}
        <Cancel round={round} />
      </Sheet>
    </div>
  )
}

function EnterDraw({ round }: { round: Round }): ReactElement {
  const { t } = useTranslation('round')
  const { day } = useFormat()
  const [shown, setShown] = useState('')
  const [source, setSource] = useState('')
  const act = useAct('drawRound')
  const byLot = round.rule === 'lottery'
  function submit(event: FormEvent): void {
    event.preventDefault()
    act.mutate({ params: { id: round.id }, body: byLot ? { shown, source } : {} })
  }
  return (
    <form className="form" onSubmit={submit}>
      {byLot ? (
        <>
          <TextField
            label={t('act.shown')}
            help={t('act.shown.help')}
            value={shown}
            onChange={setShown}
            maxLength={200}
          />
          <AreaField
            label={t('act.source')}
            help={t('act.source.help')}
            value={source}
            onChange={setSource}
            maxLength={400}
          />
          {round.drawOn !== null && <p className="wide quiet">{t('act.wait', { day: day(round.drawOn) })}</p>}
        </>
      ) : (
        <p className="wide quiet">{t('act.result.why')}</p>
      )}
      <div className="wide stack">
        <ErrorNote error={act.error} />
        <button
          className="button"
          disabled={act.isPending || (byLot && (shown.trim() === '' || source.trim() === ''))}
        >
          {t(byLot ? 'act.draw.do' : 'act.result')}
        </button>
      </div>
    </form>
  )
}

function Confirm({ round }: { round: Round }): ReactElement {
  const { t } = useTranslation('round')
  const act = useAct('decideRound')
  const [computeReason, setReason] = useState('')
  if (round.proposedByMe) return <p className="sheet-body">{t('act.own')}</p>
  const short = act.error instanceof Refused && act.error.problem.code === 'round.compute_short'
  return (
    <div className="sheet-body stack">
      {short && (
        <AreaField
          label={t('act.compute')}
          help={t('act.compute.help')}
          value={computeReason}
          onChange={setReason}
          maxLength={400}
        />
      )}
      <button
        type="button"
        className="button"
        disabled={act.isPending}
        onClick={() =>
          act.mutate({ params: { id: round.id }, body: { decision: 'confirm', reason: '', computeReason } })
        }
      >
        {t('act.confirm')}
      </button>
      <ErrorNote error={act.error} />
    </div>
  )
}

function Cancel({ round }: { round: Round }): ReactElement | null {
  const { t } = useTranslation('round')
  const act = useAct('decideRound')
  if (round.proposedByMe) return null
  return (
    <div className="sheet-body">
      <ReasonedAct
        label={t('act.cancel')}
        title={t('act.cancel.title', { number: round.number })}
        reasonLabel={t('act.reason')}
        act={act}
        onAct={async (reason) =>
          act.mutateAsync({ params: { id: round.id }, body: { decision: 'cancel', reason } })
        }
      />
    </div>
  )
}
