import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { StatusTag, type Tone } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import '../disclosure/notice-list.css'

export type ClaimState = Answer<'readClaim'>['state']

const TONES: Readonly<Record<ClaimState, Tone>> = {
  deducted: 'done',
  submitted: 'waits',
  approved: 'waits',
  batched: 'waits',
  paid: 'done',
  refused: 'stopped',
  appealed: 'waits',
  withdrawn: 'quiet',
}

export function ClaimTag({ state }: { state: ClaimState }): ReactElement {
  const { t } = useTranslation('words')
  return <StatusTag tone={TONES[state]}>{t(`claim.${state}`)}</StatusTag>
}

/** The claims made on one voucher. */
export function ClaimLines({ claims }: { claims: Answer<'readVoucher'>['claims'] }): ReactElement {
  const { t } = useTranslation('settlement')
  const { read } = useFormat()
  if (claims.length === 0) return <EmptyState>{t('lines.empty')}</EmptyState>
  return (
    <ul className="notice-list">
      {claims.map((claim) => (
        <li key={claim.id}>
          <span>
            <Link to="/claims/$id" params={{ id: claim.id }}>
              {claim.number}
            </Link>
            <small>{read(claim.approvedFen ?? claim.claimedFen)}</small>
          </span>
          <ClaimTag state={claim.state as ClaimState} />
        </li>
      ))}
    </ul>
  )
}
