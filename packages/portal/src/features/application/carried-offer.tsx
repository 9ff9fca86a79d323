import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { carriedFor, dropCarried } from '../../client/carried.ts'
import { Note } from '../../components/empty-state.tsx'
import { withCarried } from '../calculator/to-draft.ts'
import type { Application, DraftForm } from './use-draft.ts'

/** What the firm worked out before it signed in: taken into the draft or thrown away, as it says. */
export function CarriedOffer({
  application,
  form,
}: {
  application: Application
  form: DraftForm
}): ReactElement | null {
  const { t } = useTranslation('application')
  const [carried, setCarried] = useState(() => carriedFor(application.adoptionId))
  if (carried === null) return null
  function done(): void {
    dropCarried()
    setCarried(null)
  }
  return (
    <Note tone="waits">
      <p>{t('carried')}</p>
      <div className="row-of">
        <button
          type="button"
          className="button"
          onClick={() => {
            form.change(withCarried(form.draft, carried.facts))
            done()
          }}
        >
          {t('carried.take')}
        </button>
        <button type="button" className="button" data-kind="quiet" onClick={done}>
          {t('carried.drop')}
        </button>
      </div>
    </Note>
  )
}
