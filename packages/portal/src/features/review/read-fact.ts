// A fact's value as a person reads it.
import type { TFunction } from 'i18next'
import type { Formats } from '../../components/use-format.ts'

export function readFact(
  value: string | number | boolean | null,
  type: string,
  formats: Formats,
  t: TFunction<'review'>,
): string | undefined {
  if (value === null) return undefined
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  if (type === 'money' && /^-?\d+$/.test(String(value))) return formats.read(String(value))
  if (type === 'date') return formats.day(String(value))
  return t(`value.${value}` as never, { defaultValue: String(value) })
}
