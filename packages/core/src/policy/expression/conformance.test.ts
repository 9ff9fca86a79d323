// CEL's own conformance tests (cel-spec, tests/simple/testdata, as @bufbuild/cel-spec ships them) through our lexer,
// parser, resolver and evaluator. What the profile leaves out must be refused by the checker, never answered in another
// way; `left-out-of-cel.md` names every such test with its reason and changes with the language only.
import {
  getConformanceSuite,
  type IncrementalTest,
  type IncrementalTestSuite,
} from '@bufbuild/cel-spec/testdata/tests.js'
import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../diagnostic.ts'
import type { Fact } from '../facts.ts'
import type { Type, Value } from '../types.ts'
import { evaluate, isFailure, isValue, MACRO_TURNS, resolveExpression, type Outcome } from './index.ts'

const PROFILE = [
  'basic',
  'comparisons',
  'conversions',
  'integer_math',
  'lists',
  'logic',
  'macros',
  'parse',
  'string',
]

/** Why a test lies outside the profile; the first reason that holds is the one named. */
const REASONS: readonly (readonly [reason: string, holds: (each: Case) => boolean])[] = [
  [
    'regular expressions: their cost has no bound that an author sees',
    ({ code }) => /\.matches\(/.test(code),
  ],
  [
    'messages of protocol buffers: facts are declared in a fact schema, one by one',
    ({ text, container }) => container !== '' || /TestAllTypes|google\.protobuf|proto[23]/.test(text),
  ],
  [
    'time of day and durations: days are civil dates, spans of them periods',
    ({ text }) => /timestamp\(|duration\(/.test(text),
  ],
  ['maps: a fact has one value', ({ text, test }) => /\{/.test(text) || /mapValue/.test(kindOf(test))],
  [
    'types as values, and dyn: every part has its type before it runs',
    ({ text, test }) =>
      /\b(type|dyn)\(|^(bool|int|uint|double|string|bytes|list|map|type|null_type|dyn)$/.test(text) ||
      kindOf(test) === 'typeValue',
  ],
  [
    'bytes: a fact is a text, an amount, a day or a choice',
    ({ code }) => /\b[rR]?[bB][rR]?['"]|\bbytes\(/.test(code),
  ],
  [
    'unsigned whole numbers: int has all that counts need',
    ({ code }) => /\b(\d+|0[xX][0-9a-fA-F]+)[uU]\b|\buint\(/.test(code),
  ],
  [
    'floating point: money is whole fen, a rate is a fraction',
    ({ code }) => /\d\.\d|\d[eE][+-]?\d|\bdouble\(/.test(code),
  ],
  [
    'null: what is not known is missing, and named',
    ({ code, bindings }) => /\bnull\b/.test(code) || JSON.stringify(bindings, tagged).includes('nullValue'),
  ],
  [
    'values of unlike types beside one another, which only an unchecked expression has',
    ({ refusals }) =>
      refusals.some((code) =>
        ['policy.expected_type', 'policy.incomparable', 'policy.bad_operand'].includes(code),
      ),
  ],
  [
    'names that nothing declares, which only an unchecked expression has',
    ({ refusals }) =>
      refusals.some(
        (code) =>
          code === 'policy.unknown_fact' ||
          code === 'policy.unknown_function' ||
          code === 'policy.reserved_word',
      ),
  ],
]

function reasonOf(each: Case): string | undefined {
  return REASONS.find(([, holds]) => holds(each))?.[0]
}

/** Sentences of cel-go for what a checker finds before anything runs. */
const FOUND_BY_A_CHECKER =
  /no.such.overload|no matching overload|undeclared reference|unknown variable|unbound function/

interface Case {
  readonly name: string
  readonly text: string
  /** the text without the contents of its string literals, but for bytes */
  readonly code: string
  readonly container: string
  readonly bindings: IncrementalTest['original']['bindings']
  readonly test: IncrementalTest
  readonly refusals: readonly string[]
  readonly outcome: Outcome | undefined
}

function casesOf(suite: IncrementalTestSuite, path: string): readonly Case[] {
  const own = suite.tests.map((each): Case => {
    const { expr: text, container, bindings } = each.original
    const code = text.replaceAll(/([bB]?)(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")/g, "$1''")
    return { name: `${path}/${each.name}`, text, code, container, bindings, test: each, ...run(each) }
  })
  return [...own, ...suite.suites.flatMap((inner) => casesOf(inner, `${path}/${inner.name}`))]
}

function run(each: IncrementalTest): Pick<Case, 'refusals' | 'outcome'> {
  const into = { file: 'cel', diagnostics: [] as Diagnostic[] }
  const facts = new Map<string, Value>()
  const declared: Record<string, Fact> = {}
  for (const [path, bound] of Object.entries(each.original.bindings)) {
    const read = bound.kind.case === 'value' ? readValue(bound.kind.value) : undefined
    if (read === undefined) continue
    facts.set(path, read.value)
    declared[path] = {
      path,
      type: read.type,
      label: { zh: path, en: path },
      source: 'declared',
      sensitivity: 'public',
    }
  }
  const names = {
    facts: { id: 'cel', facts: declared, enumerations: {} },
    parameters: new Map<string, Type>(),
    definitions: new Set<string>(),
    definition: () => undefined,
  }
  const placeOf = (offset: number): { line: number; column: number } => ({ line: 1, column: offset + 1 })
  const expression = resolveExpression({ text: each.original.expr, placeOf }, names, into)
  const refusals = into.diagnostics.map(({ code }) => code)
  if (!expression) return { refusals, outcome: undefined }
  const outcome = evaluate(expression, {
    facts,
    parameter: () => true,
    definition: () => expression,
    cache: new Map(),
    variables: new Map(),
    budget: { turns: MACRO_TURNS },
  })
  return { refusals, outcome }
}

interface CelValue {
  readonly kind: { readonly case?: string | undefined; readonly value?: unknown }
}

/** A value of the suite as one of ours with its type; undefined for a type outside the profile. */
function readValue({ kind }: CelValue): { readonly type: Type; readonly value: Value } | undefined {
  switch (kind.case) {
    case 'boolValue':
      return { type: { kind: 'bool' }, value: kind.value as boolean }
    case 'int64Value':
      return { type: { kind: 'int' }, value: kind.value as bigint }
    case 'stringValue':
      return { type: { kind: 'string' }, value: kind.value as string }
    case 'listValue': {
      const items = (kind.value as { readonly values: readonly CelValue[] }).values.map(readValue)
      const known = items.filter((item) => item !== undefined)
      if (known.length < items.length) return undefined
      const of: Type = known[0]?.type ?? { kind: 'bool' }
      return { type: { kind: 'list', of }, value: known.map(({ value }) => value) }
    }
    default:
      return undefined
  }
}

const tagged = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value)

function kindOf({ original }: IncrementalTest): string {
  const { resultMatcher } = original
  return resultMatcher.case === 'value' ? (resultMatcher.value.kind.case ?? '') : ''
}

function passes({ test: each, outcome, refusals }: Case): boolean {
  const { resultMatcher } = each.original
  if (resultMatcher.case === 'evalError') {
    if (outcome !== undefined) return isFailure(outcome)
    const expected = resultMatcher.value.errors.map(({ message }) => message).join()
    const typed = refusals.every((code) =>
      /incomparable|bad_operand|bad_arguments|expected_type|unknown_fact|unknown_function/.test(code),
    )
    return typed && FOUND_BY_A_CHECKER.test(expected)
  }
  if (outcome === undefined || !isValue(outcome)) return false
  if (resultMatcher.case === undefined) return outcome === true
  const wanted = resultMatcher.case === 'typedResult' ? resultMatcher.value.result : resultMatcher.value
  if (wanted === undefined || !('kind' in wanted)) return true
  const expected = readValue(wanted)
  return expected !== undefined && JSON.stringify(expected.value, tagged) === JSON.stringify(outcome, tagged)
}

const suites = getConformanceSuite().suites
const isOfProfile = ({ name }: IncrementalTestSuite): boolean => PROFILE.includes(name)
const cases = suites.filter(isOfProfile).flatMap((suite) => casesOf(suite, suite.name))
/** All other tests, but for those that look names up in a container, which only messages have. */
const beyond = suites
  .filter((suite) => !isOfProfile(suite))
  .flatMap((suite) => casesOf(suite, suite.name))
  .filter(({ container }) => container === '')
const left = cases.filter((each) => !passes(each))

const sectionOf = (name: string): string => name.slice(0, name.lastIndexOf('/'))

function listed(): string {
  const counts = `${cases.length - left.length} of ${cases.length} tests pass; ${left.length} lie outside the profile.`
  const head = `# What the profile leaves out of CEL\n\nWritten by \`conformance.test.ts\` (${PROFILE.join(', ')}). ${counts}\nEach is refused by the checker with a place and a reason.\n`
  const groups = REASONS.map(([reason]) => {
    const own = left.filter((each) => reasonOf(each) === reason).map(({ name }) => name)
    const sections = [...new Set(own.map(sectionOf))]
    const lines = sections.map((section) => {
      const names = own.filter((name) => sectionOf(name) === section)
      return `- ${section}: ${names.map((name) => name.slice(section.length + 1)).join(', ')}`
    })
    return `\n## ${reason} (${own.length})\n\n${lines.join('\n')}\n`
  })
  return head + groups.join('')
}

describe("CEL's conformance tests", () => {
  test('of the profile pass, and what does not is outside it for a reason', () => {
    expect(left.filter((each) => reasonOf(each) === undefined).map(({ name }) => name)).toEqual([])
    expect(cases.length - left.length).toBe(381)
  })
  test('outside the profile are refused by the checker, never answered in another way', () => {
    const answered = [...left, ...beyond].filter((each) => each.outcome !== undefined && !passes(each))
    expect(answered.map(({ name, text, outcome }) => [name, text, outcome])).toEqual([])
    expect(beyond.filter(passes).length).toBe(43)
  })
  test('that are left out are listed by name and reason', async () => {
    await expect(listed()).toMatchFileSnapshot('left-out-of-cel.md')
  })
})
