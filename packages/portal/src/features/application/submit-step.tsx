import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../client/queries.ts'
import { EmptyState, Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Sheet } from '../../components/page.tsx'
import { ContractFacts } from './contract-facts.tsx'
import { MissingList } from './missing-list.tsx'
import type { Application, DraftForm } from './use-draft.ts'

interface StepProps {
  readonly application: Application
  readonly form: DraftForm
}

/** The last look, and the button; while it is off, why. */
export function SubmitStep({ application, form }: StepProps): ReactElement {
  const { t } = useTranslation('application')
  const navigate = useNavigate()
  const params = { id: application.id }
  const act = useAct('submitApplication', () => navigate({ to: '/applications/$id', params }))
  const ready = application.missing.length === 0 && !form.unsaved && !form.saving
  return (
    <>
      <Sheet
        title={t(ready ? 'submit.ready' : 'submit.not_ready')}
        actions={
          <>
            <button
              type="button"
              className="button"
              disabled={!ready || act.isPending}
              onClick={() => act.mutate({ params })}
            >
              {t('submit')}
            </button>
            <Link to="/applications/$id" params={params}>
              {t('submit.later')}
            </Link>
            <span className="note">{t('submit.note')}</span>
          </>
        }
      >
        {application.eligible === 'no' && (
          <div className="sheet-body">
            <Note tone="waits">{t('submit.not_eligible')}</Note>
          </div>
        )}
        {application.missing.length === 0 ? (
          <EmptyState>{t('submit.all_there')}</EmptyState>
        ) : (
          <MissingList application={application} />
        )}
        <ErrorNote error={act.error} />
      </Sheet>
      {(form.draft.contract.amountFen !== undefined || application.asks.project) && (
        <ContractFacts application={{ ...application, draft: form.draft }} />
      )}
    </>
  )
}
