import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { Page } from '../../components/page.tsx'
import { BulkClaims } from '../../features/review/bulk-claims.tsx'
import type { ClaimRow } from '../../features/settlement/claim-columns.tsx'
import { ClaimList } from '../../features/settlement/claim-list.tsx'

const bulk = (rows: readonly ClaimRow[], onClose: () => void): ReactElement => (
  <BulkClaims rows={rows} onClose={onClose} />
)

export function ClaimQueue(): ReactElement {
  const { t } = useTranslation('review')
  const waiting = useAnswer('listClaims', { query: { state: 'submitted', size: 1 } }).total
  return (
    <Page title={t('claims.title', { count: waiting })} lead={t('claims.lead')}>
      <ClaimList to="/review/claims/$id" empty={t('claims.empty')} search bulk={bulk} />
    </Page>
  )
}
