import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

/** The clause a line rests on: its number, or for a paragraph without one its subject. */
export function Clause({ clause }: { clause: string | null | undefined }): ReactElement | null {
  const name = useClauseName()
  if (clause === null || clause === undefined) return null
  return <span className="clause">{name(clause)}</span>
}

export function useClauseName(): (clause: string) => string {
  const { t } = useTranslation('components')
  return (clause) =>
    /^[\d.]+$/.test(clause)
      ? t('clause', { clause })
      : t(`clause.${clause}` as 'clause.amount', { defaultValue: clause })
}
