// Whether rate cases are disjoint and exhaustive, by a truth table over what they test. Tests of one fact against
// members of its enumeration are one variable with these members; any other test is a variable of true and false, and
// `a > b` is the opposite of `a <= b`. Tables above 4096 rows or 40 cases, or of very
// long conditions, are refused: split the rule instead.
import type { Definition } from '../programme.ts'
import { typeName, type Expression } from '../types.ts'

const MAX_ROWS = 4096
const MAX_CASES = 40
/** parts of expressions times rows: what a table may cost */
const MAX_STEPS = 4_000_000

interface Variable {
  readonly name: string
  readonly members: readonly string[]
}

export interface Table {
  readonly rows: readonly { readonly describe: () => string; readonly verdicts: readonly boolean[] }[]
}

/**
 * @param whens conditions without faults
 * @returns one row per combination with the verdict of each condition; undefined when there are too many
 */
export function truthTable(
  whens: readonly Expression[],
  definitions: ReadonlyMap<string, Definition>,
): Table | undefined {
  if (whens.length > MAX_CASES) return undefined
  const variables = new Map<string, Variable>()
  for (const when of whens) collect(when, definitions, variables, new Set())
  const list = [...variables.values()]
  const count = list.reduce((product, { members }) => Math.min(product * members.length, MAX_ROWS + 1), 1)
  if (count > MAX_ROWS) return undefined
  const tests = new Map<Expression, Test>()
  if (count * whens.reduce((sum, when) => sum + sizeOf(when, definitions), 0) > MAX_STEPS) return undefined
  const rows = Array.from({ length: count }, (_, index) => {
    const row = rowOf(list, index)
    const memo = new Map<string, boolean>()
    const verdicts = whens.map((when) => decide(when, { definitions, row, memo, tests }))
    return { describe: () => describe(list, row), verdicts }
  })
  return { rows }
}

function collect(
  expression: Expression,
  definitions: ReadonlyMap<string, Definition>,
  into: Map<string, Variable>,
  seen: Set<string>,
): void {
  if (expression.kind === 'literal') return
  if (expression.kind === 'not') return collect(expression.operand, definitions, into, seen)
  if (expression.kind === 'logic') {
    collect(expression.left, definitions, into, seen)
    return collect(expression.right, definitions, into, seen)
  }
  const inner = expression.kind === 'definition' ? definitions.get(expression.name)?.is : undefined
  if (inner && expression.kind === 'definition') {
    if (!seen.has(expression.name)) collect(inner, definitions, into, seen.add(expression.name))
    return
  }
  const { name, members } = testOf(expression)
  into.set(name, { name, members })
}

interface Test extends Variable {
  /** the members of the variable for which the test holds */
  readonly holds: readonly string[]
}

/** What an atomic test asks. */
function testOf(expression: Expression): Test {
  const member = memberTest(expression)
  if (member) return member
  const members = ['true', 'false']
  if (expression.kind === 'binary') {
    const opposite = { '>': '<=', '>=': '<', '!=': '==' }[expression.operator as '>']
    if (opposite)
      return { name: printed({ ...expression, operator: opposite as '<' }), members, holds: ['false'] }
  }
  return { name: printed(expression), members, holds: ['true'] }
}

function memberTest(expression: Expression): Test | undefined {
  if (expression.kind !== 'binary') return undefined
  const { left, right, operator } = expression
  if (left.type.kind !== 'enumeration') return undefined
  const named = right.kind === 'list' ? right.items : [right]
  const literals = named.map((item) => (item.kind === 'literal' ? String(item.value) : undefined))
  if (!['==', '!=', 'in'].includes(operator) || literals.includes(undefined)) return undefined
  const { members } = left.type
  return {
    name: printed(left),
    members,
    holds: members.filter((item) => literals.includes(item) !== (operator === '!=')),
  }
}

interface Row {
  readonly definitions: ReadonlyMap<string, Definition>
  readonly row: ReadonlyMap<string, string>
  readonly memo: Map<string, boolean>
  /** of all rows: each test is read once */
  readonly tests: Map<Expression, Test>
}

function decide(expression: Expression, row: Row): boolean {
  if (expression.kind === 'literal') return expression.value === true
  if (expression.kind === 'not') return !decide(expression.operand, row)
  if (expression.kind === 'logic') {
    const left = decide(expression.left, row)
    return expression.operator === '&&'
      ? left && decide(expression.right, row)
      : left || decide(expression.right, row)
  }
  const inner = expression.kind === 'definition' ? row.definitions.get(expression.name)?.is : undefined
  if (inner && expression.kind === 'definition') {
    const known = row.memo.get(expression.name)
    const verdict = known ?? decide(inner, row)
    row.memo.set(expression.name, verdict)
    return verdict
  }
  const test = row.tests.get(expression) ?? testOf(expression)
  row.tests.set(expression, test)
  return test.holds.includes(row.row.get(test.name)!)
}

/** How many parts an expression has, down to its tests; a definition counts once, since a row decides it once. */
function sizeOf(
  expression: Expression,
  definitions: ReadonlyMap<string, Definition>,
  seen = new Set<string>(),
): number {
  if (expression.kind === 'not') return 1 + sizeOf(expression.operand, definitions, seen)
  if (expression.kind === 'logic')
    return 1 + sizeOf(expression.left, definitions, seen) + sizeOf(expression.right, definitions, seen)
  const inner = expression.kind === 'definition' ? definitions.get(expression.name)?.is : undefined
  if (!inner || expression.kind !== 'definition' || seen.has(expression.name)) return 1
  return 1 + sizeOf(inner, definitions, seen.add(expression.name))
}

function rowOf(variables: readonly Variable[], index: number): Map<string, string> {
  let rest = index
  return new Map(
    variables.map(({ name, members }) => {
      const member = members[rest % members.length]!
      rest = Math.floor(rest / members.length)
      return [name, member]
    }),
  )
}

function describe(variables: readonly Variable[], row: ReadonlyMap<string, string>): string {
  return variables
    .map(({ name }) => {
      const member = row.get(name)!
      return member === 'true' ? name : member === 'false' ? `not ${name}` : `${name} == "${member}"`
    })
    .join(', ')
}

/** An expression as text in one form, so that equal tests have equal names. */
export function printed(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return printedValue(expression.value, typeName(expression.type))
    case 'fact':
      return expression.path
    case 'parameter':
      return `p.${expression.name}`
    case 'definition':
      return `d.${expression.name}`
    case 'variable':
      return expression.name
    case 'not':
      return `!${printed(expression.operand)}`
    case 'negate':
      return `-${printed(expression.operand)}`
    case 'binary':
    case 'logic':
      return `(${printed(expression.left)} ${expression.operator} ${printed(expression.right)})`
    case 'choose':
      return `(${printed(expression.test)} ? ${printed(expression.yes)} : ${printed(expression.no)})`
    case 'list':
      return `[${expression.items.map(printed).join(', ')}]`
    case 'index':
      return `${printed(expression.list)}[${printed(expression.at)}]`
    case 'call':
      return `${expression.name}(${expression.args.map(printed).join(', ')})`
    default:
      return `${printed(expression.list)}.${expression.name}(${expression.variable}, ${printed(expression.body)})`
  }
}

function printedValue(value: unknown, type: string): string {
  if (typeof value === 'object' && value !== null && 'numerator' in value && 'denominator' in value) {
    return `${String(value.numerator)}/${String(value.denominator)}`
  }
  if (typeof value === 'object') return JSON.stringify(value)
  return type === 'int' || type === 'bool'
    ? String(value)
    : type === 'money'
      ? `${String(value)}分`
      : JSON.stringify(value)
}
