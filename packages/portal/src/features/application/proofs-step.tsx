// Proofs of use that come with the application: invoices, payments, the certificate of delivery. A row is kept with the
// draft as soon as it is complete.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { Note } from '../../components/empty-state.tsx'
import { formOf, proofsOf, type Parties, type ProofsForm } from '../settlement/claim-form.ts'
import { CertificateUpload, ProofRows } from '../settlement/proof-rows.tsx'
import { useRemark } from './remark.ts'
import type { Application, DraftForm } from './use-draft.ts'

interface StepProps {
  readonly application: Application
  readonly form: DraftForm
}

export function ProofsStep({ application, form }: StepProps): ReactElement {
  const { t } = useTranslation('application')
  const parties = useParties(application, form)
  const remark = useRemark(application)
  const [typed, setTyped] = useState<ProofsForm>(() => {
    const names = new Map(application.attachments.map(({ id, fileName }) => [id, fileName]))
    const none = { invoices: [], payments: [], deliveryCertificateId: null }
    return formOf(form.draft.proofs ?? none, parties, names)
  })
  function change(next: ProofsForm): void {
    setTyped(next)
    form.change({ ...form.draft, proofs: proofsOf(next) })
  }
  const { organisationId } = application
  const locked = (part: string): boolean => remark(`proofs.${part}`).disabled === true
  const asked = [remark('proofs.invoices').error, remark('proofs.payments').error].filter(Boolean)
  return (
    <>
      {asked.length > 0 && <Note tone="waits">{asked.join(t('comma'))}</Note>}
      <Note tone="waits">{t('proofs.why')}</Note>
      <fieldset className="wizard-body" disabled={locked('invoices')}>
        <ProofRows kind="invoices" form={typed} onChange={change} organisationId={organisationId} />
      </fieldset>
      <fieldset className="wizard-body" disabled={locked('payments')}>
        <ProofRows kind="payments" form={typed} onChange={change} organisationId={organisationId} />
      </fieldset>
      <fieldset className="wizard-body" disabled={locked('deliveryCertificateId')}>
        <CertificateUpload form={typed} onChange={change} organisationId={organisationId} />
      </fieldset>
    </>
  )
}

function useParties(application: Application, { draft }: DraftForm): Parties {
  const providers = useAnswer('listProviders').items
  const provider = providers.find(({ id }) => id === draft.contract.providerId)
  if (application.asks.counterparty === 'buyerCode')
    return { seller: application.creditCode, buyer: draft.contract.buyerCode ?? '' }
  return { seller: provider?.creditCode ?? '', buyer: application.creditCode }
}
