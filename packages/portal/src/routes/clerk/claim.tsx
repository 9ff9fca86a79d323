// One claim as the firm sees it: what is paid, and why not more.
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { useActsAs } from '../../client/session.ts'
import { DocumentButton } from '../../components/document-button.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { ReasonedAct } from '../../components/reasoned-act.tsx'
import { useFormat } from '../../components/use-format.ts'
import { AppealSheet } from '../../features/appeal/appeal-sheet.tsx'
import { ConfirmationSheet } from '../../features/contract/confirmation-sheet.tsx'
import { EventList } from '../../features/application/event-list.tsx'
import { useProvenance } from '../../features/policy/determination.tsx'
import { ClaimTag } from '../../features/settlement/claim-lines.tsx'
import { MatchResult } from '../../features/settlement/match-result.tsx'
import { Rectifications } from '../../features/settlement/rectifications.tsx'
import { Proofs } from '../../features/settlement/proofs.tsx'
import { UnverifiedSheet } from '../../features/trade-paper/unverified-sheet.tsx'

type Claim = Answer<'readClaim'>

export function ClaimPage(): ReactElement {
  const { t } = useTranslation('settlement')
  const { id } = useParams({ from: '/signed-in/claims/$id' })
  const claim = useAnswer('readClaim', { params: { id } })
  const { say, day } = useFormat()
  const provenance = useProvenance()
  const period = t('period', { from: day(claim.periodFrom), to: day(claim.periodTo) })
  return (
    <Page
      crumbs={[{ label: t('crumb'), to: '/claims' }, { label: claim.number }]}
      title={t(`title.${claim.state}`, { amount: say(claim.approvedFen ?? claim.payableFen) })}
      lead={t(leadOf(claim), {
        period,
        contract: claim.contractNumber,
        payee: claim.payeeName,
        amount: say(claim.deductedFen ?? '0'),
      })}
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
            {claim.matched !== null && <Proofs body={claim.body} />}
          </>
        }
        side={
          <>
            <State claim={claim} />
            <AppealSheet about="claim" id={claim.id} until={claim.appealUntil} />
            <UnverifiedSheet claim={claim} decides={false} />
            <Rectifications claim={claim} />
            {claim.confirmation !== null && <ConfirmationSheet confirmation={claim.confirmation} />}
            <EventList events={claim.events} />
          </>
        }
      />
    </Page>
  )
}

function leadOf({
  contractId,
  deductedFen,
}: Claim): 'claim.lead' | 'claim.lead_deducted' | 'claim.lead_project' {
  if (contractId === null) return 'claim.lead_project'
  return deductedFen === null ? 'claim.lead' : 'claim.lead_deducted'
}

function State({ claim }: { claim: Claim }): ReactElement {
  const { t } = useTranslation('settlement')
  const { day } = useFormat()
  const withdrawable = claim.allowed.some(({ event }) => event === 'withdraw')
  return (
    <Sheet title={t('state')}>
      <div className="sheet-body stack">
        <p>
          <ClaimTag state={claim.state} />
        </p>
        <p>
          {claim.voucherId === null ? (
            <Link to="/applications/$id" params={{ id: claim.applicationId }}>
              {t('state.application', { number: claim.applicationNumber })}
            </Link>
          ) : (
            <Link to="/vouchers/$id" params={{ id: claim.voucherId }}>
              {t('state.voucher', { number: claim.voucherNumber ?? '' })}
            </Link>
          )}
        </p>
        {claim.contractId !== null && (
          <p>
            <Link to="/contracts/$id/usage" params={{ id: claim.contractId }}>
              {t('state.usage')}
            </Link>
          </p>
        )}
        {claim.payment !== null && <Payment payment={claim.payment} />}
        {claim.holdEndsOn !== null && (
          <p className="small">{t('state.held_until', { day: day(claim.holdEndsOn) })}</p>
        )}
        {withdrawable && <WithdrawClaim claim={claim} />}
      </div>
    </Sheet>
  )
}

/** The batch that pays, and under what the bank answered. */
function Payment({ payment }: { payment: NonNullable<Claim['payment']> }): ReactElement {
  const { t } = useTranslation('settlement')
  const { day } = useFormat()
  const said = t('state.batch', { number: payment.batchNumber })
  return (
    <p>
      {useActsAs('finance', 'auditor') ? (
        <Link to="/finance/disbursements/$id" params={{ id: payment.batchId }}>
          {said}
        </Link>
      ) : (
        said
      )}
      {payment.paidOn !== null && (
        <small className="quiet">
          {' · '}
          {t('state.bank', { day: day(payment.paidOn), reference: payment.bankReference ?? '—' })}
        </small>
      )}
    </p>
  )
}

function WithdrawClaim({ claim }: { claim: Claim }): ReactElement {
  const { t } = useTranslation('settlement')
  const act = useAct('withdrawClaim')
  return (
    <ReasonedAct
      label={t('withdraw')}
      title={t('withdraw.title')}
      reasonLabel={t('withdraw.reason')}
      act={act}
      onAct={(reason) => act.mutateAsync({ params: { id: claim.id }, body: { reason } })}
    />
  )
}
