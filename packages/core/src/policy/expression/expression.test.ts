import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../diagnostic.ts'
import { cnVoucherFacts } from '../facts.ts'
import type { Value } from '../types.ts'
import { evaluate, MACRO_TURNS, resolveExpression, type Outcome } from './index.ts'

function run(text: string, facts: Record<string, Value> = {}): Outcome | readonly Diagnostic[] {
  const into = { file: 'x', diagnostics: [] as Diagnostic[] }
  const names = {
    facts: cnVoucherFacts,
    parameters: new Map(),
    definitions: new Set<string>(),
    definition: () => undefined,
  }
  const placeOf = (offset: number): { line: number; column: number } => ({ line: 1, column: offset + 1 })
  const expression = resolveExpression({ text, placeOf }, names, into)
  if (!expression) return into.diagnostics
  return evaluate(expression, {
    facts: new Map(Object.entries(facts)),
    parameter: (name) => ({ missing: [`p.${name}`] }),
    definition: () => expression,
    cache: new Map(),
    variables: new Map(),
    budget: { turns: MACRO_TURNS },
  })
}

describe('CEL values and operators', () => {
  test.each<[string, Value]>([
    ['1 + 2 * 3', 7n],
    ['-7 / 2', -3n],
    ['-7 % 2', -1n],
    ['7 - 2 - 1', 4n],
    ['0x1F', 31n],
    ['-9223372036854775808', -(2n ** 63n)],
    ['1 < 2 && !(2 < 1)', true],
    ['1 == 1 ? "a" : "b"', 'a'],
    ['true ? false : true ? true : false', false],
    ['"a" + "b" == "ab"', true],
    ['"\\u4e2d\\x41\\n" == "中A\\n"', true],
    ["r'\\n'.size()", 2n],
    ['"""a"b""".size()', 3n],
    ['"💥".size()', 1n],
    ['"\\uFF61" < "💥"', true],
    ['2 in [1, 2, 3]', true],
    ['2 in []', false],
    ['[1] + [2] == [1, 2]', true],
    ['[1, 2, 3][1]', 2n],
    ['[1, 2,].size()', 2n],
    ['[1, 2].all(x, x > 0)', true],
    ['[].all(x, x)', true],
    ['[1, 2].exists(x, x > 1)', true],
    ['[1, 1].exists_one(x, x == 1)', false],
    ['[1, 2, 3].filter(x, x % 2 == 1)', [1n, 3n]],
    ['[1, 2].map(x, x * 2)', [2n, 4n]],
    ['[[1], [2, 3]].map(x, x.size())', [1n, 2n]],
    ['true // nothing follows', true],
    ['date("2024-02-29").plus_years(1) == date("2025-02-28")', true],
    ['date("2026-12-31") - date("2025-01-01")', 729n],
    ['date("2024-01-31").plus_months(1) == date("2024-02-29")', true],
    ['least(date("2025-12-31"), date("2026-12-31")).year()', 2025n],
    ['region("320211").within(region("3202")) && !region("320211").within(region("3203"))', true],
    ['region("110108").within(region("110000"))', true],
    ['industry("I6513").within_any([industry("C"), industry("I65")])', true],
    ['period("2024-01-01/2024-01-31").contains(date("2024-01-31"))', true],
    ['rate("50%") == rate("1/2")', true],
    ['round_down(money("100元") * rate("1/3"), "yuan") == money("33元")', true],
    ['money("100元") * rate("1/3") > money("33.33元")', true],
    ['money("100元") * rate("1/3") * 3 == money("100元")', true],
    ['round_up(money("0.01元"), "yuan") == money("1元")', true],
  ])('%s', (text, value) => expect(run(text)).toEqual(value))
})

describe('what cannot be worked out is a failure, not a crash', () => {
  test.each([
    ['1 / 0', 'division_by_zero'],
    ['9223372036854775807 + 1', 'out_of_range'],
    ['[1][1]', 'index_out_of_range'],
    ['date("2999-12-31").plus_years(1)', 'date_out_of_range'],
    ['date("2024-01-01").plus_days(9000000000000000000)', 'date_out_of_range'],
  ])('%s', (text, reason) => expect(run(text)).toEqual({ failure: reason }))
  test('&& and || absorb a failure when the other side decides', () => {
    expect(run('false && 1 / 0 == 1')).toBe(false)
    expect(run('1 / 0 == 1 && false')).toBe(false)
    expect(run('1 / 0 == 1 || true')).toBe(true)
    expect(run('1 / 0 == 1 || false')).toEqual({ failure: 'division_by_zero' })
  })
  test('macros nested over long lists end by their budget', () => {
    const list = `[${Array(20).fill(1).join(', ')}]`
    const nested = (depth: number): string =>
      depth === 0 ? 'true' : `${list}.all(x${depth}, ${nested(depth - 1)})`
    expect(run(nested(5))).toEqual({ failure: 'too_many_turns' })
  })
})

describe('a missing fact is unknown, and named', () => {
  const known = { 'contract.use': 'training' }
  test.each<[string, Outcome]>([
    ['parties.related && contract.use == "storage"', false],
    ['contract.use == "storage" && parties.related', false],
    ['parties.related || contract.use == "training"', true],
    ['parties.related && contract.use == "training"', { missing: ['parties.related'] }],
    ['!parties.related', { missing: ['parties.related'] }],
    ['parties.related && provider.listed', { missing: ['parties.related', 'provider.listed'] }],
    ['provider.listed ? parties.related : false', { missing: ['provider.listed'] }],
    ['[true, parties.related].exists(x, x)', { missing: ['parties.related'] }],
    ['parties.related || 1 / 0 == 1', { missing: ['parties.related'] }],
  ])('%s', (text, outcome) => expect(run(text, known)).toEqual(outcome))

  /** Random formulas over four facts. */
  const names = ['parties.related', 'provider.listed', 'applicant.sound_finance', 'applicant.dishonest_3y']
  const formula = fc.letrec<{ formula: string }>((tie) => ({
    formula: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(...names, 'true', 'false'),
      tie('formula').map((inner) => `!(${inner})`),
      fc
        .tuple(tie('formula'), fc.constantFrom('&&', '||'), tie('formula'))
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
      fc.tuple(tie('formula'), tie('formula'), tie('formula')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    ),
  })).formula
  const world = fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean())

  test('and what is decided without it stays so whatever it turns out to be', () => {
    fc.assert(
      fc.property(formula, world, fc.nat(15), (text, values, shown) => {
        const all = Object.fromEntries(names.map((name, index) => [name, values[index]!]))
        const some = Object.fromEntries(Object.entries(all).filter((_, index) => (shown >> index) & 1))
        const [partly, fully] = [run(text, some), run(text, all)]
        expect(typeof fully).toBe('boolean')
        if (typeof partly === 'boolean') expect(partly).toBe(fully)
        else {
          const { missing } = partly as { missing: readonly string[] }
          expect(missing.length).toBeGreaterThan(0)
          for (const name of missing) expect(Object.keys(some)).not.toContain(name)
        }
      }),
      { numRuns: 300 },
    )
  })
  test('with all facts known the result is that of JavaScript', () => {
    fc.assert(
      fc.property(formula, world, (text, values) => {
        const facts = Object.fromEntries(names.map((name, index) => [name, values[index]!]))
        const plain = names.reduce((left, name, index) => left.replaceAll(name, String(values[index])), text)
        // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval, no-new-func
        expect(run(text, facts)).toBe((new Function(`return ${plain}`) as () => boolean)())
      }),
      { numRuns: 300 },
    )
  })
})

describe('types that do not go together are refused at their place', () => {
  test.each([
    ['1 + "a"', 'policy.bad_operands', 3],
    ['1 == "1"', 'policy.incomparable', 3],
    ['contract.amount + 1', 'policy.bad_operands', 17],
    ['contract.amount < 1', 'policy.incomparable', 17],
    ['contract.amount * contract.paid', 'policy.unknown_fact', 19],
    ['contract.amount / 2', 'policy.bad_operands', 17],
    ['!1', 'policy.bad_operand', 1],
    ['1 ? true : false', 'policy.expected_type', 1],
    ['true ? 1 : "a"', 'policy.expected_type', 12],
    ['[1, "a"]', 'policy.expected_type', 5],
    ['contract.use == "trainng"', 'policy.unknown_member', 17],
    ['contract.use in ["training", "x"]', 'policy.unknown_member', 30],
    ['"x" == contract.use', 'policy.unknown_member', 1],
    ['money("5000万")', 'money.not_a_number', 7],
    ['rate("130%")', 'rate.above_one', 6],
    ['date("2024-02-30")', 'policy.not_a_date', 6],
    ['money(contract.number)', 'policy.bad_arguments', 1],
    ['round_down(contract.amount, "dollar")', 'policy.bad_arguments', 1],
    ['nothing(1)', 'policy.unknown_function', 1],
    ['contract.amount.within(region("11"))', 'policy.bad_arguments', 17],
    ['[1].all(1, true)', 'policy.not_a_variable', 9],
    ['constructor', 'policy.unknown_fact', 1],
    ['contract.constructor', 'policy.unknown_fact', 1],
    ['1.5', 'policy.not_an_int', 1],
    ['1 < 2 < 3', 'policy.incomparable', 7],
    ['"open', 'policy.open_string', 1],
    ['"\\q"', 'policy.bad_escape', 2],
    ['a ¤ b', 'policy.bad_character', 3],
    ['for', 'policy.reserved_word', 1],
    ['1 +', 'policy.unexpected_end', 4],
    ['(1', 'policy.unexpected_end', 3],
    ['1 2', 'policy.unexpected_token', 3],
    ['-!true', 'policy.unexpected_token', 2],
    ['least()', 'policy.bad_arguments', 1],
  ])('%s', (text, code, column) => expect(run(text)).toMatchObject([{ code, line: 1, column }]))
})
