import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

/** Shown only when reading takes noticeable time. */
export function Pending(): ReactElement {
  const { t } = useTranslation('components')
  return (
    <p className="pending" role="status">
      {t('reading')}
    </p>
  )
}
