// 接管: what another system decided says so, in place of a determination.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { Facts } from '../../components/facts.tsx'
import { Sheet } from '../../components/page.tsx'

export function TakenOverSheet({
  takenOver,
}: {
  takenOver: Answer<'readApplication'>['takenOver']
}): ReactElement | null {
  const { t } = useTranslation('take-over')
  if (takenOver === null) return null
  const { number, systemName, oldNumber } = takenOver
  return (
    <Sheet title={t('taken')}>
      <Facts
        facts={[
          { id: 'number', label: t('crumb'), value: number },
          { id: 'system', label: t('system'), value: systemName },
          { id: 'old', label: t('taken.old'), value: oldNumber },
        ]}
      />
      <p className="sheet-body quiet small">{t('taken.why')}</p>
    </Sheet>
  )
}
