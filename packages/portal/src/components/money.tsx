import type { ReactElement } from 'react'
import { ledgerMoney, readMoney, yuanMoney, type FenValue } from '../format/money.ts'
import { useLanguage } from './use-language.ts'

interface MoneyProps {
  readonly fen: FenValue
  /** `reading` as it reads best, `yuan` always in yuan and fen, `ledger` the same without the unit */
  readonly form?: 'reading' | 'yuan' | 'ledger'
}

export function Money({ fen, form = 'reading' }: MoneyProps): ReactElement {
  const language = useLanguage()
  const written = { reading: readMoney, yuan: yuanMoney, ledger: ledgerMoney }[form]
  return <span className="money">{written(fen, language)}</span>
}
