// An act of a fund is proposed: what kind, and only what that kind needs.
import { fundActKinds, type BodyOf, type Routes } from '@suanquan/api'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../client/queries.ts'
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
}
type Form = typeof EMPTY

/** What a kind states beside its amount and its document. */
const FIELDS: Partial<Record<Kind, readonly ('adoptionId' | 'share' | 'year' | 'payee' | 'paidOn')[]>> = {
  allot: ['adoptionId'],
  take_back: ['adoptionId'],
  management_share: ['share'],
  spend: ['payee', 'paidOn'],
  shared_cap: ['year'],
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

function Stated({ fund, form, onChange }: StatedProps): ReactElement | null {
  const { t } = useTranslation('fund')
  const text = useSay()
  if (form.kind === 'allot' || form.kind === 'take_back')
    return (
      <SelectField
        label={t('column.programme')}
        value={form.adoptionId}
        onChange={(adoptionId) => onChange({ ...form, adoptionId })}
        choices={fund.programmes.map(({ adoptionId, title }) => ({ value: adoptionId, label: text(title) }))}
        none={t('choose')}
      />
    )
  if (form.kind === 'management_share')
    return (
      <TextField
        label={t('management.share')}
        value={form.share}
        onChange={(share) => onChange({ ...form, share })}
        help={t('management.share.help')}
        maxLength={20}
      />
    )
  if (form.kind === 'shared_cap')
    return (
      <TextField
        label={t('cap.year')}
        inputMode="numeric"
        value={form.year}
        onChange={(year) => onChange({ ...form, year: year.replace(/\D/g, '') })}
        maxLength={4}
      />
    )
  if (form.kind !== 'spend') return null
  return (
    <>
      <TextField
        label={t('payee')}
        value={form.payee}
        onChange={(payee) => onChange({ ...form, payee })}
        maxLength={100}
      />
      <TextField
        label={t('paid_on')}
        type="date"
        value={form.paidOn}
        onChange={(paidOn) => onChange({ ...form, paidOn })}
      />
    </>
  )
}
