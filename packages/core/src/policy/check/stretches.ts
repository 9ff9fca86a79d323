// Comparisons of one amount, number, rate or day with constants, as stretches of its line: `< 100万`, `== 100万`, between
// 100万 and 200万 and so on. So bands that meet at their edges are seen to be disjoint and to leave no gap.
import { dayNumber } from '../../calendar/index.ts'
import { asFraction } from '../expression/index.ts'
import type { Definition } from '../programme.ts'
import { partsOf } from '../references.ts'
import { typeName, type Expression, type Value } from '../types.ts'
import { printed, printedValue } from './printed.ts'

interface Edge {
  readonly numerator: bigint
  readonly denominator: bigint
  readonly text: string
}

/** The constants with which each expression is compared, ascending, by its printed form. */
export type Stretches = ReadonlyMap<string, readonly Edge[]>

/** What a test asks: the members of its variable, and those for which it holds. */
export interface Test {
  readonly name: string
  readonly members: readonly string[]
  readonly holds: readonly string[]
}

interface Comparison {
  readonly name: string
  readonly operator: string
  readonly edge: Edge
}

const MIRRORED: Readonly<Record<string, string>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
}

export function stretchesOf(
  whens: readonly Expression[],
  definitions: ReadonlyMap<string, Definition>,
): Stretches {
  const found = new Map<string, Edge[]>()
  const seen = new Set<string>()
  const walk = (expression: Expression): void => {
    const compared = comparisonOf(expression)
    if (compared) {
      const edges = found.get(compared.name) ?? []
      if (!edges.some((edge) => compare(edge, compared.edge) === 0n)) edges.push(compared.edge)
      found.set(compared.name, edges)
    }
    if (expression.kind === 'definition' && !seen.has(expression.name)) {
      seen.add(expression.name)
      const inner = definitions.get(expression.name)?.is
      if (inner) walk(inner)
    }
    partsOf(expression).forEach(walk)
  }
  whens.forEach(walk)
  for (const edges of found.values()) edges.sort((a, b) => Number(compare(a, b)))
  return found
}

/** The test as members of the line: `< a`, `= a`, `(a, b)`, `= b`, `> b`. */
export function stretchTest(expression: Expression, stretches: Stretches): Test | undefined {
  const compared = comparisonOf(expression)
  const edges = compared && stretches.get(compared.name)
  if (!compared || !edges) return undefined
  const at = edges.findIndex((edge) => compare(edge, compared.edge) === 0n)
  const members = membersOf(edges)
  const holds = members.filter(({ place }) => {
    const side = place - (2 * at + 1)
    return fits(compared.operator, side)
  })
  const names = members.map(({ name }) => name)
  return { name: compared.name, members: names, holds: holds.map(({ name }) => name) }
}

/** Places count along the line: even between the edges, odd on them. Neighbours without anything between have no stretch. */
function membersOf(edges: readonly Edge[]): { readonly name: string; readonly place: number }[] {
  const members = [{ name: `< ${edges[0]!.text}`, place: 0 }]
  edges.forEach((edge, index) => {
    members.push({ name: `= ${edge.text}`, place: 2 * index + 1 })
    const next = edges[index + 1]
    if (next === undefined) members.push({ name: `> ${edge.text}`, place: 2 * index + 2 })
    else if (!areNeighbours(edge, next))
      members.push({ name: `(${edge.text}, ${next.text})`, place: 2 * index + 2 })
  })
  return members
}

/** Whole numbers, days and fen follow one another; edges of rates and exact amounts have no denominator of one alone. */
function areNeighbours(edge: Edge, next: Edge): boolean {
  return edge.denominator === 1n && next.denominator === 1n && next.numerator - edge.numerator === 1n
}

function fits(operator: string, side: number): boolean {
  switch (operator) {
    case '<':
      return side < 0
    case '<=':
      return side <= 0
    case '>':
      return side > 0
    case '>=':
      return side >= 0
    case '==':
      return side === 0
    default:
      return side !== 0
  }
}

function comparisonOf(expression: Expression): Comparison | undefined {
  if (expression.kind !== 'binary' || !Object.hasOwn(MIRRORED, expression.operator)) return undefined
  const { left, right, operator } = expression
  if (right.kind === 'literal') return compared(left, operator, right)
  return left.kind === 'literal' ? compared(right, MIRRORED[operator]!, left) : undefined
}

function compared(
  line: Expression,
  operator: string,
  { value, type }: Expression & { kind: 'literal' },
): Comparison | undefined {
  // between two rates or exact amounts there is always another
  const isWhole = ['int', 'money', 'date'].includes(line.type.kind)
  if (!isWhole && line.type.kind !== 'rate' && line.type.kind !== 'exact') return undefined
  const fraction = numberOf(value)
  const scale = isWhole ? 1n : 2n
  const { numerator, denominator } = fraction
  const edge = { numerator: numerator * scale, denominator, text: printedValue(value, typeName(type)) }
  return { name: printed(line), operator, edge }
}

function numberOf(value: Value): { readonly numerator: bigint; readonly denominator: bigint } {
  if (typeof value === 'string') return { numerator: BigInt(dayNumber(value)), denominator: 1n }
  return asFraction(value)
}

function compare(a: Edge, b: Edge): bigint {
  return a.numerator * b.denominator - b.numerator * a.denominator
}
