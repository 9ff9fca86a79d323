// Values that fit a JSON Schema of our own OpenAPI document: what the store holds under the field's name where it fits,
// else one of a few samples, else anything within the bounds.
import type { Random } from '@suanquan/core'
import { PASSWORD } from '../test-city.ts'
import type { Things } from './things.ts'

export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly pattern?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema | boolean
  readonly propertyNames?: Schema
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
}

export interface Source {
  readonly random: Random
  readonly schemas: Readonly<Record<string, Schema>>
  readonly things: Things
}

const DAYS = ['2024-05-06', '2024-05-10', '2024-05-31', '2024-06-03', '2025-05-09', '2024-02-29']
const TEXTS = [
  '理由充分',
  PASSWORD,
  '测试',
  '关于 算力券 的说明',
  'ok',
  '示例 Example 㼆𠮷 😀',
  '1',
  '100',
  '990101',
  'SQ-1',
  'x',
]
const FORMED = [
  '0',
  '1',
  '-1',
  '100',
  '80000',
  '990101',
  '990102',
  '2024-05',
  'I6513',
  'a100',
  'training',
  'someone.else',
  '6222000011112222',
  '313100000013',
  '24990000000000000009',
  '13800000000',
  'example.gov.cn',
  'applicant.sound_finance',
  '0'.repeat(64),
]

/** @param name the field's, or the noun before an id in a path */
export function valueOf(schema: Schema, source: Source, name = ''): unknown {
  const { random } = source
  if (schema.$ref !== undefined) return valueOf(source.schemas[schema.$ref.split('/').pop()!]!, source, name)
  if ('const' in schema) return schema.const
  if (schema.enum !== undefined) return random.pick(schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return valueOf(random.pick(choices), source, name)
  const { type = 'string' } = schema
  switch (typeof type === 'string' ? type : random.pick(type)) {
    case 'object':
      return objectOf(schema, source)
    case 'array':
      return listOf(schema, source, name)
    case 'integer':
    case 'number':
      return numberOf(schema, random)
    case 'boolean':
      return random.int(2) === 0
    case 'null':
      return null
    default:
      return textOf(schema, source, name)
  }
}

function objectOf(schema: Schema, source: Source): Record<string, unknown> {
  const { random } = source
  const entries = Object.entries(schema.properties ?? {})
    .filter(([name]) => (schema.required?.includes(name) ?? false) || random.int(4) > 0)
    .map(([name, each]): [string, unknown] => [name, valueOf(each, source, name)])
  if (typeof schema.additionalProperties === 'object' && schema.propertyNames !== undefined) {
    const { propertyNames: names, additionalProperties: values } = schema
    for (let count = random.int(3); count > 0; count--)
      entries.push([String(valueOf({ type: 'string', ...names }, source, 'fact')), valueOf(values, source)])
  }
  return Object.fromEntries(entries)
}

function listOf(schema: Schema, source: Source, name: string): unknown[] {
  const least = schema.minItems ?? 0
  const count = Math.min(least + source.random.int(3), schema.maxItems ?? 3)
  return Array.from({ length: count }, () => valueOf(schema.items ?? {}, source, name))
}

function numberOf({ minimum = -5, maximum = 1000 }: Schema, random: Random): number {
  const near = minimum + random.int(Math.min(50, maximum - minimum) + 1)
  return random.pick([minimum, maximum, near, near])
}

function textOf(schema: Schema, { random, things }: Source, name: string): string {
  const fits = fitting(schema)
  const held = things.named(name).filter(fits)
  const other = things.ids.length > 0 && random.int(8) === 0
  if (held.length > 0 && !other) return random.pick(held)
  if (schema.format === 'uuid') {
    if (things.ids.length === 0) throw new Error(`nothing is there to be the ${name} of a request`)
    return random.pick(things.ids)
  }
  if (schema.format === 'date') return random.pick(DAYS)
  const samples = [...TEXTS, ...FORMED].filter(fits)
  if (samples.length > 0) return random.pick(samples)
  return 'n'.repeat(Math.max(schema.minLength ?? 0, Math.min(schema.maxLength ?? 20, 20)))
}

const patterns = new Map<string, RegExp>()

function fitting({
  pattern,
  allOf = [],
  minLength = 0,
  maxLength = Infinity,
}: Schema): (text: string) => boolean {
  const forms = [pattern, ...allOf.map((each) => each.pattern)].flatMap((form) => {
    if (form === undefined) return []
    if (!patterns.has(form)) patterns.set(form, new RegExp(form, 'u'))
    return [patterns.get(form)!]
  })
  return (text) =>
    text.length >= minLength && text.length <= maxLength && forms.every((form) => form.test(text))
}
