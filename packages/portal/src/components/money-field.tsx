// An amount typed in yuan; below it how it reads, so that a slipped zero is seen at once.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { fenFromTyped, readMoney, typedFromFen } from '../format/money.ts'
import { TextField, type FieldProps } from './field.tsx'
import './money-field.css'
import { useLanguage } from './use-language.ts'

interface MoneyFieldProps extends FieldProps {
  readonly fen: string | undefined
  /** undefined when the field is empty or holds no amount */
  readonly onChange: (fen: string | undefined) => void
}

export function MoneyField({ fen, onChange, error, help, ...frame }: MoneyFieldProps): ReactElement {
  const { t } = useTranslation('components')
  const language = useLanguage()
  const [typed, setTyped] = useState(fen === undefined ? '' : typedFromFen(fen, 'yuan'))
  const read = fenFromTyped(typed, 'yuan')
  const wrong = typed.trim() !== '' && read === null ? t('money.not_understood') : undefined
  return (
    <div className="money-field" data-unread={wrong !== undefined || undefined}>
      <TextField
        {...frame}
        unit={t('money.yuan')}
        inputMode="decimal"
        value={typed}
        onChange={(text) => {
          setTyped(text)
          onChange(fenFromTyped(text, 'yuan') ?? undefined)
        }}
        {...(wrong === undefined && error === undefined ? {} : { error: wrong ?? error })}
        {...(read === null
          ? help === undefined
            ? {}
            : { help }
          : { help: `= ${readMoney(read, language)}` })}
      />
    </div>
  )
}
