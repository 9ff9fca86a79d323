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

/** How amounts that stand together read: all of them in one unit, as on a receipt. */
export function readTogether(values: readonly FenValue[], language: Language): (fen: FenValue) => string {
  const read = values.every((fen) => BigInt(fen) === 0n || readsInWan(fen)) ? readMoney : yuanMoney
  return (fen) => read(fen, language)
}

/** In yuan and fen whatever its size, for columns where one line needs it: `36,000,000.00 元`. */
export function yuanMoney(value: FenValue, language: Language): string {
  const fen = BigInt(value)
  return language === 'en'
    ? yuanSign(fen)
    : `${fen < 0n ? '−' : ''}${formatFen(fen < 0n ? -fen : fen)}${THIN}元`
}

/** Inside a sentence: the same, without decimals that say nothing: `40 万元`, `8.5 万元`, `¥400,000`; fen are two figures. */
export function sayMoney(value: FenValue, language: Language): string {
  return readMoney(value, language)
    .replace(/\.00(?=\D|$)/, '')
    .replace(/(\.\d)0(?=\u2009[万亿])/, '$1')
}

/** On an axis, short: `1.2 亿`, `8,000 万`; English `¥120m`, `¥500k`. */
export function axisMoney(value: FenValue, language: Language): string {
  const fen = BigInt(value)
  if (language === 'zh-CN') return sayMoney(fen, language).replace(THIN, ' ').replace(/元$/, '')
  return fen < MILLION_YUAN
    ? `¥${formatFen(fen / 1000n, 'yuan', 0)}k`
    : `¥${formatFen(fen / MILLION, 'yuan', 0)}m`
}

/** Where there is little room, rounded to three figures: `475 万`, `1.23 亿`; English `¥4.75m`, `¥12.3k`. */
export function shortMoney(value: FenValue, language: Language): string {
  const fen = BigInt(value)
  const size = fen < 0n ? -fen : fen
  const sign = fen < 0n ? '−' : ''
  const units = SHORT[language].filter(({ from }) => size >= from)
  const { unit, word } = units[0] ?? { unit: 100n, word: '' }
  const decimals = word === '' ? 0 : size >= unit * 100n ? 0 : size >= unit * 10n ? 1 : 2
  const scale = 10n ** BigInt(decimals)
  const scaled = (size * scale * 2n + unit) / (unit * 2n)
  const figure = formatFen((scaled * 100n) / scale, 'yuan', decimals)
  const short = decimals === 0 ? figure : figure.replace(/\.?0+$/, '')
  return language === 'en' ? `${sign}¥${short}${word}` : `${sign}${short}${word === '' ? `${THIN}元` : word}`
}

const SHORT: Readonly<
  Record<Language, readonly { readonly from: bigint; readonly unit: bigint; readonly word: string }[]>
> = {
  'zh-CN': [
    { from: YI, unit: YI, word: '\u2009亿' },
    { from: WAN, unit: WAN, word: '\u2009万' },
  ],
  en: [
    { from: MILLION_YUAN, unit: MILLION_YUAN, word: 'm' },
    { from: 100_000n, unit: 100_000n, word: 'k' },
  ],
}

/** For ledgers: `824,500.00`, always with fen. */
export function ledgerMoney(value: FenValue): string {
  return formatFen(BigInt(value))
}

function yuanSign(fen: bigint): string {
  return fen < 0n ? `−¥${formatFen(-fen)}` : `¥${formatFen(fen)}`
}
