// One fact of a programme that people state themselves: the field that fits its kind. Money travels as fen in digits.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { ChoiceField, SelectField, TextField } from '../../components/field.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { useDistrict } from '../../components/use-district.ts'
import { useSay } from '../../components/use-say.ts'
import type { Application } from './use-draft.ts'

interface StatedFactProps {
  readonly asked: Application['asks']['values'][number]
  readonly value: boolean | string | undefined
  readonly onChange: (value: boolean | string | undefined) => void
  readonly disabled?: boolean
  readonly help?: string
  readonly error?: string
}

export function StatedFact(props: StatedFactProps): ReactElement {
  const { asked, value, onChange, ...frame } = props
  const { t } = useTranslation('application')
  const say = useSay()
  const label = say(asked.label)
  const text = typeof value === 'string' ? value : ''
  const set = (next: string | undefined): void => onChange(next === '' ? undefined : next)
  switch (asked.type) {
    case 'bool':
      return (
        <ChoiceField
          label={t('statement.is_it', { fact: label })}
          value={value === undefined ? '' : value === true ? 'yes' : 'no'}
          onChange={(chosen) => onChange(chosen === 'yes')}
          {...frame}
          choices={[
            { value: 'no', label: t('declared.no') },
            { value: 'yes', label: t('declared.yes') },
          ]}
        />
      )
    case 'enumeration':
      return (
        <SelectField
          label={label}
          none={t('declared.choose')}
          value={text}
          onChange={set}
          choices={asked.choices.map(({ value: member, label: word }) => ({
            value: member,
            label: say(word),
          }))}
          {...frame}
        />
      )
    case 'money':
      return <MoneyField label={label} fen={text === '' ? undefined : text} onChange={set} {...frame} />
    case 'date':
      return <TextField label={label} type="date" value={text} onChange={set} {...frame} />
    case 'region':
      return <RegionField {...frame} label={label} value={text} onChange={set} />
    default:
      return (
        <TextField
          label={label}
          {...(asked.type === 'int' ? { inputMode: 'numeric' as const } : {})}
          {...(asked.type === 'industry' ? { help: t('declared.industry') } : {})}
          value={text}
          onChange={(next) => set(asked.type === 'industry' ? next.trim().toUpperCase() : next)}
          maxLength={60}
          {...frame}
        />
      )
  }
}

interface RegionFieldProps extends Pick<StatedFactProps, 'disabled' | 'help' | 'error'> {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Six digits of GB/T 2260, with the name of a division that this site knows below. */
function RegionField({ value, help, onChange, ...frame }: RegionFieldProps): ReactElement {
  const { t } = useTranslation('application')
  const district = useDistrict()
  const name = /^\d{6}$/.test(value) ? district(value) : value
  return (
    <TextField
      inputMode="numeric"
      maxLength={6}
      value={value}
      onChange={(code) => onChange(code.trim())}
      help={help ?? (name === value ? t('declared.code') : `= ${name}`)}
      {...frame}
    />
  )
}
