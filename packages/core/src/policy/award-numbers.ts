// Which numbers of a programme an award comes to: the rates it is multiplied by, the amounts that limit it, and the pools
// that limit everybody together. What is only compared with (a least turnover, a threshold of size) is none of them.
import type { Award, Cap, Programme } from './programme.ts'
import { partsOf } from './references.ts'
import type { Expression } from './types.ts'

export interface AwardNumbers {
  /** names of parameters, each list in the order of the awards */
  readonly rates: readonly string[]
  readonly caps: readonly string[]
  readonly pools: readonly string[]
}

export function awardNumbers(programme: Programme): AwardNumbers {
  const { awards, redemption } = programme
  const named = (expressions: readonly Expression[], kind: 'money' | 'rate'): string[] => [
    ...new Set(expressions.flatMap((expression) => valuesOf(programme, expression, kind))),
  ]
  const caps = awards.flatMap((award) => award.caps)
  const pools = named(caps.filter(isShared).map(({ limit }) => limit), 'money') // prettier-ignore
  const own = [
    ...awards.flatMap(ratesOf),
    ...awards.map(({ base }) => base.is),
    ...caps.filter((cap) => !isShared(cap)).map(({ limit }) => limit),
  ]
  const rates = named([...own, ...(redemption === undefined ? [] : ratesOf(redemption))], 'rate')
  return { rates, pools, caps: named(own, 'money').filter((name) => !pools.includes(name)) }
}

function ratesOf({ rate }: Pick<Award, 'rate'>): Expression[] {
  if (rate === undefined) return []
  return [...(rate.default === undefined ? [] : [rate.default]), ...rate.rows.map(({ value }) => value)]
}

/** A limit of everybody together is nobody's own. */
function isShared({ subjects }: Cap): boolean {
  return subjects.some((subject) => /^(programme$|award$|group:)/.test(subject))
}

/** The parameters that a value is made of; those of a test decide which value, and are none of it. */
function valuesOf(programme: Programme, expression: Expression, kind: 'money' | 'rate'): string[] {
  const inner = (part: Expression): string[] => valuesOf(programme, part, kind)
  if (expression.kind === 'parameter') return expression.type.kind === kind ? [expression.name] : []
  if (expression.kind === 'definition') return inner(programme.definitions[expression.name]!.is)
  if (expression.kind === 'choose') return [...inner(expression.yes), ...inner(expression.no)]
  if (expression.type.kind === 'bool') return []
  return partsOf(expression).flatMap(inner)
}
