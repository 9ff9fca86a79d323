// A Pratt parser for the CEL profile: precedence and associativity of cel-spec's grammar. Bounded in length, depth and
// number of nodes, so that no file can hang the checker.
import { SyntaxFault, tokenize, type Token } from './lexer.ts'

/** The tree as written, with offsets into the expression; `resolve.ts` gives it types. */
export type Node = { readonly offset: number } & (
  | { readonly kind: 'int' | 'string' | 'name'; readonly text: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'unary'; readonly operator: '!' | '-'; readonly operand: Node }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Node; readonly right: Node }
  | { readonly kind: 'choose'; readonly test: Node; readonly yes: Node; readonly no: Node }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'select'; readonly target: Node; readonly name: string }
  | { readonly kind: 'index'; readonly target: Node; readonly at: Node }
  | { readonly kind: 'call'; readonly name: string; readonly target?: Node; readonly args: readonly Node[] }
)

export const EXPRESSION_LIMITS = { characters: 4_000, depth: 60, nodes: 1_000 } as const

const PRECEDENCE: Readonly<Record<string, number>> = {
  '||': 2, '&&': 3,
  '<': 4, '<=': 4, '==': 4, '!=': 4, '>=': 4, '>': 4, in: 4,
  '+': 5, '-': 5, '*': 6, '/': 6, '%': 6,
} // prettier-ignore

interface Parser {
  readonly tokens: readonly Token[]
  /** how tall the tree under each node is: a long chain of && is as deep to walk as nested brackets */
  readonly heights: WeakMap<Node, number>
  at: number
  depth: number
  nodes: number
}

/** Throws `SyntaxFault` only. */
export function parse(source: string): Node {
  if (source.length > EXPRESSION_LIMITS.characters) {
    throw new SyntaxFault('policy.expression_too_large', 0, String(EXPRESSION_LIMITS.characters))
  }
  const parser: Parser = { tokens: tokenize(source), heights: new WeakMap(), at: 0, depth: 0, nodes: 0 }
  const node = expression(parser)
  if (peek(parser).kind !== 'end') throw unexpected(parser)
  return node
}

function peek(parser: Parser): Token {
  return parser.tokens[parser.at]!
}

function isOperator(parser: Parser, operator: string): boolean {
  return peek(parser).kind === 'operator' && peek(parser).text === operator
}

function take(parser: Parser, operator: string): boolean {
  if (!isOperator(parser, operator)) return false
  parser.at++
  return true
}

function expect(parser: Parser, operator: string): void {
  if (!take(parser, operator)) throw unexpected(parser)
}

function unexpected(parser: Parser): SyntaxFault {
  const token = peek(parser)
  return token.kind === 'end'
    ? new SyntaxFault('policy.unexpected_end', token.offset)
    : new SyntaxFault('policy.unexpected_token', token.offset, token.text)
}

function made(parser: Parser, node: Node): Node {
  if (++parser.nodes > EXPRESSION_LIMITS.nodes) {
    throw new SyntaxFault('policy.expression_too_large', node.offset, String(EXPRESSION_LIMITS.nodes))
  }
  const height =
    1 + childrenOf(node).reduce((most, child) => Math.max(most, parser.heights.get(child) ?? 0), 0)
  if (height > EXPRESSION_LIMITS.depth) throw tooDeep(node.offset)
  parser.heights.set(node, height)
  return node
}

function tooDeep(offset: number): SyntaxFault {
  return new SyntaxFault('policy.expression_too_deep', offset, String(EXPRESSION_LIMITS.depth))
}

function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'unary':
      return [node.operand]
    case 'binary':
      return [node.left, node.right]
    case 'choose':
      return [node.test, node.yes, node.no]
    case 'list':
      return node.items
    case 'select':
      return [node.target]
    case 'index':
      return [node.target, node.at]
    case 'call':
      return node.target ? [node.target, ...node.args] : node.args
    default:
      return []
  }
}

/** Expr = ConditionalOr ["?" ConditionalOr ":" Expr] */
function expression(parser: Parser): Node {
  if (++parser.depth > EXPRESSION_LIMITS.depth) throw tooDeep(peek(parser).offset)
  const test = binary(parser, 2)
  const offset = peek(parser).offset
  let node = test
  if (take(parser, '?')) {
    const yes = binary(parser, 2)
    expect(parser, ':')
    node = made(parser, { kind: 'choose', offset, test, yes, no: expression(parser) })
  }
  parser.depth--
  return node
}

function binary(parser: Parser, least: number): Node {
  let left = unary(parser)
  for (;;) {
    const token = peek(parser)
    const precedence = token.kind === 'operator' ? PRECEDENCE[token.text] : undefined
    if (precedence === undefined || precedence < least) return left
    parser.at++
    const right = binary(parser, precedence + 1)
    left = made(parser, { kind: 'binary', offset: token.offset, operator: token.text, left, right })
  }
}

function unary(parser: Parser): Node {
  const operators: Token[] = []
  while (isOperator(parser, '!') || isOperator(parser, '-')) {
    const mixed = operators[0] !== undefined && operators[0].text !== peek(parser).text
    if (mixed || operators.length > EXPRESSION_LIMITS.depth) throw unexpected(parser)
    operators.push(peek(parser))
    parser.at++
  }
  const signed = operators.at(-1)?.text === '-' && peek(parser).kind === 'int'
  if (signed) operators.pop()
  return wrap(parser, operators, postfix(parser, signed ? '-' : ''))
}

function wrap(parser: Parser, operators: readonly Token[], inner: Node): Node {
  return operators
    .toReversed()
    .reduce<Node>(
      (operand, { offset, text }) =>
        made(parser, { kind: 'unary', offset, operator: text as '!' | '-', operand }),
      inner,
    )
}

function postfix(parser: Parser, sign: string): Node {
  let node = primary(parser, sign)
  for (;;) {
    const { offset } = peek(parser)
    if (take(parser, '.')) {
      const name = peek(parser)
      if (name.kind !== 'identifier') throw unexpected(parser)
      parser.at++
      node = take(parser, '(')
        ? made(parser, {
            kind: 'call',
            offset: name.offset,
            name: name.text,
            target: node,
            args: list(parser, ')'),
          })
        : made(parser, { kind: 'select', offset: node.offset, target: node, name: name.text })
    } else if (take(parser, '[')) {
      const at = expression(parser)
      expect(parser, ']')
      node = made(parser, { kind: 'index', offset, target: node, at })
    } else return node
  }
}

function primary(parser: Parser, sign: string): Node {
  const token = peek(parser)
  const { offset } = token
  if (token.kind === 'end') throw unexpected(parser)
  parser.at++
  if (token.kind === 'int') return made(parser, { kind: 'int', offset, text: sign + token.text })
  if (token.kind === 'string') return made(parser, { kind: 'string', offset, text: token.text })
  if (token.kind === 'identifier') {
    if (token.text === 'true' || token.text === 'false') {
      return made(parser, { kind: 'bool', offset, value: token.text === 'true' })
    }
    if (take(parser, '(')) {
      return made(parser, { kind: 'call', offset, name: token.text, args: list(parser, ')') })
    }
    return made(parser, { kind: 'name', offset, text: token.text })
  }
  if (token.text === '(') {
    const inner = expression(parser)
    expect(parser, ')')
    return inner
  }
  if (token.text === '[') return made(parser, { kind: 'list', offset, items: list(parser, ']') })
  parser.at--
  throw unexpected(parser)
}

/** Expressions up to the closing bracket; a list literal may end in a comma. */
function list(parser: Parser, close: string): Node[] {
  const items: Node[] = []
  while (!take(parser, close)) {
    items.push(expression(parser))
    const comma = take(parser, ',')
    if (comma ? close === ')' && isOperator(parser, close) : !isOperator(parser, close))
      throw unexpected(parser)
  }
  return items
}
