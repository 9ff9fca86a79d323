import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { CheckField, TextField } from '../../components/field.tsx'
import { useFieldName } from '../application/field-name.ts'

/** field → what is wrong with it */
export type Corrections = Readonly<Record<string, string>>

interface CorrectionFieldsProps {
  readonly application: Answer<'readApplication'>
  /** that may be named */
  readonly fields: readonly string[]
  readonly corrections: Corrections
  readonly onChange: (corrections: Corrections) => void
}

/** The fields that are to be mended, each with its remark, which the clerk sees at that field. */
export function CorrectionFields(props: CorrectionFieldsProps): ReactElement {
  const { application, fields, corrections, onChange } = props
  const { t } = useTranslation('review')
  const name = useFieldName(application)
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
        {fields.map((field) => (
          <li key={field}>
            <CheckField checked={corrections[field] !== undefined} onChange={(on) => toggle(field, on)}>
              {name(field)}
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

/** The corrections as they are sent, or null while one lacks its remark. */
export function correctionsOf(corrections: Corrections): { field: string; remark: string }[] | null {
  const fields = Object.entries(corrections).map(([field, remark]) => ({ field, remark: remark.trim() }))
  return fields.length === 0 || fields.some(({ remark }) => remark.length < 2) ? null : fields
}
