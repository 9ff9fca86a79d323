import type { FenValue } from '../format/money.ts'
import { readMoney, sayMoney } from '../format/money.ts'
import { readDay, readInstant } from '../format/time.ts'
import { useLanguage } from './use-language.ts'

export interface Formats {
  /** inside a sentence */
  readonly say: (fen: FenValue) => string
  /** on its own, two decimals */
  readonly read: (fen: FenValue) => string
  readonly day: (day: string) => string
  readonly instant: (iso: string) => string
}

/** Amounts and days as the page's language writes them. */
export function useFormat(): Formats {
  const language = useLanguage()
  return {
    say: (fen) => sayMoney(fen, language),
    read: (fen) => readMoney(fen, language),
    day: (day) => readDay(day, language),
    instant: (iso) => readInstant(iso, language),
  }
}
