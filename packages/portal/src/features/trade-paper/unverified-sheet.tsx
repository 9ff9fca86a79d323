// The invoices of a claim as the tax authority knows them. What nobody has verified is paid on only when a reviewer
// decides so, with a reason that stays.
import { Link } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { StandingTag } from './paper-tags.tsx'
import './trade-paper.css'

type Claim = Pick<Answer<'readClaim'>, 'id' | 'papers' | 'unverified'>

/** @param decides whether the reader reviews: may decide to pay on what is not verified, and read whose paper it is */
export function UnverifiedSheet({ claim, decides }: { claim: Claim; decides: boolean }): ReactElement | null {
  const { t } = useTranslation('trade-paper')
  const { instant } = useFormat()
  if (claim.papers.length === 0) return null
  const open = claim.papers.filter(({ standing, accepted }) => standing === 'unverified' && !accepted)
  return (
    <Sheet title={t('unverified')} aside={t('unverified.aside', { count: claim.papers.length })}>
      <div className="sheet-body stack">
        <ul className="paper-uses">
          {claim.papers.map(({ number, paperId, standing }) => (
            <li key={number}>
              {paperId === null || !decides ? (
                number
              ) : (
                <Link to="/trade-papers/$id" params={{ id: paperId }}>
                  {number}
                </Link>
              )}{' '}
              <StandingTag paper={{ kind: 'invoice', standing }} />
            </li>
          ))}
        </ul>
        {claim.unverified.map(({ reason, numbers, decidedBy, decidedAt }) => (
          <Note key={decidedAt} tone="done">
            {t('unverified.decided', {
              when: instant(decidedAt),
              count: numbers.length,
              who: decidedBy ?? t('unverified.reviewer'),
              reason,
            })}
          </Note>
        ))}
        {open.length > 0 && <Note tone="waits">{t('unverified.open', { count: open.length })}</Note>}
        {open.length > 0 && decides && <Accept id={claim.id} />}
      </div>
    </Sheet>
  )
}

function Accept({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('trade-paper')
  const [reason, setReason] = useState('')
  const act = useAct('acceptUnverified')
  return (
    <>
      <AreaField label={t('unverified.reason')} value={reason} onChange={setReason} maxLength={1000} />
      <ErrorNote error={act.error} />
      <button
        type="button"
        className="button"
        data-kind="quiet"
        disabled={reason.trim().length < 2 || act.isPending}
        onClick={() => act.mutate({ params: { id }, body: { reason } })}
      >
        {t('unverified.accept')}
      </button>
    </>
  )
}
