// What somebody may have meant by a value that is not of its type: 2024/3/1 for a day, ２０％ for a rate, 5000万 for an
// amount. Only what then reads as the type is offered; an amount without any unit is never guessed.
import { readLiteral } from './literals.ts'
import type { Type } from './types.ts'

/** The text as it may have been meant, or nothing. */
export function offerFor(type: Type, written: string): string | undefined {
  const plain = written.normalize('NFKC').trim()
  const candidates = [plain, ...(OFFERS[type.kind]?.(plain) ?? [])]
  return candidates.find((text) => text !== written && readLiteral(type, text).ok)
}

/** A day written otherwise than 2024-03-01. */
export function offerDay(written: string): string | undefined {
  return offerFor({ kind: 'date' }, written)
}

const THOUSANDS = /(?<=\d)[,_](?=\d{3})/g
const YES = /^(yes|y|on|是|有|真|true)$/i
const NO = /^(no|n|off|否|无|没有|假|false)$/i

const OFFERS: Readonly<Partial<Record<Type['kind'], (plain: string) => readonly string[]>>> = {
  money: (plain) => {
    const digits = plain.replace(THOUSANDS, '')
    return /[万亿]$/.test(digits) ? [`${digits}元`] : [digits]
  },
  rate: (plain) => {
    const decimals = /^0?\.(\d{1,4})$/.exec(plain)?.[1]?.padEnd(2, '0')
    if (decimals === undefined) return [`${plain}%`]
    const rest = decimals.slice(2)
    return [`${Number(decimals.slice(0, 2))}${rest === '' ? '' : `.${rest}`}%`]
  },
  int: (plain) => {
    const whole = plain.replace(THOUSANDS, '').replace(/^(-?)0+(?=\d)/, '$1')
    const power = /^([1-9]\d?)[eE]\+?(\d|1\d)$/.exec(whole)
    return power ? [power[1]! + '0'.repeat(Number(power[2]))] : [whole]
  },
  date: (plain) => {
    const parts = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?(?:[T ].*)?$/.exec(plain)
    return parts ? [`${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`] : []
  },
  bool: (plain) => (YES.test(plain) ? ['true'] : NO.test(plain) ? ['false'] : []),
  industry: (plain) => [plain.toUpperCase()],
}
