// 财政会签: what the authority would grant, case by case, to be signed or sent back.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct, useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField } from '../../components/field.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { SendBack, TierOpinions } from '../../features/review/tiers.tsx'

export function Countersign(): ReactElement {
  const { t } = useTranslation('review')
  const { items, total } = useAnswer('listApplications', {
    query: { state: 'review_finance', order: 'deadline', size: 50 },
  })
  return (
    <Page title={t('countersign.title', { count: total })} lead={t('countersign.lead')}>
      {items.length === 0 ? (
        <Sheet title={t('tier.finance')}>
          <EmptyState>{t('countersign.empty')}</EmptyState>
        </Sheet>
      ) : (
        items.map(({ id }) => <ToSign key={id} id={id} />)
      )}
    </Page>
  )
}

function ToSign({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('review')
  const application = useAnswer('readApplication', { params: { id } })
  const { say } = useFormat()
  const text = useSay()
  const [reason, setReason] = useState('')
  const act = useAct('examineApplication')
  const amount = application.opinions[0]?.amountFen ?? '0'
  return (
    <>
      <Sheet
        title={`${application.organisationName} · ${application.number}`}
        aside={text(application.programmeTitle)}
        actions={
          <>
            <button
              type="button"
              className="button"
              disabled={reason.trim().length < 2 || act.isPending}
              onClick={() => act.mutate({ params: { id }, body: { decision: 'countersign', reason } })}
            >
              {t('tier.countersign')}
            </button>
            <SendBack id={id} />
          </>
        }
      >
        <div className="sheet-body stack">
          <p>
            <b>{t('countersign.to_sign', { amount: say(amount) })}</b>
          </p>
          <AreaField
            label={t('decide.reason')}
            rows={2}
            value={reason}
            onChange={setReason}
            maxLength={2000}
          />
          <ErrorNote error={act.error} />
        </div>
      </Sheet>
      <TierOpinions application={application} />
    </>
  )
}
