// The way to an application: firm, contract, files, promises, submit; beside it, while typing, what it would come to
// and why. The draft saves itself.
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Refused } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Columns, Page } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { CarriedOffer } from '../../features/application/carried-offer.tsx'
import { ContractFacts } from '../../features/application/contract-facts.tsx'
import { ContractStep } from '../../features/application/contract-step.tsx'
import { DocumentsStep } from '../../features/application/documents-step.tsx'
import { FirmStep } from '../../features/application/firm-step.tsx'
import { LiveResult } from '../../features/application/live-result.tsx'
import { ProjectStep } from '../../features/application/project-step.tsx'
import { ProofsStep } from '../../features/application/proofs-step.tsx'
import { StatementsStep } from '../../features/application/statements-step.tsx'
import { SubmitStep } from '../../features/application/submit-step.tsx'
import { useDraft, type Application, type DraftForm } from '../../features/application/use-draft.ts'
import { stepsOf, type WizardStep } from '../../features/application/wizard-steps.ts'
import { foreseen } from '../../features/policy/foreseen.ts'
import '../../features/application/wizard.css'

export function Wizard(): ReactElement {
  const { t } = useTranslation('application')
  const { id } = useParams({ from: '/signed-in/applications/$id/edit' })
  const application = useAnswer('readApplication', { params: { id } })
  const form = useDraft(application)
  const text = useSay()
  const search: Record<string, unknown> = useSearch({ strict: false })
  const steps = stepsOf(application)
  const step = steps.find((known) => known === search['step']) ?? 'firm'
  const editable = application.state === 'draft' || application.state === 'correction'
  return (
    <Page
      crumbs={[
        { label: t('list.crumb'), to: '/applications' },
        { label: text(application.programmeTitle) },
        { label: application.number, to: '/applications/$id', params: { id } },
      ]}
      title={useTitle(application)}
      lead={t('wizard.lead')}
    >
      {application.state === 'correction' && <Locked />}
      {!editable && <NotEditable id={id} />}
      {editable && <CarriedOffer application={application} form={form} />}
      <StepLinks steps={steps} current={step} id={id} />
      <Columns
        main={
          <>
            {editable || step !== 'submit' ? (
              <fieldset className="wizard-body" disabled={!editable}>
                <StepBody step={step} application={application} form={form} />
              </fieldset>
            ) : (
              <ContractFacts application={application} />
            )}
            <ErrorNote error={form.error} />
            <Reload error={form.error} />
            <Turn steps={steps} step={step} id={id} form={form} />
          </>
        }
        side={<LiveResult application={application} stale={form.unsaved} />}
      />
    </Page>
  )
}

function useTitle({ determination, eligible }: Application): string {
  const { t } = useTranslation('application')
  const { say } = useFormat()
  const expected = foreseen(determination)
  if (eligible === 'no') return t('title.not_eligible')
  if (expected === null) return t('wizard.title')
  return t(expected.sure ? 'title.ceiling' : 'title.foreseen', { amount: say(expected.fen) })
}

/** Somebody else's change stands in the way: the newest is one press away. */
function Reload({ error }: { error: Error | null }): ReactElement | null {
  const { t } = useTranslation('application')
  if (!(error instanceof Refused) || error.problem.code !== 'application.draft_changed') return null
  return (
    <button type="button" className="button" onClick={() => location.reload()}>
      {t('wizard.reload')}
    </button>
  )
}

/** A correction: what it did not ask for stays as it was submitted. */
function Locked(): ReactElement {
  const { t } = useTranslation('desk')
  return <Note tone="waits">{t('correction.locked')}</Note>
}

function NotEditable({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('application')
  return (
    <Note tone="waits">
      {t('wizard.not_editable')}{' '}
      <Link to="/applications/$id" params={{ id }}>
        {t('wizard.see')}
      </Link>
    </Note>
  )
}

interface StepLinksProps {
  readonly steps: readonly WizardStep[]
  readonly current: WizardStep
  readonly id: string
}

function StepLinks({ steps, current, id }: StepLinksProps): ReactElement {
  const { t } = useTranslation('application')
  return (
    <nav className="wizard-steps" aria-label={t('wizard.steps')}>
      <ol>
        {steps.map((step, index) => (
          <li key={step}>
            <Link
              to="/applications/$id/edit"
              params={{ id }}
              search={{ step } as never}
              aria-current={step === current ? 'step' : undefined}
            >
              <span>{index + 1}</span> {t(`wizard.${step}`)}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}

interface StepBodyProps {
  readonly step: WizardStep
  readonly application: Application
  readonly form: DraftForm
}

function StepBody({ step, application, form }: StepBodyProps): ReactElement {
  if (step === 'firm') return <FirmStep application={application} />
  if (step === 'contract') return <ContractStep application={application} form={form} />
  if (step === 'project') return <ProjectStep application={application} form={form} />
  if (step === 'proofs') return <ProofsStep application={application} form={form} />
  if (step === 'documents') return <DocumentsStep application={application} form={form} />
  if (step === 'statements') return <StatementsStep application={application} form={form} />
  return <SubmitStep application={application} form={form} />
}

interface TurnProps {
  readonly steps: readonly WizardStep[]
  readonly step: WizardStep
  readonly id: string
  readonly form: DraftForm
}

function Turn({ steps, step, id, form }: TurnProps): ReactElement {
  const { t } = useTranslation('application')
  const navigate = useNavigate()
  const at = steps.indexOf(step)
  const go = (to: WizardStep | undefined): void => {
    void form
      .save()
      .then(() => navigate({ to: '/applications/$id/edit', params: { id }, search: { step: to } as never }))
      .catch(() => undefined)
  }
  return (
    <div className="wizard-turn">
      {at > 0 && (
        <button type="button" className="button" data-kind="quiet" onClick={() => go(steps[at - 1])}>
          {t('wizard.back')}
        </button>
      )}
      {at < steps.length - 1 && (
        <button type="button" className="button" onClick={() => go(steps[at + 1])}>
          {t('wizard.on', { step: t(`wizard.${steps[at + 1]!}`) })}
        </button>
      )}
      <span className="quiet small" role="status">
        <span className="wizard-state">
          {t(form.saving ? 'wizard.saving' : form.unsaved ? 'wizard.unsaved' : 'wizard.saved')}
        </span>
        <span className="wizard-unread">{t('wizard.not_saved')}</span>
      </span>
    </div>
  )
}
