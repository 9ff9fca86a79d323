// How many planted faults the cases notice: started and stopped by hand, and told while it runs how far it is.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../components/empty-state.tsx'
import { Sheet } from '../../components/page.tsx'
import type { Scored } from './look.ts'
import type { Studio } from './use-studio.ts'

interface FaultsProps {
  readonly studio: Studio
  /** no error and every case holds: before, a score means nothing */
  readonly ready: boolean
}

export function Faults({ studio, ready }: FaultsProps): ReactElement {
  const { t } = useTranslation('author')
  const { scored, trying, score, stop } = studio
  const known = scored ?? undefined
  const aside =
    known === undefined
      ? undefined
      : t('studio.faults.score', { score: (known.basisPoints / 100).toFixed(2), count: known.counted })
  return (
    <Sheet
      title={t('studio.faults')}
      aside={aside}
      actions={
        <button
          type="button"
          className="button"
          data-kind="quiet"
          disabled={!ready && trying === undefined}
          onClick={trying === undefined ? score : stop}
        >
          {t(trying === undefined ? 'studio.faults.run' : 'studio.faults.stop')}
        </button>
      }
    >
      {trying !== undefined && (
        <p className="sheet-body">
          <progress
            className="studio-tried"
            aria-label={t('studio.faults')}
            max={Math.max(trying.all, 1)}
            value={trying.tried}
          />{' '}
          {t('studio.faults.tried', { tried: trying.tried, count: trying.all })}
        </p>
      )}
      {trying === undefined && known === undefined && (
        <EmptyState>{t(ready ? 'studio.faults.what' : 'studio.faults.wait')}</EmptyState>
      )}
      {known !== undefined && <Unnoticed scored={known} />}
    </Sheet>
  )
}

function Unnoticed({ scored: { survivors, equivalent } }: { readonly scored: Scored }): ReactElement {
  const { t } = useTranslation('author')
  return (
    <ul className="pane-list">
      {survivors.map((mutant) => (
        <li key={mutant} data-wrong>
          {t('studio.faults.survived')} <span className="code">{mutant}</span>
        </li>
      ))}
      {equivalent.map(({ mutant, reason }) => (
        <li key={mutant}>
          {reason} <span className="code">{mutant}</span>
        </li>
      ))}
      {survivors.length === 0 && <li>{t('studio.faults.none')}</li>}
    </ul>
  )
}
