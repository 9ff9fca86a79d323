// An act of a fund is proposed: what kind, and only what that kind needs.
import { fundActKinds, type BodyOf, type Routes } from '@suanquan/api'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct, useAnswer } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { Sheet } from '../../components/page.tsx'
import { useSay } from '../../components/use-say.ts'
import { Grounds, groundsAreWhole, NO_GROUNDS } from '../ledger/grounds.tsx'
import type { FundView } from './programmes.tsx'

type Kind = (typeof fundActKinds)[number]

const EMPTY = {
  ...NO_GROUNDS,
  kind: 'allot' as Kind,
  adoptionId: '',
  share: '',
  year: '',
  payee: '',
  paidOn: '',
  providerId: '',
  returnBy: '',
}
type Form = typeof EMPTY

type Field = 'adoptionId' | 'share' | 'year' | 'payee' | 'paidOn' | 'providerId' | 'returnBy'

/** What a kind states beside its amount and its document. */
const FIELDS: Partial<Record<Kind, readonly Field[]>> = {
  allot: ['adoptionId'],
  take_back: ['adoptionId'],
  management_share: ['share'],
  spend: ['payee', 'paidOn'],
  shared_cap: ['year'],
  advance: ['adoptionId', 'providerId', 'paidOn', 'returnBy'],
  return_advance: ['adoptionId', 'providerId', 'paidOn'],
}

export function ProposeAct({ fund }: { fund: FundView }): ReactElement {
  const { t } = useTranslation('fund')
  const [form, setForm] = useState(EMPTY)
  const [amountFen, setAmountFen] = useState<string | undefined>()
  const [round, setRound] = useState(0)
  const act = useAct('proposeFundAct', () => {
    setForm({ ...EMPTY, kind: form.kind })
    setAmountFen(undefined)
    setRound(round + 1)
  })
  const fields = FIELDS[form.kind] ?? []
  const hasAmount = form.kind !== 'management_share'
  const whole =
    groundsAreWhole(form) &&
    fields.every((field) => form[field].trim() !== '') &&
    (!hasAmount || amountFen !== undefined)
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (whole) act.mutate({ params: { id: fund.id }, body: bodyOf(form, hasAmount ? amountFen : undefined) })
  }
  return (
    <Sheet title={t('propose')} aside={t('propose.why')}>
      <form className="form" onSubmit={submit}>
        <SelectField
          label={t('column.act')}
          value={form.kind}
          onChange={(kind) => setForm({ ...form, kind: kind as Kind })}
          choices={fundActKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
          help={t(`kind.${form.kind}.help`)}
        />
        <Stated fund={fund} form={form} onChange={setForm} />
        {hasAmount && (
          <MoneyField
            key={round}
            label={form.kind === 'shared_cap' ? t('cap.amount') : t('column.amount')}
            fen={amountFen}
            onChange={setAmountFen}
          />
        )}
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

type Body = BodyOf<Routes['proposeFundAct']>

function bodyOf(form: Form, amountFen: string | undefined): Body {
  const { kind, documentNumber, documentOn, reason } = form
  const fields = FIELDS[kind] ?? []
  const stated = Object.fromEntries(
    fields.filter((field) => field !== 'year').map((field) => [field, form[field]]),
  )
  return {
    kind,
    documentNumber,
    documentOn,
    reason,
    ...stated,
    ...(fields.includes('year') ? { year: Number(form.year) } : {}),
    ...(amountFen === undefined ? {} : { amountFen }),
  }
}

interface StatedProps {
  readonly fund: FundView
  readonly form: Form
  readonly onChange: (form: Form) => void
}

/** Each field of the kind, in the order in which it is filled in. */
function Stated({ fund, form, onChange }: StatedProps): ReactElement {
  const fields = FIELDS[form.kind] ?? []
  return (
    <>
      {fields.includes('adoptionId') && <ProgrammeField fund={fund} form={form} onChange={onChange} />}
      {fields.includes('providerId') && <ProviderField fund={fund} form={form} onChange={onChange} />}
      {fields.flatMap((field) =>
        field === 'adoptionId' || field === 'providerId'
          ? []
          : [<Written key={field} field={field} form={form} onChange={onChange} />],
      )}
    </>
  )
}

function ProgrammeField({ fund, form, onChange }: StatedProps): ReactElement {
  const { t } = useTranslation('fund')
  const text = useSay()
  return (
    <SelectField
      label={t('column.programme')}
      value={form.adoptionId}
      onChange={(adoptionId) => onChange({ ...form, adoptionId })}
      choices={fund.programmes.map(({ adoptionId, title }) => ({ value: adoptionId, label: text(title) }))}
      none={t('choose')}
    />
  )
}

function ProviderField({ form, onChange }: StatedProps): ReactElement {
  const { t } = useTranslation('fund')
  const { items } = useAnswer('listProviders')
  return (
    <SelectField
      label={t('provider')}
      value={form.providerId}
      onChange={(providerId) => onChange({ ...form, providerId })}
      choices={items.map(({ id, name }) => ({ value: id, label: name }))}
      none={t('choose')}
    />
  )
}

interface WrittenProps {
  readonly field: Exclude<Field, 'adoptionId' | 'providerId'>
  readonly form: Form
  readonly onChange: (form: Form) => void
}

function Written({ field, form, onChange }: WrittenProps): ReactElement {
  const { t } = useTranslation('fund')
  const shared = { value: form[field], onChange: (value: string) => onChange({ ...form, [field]: value }) }
  if (field === 'share')
    return (
      <TextField {...shared} label={t('management.share')} help={t('management.share.help')} maxLength={20} />
    )
  if (field === 'year')
    return (
      <TextField
        {...shared}
        label={t('cap.year')}
        inputMode="numeric"
        onChange={(year) => onChange({ ...form, year: year.replace(/\D/g, '') })}
        maxLength={4}
      />
    )
  if (field === 'payee') return <TextField {...shared} label={t('payee')} maxLength={100} />
  return <TextField {...shared} label={t(field === 'paidOn' ? 'paid_on' : 'return_by')} type="date" />
}
