// 全国能享受哪些措施: a firm types its facts once and sees what every programme of the country would give. The first view is
// light: measures and engine come when somebody starts, and what is typed goes nowhere.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Note } from '../../components/empty-state.tsx'
import { Page, Sheet } from '../../components/page.tsx'

const Across = lazy(() =>
  import('../../features/across/across.tsx').then(({ Across: started }) => ({ default: started })),
)

export function CalculatorAll(): ReactElement {
  const search: Record<string, unknown> = useSearch({ strict: false })
  return search['start'] === 'yes' ? <Across /> : <Start />
}

function Start(): ReactElement {
  const { t } = useTranslation('across')
  const navigate = useNavigate()
  return (
    <Page
      crumbs={[
        { label: t('crumb.home'), to: '/' },
        { label: t('crumb.calculator'), to: '/calculator' },
        { label: t('crumb') },
      ]}
      title={t('title')}
      lead={t('lead')}
    >
      <Note tone="done">{t('private')}</Note>
      <Sheet title={t('start.what')}>
        <div className="sheet-body stack">
          <p>{t('start.how')}</p>
          <p className="quiet small">{t('start.limits')}</p>
          <div className="row-of">
            <button
              type="button"
              className="button"
              onClick={() => void navigate({ to: '/calculator/all', search: { start: 'yes' } as never })}
            >
              {t('start')}
            </button>
          </div>
        </div>
      </Sheet>
    </Page>
  )
}
