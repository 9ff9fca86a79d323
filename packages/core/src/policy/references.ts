// Which facts and parameters an expression reads, definitions followed.
import type { Parameter, Programme } from './programme.ts'
import type { Expression } from './types.ts'

export interface References {
  readonly facts: ReadonlySet<string>
  readonly parameters: ReadonlySet<string>
}

export function referencesOf(programme: Programme, expressions: readonly Expression[]): References {
  const facts = new Set<string>()
  const parameters = new Set<string>()
  const definitions = new Set<string>()
  const walk = (expression: Expression): void => {
    if (expression.kind === 'fact') facts.add(expression.path)
    if (expression.kind === 'parameter') parameters.add(expression.name)
    if (expression.kind === 'definition' && !definitions.has(expression.name)) {
      definitions.add(expression.name)
      walk(programme.definitions[expression.name]!.is)
    }
    partsOf(expression).forEach(walk)
  }
  expressions.forEach(walk)
  return { facts, parameters }
}

/** The parameters that a determination reads; the others serve the procedure and the voucher only. */
export function determiningParameters(programme: Programme): Parameter[] {
  const read = referencesOf(programme, expressionsOf(programme))
  return [...read.parameters].map((name) => programme.parameters[name]!)
}

/** The facts that a determination reads, sorted. */
export function factsRead(programme: Programme): readonly string[] {
  return [...referencesOf(programme, expressionsOf(programme)).facts].sort()
}

/** Every expression that a determination evaluates, but for the definitions they name. */
export function expressionsOf(programme: Programme): Expression[] {
  const { redemption } = programme
  const conditions = [
    ...programme.eligibility,
    ...programme.awards.flatMap((award) => award.eligibility),
    ...(redemption?.eligibility ?? []),
  ]
  const rates = [...programme.awards.map((award) => award.rate), redemption?.rate].filter(
    (rate) => rate !== undefined,
  )
  const rounds = [...programme.awards.flatMap((award) => [award.base.round, award.round]), redemption?.round]
  const caps = programme.awards.flatMap((award) => award.caps)
  const expressions: (Expression | undefined)[] = [
    ...conditions.map((condition) => condition.require),
    ...programme.awards.map((award) => award.base.is),
    ...rates.flatMap((rate) => [rate.default, ...rate.rows.flatMap((row) => [row.when, row.value])]),
    ...rounds.map((round) => round?.when),
    ...caps.flatMap((cap) => [cap.limit, cap.reading]),
    ...[...(redemption?.legs ?? []), ...(redemption?.within ?? [])].map((item) => item.is),
  ]
  return expressions.filter((item) => item !== undefined)
}

/** The direct parts of an expression. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'not':
    case 'negate':
      return [expression.operand]
    case 'binary':
    case 'logic':
      return [expression.left, expression.right]
    case 'choose':
      return [expression.test, expression.yes, expression.no]
    case 'list':
      return expression.items
    case 'index':
      return [expression.list, expression.at]
    case 'call':
      return expression.args
    case 'macro':
      return [expression.list, expression.body]
    default:
      return []
  }
}
