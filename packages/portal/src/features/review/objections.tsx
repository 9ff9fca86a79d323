import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, ChoiceField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { ReasonedAct } from '../../components/reasoned-act.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { Unmask } from '../desk/unmask.tsx'
import './objections.css'

type Objection = Answer<'listObjections'>['items'][number]

/** Objections, open ones first, each with its answer or the way to give one. */
export function Objections(): ReactElement {
  const { t } = useTranslation('review')
  const { items } = useAnswer('listObjections', { query: { size: 50 } })
  const ordered = [...items].sort(
    (left, right) => Number(left.outcome !== 'open') - Number(right.outcome !== 'open'),
  )
  return (
    <Sheet title={t('objections')} aside={t('objections.total', { count: items.length })}>
      {items.length === 0 ? (
        <EmptyState>{t('objections.empty')}</EmptyState>
      ) : (
        <ul className="objections">
          {ordered.map((objection) => (
            <OneObjection key={objection.id} objection={objection} />
          ))}
        </ul>
      )}
    </Sheet>
  )
}

const TONES = { open: 'stopped', upheld: 'done', dismissed: 'done' } as const

function OneObjection({ objection }: { objection: Objection }): ReactElement {
  const { t } = useTranslation('review')
  const { instant } = useFormat()
  const [answering, setAnswering] = useState(false)
  return (
    <li>
      <p className="objection-head">
        <b>{objection.organisationName}</b> <small className="quiet">{objection.applicationNumber}</small>{' '}
        <StatusTag tone={TONES[objection.outcome]}>{t(`objection.${objection.outcome}`)}</StatusTag>
      </p>
      <blockquote>{objection.statement}</blockquote>
      {objection.answer !== null && <p>{t('objection.answered', { answer: objection.answer })}</p>}
      <p className="quiet small">
        {objection.number} · {instant(objection.filedAt)} · {objection.contactMasked}{' '}
        <Unmask about="objection" id={objection.id} />
      </p>
      {objection.outcome === 'open' && (
        <>
          <button type="button" className="button" data-kind="quiet" onClick={() => setAnswering(true)}>
            {t('objection.answer')}
          </button>{' '}
          <HearFirm objection={objection} />
          <AnswerDialog objection={objection} open={answering} onClose={() => setAnswering(false)} />
        </>
      )}
    </li>
  )
}

/** Asks the firm what it says, before anything is decided. */
function HearFirm({ objection }: { objection: Objection }): ReactElement {
  const { t } = useTranslation('review')
  const act = useAct('hearFirm')
  return (
    <ReasonedAct
      label={t('objection.hear')}
      title={t('objection.hear_title', { organisation: objection.organisationName })}
      reasonLabel={t('objection.hear_what')}
      act={act}
      onAct={(question) => act.mutateAsync({ params: { id: objection.id }, body: { question } })}
    />
  )
}

interface AnswerDialogProps {
  readonly objection: Objection
  readonly open: boolean
  readonly onClose: () => void
}

function AnswerDialog({ objection, open, onClose }: AnswerDialogProps): ReactElement {
  const { t } = useTranslation('review')
  const [outcome, setOutcome] = useState('')
  const [reason, setReason] = useState('')
  const act = useAct('answerObjection', onClose)
  function answer(): void {
    act.mutate({
      params: { id: objection.id },
      body: { outcome: outcome === 'upheld' ? 'upheld' : 'dismissed', reason },
    })
  }
  return (
    <Dialog
      title={t('objection.answer_title', { organisation: objection.organisationName })}
      open={open}
      onClose={onClose}
      actions={
        <button
          type="button"
          className="button"
          disabled={outcome === '' || reason.trim().length < 2 || act.isPending}
          onClick={answer}
        >
          {t('objection.send')}
        </button>
      }
    >
      <blockquote>{objection.statement}</blockquote>
      <ChoiceField
        label={t('objection.outcome')}
        value={outcome}
        onChange={setOutcome}
        choices={[
          { value: 'dismissed', label: t('objection.dismiss') },
          { value: 'upheld', label: t('objection.uphold') },
        ]}
      />
      <AreaField label={t('decide.reason')} value={reason} onChange={setReason} maxLength={2000} />
      <ErrorNote error={act.error} />
    </Dialog>
  )
}
