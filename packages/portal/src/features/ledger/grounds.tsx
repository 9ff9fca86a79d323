// By which document and why: every proposal about money states it.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { AreaField, TextField } from '../../components/field.tsx'

export const NO_GROUNDS = { documentNumber: '', documentOn: '', reason: '' }

export function groundsAreWhole({ documentNumber, documentOn, reason }: typeof NO_GROUNDS): boolean {
  return documentNumber.trim().length > 1 && documentOn !== '' && reason.trim().length > 1
}

export function Grounds<Form extends typeof NO_GROUNDS>({
  form,
  onChange,
}: {
  readonly form: Form
  readonly onChange: (form: Form) => void
}): ReactElement {
  const { t } = useTranslation('pool')
  return (
    <>
      <TextField
        label={t('column.document')}
        value={form.documentNumber}
        onChange={(documentNumber) => onChange({ ...form, documentNumber })}
        maxLength={60}
      />
      <TextField
        label={t('document_on')}
        type="date"
        value={form.documentOn}
        onChange={(documentOn) => onChange({ ...form, documentOn })}
      />
      <AreaField
        label={t('reason')}
        value={form.reason}
        onChange={(reason) => onChange({ ...form, reason })}
        maxLength={400}
      />
    </>
  )
}
