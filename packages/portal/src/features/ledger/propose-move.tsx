// A move of money is proposed: from where to where, how much, by which document and why.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct, useAnswer } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { SelectField } from '../../components/field.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { Sheet } from '../../components/page.tsx'
import { Grounds, groundsAreWhole, NO_GROUNDS } from './grounds.tsx'
import { usePartName } from './pool-places.ts'

const EMPTY = { from: '', to: '', ...NO_GROUNDS }
type Form = typeof EMPTY

export function ProposeMove({ adoptionId }: { adoptionId: string }): ReactElement {
  const { t } = useTranslation('pool')
  const [form, setForm] = useState(EMPTY)
  const [amountFen, setAmountFen] = useState<string | undefined>()
  const [round, setRound] = useState(0)
  const act = useAct('proposePoolMove', () => {
    setForm(EMPTY)
    setAmountFen(undefined)
    setRound(round + 1)
  })
  const whole = amountFen !== undefined && isWhole(form)
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (whole) act.mutate({ body: { ...form, adoptionId, amountFen } })
  }
  return (
    <Sheet title={t('propose')} aside={t('propose.why')}>
      <form className="form" onSubmit={submit}>
        <Ends adoptionId={adoptionId} form={form} onChange={setForm} />
        <MoneyField key={round} label={t('column.amount')} fen={amountFen} onChange={setAmountFen} />
        <Grounds form={form} onChange={setForm} />
        <div className="wide stack">
          <ErrorNote error={act.error} />
          <button className="button" disabled={!whole || act.isPending}>
            {t('propose.submit')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}

function isWhole({ from, to, ...grounds }: Form): boolean {
  return from !== '' && to !== '' && from !== to && groundsAreWhole(grounds)
}

interface FieldsProps {
  readonly form: Form
  readonly onChange: (form: Form) => void
}

function Ends({ adoptionId, form, onChange }: FieldsProps & { adoptionId: string }): ReactElement {
  const { t } = useTranslation('pool')
  const { parts } = useAnswer('readPools', { params: { id: adoptionId } })
  const nameOf = usePartName()
  const own = parts.filter(({ kind }) => kind !== 'tier' && kind !== 'own')
  const places = [
    { value: 'pool', label: t('place.pool') },
    ...own.map((part) => ({ value: part.id!, label: nameOf(part) })),
    { value: 'appropriation', label: t('place.appropriation') },
  ]
  const beyond = [...places, { value: 'treasury', label: t('place.treasury') }]
  return (
    <>
      <SelectField
        label={t('from')}
        value={form.from}
        onChange={(from) => onChange({ ...form, from })}
        choices={places}
        none={t('choose')}
      />
      <SelectField
        label={t('to')}
        value={form.to}
        onChange={(to) => onChange({ ...form, to })}
        choices={beyond}
        none={t('choose')}
      />
    </>
  )
}
