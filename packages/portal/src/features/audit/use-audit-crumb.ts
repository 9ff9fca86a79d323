// Where the pages of the journal belong: only an auditor has a page above them.
import { useTranslation } from 'react-i18next'
import { useActsAs } from '../../client/session.ts'
import type { Crumb } from '../../components/page.tsx'

export function useAuditCrumb(): Crumb {
  const { t } = useTranslation('audit')
  const label = t('crumb')
  return useActsAs('auditor') ? { label, to: '/audit' } : { label }
}
