// 我能不能享受: a firm types what it knows and sees, programme by programme, what it could get and why. Everything is worked
// out in this browser; what is typed goes nowhere until the firm applies. The first view is light: rules and engine
// come when somebody starts.
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { EmptyState, Note } from '../../components/empty-state.tsx'
import { SelectField } from '../../components/field.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useSay } from '../../components/use-say.ts'

const Check = lazy(() =>
  import('../../features/calculator/check.tsx').then(({ Check: started }) => ({ default: started })),
)

export function Calculator(): ReactElement {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const programme = typeof search['programme'] === 'string' ? search['programme'] : undefined
  if (search['start'] === 'yes') return <Check programme={programme} />
  return <Start programme={programme} />
}

function Start({ programme }: { programme: string | undefined }): ReactElement {
  const { t } = useTranslation('calculator')
  const text = useSay()
  const navigate = useNavigate()
  const programmes = useAnswer('listAdoptions').items
  const [chosen, setChosen] = useState(programme ?? '')
  function start(): void {
    const search = { ...(chosen === '' ? {} : { programme: chosen }), start: 'yes' }
    void navigate({ to: '/calculator', search: search as never })
  }
  return (
    <Page
      crumbs={[{ label: t('crumb.home'), to: '/' }, { label: t('crumb') }]}
      title={t('title')}
      lead={t('lead')}
    >
      <Note tone="done">{t('private')}</Note>
      <Sheet title={t('start.form')}>
        {programmes.length === 0 ? (
          <EmptyState>{t('none')}</EmptyState>
        ) : (
          <div className="form">
            <SelectField
              label={t('start.choose')}
              none={t('start.all')}
              value={chosen}
              onChange={setChosen}
              choices={programmes.map(({ id, title }) => ({ value: id, label: text(title) }))}
            />
            <div className="wide stack">
              <p className="quiet small">{t('start.what')}</p>
              <div className="row-of">
                <button type="button" className="button" onClick={start}>
                  {t('start')}
                </button>
              </div>
            </div>
          </div>
        )}
      </Sheet>
      <p>
        <Link to="/calculator/all">{t('all')}</Link>
      </p>
    </Page>
  )
}
