// What a programme names and nothing reads: mostly a rule that was forgotten. Warnings, since a file may grow.
import { reportNear } from '../diagnostic.ts'
import { PLACEHOLDER } from '../message.ts'
import type { Condition, Programme, Text } from '../programme.ts'
import { expressionsOf, partsOf } from '../references.ts'
import { keyPlace, type Path } from '../shaped.ts'
import type { Expression } from '../types.ts'
import type { Context } from './context.ts'

export function warnOfUnused(context: Context, programme: Programme): void {
  const read = namesRead(programme)
  const conditions = conditionsOf(programme)
  const evidence = new Set(conditions.flatMap((condition) => condition.evidence))
  const warn = (section: Path, names: readonly string[], used: (name: string) => boolean): void => {
    for (const name of names) {
      if (used(name)) continue
      const finding = { code: 'policy.never_used', params: { name }, severity: 'warning' as const }
      reportNear(context.into, keyPlace(context.tree, section, name), finding)
    }
  }
  warn(['parameters'], Object.keys(programme.parameters), (name) => read.has(`p.${name}`))
  warn(['definitions'], Object.keys(programme.definitions), (name) => read.has(`d.${name}`))
  warn(['documents'], Object.keys(programme.documents), (name) => evidence.has(name))
}

function conditionsOf({ eligibility, awards, redemption }: Programme): Condition[] {
  return [...eligibility, ...awards.flatMap((award) => award.eligibility), ...(redemption?.eligibility ?? [])]
}

/** `p.x` and `d.x` that any expression or text reads. */
function namesRead(programme: Programme): Set<string> {
  const names = new Set<string>()
  const walk = (expression: Expression): void => {
    if (expression.kind === 'parameter') names.add(`p.${expression.name}`)
    if (expression.kind === 'definition') names.add(`d.${expression.name}`)
    partsOf(expression).forEach(walk)
  }
  const { procedure, voucher, imprest, allocation } = programme
  const lengths = (procedure?.stages ?? []).flatMap((stage) => [
    stage.within?.length,
    stage.lasts?.length,
    stage.pays,
  ])
  const advanced = [imprest?.share, imprest?.amount, imprest?.returnedWithin.length]
  const others = [procedure?.windows, voucher?.usableUntil, voucher?.claimsUntil, ...advanced, ...lengths]
  const order = (allocation?.order ?? []).map((item) => item.by)
  const definitions = Object.values(programme.definitions).map((item) => item.is)
  const all = [...expressionsOf(programme), ...others, ...order, ...definitions]
  for (const expression of all) if (expression) walk(expression)
  const texts: Text[] = [
    ...conditionsOf(programme).flatMap((condition) => [condition.text, condition.fail]),
    ...programme.awards.flatMap((award) => [award.base.text, ...award.caps.map((cap) => cap.text)]),
    ...(procedure?.stages ?? []).map((stage) => stage.text),
  ]
  for (const text of texts) for (const match of text.zh.matchAll(PLACEHOLDER)) names.add(match[1]!)
  return names
}
