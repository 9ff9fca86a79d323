// Review in tiers: what the tiers said, whose turn it is, and what this tier does: pass on with an opinion, send back, or
// sign as the treasury.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, ChoiceField } from '../../components/field.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { Sheet } from '../../components/page.tsx'
import { ReasonedAct } from '../../components/reasoned-act.tsx'
import { useFormat } from '../../components/use-format.ts'
import { Findings } from './decide.tsx'
import { askedFacts, type FindingsByFact } from './findings.ts'

type Application = Answer<'readApplication'>

export function Tiers({ application }: { application: Application }): ReactElement | null {
  const { t } = useTranslation('review')
  if (application.path.length < 2) return null
  const can = new Set(application.allowed.map(({ event }) => event))
  return (
    <>
      <TierOpinions application={application} />
      {can.has('endorse') && <Endorse key={application.state} application={application} />}
      {can.has('send_back') && (
        <Sheet title={t('tier.send_back')}>
          <div className="sheet-body">
            <SendBack id={application.id} />
          </div>
        </Sheet>
      )}
    </>
  )
}

export function TierOpinions({ application }: { application: Application }): ReactElement {
  const { t } = useTranslation('review')
  const { say, instant } = useFormat()
  const { path, tier, opinions } = application
  return (
    <Sheet
      title={path.map((each) => t(`tier.${each}`)).join(' → ')}
      aside={tier === null ? t('tier.path') : t('tier.now', { tier: t(`tier.${tier}`) })}
    >
      <div className="sheet-body stack">
        {opinions.length === 0 && <p className="quiet">{t('tier.none')}</p>}
        {opinions.map((each) => (
          <p key={each.at}>
            <b>{t(`tier.${each.tier}`)}</b>{' '}
            {each.opinion === 'support'
              ? t('tier.support', { amount: say(each.amountFen ?? '0') })
              : t('tier.oppose')}
            <br />
            {each.reason} <small className="quiet">{`${each.actorName} · ${instant(each.at)}`}</small>
          </p>
        ))}
      </div>
    </Sheet>
  )
}

function Endorse({ application }: { application: Application }): ReactElement {
  const { t } = useTranslation('review')
  const { read } = useFormat()
  const [opinion, setOpinion] = useState<'support' | 'oppose'>(
    application.eligible === 'no' ? 'oppose' : 'support',
  )
  const last = application.opinions[0]?.amountFen ?? application.ceilingFen
  const [amount, setAmount] = useState<string | undefined>(last ?? undefined)
  const [findings, setFindings] = useState<FindingsByFact>({ ...application.opinions[0]?.findings })
  const [reason, setReason] = useState('')
  const act = useAct('examineApplication')
  const ceiling = application.ceilingFen ?? '0'
  const above = amount !== undefined && BigInt(amount) > BigInt(ceiling)
  const found = askedFacts(application.determination).every(({ id }) => findings[id] !== undefined)
  const whole =
    reason.trim().length >= 2 &&
    (opinion === 'oppose' || (found && amount !== undefined && amount !== '0' && !above))
  return (
    <Sheet
      title={t('tier.opinion')}
      actions={
        <>
          <button
            type="button"
            className="button"
            disabled={!whole || act.isPending}
            onClick={() =>
              act.mutate({
                params: { id: application.id },
                body: { decision: 'endorse', opinion, amountFen: amount ?? '0', findings, reason },
              })
            }
          >
            {t('tier.endorse')}
          </button>
          {!whole && <span className="note">{t('tier.missing')}</span>}
        </>
      }
    >
      <div className="sheet-body stack">
        <ChoiceField
          label={t('tier.opinion')}
          value={opinion}
          onChange={(value) => setOpinion(value === 'oppose' ? 'oppose' : 'support')}
          choices={[
            { value: 'support', label: t('tier.choose_support') },
            { value: 'oppose', label: t('tier.choose_oppose') },
          ]}
        />
        <Findings application={application} findings={findings} onChange={setFindings} />
        {opinion === 'support' && (
          <MoneyField
            label={t('tier.amount', { ceiling: read(ceiling) })}
            fen={amount}
            onChange={setAmount}
            {...(above ? { error: t('decide.above') } : {})}
          />
        )}
        <AreaField label={t('decide.reason')} rows={3} value={reason} onChange={setReason} maxLength={2000} />
        <ErrorNote error={act.error} />
      </div>
    </Sheet>
  )
}

export function SendBack({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('review')
  const act = useAct('examineApplication')
  return (
    <ReasonedAct
      label={t('tier.send_back')}
      title={t('tier.send_back_title')}
      reasonLabel={t('decide.reason')}
      act={act}
      onAct={(reason) => act.mutateAsync({ params: { id }, body: { decision: 'send_back', reason } })}
    />
  )
}
