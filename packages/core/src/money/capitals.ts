// An amount in capitals (大写), as cheques, invoices and decisions carry it: 正确填写票据和结算凭证的基本规定
// (中国人民银行《支付结算办法》附一). One zero stands for any number of zeros between digits; 整 closes an amount
// without fen.
import type { Fen } from './fen.ts'

const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = ['', '拾', '佰', '仟']

/** `人民币壹佰万元整`, `人民币肆仟零捌元叁角`; below zero with 负 in front. */
export function capitalsOf(fen: Fen): string {
  const size = fen < 0n ? -fen : fen
  const yuan = (size / 100n).toString()
  const [jiao, rest] = [Number((size / 10n) % 10n), Number(size % 10n)]
  const whole = size >= 100n ? `${wholeInCapitals(yuan)}元` : ''
  return `人民币${fen < 0n ? '负' : ''}${whole}${fractionInCapitals(jiao, rest, whole)}`
}

function fractionInCapitals(jiao: number, fen: number, whole: string): string {
  if (jiao === 0 && fen === 0) return whole === '' ? '零元整' : '整'
  const tenths = jiao === 0 ? (whole === '' ? '' : '零') : `${DIGITS[jiao]}角`
  return fen === 0 ? `${tenths}整` : `${tenths}${DIGITS[fen]}分`
}

/** 亿 counts what stands above the last eight digits; those are read in two groups of four. */
function wholeInCapitals(digits: string): string {
  if (digits.length > 8) {
    const low = digits.slice(-8)
    const rest = /[1-9]/.test(low) ? wholeInCapitals(low) : ''
    return `${wholeInCapitals(digits.slice(0, -8))}亿${rest}`
  }
  if (digits.length <= 4) return groupInCapitals(digits)
  const [high, low] = [groupInCapitals(digits.slice(0, -4)), groupInCapitals(digits.slice(-4))]
  return `${high === '' ? '零' : `${high}万`}${low}`.replace(/零+/g, '零')
}

/** `1409` to 壹仟肆佰零玖; a leading zero is said, a closing one not. */
function groupInCapitals(group: string): string {
  const read = [...group]
    .map((digit, index) =>
      digit === '0' ? '零' : `${DIGITS[Number(digit)]}${PLACES[group.length - 1 - index]}`,
    )
    .join('')
  return read.replace(/零+/g, '零').replace(/零$/, '')
}
