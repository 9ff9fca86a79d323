// For how long each register is decided on, and changing it with a reason.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Facts } from '../../components/facts.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'

type Limit = Answer<'listImports'>['limits'][number]
type Register = Limit['register']

export function RegisterLimits({ limits }: { limits: readonly Limit[] }): ReactElement {
  const { t } = useTranslation('imports')
  const act = useAct('changeRegisterLimit')
  const [register, setRegister] = useState<Register>('business')
  const [days, setDays] = useState('')
  const [reason, setReason] = useState('')
  function submit(event: FormEvent): void {
    event.preventDefault()
    const maxAgeDays = days.trim() === '' ? null : Number(days)
    act.mutate({ body: { register, maxAgeDays, reason } })
  }
  return (
    <Sheet title={t('limits')}>
      <p className="sheet-body quiet">{t('limits.lead')}</p>
      <Facts
        facts={limits.map((limit) => ({
          id: limit.register,
          label: t(`register.${limit.register}`),
          value: limit.maxAgeDays === null ? t('limits.none') : t('limits.days', { count: limit.maxAgeDays }),
          ...(limit.reason === null ? {} : { source: limit.reason }),
        }))}
      />
      <form className="form" onSubmit={submit}>
        <SelectField
          label={t('limits.register')}
          value={register}
          onChange={(value) => setRegister(value as Register)}
          choices={limits.map((limit) => ({ value: limit.register, label: t(`register.${limit.register}`) }))}
        />
        <TextField label={t('limits.max')} type="number" min="1" max="3660" value={days} onChange={setDays} />
        <TextField label={t('limits.reason')} value={reason} onChange={setReason} maxLength={500} />
        <div className="wide stack">
          {act.isSuccess && <Note tone="done">{t('limits.saved')}</Note>}
          <ErrorNote error={act.error} />
          <button className="button" data-kind="quiet" disabled={act.isPending || reason.trim().length < 2}>
            {t('limits.save')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}
