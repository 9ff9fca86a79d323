// How an amount reads is one thing for pages, pictures and documents; what a person types into a field is the portal's.
import type { FenValue } from '@suanquan/api'
import { formatFen } from '@suanquan/core/money'

export {
  axisMoney,
  ledgerMoney,
  readMoney,
  readsInWan,
  sayMoney,
  yuanMoney,
  type FenValue,
} from '@suanquan/api'

/** What a person typed as yuan or 万元 into a field, to fen; null when it is not such a number. */
export function fenFromTyped(text: string, unit: 'yuan' | 'wan'): string | null {
  const match = /^(\d{1,11})(?:\.(\d{1,6}))?$/.exec(text.trim().replace(/[,，\s]/g, ''))
  if (!match) return null
  const decimals = unit === 'yuan' ? 2 : 6
  const fraction = (match[2] ?? '').padEnd(decimals, '0')
  if (/[1-9]/.test(fraction.slice(decimals))) return null
  return BigInt(match[1]! + fraction.slice(0, decimals)).toString()
}

/** The other way, for a field that shows what is stored; exact, without thousands. */
export function typedFromFen(value: FenValue, unit: 'yuan' | 'wan'): string {
  const text = formatFen(BigInt(value), unit, unit === 'yuan' ? 2 : 6).replaceAll(',', '')
  return text.replace(/\.?0+$/, '')
}
