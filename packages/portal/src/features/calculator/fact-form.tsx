// The facts that the programmes ask for, as a form. Regions and providers are chosen from those that this site knows.
import type { Fact, FactsSchema } from '@suanquan/core/policy'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { ChoiceField, SelectField, TextField } from '../../components/field.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { Sheet } from '../../components/page.tsx'
import { useDistrict } from '../../components/use-district.ts'
import { useSay } from '../../components/use-say.ts'
import { isWrong, type Typed } from './rules.ts'

interface FormProps {
  readonly facts: readonly Fact[]
  readonly schema: FactsSchema
  readonly districts: readonly string[]
  readonly typed: Typed
  readonly onChange: (typed: Typed) => void
  /** of a division; as this site names it when left out */
  readonly nameOf?: (code: string) => string
}

const GROUPS = ['applicant', 'contract', 'provider'] as const

export function FactForm(props: FormProps): ReactElement {
  const { t } = useTranslation('calculator')
  const group = ({ path }: Fact): string => {
    const [head = ''] = path.split('.')
    return head === 'parties' ? 'provider' : head
  }
  return (
    <>
      {GROUPS.map((name) => {
        const own = props.facts.filter((fact) => group(fact) === name)
        if (own.length === 0) return null
        const chosen = own.filter(({ path }) => path === 'provider.region' || path === 'provider.listed')
        return (
          <Sheet key={name} title={t(`group.${name}`)} aside={t(`group.${name}.why`)}>
            <div className="form">
              {chosen.length > 0 && <ProviderField {...props} />}
              {own
                .filter((fact) => !chosen.includes(fact))
                .map((fact) => (
                  <div key={fact.path} className={fact.type.kind === 'bool' ? 'wide' : undefined}>
                    <FactField {...props} fact={fact} />
                  </div>
                ))}
            </div>
          </Sheet>
        )
      })}
    </>
  )
}

export function FactField(props: FormProps & { fact: Fact }): ReactElement {
  const { fact, typed, onChange, schema, districts, nameOf } = props
  const { t } = useTranslation('calculator')
  const text = useSay()
  const { path, type } = fact
  const label = text(fact.label)
  const value = typed[path]
  const set = (next: string | boolean | undefined): void => onChange({ ...typed, [path]: next ?? '' })
  const words = typeof value === 'string' ? value : ''
  if (type.kind === 'bool') {
    return (
      <ChoiceField
        label={label}
        value={typeof value === 'boolean' ? String(value) : ''}
        onChange={(chosen) => set(chosen === 'true')}
        choices={[
          { value: 'false', label: t('no') },
          { value: 'true', label: t('yes') },
        ]}
      />
    )
  }
  if (type.kind === 'enumeration') {
    const members = schema.enumerations[type.name] ?? {}
    const choices = Object.entries(members).map(([member, word]) => ({ value: member, label: text(word) }))
    return <SelectField label={label} none={t('choose')} value={words} onChange={set} choices={choices} />
  }
  if (type.kind === 'money') return <MoneyField label={label} fen={words || undefined} onChange={set} />
  if (type.kind === 'region')
    return (
      <RegionField
        label={label}
        value={words}
        onChange={set}
        districts={districts}
        {...(nameOf === undefined ? {} : { nameOf })}
      />
    )
  return (
    <TextField
      label={label}
      type={type.kind === 'date' ? 'date' : 'text'}
      value={words}
      onChange={(next) => set(type.kind === 'industry' ? next.trim().toUpperCase() : next)}
      maxLength={20}
      {...(type.kind === 'industry' ? { help: t('industry_help') } : {})}
      {...(isWrong(fact, value) ? { error: t(`wrong.${type.kind}` as 'wrong.industry') } : {})}
    />
  )
}

interface RegionProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly districts: readonly string[]
  readonly nameOf?: (code: string) => string
}

const ELSEWHERE = 'elsewhere'

/** A division of the site, or any other by its code. */
function RegionField({ label, value, onChange, districts, nameOf }: RegionProps): ReactElement {
  const { t } = useTranslation('calculator')
  const district = useDistrict()
  const elsewhere = value !== '' && !districts.includes(value)
  return (
    <div className="stack">
      <SelectField
        label={label}
        none={t('choose')}
        value={elsewhere ? ELSEWHERE : value}
        onChange={(chosen) => onChange(chosen === ELSEWHERE ? ' ' : chosen)}
        choices={[
          ...districts.map((code) => ({ value: code, label: (nameOf ?? district)(code) })),
          { value: ELSEWHERE, label: t('elsewhere') },
        ]}
      />
      {elsewhere && (
        <TextField
          label={t('region_code')}
          inputMode="numeric"
          maxLength={6}
          value={value.trim()}
          onChange={(code) => onChange(code.trim() === '' ? ' ' : code.trim())}
          {...(/^\d{6}$/.test(value) || value === ' ' ? {} : { error: t('wrong.region') })}
        />
      )}
    </div>
  )
}

const UNLISTED = 'unlisted'

/** Where the compute is bought: one that is registered here, or somebody else. */
function ProviderField({ typed, onChange }: FormProps): ReactElement {
  const { t } = useTranslation('calculator')
  const providers = useAnswer('listProviders').items
  const chosen = typeof typed['provider'] === 'string' ? typed['provider'] : ''
  function choose(id: string): void {
    const provider = providers.find((each) => each.id === id)
    onChange({
      ...typed,
      provider: provider?.id ?? '',
      'provider.listed': id === '' ? '' : provider !== undefined,
      'provider.region': provider?.region ?? '',
    })
  }
  const unlisted = typed['provider.listed'] === false
  return (
    <SelectField
      label={t('provider')}
      none={t('choose')}
      value={unlisted ? UNLISTED : chosen}
      onChange={choose}
      choices={[
        ...providers.map(({ id, name }) => ({ value: id, label: name })),
        { value: UNLISTED, label: t('provider.unlisted') },
      ]}
    />
  )
}
