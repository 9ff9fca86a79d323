// Awards: conditions, base, rate, rounding and caps; and the redemption, which is a determination of its own.
import type { Allocation, Award, Cap, Condition, Definition, Redemption, Rounding } from '../programme.ts'
import type { Path } from '../shaped.ts'
import type { ProgrammeShape } from '../shape.ts'
import type { Expression, Type } from '../types.ts'
import { at, complain, expressionAt, present, provenance, uniqueIds, type Context } from './context.ts'
import { checkText } from './messages.ts'
import { checkRate } from './rates.ts'

type AwardShape = ProgrammeShape['awards'][number]
type Definitions = ReadonlyMap<string, Definition>

const MONEY: Type = { kind: 'money' }
const BOOL: Type = { kind: 'bool' }
const READING: Type = { kind: 'enumeration', name: 'reading', members: ['each_of', 'joint'] }

export function checkConditions(
  context: Context,
  path: Path,
  shapes: ProgrammeShape['eligibility'],
  name: string,
): Condition[] {
  uniqueIds(context, path, shapes.map((shape) => shape.id)) // prettier-ignore
  return shapes.flatMap((shape, index) => {
    const here = [...path, index]
    const require = expressionAt(context, [...here, 'require'], BOOL)
    const known = Object.keys(context.content.documents ?? {})
    const evidence = shape.evidence ?? []
    evidence.forEach((document, position) => {
      if (known.includes(document)) return
      const finding = {
        code: 'policy.unknown_document',
        params: { document, known },
        written: document,
        known,
      }
      complain(context, [...here, 'evidence', position], finding)
    })
    const text = checkText(context, [...here, 'text'], shape.text)
    const fail = checkText(context, [...here, 'fail'], shape.fail)
    const origin = provenance(context, here, shape, `${name}.${shape.id}`)
    const decidedBy = shape.decided_by ?? 'machine'
    return require
      ? [{ id: shape.id, require, text, fail, evidence, decidedBy, place: at(context, here), ...origin }]
      : []
  })
}

export function checkAward(
  context: Context,
  path: Path,
  shape: AwardShape,
  definitions: Definitions,
): Award | undefined {
  const name = `awards.${shape.id}`
  const base = checkBase(context, [...path, 'base'], shape.base, `${name}.base`)
  const eligibility = checkConditions(
    context,
    [...path, 'eligibility'],
    shape.eligibility ?? [],
    `${name}.eligibility`,
  )
  const common = new Set(context.content.eligibility.map(({ id }) => id))
  eligibility.forEach(({ id }, index) => {
    if (!common.has(id)) return
    complain(context, [...path, 'eligibility', index, 'id'], { code: 'policy.duplicate_id', params: { id } })
  })
  const given = { name: `${name}.rate`, definitions }
  const rate = shape.rate && checkRate(context, [...path, 'rate'], shape.rate, given)
  const round = checkRound(context, [...path, 'round'], shape.round, `${name}.round`)
  uniqueIds(context, [...path, 'caps'], shape.caps.map((cap) => cap.id)) // prettier-ignore
  const caps = shape.caps.map((cap, index) =>
    checkCap(context, [...path, 'caps', index], cap, `${name}.caps.${cap.id}`),
  )
  const whole = caps.filter((cap) => cap !== undefined)
  if (!base || !round || whole.length !== caps.length || (shape.rate && !rate)) return undefined
  const { id, title, per, group } = shape
  return present({ id, title, per, group, eligibility, base, rate, round, caps: whole }) as Award
}

function checkBase(
  context: Context,
  path: Path,
  shape: AwardShape['base'],
  name: string,
): Award['base'] | undefined {
  const origin = provenance(context, path, shape, name)
  const is = expressionAt(context, [...path, 'is'])
  const round = shape.round && checkRound(context, [...path, 'round'], shape.round, `${name}.round`)
  if (!is) return undefined
  if (is.type.kind !== 'money' && is.type.kind !== 'exact') {
    const params = { expected: 'money', found: is.type.kind }
    return complain(context, [...path, 'is'], { code: 'policy.expected_type', params })
  }
  return present({
    is,
    text: checkText(context, [...path, 'text'], shape.text),
    round,
    ...origin,
  }) as Award['base']
}

function checkRound(
  context: Context,
  path: Path,
  shape: AwardShape['round'],
  name: string,
): Rounding | undefined {
  const origin = provenance(context, path, shape, name)
  const when = shape.when === undefined ? undefined : expressionAt(context, [...path, 'when'], BOOL)
  if (shape.when !== undefined && !when) return undefined
  return present({ to: shape.to, mode: shape.mode, when, place: at(context, path), ...origin }) as Rounding
}

function checkCap(
  context: Context,
  path: Path,
  shape: AwardShape['caps'][number],
  name: string,
): Cap | undefined {
  const measure = shape.measure ?? 'fen'
  const limit = expressionAt(context, [...path, 'limit'], measure === 'fen' ? MONEY : { kind: 'int' })
  const { subject, period, counts } = shape.over
  const subjects = typeof subject === 'string' ? [subject] : subject
  for (const item of subjects) checkSubject(context, [...path, 'over', 'subject'], item)
  const reading =
    shape.over.reading === undefined ? undefined : checkReading(context, [...path, 'over', 'reading'])
  const text = checkText(context, [...path, 'text'], shape.text)
  const origin = provenance(context, path, shape, name)
  if (!limit || (shape.over.reading !== undefined && !reading)) return undefined
  const place = at(context, path)
  return present({
    id: shape.id,
    limit,
    measure,
    subjects,
    period,
    counts,
    reading,
    text,
    place,
    ...origin,
  }) as Cap
}

/** Awards share the account of a cap by its id: all of them must count the same thing in it. */
export function checkSharedCaps(context: Context, awards: readonly (Award | undefined)[]): void {
  const first = new Map<string, string>()
  awards.forEach((award, index) =>
    award?.caps.forEach(({ id, measure, subjects, period, counts }, position) => {
      if (subjects.includes('award')) return
      const account = JSON.stringify([measure, subjects, period, [...counts].sort()])
      if ((first.get(id) ?? account) !== account)
        complain(context, ['awards', index, 'caps', position], {
          code: 'policy.cap_differs',
          params: { cap: id },
        })
      first.set(id, first.get(id) ?? account)
    }),
  )
}

function checkSubject(context: Context, path: Path, subject: string): void {
  const groups = context.content.awards.flatMap((award) =>
    award.group === undefined ? [] : [`group:${award.group}`],
  )
  const { facts } = context.names.facts
  const texts = Object.keys(facts).filter((fact) => facts[fact]!.type.kind === 'string')
  const known = ['programme', 'award', ...groups, ...texts]
  if (known.includes(subject)) return
  const params = { subject, known: ['programme', 'award', ...groups] }
  complain(context, path, { code: 'policy.unknown_subject', params, written: subject, known })
}

function checkReading(context: Context, path: Path): Expression | undefined {
  const reading = expressionAt(context, path)
  if (!reading) return undefined
  const { type } = reading
  const good = type.kind === 'enumeration' && type.members.every((member) => READING.kind === 'enumeration' && READING.members.includes(member)) // prettier-ignore
  return good ? reading : complain(context, path, { code: 'policy.not_a_reading', params: {} })
}

const LEGS = ['metered', 'contract', 'invoice', 'payment'] as const

export function checkRedemption(
  context: Context,
  shape: NonNullable<ProgrammeShape['redemption']>,
  definitions: Definitions,
): Redemption | undefined {
  const path = ['redemption']
  const amountAt = (key: string, index: number): Expression | undefined =>
    expressionAt(context, [...path, key, index, 'is'], MONEY)
  const eligibility = checkConditions(
    context,
    [...path, 'eligibility'],
    shape.eligibility ?? [],
    'redemption.eligibility',
  )
  const legs = shape.legs.map(({ id, text }, index) => ({ id, text, is: amountAt('legs', index) }))
  const within = (shape.within ?? []).map(({ id, text }, index) => ({
    id,
    text,
    is: amountAt('within', index),
  }))
  const leftOut = (shape.left_out ?? []).map((leg, index) => {
    const origin = provenance(context, [...path, 'left_out', index], leg, `redemption.left_out.${leg.id}`)
    return { id: leg.id, text: leg.text, ...origin }
  })
  const named = [...legs, ...leftOut].map((leg) => leg.id)
  uniqueIds(context, [...path, 'legs'], named)
  const silent = LEGS.filter((leg) => !named.includes(leg))
  if (silent.length > 0) complain(context, path, { code: 'policy.legs_not_said', params: { legs: silent } })
  const rate = checkRate(context, [...path, 'rate'], shape.rate, { name: 'redemption.rate', definitions })
  const round = checkRound(context, [...path, 'round'], shape.round, 'redemption.round')
  if (!rate || !round || [...legs, ...within].some((item) => item.is === undefined)) return undefined
  return { eligibility, legs, within, leftOut, rate, round } as Redemption
}

export function checkAllocation(
  context: Context,
  shape: NonNullable<ProgrammeShape['allocation']>,
): Allocation | undefined {
  const order = shape.order.map(({ direction }, index) => {
    const path = ['allocation', 'order', index, 'by']
    const by = expressionAt(context, path)
    const sortable = by && ['bool', 'int', 'date', 'money', 'rate'].includes(by.type.kind)
    if (by && !sortable)
      complain(context, path, { code: 'policy.not_sortable', params: { type: by.type.kind } })
    return { by, direction }
  })
  const origin = provenance(context, ['allocation'], shape, 'allocation')
  if (order.some((item) => item.by === undefined)) return undefined
  return { order, whenShort: shape.when_short, ...origin } as Allocation
}
