// An offer that came without an application: take it with the account confirmed, decline it, or say what is wrong with it.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer, type Act } from '../../client/queries.ts'
import { Deadline } from '../../components/deadline.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, CheckField, TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'

type Application = Answer<'readApplication'>

export function Offer({ application }: { application: Application }): ReactElement | null {
  const can = application.allowed.some(({ event }) => event === 'consent')
  return can ? <Answering application={application} /> : null
}

function Answering({ application }: { application: Application }): ReactElement {
  const { t } = useTranslation('application')
  const { day } = useFormat()
  const act = useAct('answerOffer')
  const { deadlineOn, workingDaysLeft } = application
  return (
    <Sheet
      title={t('offer')}
      aside={deadlineOn === null ? undefined : t('offer.until', { day: day(deadlineOn) })}
    >
      <div className="sheet-body stack">
        {deadlineOn !== null && <Deadline workingDaysLeft={workingDaysLeft} on={day(deadlineOn)} />}
        <p>{t('offer.what')}</p>
        <Consent application={application} act={act} />
        <Refuse application={application} act={act} />
        <ErrorNote error={act.error} />
      </div>
    </Sheet>
  )
}

interface PartProps {
  readonly application: Application
  readonly act: Act<'answerOffer'>
}

function Consent({ application, act }: PartProps): ReactElement {
  const { t } = useTranslation('application')
  const [ending, setEnding] = useState('')
  const [truthful, setTruthful] = useState(false)
  const account = useAnswer('listMyOrganisations', { query: {} }).items.find(
    ({ id }) => id === application.organisationId,
  )
  const ready = truthful && /^\d{4}$/.test(ending)
  const params = { id: application.id }
  return (
    <>
      <TextField
        label={t('offer.account')}
        help={t('offer.account.help', {
          account: `${account?.bankName ?? ''} ${account?.bankAccountMasked ?? t('offer.account.none')}`,
        })}
        value={ending}
        inputMode="numeric"
        maxLength={4}
        autoComplete="off"
        onChange={setEnding}
      />
      <CheckField checked={truthful} onChange={setTruthful}>
        {t('offer.truthful')}
      </CheckField>
      <p>
        <button
          type="button"
          className="button"
          disabled={!ready || act.isPending}
          onClick={() =>
            act.mutate({ params, body: { answer: 'consent', accountEnding: ending, truthful: true } })
          }
        >
          {t('offer.consent')}
        </button>
      </p>
    </>
  )
}

function Refuse({ application, act }: PartProps): ReactElement {
  const { t } = useTranslation('application')
  const [reason, setReason] = useState('')
  const params = { id: application.id }
  const button = (answer: 'appeal' | 'decline'): ReactElement => (
    <button
      type="button"
      className="button"
      data-kind={answer === 'decline' ? 'stop' : 'quiet'}
      disabled={reason.trim().length < 2 || act.isPending}
      onClick={() => act.mutate({ params, body: { answer, reason } })}
    >
      {t(`offer.${answer}`)}
    </button>
  )
  return (
    <details>
      <summary>{t('offer.otherwise')}</summary>
      <AreaField label={t('offer.reason')} value={reason} onChange={setReason} maxLength={1000} />
      <p className="row-of">
        {button('appeal')} {button('decline')}
      </p>
    </details>
  )
}
