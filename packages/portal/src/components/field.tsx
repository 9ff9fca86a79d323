// One field of a form: its label, help beside it, and the error at the field, saying how to mend it.
import { useId, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import './field.css'

export interface FieldProps {
  readonly label: string
  readonly help?: ReactNode
  readonly error?: string | undefined
  readonly optional?: boolean
  readonly disabled?: boolean | undefined
  /** what is written behind the input, such as a unit */
  readonly unit?: string
}

interface FrameProps extends FieldProps {
  readonly children: (ids: {
    id: string
    'aria-describedby': string | undefined
    'aria-invalid': boolean
    disabled: boolean
  }) => ReactNode
}

function FieldFrame(props: FrameProps): ReactElement {
  const { label, help, error, optional = false, disabled = false, unit, children } = props
  const { t } = useTranslation('components')
  const id = useId()
  const described = [help === undefined ? '' : `${id}-help`, error === undefined ? '' : `${id}-error`]
  return (
    <div className="field" data-wrong={error !== undefined || undefined}>
      <label htmlFor={id}>
        {label}
        {optional && <span className="field-optional">{t('field.optional')}</span>}
      </label>
      <div className="field-box">
        {children({
          id,
          'aria-describedby': described.filter(Boolean).join(' ') || undefined,
          'aria-invalid': error !== undefined,
          disabled,
        })}
        {unit !== undefined && <span className="field-unit">{unit}</span>}
      </div>
      {error !== undefined && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {help !== undefined && (
        <p className="field-help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  )
}

interface TextFieldProps extends FieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly type?: 'text' | 'date' | 'password' | 'number' | 'search' | 'month'
  readonly inputMode?: 'decimal' | 'numeric'
  readonly autoComplete?: string
  readonly maxLength?: number
  readonly name?: string
  readonly onBlur?: () => void
  readonly min?: string
  readonly max?: string
}

export function TextField({ value, onChange, type = 'text', ...rest }: TextFieldProps): ReactElement {
  const { label, help, error, optional, disabled, unit, ...input } = rest
  return (
    <FieldFrame {...given({ label, help, error, optional, disabled, unit })}>
      {(ids) => (
        <input
          {...ids}
          {...input}
          type={type}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FieldFrame>
  )
}

interface AreaFieldProps extends FieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly rows?: number
  readonly maxLength?: number
}

export function AreaField({ value, onChange, rows = 3, maxLength, ...frame }: AreaFieldProps): ReactElement {
  return (
    <FieldFrame {...frame}>
      {(ids) => (
        <textarea
          {...ids}
          rows={rows}
          maxLength={maxLength}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FieldFrame>
  )
}

export interface Choice {
  readonly value: string
  readonly label: string
}

interface SelectFieldProps extends FieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly choices: readonly Choice[]
  /** the first line, which chooses nothing */
  readonly none?: string
}

export function SelectField({ value, onChange, choices, none, ...frame }: SelectFieldProps): ReactElement {
  return (
    <FieldFrame {...frame}>
      {(ids) => (
        <select {...ids} value={value} onChange={(event) => onChange(event.target.value)}>
          {none !== undefined && <option value="">{none}</option>}
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  )
}

interface CheckFieldProps {
  readonly disabled?: boolean | undefined
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly children: ReactNode
}

export function CheckField({ checked, onChange, children, disabled = false }: CheckFieldProps): ReactElement {
  const id = useId()
  return (
    <div className="check">
      <input
        id={id}
        type="checkbox"
        disabled={disabled}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={id}>{children}</label>
    </div>
  )
}

interface ChoiceFieldProps {
  readonly disabled?: boolean | undefined
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly choices: readonly Choice[]
}

/** A few choices side by side, all seen at once. */
export function ChoiceField({
  label,
  value,
  onChange,
  choices,
  disabled = false,
}: ChoiceFieldProps): ReactElement {
  const name = useId()
  return (
    <fieldset className="choices" disabled={disabled}>
      <legend>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={value === choice.value}
            onChange={() => onChange(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  )
}

/** Leaves out what is not given, for exact optional properties. */
function given(
  props: { [Key in keyof FieldProps]: FieldProps[Key] | undefined } & { label: string },
): FieldProps {
  return Object.fromEntries(
    Object.entries(props).filter(([, value]) => value !== undefined),
  ) as unknown as FieldProps
}
