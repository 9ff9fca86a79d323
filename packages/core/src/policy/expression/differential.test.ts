// Random well-typed expressions over bool, int, string and lists of them, failures and their absorption among them,
// evaluated by us and by @bufbuild/cel: 100,000 a run. A shape is parsed by the peer once and planned anew for each
// filling of its leaves, since its parser alone would take ten times the time; we read every text from the start.
// SUANQUAN_SEED picks other expressions, SUANQUAN_FULL=1 takes a million. What differs is shrunk and printed.
import { env } from 'node:process'
import { celEnv, isCelError, isCelList, parse, plan } from '@bufbuild/cel'
import { expect, test } from 'vitest'
import { seededRandom } from '../../random.ts'
import type { Diagnostic } from '../diagnostic.ts'
import type { Fact } from '../facts.ts'
import type { Type, Value } from '../types.ts'
import { evaluate, isValue, MACRO_TURNS, resolveExpression } from './index.ts'

type Kind = 'bool' | 'int' | 'string' | 'ints' | 'strings'

/** A leaf is a slot that takes a value or a name; anything else a text whose `@` are its parts, in order. */
type Tree =
  | { readonly kind: Kind; readonly leaf: 'value' | 'name'; readonly fixed?: string }
  | { readonly kind: Kind; readonly text: string; readonly parts: readonly Tree[] }

/** No sign between \ud800 and \uffff: the peer orders texts by UTF-16 units, CEL and we by code points. To it int("") is 0 and
 * the negation of a negation nothing, even where the inner one leaves the range; neither is written here. */
const VALUES: Readonly<Record<'bool' | 'int' | 'string', readonly Value[]>> = {
  bool: [true, false],
  int: [0n, 0n, 1n, 2n, 3n, -1n, -7n, 10n, 4_611_686_018_427_387_904n, 2n ** 63n - 1n, -(2n ** 63n)],
  string: ['', 'a', 'b', 'ab', 'ba', '中', '💥', '12', '-3', 'x1', 'true', 'f'],
}
type Bound = boolean | bigint | string | readonly (bigint | string)[]
const FACTS: Readonly<Record<string, readonly [Kind, Bound]>> = {
  p: ['bool', true],
  q: ['bool', false],
  m: ['int', 3n],
  n: ['int', 0n],
  s: ['string', 'ab'],
  t: ['string', '💥中'],
  ms: ['ints', [1n, 0n, 2n ** 62n]],
  ns: ['ints', []],
  ss: ['strings', ['a', 'ab', '12']],
  ts: ['strings', []],
}
const NAMES: Readonly<Record<Kind, readonly string[]>> = {
  bool: ['p', 'q'], int: ['m', 'n'], string: ['s', 't'], ints: ['ms', 'ns'], strings: ['ss', 'ts'],
} // prettier-ignore

/** Per kind: what gives it and the kinds of its parts; `$` is the variable of the macro, of the kind after `:`. */
const FORMS: Readonly<Record<Kind, readonly (readonly [text: string, ...parts: string[]])[]>> = {
  bool: [
    ['(@ && @)', 'bool', 'bool'], ['(@ || @)', 'bool', 'bool'], ['(@ && @)', 'bool', 'bool'], ['(@ || @)', 'bool', 'bool'],
    ['!(@)', 'bool'], ['(@ == @)', 'bool', 'bool'], ['(@ < @)', 'bool', 'bool'], ['(@ ? @ : @)', 'bool', 'bool', 'bool'],
    ['(@ == @)', 'int', 'int'], ['(@ != @)', 'int', 'int'], ['(@ < @)', 'int', 'int'], ['(@ <= @)', 'int', 'int'],
    ['(@ > @)', 'int', 'int'], ['(@ >= @)', 'int', 'int'], ['(@ == @)', 'string', 'string'], ['(@ < @)', 'string', 'string'],
    ['(@ >= @)', 'string', 'string'], ['(@ in @)', 'int', 'ints'], ['(@ in @)', 'string', 'strings'], ['(@ == @)', 'ints', 'ints'],
    ['(@ != @)', 'strings', 'strings'], ['@.startsWith(@)', 'string', 'string'], ['@.endsWith(@)', 'string', 'string'],
    ['@.contains(@)', 'string', 'string'], ['bool(@)', 'string'], ['@.exists($, @)', 'ints', 'bool:int'],
    ['@.all($, @)', 'ints', 'bool:int'], ['@.exists_one($, @)', 'ints', 'bool:int'], ['@.exists($, @)', 'strings', 'bool:string'],
    ['@.all($, @)', 'strings', 'bool:string'],
  ],
  int: [
    ['(@ + @)', 'int', 'int'], ['(@ - @)', 'int', 'int'], ['(@ * @)', 'int', 'int'], ['(@ / @)', 'int', 'int'], ['(@ % @)', 'int', 'int'],
    ['-(@ + @)', 'int', 'int'], ['(@ ? @ : @)', 'bool', 'int', 'int'], ['size(@)', 'string'], ['@.size()', 'ints'], ['size(@)', 'strings'],
    ['@[@]', 'ints', 'int'], ['int("7" + @)', 'string'], ['int("-" + @)', 'string'],
  ],
  string: [
    ['(@ + @)', 'string', 'string'], ['(@ ? @ : @)', 'bool', 'string', 'string'], ['string(@)', 'int'], ['string(@)', 'bool'],
    ['@[@]', 'strings', 'int'],
  ],
  ints: [
    ['[@]', 'int'], ['[@, @]', 'int', 'int'], ['[@, @, @]', 'int', 'int', 'int'], ['(@ + @)', 'ints', 'ints'],
    ['@.filter($, @)', 'ints', 'bool:int'], ['@.map($, @)', 'ints', 'int:int'], ['@.map($, @)', 'strings', 'int:string'],
  ],
  strings: [
    ['[@]', 'string'], ['[@, @]', 'string', 'string'], ['(@ + @)', 'strings', 'strings'], ['@.filter($, @)', 'strings', 'bool:string'],
    ['@.map($, @)', 'ints', 'string:int'],
  ],
} // prettier-ignore

const random = seededRandom(env['SUANQUAN_SEED'] ?? 'expressions')
const FILLINGS = 50
const SHAPES = env['SUANQUAN_FULL'] === '1' ? 20_000 : 2_000

type Variables = readonly (readonly [name: string, kind: Kind])[]

function shape(kind: Kind, depth: number, variables: Variables): Tree {
  const own = variables.filter((each) => each[1] === kind)
  if (own.length > 0 && random.int(3) === 0) return { kind, leaf: 'name', fixed: random.pick(own)[0] }
  if (depth === 0 || random.int(8) === 0) {
    const listed = kind === 'ints' || kind === 'strings'
    return { kind, leaf: listed || random.int(3) === 0 ? 'name' : 'value' }
  }
  const [text, ...parts] = random.pick(FORMS[kind])
  const name = `x${variables.length}`
  return {
    kind,
    text: text.replace('$', name),
    parts: parts.map((part) => {
      const [of, over] = part.split(':') as [Kind, Kind | undefined]
      return shape(of, depth - 1, over === undefined ? variables : [...variables, [name, over]])
    }),
  }
}

interface Slot {
  readonly kind: Kind
  readonly leaf: 'value' | 'name'
}

/** The text of a shape with its slots filled in order. */
function write(tree: Tree, fill: (slot: Slot) => string): string {
  if ('leaf' in tree) return tree.fixed ?? fill(tree)
  let part = 0
  return tree.text.replaceAll('@', () => write(tree.parts[part++]!, fill))
}

function writeValue(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return typeof value === 'bigint' && value < 0n ? `(${value})` : String(value)
}

const peer = celEnv()
const bindings: Readonly<Record<string, Bound>> = Object.fromEntries(
  Object.entries(FACTS).map(([name, [, value]]) => [name, value]),
)
type Peer = Parameters<typeof plan>[1]

const TYPES: Readonly<Record<Kind, Type>> = {
  bool: { kind: 'bool' }, int: { kind: 'int' }, string: { kind: 'string' },
  ints: { kind: 'list', of: { kind: 'int' } }, strings: { kind: 'list', of: { kind: 'string' } },
} // prettier-ignore
const label = { zh: '', en: '' }
const declared = Object.entries(FACTS).map(([path, [kind]]): [string, Fact] => [
  path,
  { path, type: TYPES[kind], label, source: 'declared', sensitivity: 'public' },
])
const names = {
  facts: { id: 'cel', facts: Object.fromEntries(declared), enumerations: {} },
  parameters: new Map<string, Type>(),
  definitions: new Set<string>(),
  definition: () => undefined,
}
const facts = new Map<string, Value>(Object.entries(bindings))
const place = { line: 1, column: 1 }

/** A value as text, `failure` for an error; throws when our checker refuses the expression. */
function ours(text: string): string {
  const into = { file: 'x', diagnostics: [] as Diagnostic[] }
  const expression = resolveExpression({ text, placeOf: () => place }, names, into)
  if (!expression) return `refused: ${into.diagnostics[0]!.code}`
  const outcome = evaluate(expression, {
    facts,
    parameter: () => true,
    definition: () => expression,
    cache: new Map(),
    variables: new Map(),
    budget: { turns: MACRO_TURNS },
  })
  return isValue(outcome) ? canonical(outcome) : 'failure'
}

function theirs(expression: Peer): string {
  const outcome = plan(peer, expression)(bindings)
  return isCelError(outcome) ? 'failure' : canonical(outcome)
}

function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (isCelList(value)) return `[${[...value].map(canonical).join()}]`
  return `${typeof value} ${String(value)}`
}

interface Filled {
  readonly tree: Tree
  readonly leaves: readonly string[]
}
const textOf = ({ tree, leaves }: Filled): string => {
  let at = 0
  return write(tree, () => leaves[at++]!)
}

/** Parsed once with a mark in each slot; `put` fills the slots of the peer's tree. */
function marked(tree: Tree): {
  readonly expression: Peer
  readonly slots: readonly Slot[]
  readonly put: Put
} {
  const slots: Slot[] = []
  const text = write(tree, (slot) => {
    slots.push(slot)
    return `mark${slots.length - 1}`
  })
  const expression = parse(text)
  const nodes: { exprKind: unknown }[] = []
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const kind = (value as { exprKind?: { case?: string; value?: { name?: string } } }).exprKind
    const mark = kind?.case === 'identExpr' ? /^mark(\d+)$/.exec(kind.value?.name ?? '') : null
    if (mark) nodes[Number(mark[1])] = value as { exprKind: unknown }
    else Object.values(value).forEach(walk)
  }
  walk(expression.expr)
  const put: Put = (slot, filling) => {
    nodes[slot]!.exprKind =
      typeof filling === 'object'
        ? { case: 'identExpr', value: { $typeName: 'cel.expr.Expr.Ident', name: filling.name } }
        : { case: 'constExpr', value: { $typeName: 'cel.expr.Constant', constantKind: constant(filling) } }
  }
  return { expression, slots, put }
}

type Filling = boolean | bigint | string | { readonly name: string }
type Put = (slot: number, filling: Filling) => void

function constant(value: boolean | bigint | string): { readonly case: string; readonly value: unknown } {
  if (typeof value === 'boolean') return { case: 'boolValue', value }
  return { case: typeof value === 'bigint' ? 'int64Value' : 'stringValue', value }
}

function fillingOf({ kind, leaf }: Slot): Filling {
  if (leaf === 'name') return { name: random.pick(NAMES[kind]) }
  return random.pick(VALUES[kind as 'int']) as Filling
}

function differs(text: string): boolean {
  return ours(text) !== theirs(parse(text))
}

/** The smallest tree that still differs: any part may stand for the whole of its kind, or be replaced by a leaf. */
function shrunk(text: string): string {
  let least = text
  for (let found = true; found;) {
    found = false
    for (const [from, to] of spans(least)) {
      const inner = least.slice(from, to)
      const outer = spans(least).filter(([a, b]) => a <= from && b >= to && b - a > to - from)
      const tries = [
        ...outer.map(([a, b]) => least.slice(0, a) + inner + least.slice(b)),
        ...['0', '1', '""', 'true', 'false', 'ms', 'ss'].map(
          (leaf) => least.slice(0, from) + leaf + least.slice(to),
        ),
      ]
      const better = tries.find((each) => each.length < least.length && works(each))
      if (better === undefined) continue
      least = better
      found = true
      break
    }
  }
  return least
}

function works(text: string): boolean {
  try {
    return !ours(text).startsWith('refused') && differs(text)
  } catch {
    return false
  }
}

/** Brackets with what they hold, and single words. */
function spans(text: string): readonly (readonly [number, number])[] {
  const open: number[] = []
  const found: (readonly [number, number])[] = []
  for (const { 0: sign, index } of text.matchAll(/"(?:\\.|[^"\\])*"|[()[\]]|\w+/g)) {
    if (sign === '(' || sign === '[') open.push(index)
    else if (sign === ')' || sign === ']') found.push([open.pop()!, index + 1])
    else found.push([index, index + sign.length])
  }
  return found
}

test(`${SHAPES * FILLINGS} random expressions have the values that @bufbuild/cel gives them`, () => {
  const seen = { failures: 0, values: 0 }
  for (let index = 0; index < SHAPES; index++) {
    const tree = shape(random.pick(['bool', 'bool', 'int', 'string', 'ints'] as const), 1 + random.int(3), [])
    const { expression, slots, put } = marked(tree)
    for (let filling = 0; filling < FILLINGS; filling++) {
      const leaves = slots.map((slot, at) => {
        const value = fillingOf(slot)
        put(at, value)
        return typeof value === 'object' ? value.name : writeValue(value)
      })
      const text = textOf({ tree, leaves })
      const [own, peer] = [ours(text), theirs(expression)]
      if (own === 'failure') seen.failures += 1
      else seen.values += 1
      if (own !== peer) expect.fail(`${text}\nshrunk: ${shrunk(text)}\nours ${own}\ntheirs ${peer}`)
    }
  }
  // both what fails and what does not must be well represented, or the comparison says little
  expect(seen.failures).toBeGreaterThan(seen.values / 20)
  expect(seen.values).toBeGreaterThan(seen.failures)
})
