import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { organisationOf, useActsAs, useSession } from '../../client/session.ts'
import { Page } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ClaimList } from '../../features/settlement/claim-list.tsx'

export function Claims(): ReactElement {
  const { t } = useTranslation('settlement')
  const { say } = useFormat()
  const paid = useAnswer('listClaims', { query: { state: 'paid', size: 200 } })
  const firm = useFirm()
  const toFirm = paid.items.filter(({ payeeId }) => firm === null || payeeId === firm)
  const total = toFirm.reduce((sum, { approvedFen }) => sum + BigInt(approvedFen ?? '0'), 0n)
  const elsewhere = paid.items.length - toFirm.length
  const holdsVouchers = useActsAs('clerk', 'reviewer', 'finance', 'auditor')
  return (
    <Page
      title={
        total === 0n ? t('claims.title_none') : t('claims.title', { count: toFirm.length, total: say(total) })
      }
      lead={
        <>
          {t('claims.lead')} {elsewhere > 0 && `${t('claims.lead_provider', { count: elsewhere })} `}
          {holdsVouchers && <Link to="/vouchers">{t('claims.wallet')}</Link>}
        </>
      }
    >
      <ClaimList to="/claims/$id" empty={t('claims.empty')} />
    </Page>
  )
}

/** The organisation for which somebody is paid; null for those who see the claims of all. */
function useFirm(): string | null {
  const session = useSession()!
  return organisationOf(session, 'clerk') ?? organisationOf(session, 'provider')
}
