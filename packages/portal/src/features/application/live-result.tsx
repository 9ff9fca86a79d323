import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../components/empty-state.tsx'
import { Sheet } from '../../components/page.tsx'
import { DeterminationConditions, DeterminationReceipt } from '../policy/determination.tsx'
import { foreseen } from '../policy/foreseen.ts'
import { useSay } from '../../components/use-say.ts'
import type { Application } from './use-draft.ts'

/** What the draft comes to as it stands, with the reasons; dimmed while the last change is on its way. */
export function LiveResult({
  application,
  stale,
}: {
  application: Application
  stale: boolean
}): ReactElement {
  const { t } = useTranslation('application')
  const text = useSay()
  const { determination } = application
  if (determination === null || (foreseen(determination) === null && determination.eligible === 'unknown')) {
    return (
      <Sheet title={t('reckoning')}>
        <EmptyState>{t('live.none')}</EmptyState>
      </Sheet>
    )
  }
  return (
    <div className="live-result" data-stale={stale || undefined} aria-live="polite">
      <Sheet title={t('reckoning')} aside={t('live.aside')}>
        <DeterminationReceipt determination={determination} />
        {determination.needed.length > 0 && (
          <p className="sheet-body quiet small">
            {t('live.needed', {
              facts: determination.needed.map(({ label }) => text(label)).join(t('comma')),
            })}
          </p>
        )}
      </Sheet>
      <Sheet title={t('conditions', { count: determination.conditions.length })}>
        <DeterminationConditions determination={determination} />
      </Sheet>
    </div>
  )
}
