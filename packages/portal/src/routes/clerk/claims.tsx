import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { Page } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ClaimList } from '../../features/settlement/claim-list.tsx'

export function Claims(): ReactElement {
  const { t } = useTranslation('settlement')
  const { say } = useFormat()
  const paid = useAnswer('listClaims', { query: { state: 'paid', size: 200 } })
  const total = paid.items.reduce((sum, { approvedFen }) => sum + BigInt(approvedFen ?? '0'), 0n)
  return (
    <Page
      title={
        total === 0n ? t('claims.title_none') : t('claims.title', { count: paid.total, total: say(total) })
      }
      lead={
        <>
          {t('claims.lead')} <Link to="/vouchers">{t('claims.wallet')}</Link>
        </>
      }
    >
      <ClaimList to="/claims/$id" empty={t('claims.empty')} />
    </Page>
  )
}
