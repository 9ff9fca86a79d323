// Gives every part of an expression its name and its type, or says with its place why it has none.
import { reportNear, type NearMiss, type Report } from '../diagnostic.ts'
import type { FactsSchema } from '../facts.ts'
import { readLiteral } from '../literals.ts'
import { typeName, type Expression, type MacroName, type Place, type Type, type Value } from '../types.ts'
import { functions, literalFunctions, macros, methods, roundingUnits, type Signature } from './functions.ts'
import { SyntaxFault } from './lexer.ts'
import { binaryType, comparable } from './operators.ts'
import { parse, type Node } from './parser.ts'

/** Signs and words of other languages and keyboards, and what they are here. */
const MEANT: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '=': '==', '&': '&&', '|': '||', and: '&&', or: '||', not: '!', is: '==',
    '≤': '<=', '≥': '>=', '≠': '!=', '×': '*', '÷': '/', '–': '-', '—': '-',
    '“': '"', '”': '"', '‘': "'", '’': "'", '（': '(', '）': ')', '，': ',', '。': '.', '！': '!', '：': ':',
    '？': '?', '＝': '==', '＜': '<', '＞': '>', '＋': '+', '－': '-', '＊': '*', '／': '/', '％': '%',
    '［': '[', '］': ']', '【': '[', '】': ']', '、': ',', '；': ',', '＆': '&&', '｜': '||',
  }), // prettier-ignore
)

/** The names an expression may use. `definition` checks a definition on first use and returns its type. */
export interface Names {
  readonly facts: FactsSchema
  readonly parameters: ReadonlyMap<string, Type>
  readonly definitions: ReadonlySet<string>
  readonly definition: (name: string, place: Place) => Type | undefined
}

export interface Source {
  readonly text: string
  readonly placeOf: (offset: number) => Place
}

interface Context {
  readonly names: Names
  readonly into: Report
  readonly source: Source
  readonly variables: ReadonlyMap<string, Type>
}

/** @returns the typed tree, or undefined after reporting at least one error */
export function resolveExpression(
  source: Source,
  names: Names,
  into: Report,
  expected?: Type,
): Expression | undefined {
  try {
    const node = parse(source.text)
    return resolve({ names, into, source, variables: new Map() }, node, expected)
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault
    const { code, found } = fault
    reportNear(into, source.placeOf(fault.offset), { code, params: { found }, suggestion: MEANT.get(found) })
    return undefined
  }
}

function complain(context: Context, node: Node, finding: NearMiss): undefined {
  reportNear(context.into, context.source.placeOf(node.offset), finding)
  return undefined
}

function resolve(context: Context, node: Node, expected?: Type): Expression | undefined {
  const place = context.source.placeOf(node.offset)
  switch (node.kind) {
    case 'bool':
      return { kind: 'literal', type: { kind: 'bool' }, place, value: node.value }
    case 'int':
      return resolveInt(context, node)
    case 'string':
      return resolveString(context, node, expected)
    case 'name':
    case 'select':
      return resolvePath(context, node)
    case 'unary':
      return resolveUnary(context, node)
    case 'binary':
      return resolveBinary(context, node)
    case 'choose':
      return resolveChoose(context, node, expected)
    case 'list':
      return resolveList(context, node, expected)
    case 'index':
      return resolveIndex(context, node)
    default:
      return resolveCall(context, node)
  }
}

function resolveInt(
  context: Context,
  node: Node & { kind: 'int' | 'string' | 'name' },
): Expression | undefined {
  const negative = node.text.startsWith('-')
  const magnitude = BigInt(negative ? node.text.slice(1) : node.text)
  const read = readLiteral({ kind: 'int' }, String(negative ? -magnitude : magnitude))
  if (!read.ok) return complain(context, node, read.refusal)
  return {
    kind: 'literal',
    type: { kind: 'int' },
    place: context.source.placeOf(node.offset),
    value: read.value,
  }
}

/** A text literal where a member of an enumeration, a region, an industry or a date is expected is read as one. */
function resolveString(
  context: Context,
  node: Node & { kind: 'int' | 'string' | 'name' },
  expected: Type | undefined,
): Expression | undefined {
  const readAs = expected && ['enumeration', 'region', 'industry', 'date'].includes(expected.kind)
  const type: Type = readAs ? expected : { kind: 'string' }
  const read = readLiteral(type, node.text)
  const place = context.source.placeOf(node.offset)
  if (read.ok) return { kind: 'literal', type, place, value: read.value }
  const known = type.kind === 'enumeration' ? { written: node.text, known: type.members } : {}
  return complain(context, node, { ...read.refusal, ...known })
}

function dottedPath(node: Node): string | undefined {
  if (node.kind === 'name') return node.text
  if (node.kind !== 'select') return undefined
  const target = dottedPath(node.target)
  return target === undefined ? undefined : `${target}.${node.name}`
}

function resolvePath(context: Context, node: Node): Expression | undefined {
  const path = dottedPath(node)
  if (path === undefined) return complain(context, node, { code: 'policy.no_fields', params: {} })
  const place = context.source.placeOf(node.offset)
  const variable = context.variables.get(path)
  if (variable) return { kind: 'variable', type: variable, place, name: path }
  const { names } = context
  if (path.startsWith('p.')) {
    const name = path.slice(2)
    const type = names.parameters.get(name)
    const miss = {
      code: 'policy.unknown_parameter',
      params: { name },
      written: name,
      known: names.parameters.keys(),
    }
    return type ? { kind: 'parameter', type, place, name } : complain(context, node, miss)
  }
  if (path.startsWith('d.')) {
    const name = path.slice(2)
    const miss = {
      code: 'policy.unknown_definition',
      params: { name },
      written: name,
      known: names.definitions,
    }
    if (!names.definitions.has(name)) return complain(context, node, miss)
    const type = names.definition(name, place)
    return type && { kind: 'definition', type, place, name }
  }
  const fact = Object.hasOwn(names.facts.facts, path) ? names.facts.facts[path] : undefined
  if (fact) return { kind: 'fact', type: fact.type, place, path }
  const known = [...Object.keys(names.facts.facts), ...context.variables.keys()]
  return complain(context, node, {
    code: 'policy.unknown_fact',
    params: { name: path },
    written: path,
    known,
  })
}

function resolveUnary(context: Context, node: Node & { kind: 'unary' }): Expression | undefined {
  const operand = resolve(context, node.operand)
  if (!operand) return undefined
  const { kind } = operand.type
  const place = context.source.placeOf(node.offset)
  if (node.operator === '!' && kind === 'bool') return { kind: 'not', type: operand.type, place, operand }
  if (node.operator === '-' && (kind === 'int' || kind === 'money' || kind === 'exact')) {
    return { kind: 'negate', type: operand.type, place, operand }
  }
  const params = { operator: node.operator, type: typeName(operand.type) }
  return complain(context, node, { code: 'policy.bad_operand', params })
}

function resolveBinary(context: Context, node: Node & { kind: 'binary' }): Expression | undefined {
  const { operator } = node
  const rightFirst =
    node.left.kind === 'string' || (node.left.kind === 'list' && node.left.items.length === 0)
  let left: Expression | undefined
  let right: Expression | undefined
  if (rightFirst && operator !== 'in') {
    right = resolve(context, node.right)
    left = resolve(context, node.left, right?.type)
  } else {
    left = resolve(context, node.left)
    right = resolve(
      context,
      node.right,
      left && (operator === 'in' ? { kind: 'list', of: left.type } : left.type),
    )
  }
  if (!left || !right) return undefined
  const place = context.source.placeOf(node.offset)
  if (operator === '&&' || operator === '||') {
    const wrong = [left, right].find((side) => side.type.kind !== 'bool')
    if (!wrong) return { kind: 'logic', type: { kind: 'bool' }, place, operator, left, right }
    return complain(context, node, {
      code: 'policy.bad_operand',
      params: { operator, type: typeName(wrong.type) },
    })
  }
  const type = binaryType(operator as '+', left.type, right.type)
  if (type) return { kind: 'binary', type, place, operator: operator as '+', left, right }
  const kinds = [left.type.kind, right.type.kind]
  const hint = kinds.includes('money') ? 'money' : kinds.includes('date') ? 'date' : 'one_type'
  const params = { operator, left: typeName(left.type), right: typeName(right.type), hint }
  const code =
    operator === '*' && left.type.kind === 'money' && right.type.kind === 'money'
      ? 'policy.yuan_squared'
      : comparable(operator)
        ? 'policy.incomparable'
        : 'policy.bad_operands'
  return complain(context, node, { code, params })
}

function resolveChoose(
  context: Context,
  node: Node & { kind: 'choose' },
  expected: Type | undefined,
): Expression | undefined {
  const test = resolve(context, node.test)
  const yes = resolve(context, node.yes, expected)
  const no = resolve(context, node.no, expected ?? yes?.type)
  if (!test || !yes || !no) return undefined
  if (test.type.kind !== 'bool') return complain(context, node.test, expectedBut('bool', test.type))
  const type = commonType(yes.type, no.type)
  if (!type) return complain(context, node.no, expectedBut(typeName(yes.type), no.type))
  return { kind: 'choose', type, place: context.source.placeOf(node.offset), test, yes, no }
}

function expectedBut(expected: string, found: Type): NearMiss {
  return { code: 'policy.expected_type', params: { expected, found: typeName(found) } }
}

function commonType(left: Type, right: Type): Type | undefined {
  return functions['least']!.result([left, right]) ?? (typeName(left) === typeName(right) ? left : undefined)
}

function resolveList(
  context: Context,
  node: Node & { kind: 'list' },
  expected: Type | undefined,
): Expression | undefined {
  const wanted = expected?.kind === 'list' ? expected.of : undefined
  const items: Expression[] = []
  for (const item of node.items) {
    const resolved = resolve(context, item, wanted ?? items[0]?.type)
    if (!resolved) return undefined
    const first = items[0]?.type
    if (first && typeName(first) !== typeName(resolved.type)) {
      return complain(context, item, expectedBut(typeName(first), resolved.type))
    }
    items.push(resolved)
  }
  const of = items[0]?.type ?? wanted ?? { kind: 'bool' }
  return { kind: 'list', type: { kind: 'list', of }, place: context.source.placeOf(node.offset), items }
}

function resolveIndex(context: Context, node: Node & { kind: 'index' }): Expression | undefined {
  const list = resolve(context, node.target)
  const at = resolve(context, node.at)
  if (!list || !at) return undefined
  if (list.type.kind !== 'list') return complain(context, node.target, expectedBut('list', list.type))
  if (at.type.kind !== 'int') return complain(context, node.at, expectedBut('int', at.type))
  return { kind: 'index', type: list.type.of, place: context.source.placeOf(node.offset), list, at }
}

function resolveCall(context: Context, node: Node & { kind: 'call' }): Expression | undefined {
  const { name, target } = node
  if (target && macros.some((macro) => macro === name) && node.args.length === 2)
    return resolveMacro(context, node)
  if (!target && literalFunctions.some((item) => item === name)) return resolveConstant(context, node)
  const table = target ? methods : functions
  const signature = Object.hasOwn(table, name) ? table[name] : undefined
  if (!signature) {
    const known = target
      ? [...Object.keys(methods), ...macros]
      : [...Object.keys(functions), ...literalFunctions]
    return complain(context, node, {
      code: 'policy.unknown_function',
      params: { name },
      written: name,
      known,
    })
  }
  return resolveArguments(context, node, signature)
}

function resolveArguments(
  context: Context,
  node: Node & { kind: 'call' },
  signature: Signature,
): Expression | undefined {
  const receiver = node.target && resolve(context, node.target)
  if (node.target && !receiver) return undefined
  const list: Type | undefined = receiver && { kind: 'list', of: receiver.type }
  const hint =
    node.name === 'within_any' ? list : node.name === 'contains' ? { kind: 'date' as const } : receiver?.type
  const useHint = node.name !== 'contains' || receiver?.type.kind === 'period'
  const rest = node.args.map((arg) => resolve(context, arg, useHint ? hint : undefined))
  const args = [...(receiver ? [receiver] : []), ...rest]
  const whole = args.filter((arg) => arg !== undefined)
  if (whole.length !== args.length) return undefined
  const type = signature.result(whole.map((arg) => arg.type))
  const found = whole.map((arg) => typeName(arg.type))
  if (!type) {
    return complain(context, node, {
      code: 'policy.bad_arguments',
      params: { usage: signature.usage, found },
    })
  }
  if (node.name.startsWith('round_')) {
    const unit = whole[1]!
    const good = unit.kind === 'literal' && roundingUnits.some((item) => item === unit.value)
    if (!good)
      return complain(context, node, {
        code: 'policy.bad_arguments',
        params: { usage: signature.usage, found },
      })
  }
  return { kind: 'call', type, place: context.source.placeOf(node.offset), name: node.name, args: whole }
}

/** `money("200万元")`: a constant, read while checking. */
function resolveConstant(context: Context, node: Node & { kind: 'call' }): Expression | undefined {
  const [argument] = node.args
  const type = { kind: node.name } as Type
  if (argument?.kind !== 'string' || node.args.length !== 1) {
    const usage = `${node.name}("…")`
    return complain(context, node, { code: 'policy.bad_arguments', params: { usage, found: [] } })
  }
  const read = readLiteral(type, argument.text)
  if (!read.ok) return complain(context, argument, read.refusal)
  const value: Value = read.value
  return { kind: 'literal', type, place: context.source.placeOf(node.offset), value }
}

function resolveMacro(context: Context, node: Node & { kind: 'call' }): Expression | undefined {
  const list = resolve(context, node.target!)
  if (!list) return undefined
  const [variable, body] = node.args as [Node, Node]
  if (list.type.kind !== 'list') return complain(context, node.target!, expectedBut('list', list.type))
  if (variable.kind !== 'name')
    return complain(context, variable, { code: 'policy.not_a_variable', params: {} })
  const resolved = resolveBody(context, list, variable.text, body)
  if (!resolved) return undefined
  const name = node.name as MacroName
  if (name !== 'map' && resolved.type.kind !== 'bool')
    return complain(context, body, expectedBut('bool', resolved.type))
  const type: Type =
    name === 'map' ? { kind: 'list', of: resolved.type } : name === 'filter' ? list.type : { kind: 'bool' }
  const place = context.source.placeOf(node.offset)
  return { kind: 'macro', type, place, name, list, variable: variable.text, body: resolved }
}

/** The items of `[]` have no type of their own: they get the first one with which the body makes sense. */
function resolveBody(
  context: Context,
  list: Expression,
  variable: string,
  body: Node,
): Expression | undefined {
  const { of } = list.type as Type & { kind: 'list' }
  const within = (type: Type, into: Report): Expression | undefined =>
    resolve({ ...context, into, variables: new Map(context.variables).set(variable, type) }, body)
  const free = list.kind === 'list' && list.items.length === 0
  for (const kind of free ? (['bool', 'int', 'string'] as const) : []) {
    const resolved = within({ kind }, { ...context.into, diagnostics: [] })
    if (resolved) return resolved
  }
  return within(of, context.into)
}
