// A claim on the bench: the match, the proofs, the decision; J and K turn to its neighbours.
import '../../features/review/bench.css'
import { useParams } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { DocumentButton } from '../../components/document-button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, ChoiceField } from '../../components/field.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { Unmask } from '../../features/desk/unmask.tsx'
import { Turn } from '../../features/review/turn.tsx'
import { UnlessDeclared } from '../../features/review/declare-conflict.tsx'
import { EventList } from '../../features/application/event-list.tsx'
import { ConfirmationSheet } from '../../features/contract/confirmation-sheet.tsx'
import { CaseInspections, UnlessAwaited } from '../../features/engagement/case-inspections.tsx'
import { Receipts } from '../../features/message/receipts.tsx'
import { UsageSummary } from '../../features/metering/usage-summary.tsx'
import { useProvenance } from '../../features/policy/determination.tsx'
import { MatchResult } from '../../features/settlement/match-result.tsx'
import { Rectifications } from '../../features/settlement/rectifications.tsx'
import { Proofs } from '../../features/settlement/proofs.tsx'
import { UnverifiedSheet } from '../../features/trade-paper/unverified-sheet.tsx'

type Claim = Answer<'readClaim'>

export function ClaimBench(): ReactElement {
  const { t } = useTranslation('review')
  const { id } = useParams({ from: '/signed-in/review/claims/$id' })
  const claim = useAnswer('readClaim', { params: { id } })
  const queue = useAnswer('listClaims', { query: { state: 'submitted', order: 'deadline', size: 200 } })
  const { say, day } = useFormat()
  const provenance = useProvenance()
  const period = t('claim.period', { from: day(claim.periodFrom), to: day(claim.periodTo) })
  return (
    <Page
      crumbs={[{ label: t('claims.crumb'), to: '/review/claims' }, { label: claim.number }]}
      title={t('claim.title', { organisation: claim.organisationName, amount: say(claim.payableFen) })}
      lead={t('claim.lead', { period, contract: claim.contractNumber, voucher: claim.voucherNumber ?? '' })}
      provenance={claim.determination === null ? undefined : provenance(claim.determination)}
    >
      <Turn to="/review/claims/$id" id={id} queue={queue.items} />
      <DocumentButton route="readClaimStatement" id={claim.id} />
      <Columns
        main={
          <>
            <MatchResult result={claim} period={[day(claim.periodFrom), day(claim.periodTo)]} />
            {claim.matched !== null && <Proofs body={claim.body} />}
          </>
        }
        side={
          <>
            <UnlessDeclared about="claim" id={claim.id} organisationId={claim.organisationId}>
              <UnlessAwaited id={claim.id}>
                <DecideClaim key={claim.state} claim={claim} />
              </UnlessAwaited>
            </UnlessDeclared>
            <UnverifiedSheet claim={claim} decides />
            <CaseInspections about="claim" id={claim.id} adoptionId={claim.adoptionId} />
            <Rectifications claim={claim} />
            {claim.confirmation !== null && <ConfirmationSheet confirmation={claim.confirmation} />}
            {claim.contractId !== null && <Usage contractId={claim.contractId} />}
            <Receipts id={claim.id} />
            <EventList events={claim.events} aside={<Unmask about="claim" id={claim.id} />} />
          </>
        }
      />
    </Page>
  )
}

function Usage({ contractId }: { contractId: string }): ReactElement {
  const usage = useAnswer('readContractUsage', { params: { id: contractId }, query: { size: 1 } })
  return <UsageSummary usage={usage} contractId={contractId} />
}

function DecideClaim({ claim }: { claim: Claim }): ReactElement {
  const { t } = useTranslation('review')
  const { read, day } = useFormat()
  const [kind, setKind] = useState<'approve' | 'refuse'>(claim.payableFen === '0' ? 'refuse' : 'approve')
  const [amount, setAmount] = useState<string | undefined>(claim.payableFen)
  const [reason, setReason] = useState('')
  const act = useAct('decideClaim')
  const above = amount !== undefined && BigInt(amount) > BigInt(claim.payableFen)
  const ready = reason.trim().length >= 2 && (kind === 'refuse' || (amount !== undefined && !above))
  if (!claim.allowed.some(({ event }) => event === 'approve' || event === 'refuse')) {
    return (
      <Sheet title={t('decide')}>
        <EmptyState>{t('decide.nothing')}</EmptyState>
      </Sheet>
    )
  }
  function decide(): void {
    const params = { id: claim.id }
    if (kind === 'refuse') act.mutate({ params, body: { decision: 'refuse', reason } })
    else if (amount !== undefined)
      act.mutate({ params, body: { decision: 'approve', amountFen: amount, reason } })
  }
  return (
    <Sheet title={t('decide')}>
      <div className="sheet-body stack">
        <ChoiceField
          label={t('decide.how')}
          value={kind}
          onChange={(value) => setKind(value === 'approve' ? 'approve' : 'refuse')}
          choices={[
            { value: 'approve', label: t('claim.approve') },
            { value: 'refuse', label: t('claim.refuse') },
          ]}
        />
        {kind === 'approve' && (
          <MoneyField
            label={t('claim.amount', { payable: read(claim.payableFen) })}
            fen={amount}
            onChange={setAmount}
            {...(above ? { error: t('claim.above') } : {})}
          />
        )}
        {claim.holdEndsOn !== null && (
          <p className="small quiet">{t('claim.held_until', { day: day(claim.holdEndsOn) })}</p>
        )}
        <AreaField label={t('decide.reason')} value={reason} onChange={setReason} maxLength={2000} />
        <ErrorNote error={act.error} />
        <button
          type="button"
          className="button"
          data-kind={kind === 'refuse' ? 'stop' : undefined}
          disabled={!ready || act.isPending}
          onClick={decide}
        >
          {t(`claim.${kind}`)}
        </button>
      </div>
    </Sheet>
  )
}
