// Anyone may object to a line of an open notice. Name and telephone are asked so that the office can come back; they
// are not published.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, SelectField, TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'

const EMPTY = { applicationNumber: '', statement: '', contactName: '', contactPhone: '' }

export function ObjectionForm({ notice }: { notice: Answer<'readNotice'> }): ReactElement {
  const { t } = useTranslation('disclosure')
  const [form, setForm] = useState(EMPTY)
  const [filed, setFiled] = useState<string | null>(null)
  const act = useAct('fileObjection', (answer) => {
    setFiled(answer.number)
    setForm(EMPTY)
  })
  const set = (name: keyof typeof EMPTY) => (value: string) => setForm({ ...form, [name]: value })
  const missing = missingOf(form)
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (missing.length === 0) act.mutate({ params: { id: notice.id }, body: form })
  }
  return (
    <Sheet title={t('objection.title')} aside={t('objection.until', { day: notice.closesOn })}>
      <form className="form" onSubmit={submit}>
        {filed !== null && (
          <div className="wide">
            <Note tone="done">{t('objection.filed', { number: filed })}</Note>
          </div>
        )}
        <div className="wide">
          <SelectField
            label={t('objection.line')}
            none={t('objection.choose')}
            value={form.applicationNumber}
            onChange={set('applicationNumber')}
            choices={notice.items.map((line) => ({
              value: line.applicationNumber,
              label: `${line.organisationName} · ${line.applicationNumber}`,
            }))}
          />
        </div>
        <div className="wide">
          <AreaField
            label={t('objection.statement')}
            help={t('objection.statement_help')}
            maxLength={2000}
            value={form.statement}
            onChange={set('statement')}
          />
        </div>
        <TextField label={t('objection.name')} value={form.contactName} onChange={set('contactName')} />
        <TextField
          label={t('objection.phone')}
          help={t('objection.phone_help')}
          value={form.contactPhone}
          onChange={set('contactPhone')}
        />
        <div className="wide stack">
          <ErrorNote error={act.error} />
          <div className="row-of">
            <button className="button" aria-disabled={missing.length > 0 || act.isPending}>
              {t('objection.submit')}
            </button>
            {missing.length > 0 && (
              <span className="quiet small">
                {t('objection.missing', {
                  fields: missing.map((field) => t(`objection.${field}`)).join(t('and')),
                })}
              </span>
            )}
          </div>
        </div>
      </form>
    </Sheet>
  )
}

type Missing = 'line' | 'statement' | 'name' | 'phone'

function missingOf(form: typeof EMPTY): Missing[] {
  const missing: Missing[] = []
  if (form.applicationNumber === '') missing.push('line')
  if (form.statement.trim().length < 10) missing.push('statement')
  if (form.contactName.trim() === '') missing.push('name')
  if (!/^[0-9+ -]{6,20}$/.test(form.contactPhone)) missing.push('phone')
  return missing
}
