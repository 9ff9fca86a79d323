// One deduction as the provider sees it: what was deducted and why not more, the papers with which it is claimed, what the
// offices decided.
import { Link, useParams } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { DocumentButton } from '../../components/document-button.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { ReasonedAct } from '../../components/reasoned-act.tsx'
import { useFormat } from '../../components/use-format.ts'
import { EventList } from '../../features/application/event-list.tsx'
import { useProvenance } from '../../features/policy/determination.tsx'
import { emptyProofs, proofsOf, type ProofsForm } from '../../features/settlement/claim-form.ts'
import { ClaimTag } from '../../features/settlement/claim-lines.tsx'
import { MatchResult } from '../../features/settlement/match-result.tsx'
import { CertificateUpload, ProofRows } from '../../features/settlement/proof-rows.tsx'
import { Proofs } from '../../features/settlement/proofs.tsx'
import '../../features/application/wizard.css'

type Claim = Answer<'readClaim'>

export function DeductionPage(): ReactElement {
  const { t } = useTranslation('deduction')
  const { t: words } = useTranslation('settlement')
  const { id } = useParams({ from: '/signed-in/deductions/$id' })
  const claim = useAnswer('readClaim', { params: { id } })
  const { say, day } = useFormat()
  const provenance = useProvenance()
  const amount = claim.state === 'deducted' ? claim.deductedFen : (claim.approvedFen ?? claim.payableFen)
  return (
    <Page
      crumbs={[{ label: t('crumb'), to: '/deductions' }, { label: claim.number }]}
      title={words(`title.${claim.state}`, { amount: say(amount ?? '0') })}
      lead={t('page.lead', { firm: claim.organisationName, deducted: say(claim.deductedFen ?? '0') })}
      provenance={claim.determination === null ? undefined : provenance(claim.determination)}
    >
      <DocumentButton route="readClaimStatement" id={claim.id} />
      <Columns
        main={
          <>
            <MatchResult
              result={claim}
              period={[day(claim.periodFrom), day(claim.periodTo)]}
              awaiting={claim.state === 'deducted'}
            />
            {claim.state === 'deducted' ? <ClaimIt claim={claim} /> : <Proofs body={claim.body} />}
          </>
        }
        side={
          <>
            <State claim={claim} />
            <EventList events={claim.events} />
          </>
        }
      />
    </Page>
  )
}

/** The invoice of the bill and what the firm paid of it. */
function ClaimIt({ claim }: { claim: Claim }): ReactElement {
  const { t } = useTranslation('deduction')
  const [form, setForm] = useState<ProofsForm>(() =>
    emptyProofs({ seller: claim.payeeCreditCode, buyer: claim.creditCode }),
  )
  const act = useAct('claimDeduction')
  const body = proofsOf(form)
  const whole = body.invoices.length === form.invoices.length && body.payments.length === form.payments.length
  return (
    <>
      <ProofRows kind="invoices" form={form} onChange={setForm} organisationId={claim.payeeId} />
      <ProofRows kind="payments" form={form} onChange={setForm} organisationId={claim.payeeId} />
      <CertificateUpload form={form} onChange={setForm} organisationId={claim.payeeId} />
      <Sheet
        title={t('claim')}
        actions={
          <button
            type="button"
            className="button"
            disabled={!whole || act.isPending}
            onClick={() => act.mutate({ params: { id: claim.id }, body })}
          >
            {t('claim.submit')}
          </button>
        }
      >
        <p className="sheet-body quiet">{t('claim.why')}</p>
        <ErrorNote error={act.error} />
      </Sheet>
    </>
  )
}

function State({ claim }: { claim: Claim }): ReactElement {
  const { t } = useTranslation('deduction')
  const { t: words } = useTranslation('settlement')
  const { read } = useFormat()
  const act = useAct('reverseDeduction')
  const reversible = claim.allowed.some(({ event }) => event === 'reverse')
  return (
    <Sheet title={words('state')}>
      <div className="sheet-body stack">
        <p>
          <ClaimTag state={claim.state} />
        </p>
        {claim.imprestFen !== '0' && (
          <p>
            <Link to="/imprests">
              {t('imprest.left', { drawn: read(claim.imprestFen), left: read(claim.imprestLeftFen) })}
            </Link>
          </p>
        )}
        {claim.contractId !== null && (
          <p>
            <Link to="/contracts/$id/usage" params={{ id: claim.contractId }}>
              {words('state.usage')}
            </Link>
          </p>
        )}
        {reversible && (
          <ReasonedAct
            label={t('reverse')}
            title={t('reverse.title')}
            reasonLabel={t('reverse.reason')}
            act={act}
            onAct={(reason) => act.mutateAsync({ params: { id: claim.id }, body: { reason } })}
          />
        )}
      </div>
    </Sheet>
  )
}
