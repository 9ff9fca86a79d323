import type { ReactElement } from 'react'
import { ledgerMoney, readMoney, type FenValue } from '../format/money.ts'
import { useLanguage } from './use-language.ts'

interface MoneyProps {
  readonly fen: FenValue
  /** `reading` 万元 and 亿元 with two decimals, `ledger` yuan and fen */
  readonly form?: 'reading' | 'ledger'
}

export function Money({ fen, form = 'reading' }: MoneyProps): ReactElement {
  const language = useLanguage()
  return <span className="money">{form === 'ledger' ? ledgerMoney(fen) : readMoney(fen, language)}</span>
}
