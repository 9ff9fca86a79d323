// Opening an allotment: for a district, for a batch, or the pool of what a district adds. It moves no money.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct, useAnswer } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { ChoiceField, SelectField, TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/page.tsx'
import { useSay } from '../../components/use-say.ts'

type Kind = 'district' | 'batch' | 'tier'
const EMPTY = { district: '', reference: '', name: '', cityShare: '', restPaidBy: 'district' }

export function OpenAllotment({ adoptionId }: { adoptionId: string }): ReactElement {
  const { t } = useTranslation('pool')
  const text = useSay()
  const { particulars } = useAnswer('readSite')
  const { parts } = useAnswer('readPools', { params: { id: adoptionId } })
  const [kind, setKind] = useState<Kind>('district')
  const [form, setForm] = useState(EMPTY)
  const act = useAct('openAllotment', () => setForm(EMPTY))
  const set = (name: keyof typeof EMPTY) => (value: string) => setForm({ ...form, [name]: value })
  const districts = particulars.districts.map((each) => ({ value: each.code, label: text(each) }))
  const whole =
    form.name.trim().length > 1 &&
    (kind === 'batch' ? form.reference.trim() !== '' : form.district !== '') &&
    (kind !== 'tier' || form.cityShare.trim() !== '')
  function submit(event: FormEvent): void {
    event.preventDefault()
    const { name } = form
    const batch = { adoptionId, kind, district: parts[0]!.district, reference: form.reference, name }
    const own = { adoptionId, kind, district: form.district, reference: '', name }
    const shares = { cityShare: form.cityShare, restPaidBy: form.restPaidBy as 'city' | 'district' }
    act.mutate({ body: kind === 'batch' ? batch : kind === 'tier' ? { ...own, ...shares } : own })
  }
  return (
    <Sheet title={t('open')} aside={t('open.why')}>
      <form className="form" onSubmit={submit}>
        <ChoiceField
          label={t('open.kind')}
          value={kind}
          onChange={(value) => setKind(value as Kind)}
          choices={(['district', 'batch', 'tier'] as const).map((value) => ({
            value,
            label: t(`kind.${value}`),
          }))}
        />
        {kind === 'batch' ? (
          <TextField
            label={t('open.reference')}
            value={form.reference}
            onChange={set('reference')}
            maxLength={40}
          />
        ) : (
          <SelectField
            label={t('open.district')}
            value={form.district}
            onChange={set('district')}
            choices={districts}
            none={t('choose')}
          />
        )}
        <TextField label={t('open.name')} value={form.name} onChange={set('name')} maxLength={60} />
        {kind === 'tier' && <Shares form={form} onChange={setForm} />}
        <div className="wide stack">
          <ErrorNote error={act.error} />
          <button className="button" disabled={!whole || act.isPending}>
            {t('open.submit')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}

interface SharesProps {
  readonly form: typeof EMPTY
  readonly onChange: (form: typeof EMPTY) => void
}

/** What the city pays where a district adds its own, and who pays the odd fen. */
function Shares({ form, onChange }: SharesProps): ReactElement {
  const { t } = useTranslation('pool')
  return (
    <>
      <TextField
        label={t('open.share')}
        help={t('open.share.help')}
        value={form.cityShare}
        onChange={(cityShare) => onChange({ ...form, cityShare })}
        maxLength={20}
      />
      <SelectField
        label={t('open.rest')}
        value={form.restPaidBy}
        onChange={(restPaidBy) => onChange({ ...form, restPaidBy })}
        choices={(['city', 'district'] as const).map((value) => ({ value, label: t(`payer.${value}`) }))}
      />
    </>
  )
}
