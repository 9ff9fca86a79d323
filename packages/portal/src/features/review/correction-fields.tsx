import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { CheckField, TextField } from '../../components/field.tsx'

/** field → what is wrong with it */
export type Corrections = Readonly<Record<string, string>>

const FIELDS = [
  'contract.number',
  'contract.providerId',
  'contract.signedOn',
  'contract.startsOn',
  'contract.endsOn',
  'contract.amountFen',
  'contract.excludedFen',
  'contract.prices',
  'documents.compute_contract',
  'documents.business_licence',
  'documents.industry_statement',
  'documents.use_statement',
  'documents.financial_statement',
  'documents.credit_report',
  'documents.subsidy_statement',
  'documents.related_party_statement',
  'statements.purpose',
] as const

interface CorrectionFieldsProps {
  readonly corrections: Corrections
  readonly onChange: (corrections: Corrections) => void
}

/** The fields that are to be mended, each with its remark, which the clerk sees at that field. */
export function CorrectionFields({ corrections, onChange }: CorrectionFieldsProps): ReactElement {
  const { t } = useTranslation(['review', 'application'])
  function toggle(field: string, on: boolean): void {
    const { [field]: _, ...rest } = corrections
    onChange(on ? { ...rest, [field]: '' } : rest)
  }
  return (
    <fieldset>
      <legend>
        <b>{t('correction.which')}</b>
      </legend>
      <ul className="correction-fields">
        {FIELDS.map((field) => (
          <li key={field}>
            <CheckField checked={corrections[field] !== undefined} onChange={(on) => toggle(field, on)}>
              {t(`application:field.${field}`)}
            </CheckField>
            {corrections[field] !== undefined && (
              <TextField
                label={t('correction.remark')}
                value={corrections[field]}
                onChange={(remark) => onChange({ ...corrections, [field]: remark })}
                maxLength={500}
              />
            )}
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
