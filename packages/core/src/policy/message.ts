// Fills the placeholders of a programme's texts: money in yuan or 万元, rates as percentages, words of enumerations in
// the language of the text. What is not known yet stays visible as （未知） and (unknown).
import { formatFen, type Rate } from '../money/index.ts'
import type { FactsSchema } from './facts.ts'
import type { Text } from './programme.ts'
import type { Type, Value } from './types.ts'
import { writePeriod } from './window.ts'

/** `{applicant.region}` is a fact, `{p.rate}` a parameter. */
export const PLACEHOLDER = /\{([^{}]*)\}/g
const UNKNOWN: Text = { zh: '（未知）', en: '(unknown)' }

export interface Named {
  readonly value: Value | undefined
  readonly type: Type
}

export function fillText(text: Text, schema: FactsSchema, lookup: (name: string) => Named): Text {
  const fill = (language: 'zh' | 'en'): string =>
    text[language].replace(PLACEHOLDER, (_, name: string) => {
      const { value, type } = lookup(name)
      return value === undefined ? UNKNOWN[language] : writeValue(value, type, { schema, language })
    })
  return { zh: fill('zh'), en: fill('en') }
}

interface Style {
  readonly schema: FactsSchema
  readonly language: 'zh' | 'en'
}

/** A value as people read it: 200万元, 1,234.56元, 30%, 2024-03-01/2024-03-31, 企业. */
export function writeValue(value: Value, type: Type, style: Style): string {
  if (type.kind === 'list') {
    return (value as readonly Value[])
      .map((item) => writeValue(item, type.of, style))
      .join(style.language === 'zh' ? '、' : ', ')
  }
  if (type.kind === 'money') return writeMoney(value as bigint, style.language)
  if (type.kind === 'rate') return writeRate(value as Rate)
  if (type.kind === 'enumeration') {
    const words = type.labels ?? style.schema.enumerations[type.name]
    return words?.[value as string]?.[style.language] ?? String(value)
  }
  if (typeof value === 'object' && 'from' in value) return writePeriod(value)
  if (typeof value === 'boolean') return { zh: value ? '是' : '否', en: value ? 'yes' : 'no' }[style.language]
  return String(value)
}

function writeMoney(fen: bigint, language: 'zh' | 'en'): string {
  if (language === 'en') return `${formatFen(fen).replace(/\.00$/, '')} yuan`
  return fen % 1_000_000n === 0n && fen !== 0n
    ? `${formatFen(fen, 'wan', 0)}万元`
    : `${formatFen(fen).replace(/\.00$/, '')}元`
}

/** A percentage where it has at most nine decimals, else the fraction itself. */
export function writeRate(rate: Rate): string {
  const scaled = rate.numerator * 100_000_000_000n
  if (scaled % rate.denominator !== 0n) return `${rate.numerator}/${rate.denominator}`
  const digits = (scaled / rate.denominator).toString().padStart(10, '0')
  const decimals = digits.slice(-9).replace(/0+$/, '')
  return `${digits.slice(0, -9)}${decimals === '' ? '' : `.${decimals}`}%`
}
