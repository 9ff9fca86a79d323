// How an amount reads. 万元 and 亿元 only where two decimals say it exactly, else yuan and fen, so that what stands on
// a page always adds up; English keeps to yuan. A thin space stands between figure and unit.
import { formatFen } from '@suanquan/core/money'
import type { Language } from './language.ts'

const THIN = '\u2009'
const YI = 10_000_000_000n
const WAN = 1_000_000n
const MILLION = 1_000_000n
const MILLION_YUAN = 100n * MILLION

/** An amount as it travels (whole fen as text) or as it is computed. */
export type FenValue = string | bigint

/** For reading: `40.00 万元`, `1.20 亿元`, below ten thousand yuan `8,245.00 元`; English `¥400,000.00`. */
export function readMoney(value: FenValue, language: Language): string {
  const fen = BigInt(value)
  if (language === 'en') return yuanSign(fen)
  const size = fen < 0n ? -fen : fen
  const sign = fen < 0n ? '−' : ''
  if (size >= YI && size % (YI / 100n) === 0n) return `${sign}${formatFen(size, 'yi')}${THIN}亿元`
  if (fen === 0n || readsInWan(fen)) return `${sign}${formatFen(size, 'wan')}${THIN}万元`
  return `${sign}${formatFen(size)}${THIN}元`
}

/** Whether 万元 with two decimals says an amount exactly, without being tiny. */
export function readsInWan(value: FenValue): boolean {
  const fen = BigInt(value)
  return fen % (WAN / 100n) === 0n && (fen >= WAN || -fen >= WAN)
}

/** In yuan and fen whatever its size, for columns where one line needs it: `36,000,000.00 元`. */
export function yuanMoney(value: FenValue, language: Language): string {
  const fen = BigInt(value)
  return language === 'en'
    ? yuanSign(fen)
    : `${fen < 0n ? '−' : ''}${formatFen(fen < 0n ? -fen : fen)}${THIN}元`
}

/** Inside a sentence: the same, without decimals that say nothing: `40 万元`, `¥400,000`. */
export function sayMoney(value: FenValue, language: Language): string {
  return readMoney(value, language)
    .replace(/(\.\d*?)0+(?=\D|$)/, '$1')
    .replace(/\.(?=\D|$)/, '')
}

/** On an axis, short: `1.2 亿`, `8,000 万`; English `¥120m`, `¥500k`. */
export function axisMoney(value: FenValue, language: Language): string {
  const fen = BigInt(value)
  if (language === 'zh-CN') return sayMoney(fen, language).replace(THIN, ' ').replace(/元$/, '')
  return fen < MILLION_YUAN
    ? `¥${formatFen(fen / 1000n, 'yuan', 0)}k`
    : `¥${formatFen(fen / MILLION, 'yuan', 0)}m`
}

/** For ledgers: `824,500.00`, always with fen. */
export function ledgerMoney(value: FenValue): string {
  return formatFen(BigInt(value))
}

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

function yuanSign(fen: bigint): string {
  return fen < 0n ? `−¥${formatFen(-fen)}` : `¥${formatFen(fen)}`
}
