// As of when: the end of a day, or the journal up to a posting. It stands in the address, so that a view can be shared.
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../../components/field.tsx'
import { FilterRow, useFilters } from '../../components/list-filter.tsx'

export interface AsOfQuery {
  readonly asOf?: string
  readonly sequence?: number
}

/** What the address says; a day before a sequence. */
export function useAsOf(): AsOfQuery {
  const [{ asOf, sequence }] = useFilters(['asOf', 'sequence'])
  if (asOf !== undefined && /^\d{4}-\d\d-\d\d$/.test(asOf)) return { asOf }
  return sequence !== undefined && /^\d{1,15}$/.test(sequence) ? { sequence: Number(sequence) } : {}
}

/** @param children what else the view is asked for */
export function AsOf({ children }: { children?: ReactNode }): ReactElement {
  const { t } = useTranslation('pool')
  const [{ asOf = '', sequence = '' }, change] = useFilters(['asOf', 'sequence'])
  return (
    <FilterRow label={t('as_of.label')}>
      {children}
      <TextField
        label={t('as_of')}
        type="date"
        value={asOf}
        onChange={(value) => change({ asOf: value, sequence: undefined })}
        help={t('as_of.help')}
      />
      <TextField
        label={t('as_of.sequence')}
        inputMode="numeric"
        value={sequence}
        onChange={(value) => change({ sequence: value.replace(/\D/g, ''), asOf: undefined })}
        help={t('as_of.sequence_help')}
      />
    </FilterRow>
  )
}
