// Parameters: dated values of a type, or an open question that an adoption answers.
import { isDay } from '../../calendar/index.ts'
import { readLiteral, readType } from '../literals.ts'
import { offerDay, offerFor } from '../offers.ts'
import type { Parameter } from '../programme.ts'
import type { ProgrammeShape } from '../shape.ts'
import { keyPlace, placeOf } from '../shaped.ts'
import { report, reportNear, type Report } from '../diagnostic.ts'
import type { Type, Value } from '../types.ts'
import { accept, type Decision } from '../../refusal.ts'
import type { Tree } from '../yaml-tree.ts'
import { complain, provenance, type Context } from './context.ts'

type ParameterShape = ProgrammeShape['parameters'][string]

/** The type of each parameter; one with an unknown type is reported and left out. */
export function parameterTypes(content: ProgrammeShape, tree: Tree, into: Report): Map<string, Type> {
  const types = new Map<string, Type>()
  for (const [name, parameter] of Object.entries(content.parameters)) {
    const type = typeOf(name, parameter)
    if (type) types.set(name, type)
    else reportNear(into, placeOf(tree, ['parameters', name, 'type']), unknownType(parameter.type))
  }
  return types
}

export function unknownType(written: string): Parameters<typeof reportNear>[2] {
  const known = ['bool', 'int', 'string', 'money', 'rate', 'date', 'period', 'region', 'industry', 'choice']
  const lists = known.slice(0, -1).map((name) => `list<${name}>`)
  return { code: 'policy.unknown_type', params: { type: written }, written, known: [...known, ...lists] }
}

function typeOf(name: string, parameter: ParameterShape): Type | undefined {
  if (parameter.type !== 'choice') return readType(parameter.type)
  const { options: labels } = parameter
  return labels && { kind: 'enumeration', name: `p.${name}`, members: Object.keys(labels), labels }
}

export function checkParameters(
  context: Context,
  types: ReadonlyMap<string, Type>,
): Record<string, Parameter> {
  const parameters: Record<string, Parameter> = {}
  for (const [name, type] of types) {
    parameters[name] = checkParameter(context, name, type, context.content.parameters[name]!)
  }
  return parameters
}

function checkParameter(context: Context, name: string, type: Type, shape: ParameterShape): Parameter {
  const path = ['parameters', name]
  const values = checkValues(context, name, type, shape)
  const { question } = shape
  const asked = context.content.open_questions?.map((item) => item.id) ?? []
  if (question !== undefined && !asked.includes(question)) {
    const finding = { code: 'policy.unknown_question', params: { question }, written: question, known: asked }
    complain(context, [...path, 'question'], finding)
  }
  if (question === undefined && Object.keys(shape.values ?? {}).length === 0) {
    complain(context, path, { code: 'policy.no_values', params: { name } })
  }
  const origin =
    question === undefined
      ? provenance(context, path, shape, `parameters.${name}`)
      : {
          ...provenance(context, path, { basis: 'derived', ...shape }, `parameters.${name}`),
          basis: 'open' as const,
        }
  const base = { name, type, bound: shape.bound ?? 'exact', label: shape.label, values, ...origin } as const
  const placed = { ...base, place: keyPlace(context.tree, ['parameters'], name) }
  return question === undefined ? placed : { ...placed, question }
}

function checkValues(context: Context, name: string, type: Type, shape: ParameterShape): Parameter['values'] {
  const values: Parameter['values'][number][] = []
  for (const [from, written] of Object.entries(shape.values ?? {})) {
    const path = ['parameters', name, 'values']
    const place = keyPlace(context.tree, path, from)
    if (!isDay(from) && written === '') {
      report(context.into, place, 'policy.split_text', { key: from })
      continue
    }
    if (!isDay(from)) {
      const finding = { code: 'policy.not_a_date', params: { text: from }, suggestion: offerDay(from) }
      reportNear(context.into, place, finding)
    }
    const before = values.at(-1)?.from
    if (before !== undefined && from <= before)
      report(context.into, place, 'policy.dates_not_ascending', { from, before })
    if (written === 'null') values.push({ from, value: null, written: 'null' })
    else {
      const read = readValue(type, written)
      const valuePlace = placeOf(context.tree, [...path, from])
      if (!read.ok) reportNear(context.into, valuePlace, nearMember(type, written, read.refusal))
      else if (type.kind === 'money' && (read.value as bigint) < 0n)
        report(context.into, valuePlace, 'policy.negative_amount', { fact: `p.${name}` })
      else values.push({ from, value: read.value, written: String(written) })
    }
  }
  return values
}

/** What was meant: a member of the enumeration, or the value written as its type is. */
export function nearMember(
  type: Type,
  written: unknown,
  refusal: Parameters<typeof reportNear>[2],
): Parameters<typeof reportNear>[2] {
  if (type.kind === 'enumeration') return { ...refusal, written: String(written), known: type.members }
  return Array.isArray(written) ? refusal : { ...refusal, suggestion: offerFor(type, String(written)) }
}

export type Written = string | number | boolean | readonly (string | number | boolean)[]

/** A value as a file writes it: one text, or a list of them for a list type. */
export function readValue(type: Type, written: Written): Decision<Value> {
  if (type.kind !== 'list') return readLiteral(type, String(written))
  const values: Value[] = []
  for (const item of Array.isArray(written) ? (written as readonly unknown[]) : [written]) {
    const read = readLiteral(type.of, String(item))
    if (!read.ok) return read
    values.push(read.value)
  }
  return accept(values)
}
