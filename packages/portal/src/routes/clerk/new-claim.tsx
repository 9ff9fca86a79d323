// A claim on a voucher: a period, its invoices and payments with their files, the certificate of delivery. Before it is
// filed, the four legs are matched, so that the firm sees what it will get and why.
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useKept } from '../../client/kept.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { TextField } from '../../components/field.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import {
  bodyOf,
  emptyClaim,
  missingFrom,
  type ClaimForm,
  type Parties,
} from '../../features/settlement/claim-form.ts'
import { MatchResult, type Matched } from '../../features/settlement/match-result.tsx'
import { CertificateUpload, ProofRows } from '../../features/settlement/proof-rows.tsx'
import { PickPapers } from '../../features/trade-paper/pick-papers.tsx'
import { UsageSummary } from '../../features/metering/usage-summary.tsx'
import '../../features/application/wizard.css'

type Voucher = Answer<'readVoucher'>

export function NewClaim(): ReactElement {
  const { t } = useTranslation('settlement')
  const { id } = useParams({ from: '/signed-in/vouchers/$id/claim' })
  const voucher = useAnswer('readVoucher', { params: { id } })
  const usage = useAnswer('readContractUsage', { params: { id: voucher.contractId }, query: { size: 1 } })
  const { say } = useFormat()
  const parties = useParties(voucher)
  const [form, setForm, forgetForm] = useKept<ClaimForm>(`claim.${id}`, () => emptyClaim(usage, parties))
  const [matched, setMatched] = useState<Matched | null>(null)
  function change(next: ClaimForm): void {
    setForm(next)
    setMatched(null)
  }
  return (
    <Page
      crumbs={[
        { label: t('voucher_crumb'), to: '/vouchers' },
        { label: voucher.number, to: '/vouchers/$id', params: { id } },
        { label: t('new.crumb') },
      ]}
      title={
        matched === null
          ? t('new.title', { usable: say(voucher.usableFen) })
          : t('new.title_matched', { amount: say(matched.payableFen) })
      }
      lead={t('new.lead')}
    >
      <Columns
        main={
          <>
            {matched !== null && <MatchResult result={matched} period={[form.periodFrom, form.periodTo]} />}
            <Period form={form} onChange={change} />
            <Papers form={form} onChange={change} organisationId={voucher.organisationId} />
            <CertificateUpload form={form} onChange={change} organisationId={voucher.organisationId} />
          </>
        }
        side={
          <>
            <Filing
              voucher={voucher}
              form={form}
              matched={matched}
              onMatched={setMatched}
              onFiled={forgetForm}
            />
            <UsageSummary usage={usage} contractId={voucher.contractId} />
          </>
        }
      />
    </Page>
  )
}

interface PapersProps {
  readonly form: ClaimForm
  readonly onChange: (form: ClaimForm) => void
  readonly organisationId: string
}

/** Picked from the register, or typed with their files. */
function Papers(props: PapersProps): ReactElement {
  return (
    <>
      <PickPapers kind="invoices" {...props} />
      <ProofRows kind="invoices" {...props} />
      <PickPapers kind="payments" {...props} />
      <ProofRows kind="payments" {...props} />
    </>
  )
}

function useParties(voucher: Voucher): Parties {
  const application = useAnswer('readApplication', { params: { id: voucher.applicationId } })
  const { providerId } = application.draft.contract
  const provider = useAnswer('listProviders').items.find(({ id }) => id === providerId)
  return { seller: provider?.creditCode ?? '', buyer: voucher.creditCode }
}

function Period({ form, onChange }: { form: ClaimForm; onChange: (form: ClaimForm) => void }): ReactElement {
  const { t } = useTranslation('settlement')
  return (
    <Sheet title={t('new.period')} aside={t('new.period_why')}>
      <div className="form">
        <TextField
          label={t('new.from')}
          type="date"
          value={form.periodFrom}
          onChange={(periodFrom) => onChange({ ...form, periodFrom })}
        />
        <TextField
          label={t('new.to')}
          type="date"
          value={form.periodTo}
          onChange={(periodTo) => onChange({ ...form, periodTo })}
        />
      </div>
    </Sheet>
  )
}

interface FilingProps {
  readonly voucher: Voucher
  readonly form: ClaimForm
  readonly matched: Matched | null
  readonly onMatched: (matched: Matched) => void
  readonly onFiled: () => void
}

function Filing({ voucher, form, matched, onMatched, onFiled }: FilingProps): ReactElement {
  const { t } = useTranslation('settlement')
  const navigate = useNavigate()
  const match = useAct('matchClaim', onMatched)
  const submit = useAct('submitClaim', (claim) => {
    onFiled()
    return navigate({ to: '/claims/$id', params: { id: claim.id } })
  })
  const missing = missingFrom(form)
  const body = missing.length === 0 ? bodyOf(voucher.id, form) : null
  return (
    <Sheet title={t('new.file')}>
      <div className="sheet-body stack">
        {missing.length > 0 && (
          <Note tone="waits">
            {t('new.missing')}
            <ul>
              {missing.map((what) => (
                <li key={what}>{t(`missing.${what}`)}</li>
              ))}
            </ul>
          </Note>
        )}
        {matched?.openMonths !== undefined && matched.openMonths.length > 0 && (
          <Note tone="waits">{t('new.open_months', { months: matched.openMonths.join(', ') })}</Note>
        )}
        <ErrorNote error={match.error ?? submit.error} />
        <div className="row-of">
          <button
            type="button"
            className="button"
            data-kind={matched === null ? undefined : 'quiet'}
            disabled={body === null || match.isPending}
            onClick={() => body !== null && match.mutate({ body })}
          >
            {t('new.match')}
          </button>
          <button
            type="button"
            className="button"
            disabled={body === null || matched === null || submit.isPending}
            onClick={() => body !== null && submit.mutate({ body })}
          >
            {t('new.submit')}
          </button>
        </div>
        <p className="quiet small">{t(matched === null ? 'new.match_first' : 'new.matched')}</p>
      </div>
    </Sheet>
  )
}
