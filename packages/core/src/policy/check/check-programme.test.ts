import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkProgramme, type Diagnostic } from '../index.ts'

const file = new URL('../../../../../programmes/beijing/2023-compute-voucher/programme.yaml', import.meta.url)
const beijing = readFileSync(file, 'utf8')

/** The file with one text replaced, which must be there. */
function broken(find: string, put: string): string {
  expect(beijing).toContain(find)
  return beijing.replace(find, () => put)
}

function check(text: string): readonly Diagnostic[] {
  return checkProgramme(text, 'programme.yaml').diagnostics
}

/** Where the marked text stands, counted from 1. */
function placeOf(text: string, marked: string): { line: number; column: number } {
  const before = text.slice(0, text.indexOf(marked)).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}

test('the programme of Beijing has no fault', () => expect(check(beijing)).toEqual([]))

interface Fault {
  readonly name: string
  readonly find: string
  readonly put: string
  /** the text at whose beginning the diagnostic must stand */
  readonly at: string
  readonly code: string
  readonly suggestion?: string
  readonly params?: Record<string, unknown>
}

const faults: readonly Fault[] = [
  {
    name: 'a fact that does not exist',
    find: "'!parties.related'",
    put: "'!partys.related'",
    at: 'partys',
    code: 'policy.unknown_fact',
    suggestion: 'parties.related',
  },
  {
    name: 'a member that an enumeration does not have',
    find: '"finetune"',
    put: '"fintune"',
    at: '"fintune"',
    code: 'policy.unknown_member',
    suggestion: 'finetune',
  },
  {
    name: 'money compared with a number',
    find: 'contract.excluded_amount <= contract.amount',
    put: 'contract.excluded_amount <= 100',
    at: '<= 100',
    code: 'policy.incomparable',
    params: { left: 'money', right: 'int' },
  },
  {
    name: 'an amount that is not rounded',
    find: 'limit: p.year_cap',
    put: 'limit: p.year_cap * p.rate',
    at: 'p.year_cap * p.rate',
    code: 'policy.unrounded',
    params: { found: 'exact:1' },
  },
  {
    name: 'money times money',
    find: 'is: d.compute_amount',
    put: 'is: d.compute_amount * contract.amount',
    at: '* contract.amount',
    code: 'policy.yuan_squared',
  },
  {
    name: 'an amount without its unit',
    find: '{2023-09-01: 200万元}',
    put: '{2023-09-01: 200}',
    at: '200}',
    code: 'money.no_unit',
  },
  {
    name: 'an amount in 万 without 元',
    find: '{2023-09-01: 200万元}',
    put: '{2023-09-01: 200万}',
    at: '200万}',
    code: 'money.not_a_number',
  },
  {
    name: 'a rate above one hundred per cent',
    find: '{2023-09-01: 20%}',
    put: '{2023-09-01: 130%}',
    at: '130%',
    code: 'rate.above_one',
  },
  {
    name: 'a date compared with a number',
    find: 'claim.submitted_on <= p.claims_until',
    put: 'claim.submitted_on <= 5',
    at: '<= 5',
    code: 'policy.incomparable',
    params: { left: 'date', right: 'int' },
  },
  {
    name: 'cases that leave something out',
    find: 'rate: {default: p.rate, cite: plan.amount}\n    round: {to: yuan',
    put: 'rate:\n      cases:\n        - {id: a, when: parties.related, value: p.rate, cite: plan.1}\n        - {id: b, when: applicant.sound_finance && !parties.related, value: p.rate, cite: plan.1}\n    round: {to: yuan',
    at: '- {id: a',
    code: 'policy.cases_not_exhaustive',
    params: { when: 'not parties.related, not applicant.sound_finance' },
  },
  {
    name: 'cases that overlap',
    find: 'rate: {default: p.rate, cite: plan.amount}\n    round: {to: yuan',
    put: 'rate:\n      cases:\n        - {id: a, when: applicant.size == "small", value: p.rate, cite: plan.1}\n        - {id: b, when: \'applicant.size in ["small", "medium", "large", "micro"]\', value: p.rate, cite: plan.1}\n    round: {to: yuan',
    at: '- {id: a',
    code: 'policy.cases_overlap',
    params: { first: 'a', second: 'b', when: 'applicant.size == "small"' },
  },
  {
    name: 'exceptions that always hold together',
    find: 'rate: {default: p.rate, cite: plan.amount}\n    round: {to: yuan',
    put: 'rate:\n      default: p.rate\n      cite: plan.amount\n      exceptions:\n        - {id: a, when: parties.related, value: p.rate, cite: plan.1}\n        - {id: b, when: parties.related || applicant.sound_finance, value: p.rate, cite: plan.1}\n    round: {to: yuan',
    at: '{id: b',
    code: 'policy.exceptions_contradict',
    params: { first: 'a', second: 'b' },
  },
  {
    name: 'a condition without provenance',
    find: 'en: the provider is a related party}\n    cite: plan.1\n',
    put: 'en: the provider is a related party}\n',
    at: 'id: not_related',
    code: 'policy.no_provenance',
  },
  {
    name: 'a clause that does not exist',
    find: 'cite: plan.1.3\n    evidence: [credit',
    put: 'cite: plan.1.33\n    evidence: [credit',
    at: 'plan.1.33',
    code: 'policy.unknown_clause',
    suggestion: 'plan.1.3',
  },
  {
    name: 'a message that names no fact',
    find: '注册地区划代码 {applicant.region}',
    put: '注册地区划代码 {applicant.regoin}',
    at: '{applicant.regoin}',
    code: 'policy.message_unknown_fact',
    suggestion: 'applicant.region',
  },
  {
    name: 'a file that claims to be in force',
    find: 'status: draft',
    put: 'status: in_force',
    at: 'in_force',
    code: 'policy.not_in_force',
    params: { assumptions: 5, questions: 6 },
  },
  {
    name: 'a key that does not exist',
    find: 'voucher:\n  bound_to:',
    put: 'voucher:\n  bond_to: x\n  bound_to:',
    at: 'bond_to: x',
    code: 'policy.unknown_key',
    suggestion: 'bound_to',
  },
  {
    name: 'a transferable voucher',
    find: 'transferable: false',
    put: 'transferable: true',
    at: 'true\n',
    code: 'policy.not_one_of',
  },
  {
    name: 'a key written twice',
    find: 'instrument: compute_voucher',
    put: 'instrument: compute_voucher\ninstrument: compute_voucher',
    at: 'instrument: compute_voucher\nfacts',
    code: 'policy.duplicate_key',
  },
  {
    name: 'a leg that nobody mentions',
    find: '    - {id: payment, is: claim.paid, text: {zh: 实际支付金额, en: really paid}}\n',
    put: '',
    at: 'eligibility:\n    - id: claimed',
    code: 'policy.legs_not_said',
    params: { legs: ['payment'] },
  },
  {
    name: 'a parameter nobody knows',
    find: 'p.grants_per_contract',
    put: 'p.grants_per_contrat',
    at: 'p.grants_per_contrat',
    code: 'policy.unknown_parameter',
    suggestion: 'grants_per_contract',
  },
  {
    name: 'a definition that needs itself',
    find: 'is: contract.amount - contract.excluded_amount',
    put: 'is: d.compute_amount',
    at: 'd.compute_amount',
    code: 'policy.definition_cycle',
  },
  {
    name: 'an expression that is not finished',
    find: 'require: applicant.sound_finance',
    put: 'require: applicant.sound_finance &&',
    at: '\n    text: {zh: 财务机构和制度健全',
    code: 'policy.unexpected_end',
  },
  {
    name: 'a document nobody asks for',
    find: 'evidence: [credit_report]',
    put: 'evidence: [credit_reprt]',
    at: 'credit_reprt',
    code: 'policy.unknown_document',
    suggestion: 'credit_report',
  },
]

describe('a fault is named with its line and column', () => {
  test.each(faults)('$name', ({ find, put, at, code, suggestion, params }) => {
    const text = broken(find, put)
    const found = check(text).find((item) => item.code === code)
    expect(found, JSON.stringify(check(text).map((item) => item.code))).toBeDefined()
    expect({ line: found!.line, column: found!.column }).toEqual(placeOf(text, at))
    if (suggestion !== undefined) expect(found!.suggestion).toBe(suggestion)
    if (params) expect(found!.params).toMatchObject(params)
  })
})

describe('traps of YAML', () => {
  test('a brace in a text without quotes is one error, not its echoes', () => {
    const text = broken('fail: {zh: 供给方是关联方', 'fail: {zh: 供给方是 {parties.related} 的')
    expect(check(text).map((item) => item.code)).toEqual(['policy.yaml_quotes'])
  })
  test('a comma that splits a flow map is a key that does not exist', () => {
    const text = broken(
      'period: programme, counts: [granted]}',
      'period: programme, all of it, counts: [granted]}',
    )
    expect(check(text)).toMatchObject([{ code: 'policy.split_text', params: { key: 'all of it' } }])
  })
  test('a region keeps its zero and a version its last digit, quoted or not', () => {
    const text = broken("version: '2023.1'", 'version: 2023.10').replace(
      "{2023-09-01: '11'}",
      '{2023-09-01: 01}',
    )
    const { programme } = checkProgramme(text, 'x')
    expect(programme?.version).toBe('2023.10')
    expect(programme?.parameters['city']?.values[0]?.value).toBe('01')
  })
})

test('what nothing reads is a warning, and the programme stands', () => {
  const text = broken('documents:\n', 'documents:\n  passport: {zh: 护照, en: passport}\n')
  const { diagnostics, programme } = checkProgramme(text, 'x')
  expect(diagnostics).toMatchObject([
    { code: 'policy.never_used', severity: 'warning', params: { name: 'passport' } },
  ])
  expect(diagnostics[0]).toMatchObject(placeOf(text, 'passport:'))
  expect(programme).toBeDefined()
})

test('several faults are all reported, in the order of the file', () => {
  const text = broken('200万元}', '200}').replace("'!parties.related'", "'!partys.related'")
  expect(check(text).map((item) => item.code)).toEqual(['money.no_unit', 'policy.unknown_fact'])
})

describe('files that mean harm are refused at once', () => {
  const bomb = (levels: number): string =>
    `a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${Array.from({ length: levels }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(10).fill(`*a${n}`).join(', ')}]\n`).join('')}`
  test.each([
    ['an alias bomb', bomb(12), 'policy.too_many_nodes'],
    ['an alias that contains itself', 'a: &a [*a]', 'policy.bad_alias'],
    ['an alias of nothing', 'a: *b', 'policy.bad_alias'],
    ['brackets without end', '['.repeat(100_000), 'policy.'],
    ['nested lists', '- '.repeat(50_000), 'policy.'],
    ['nested maps', `${'{a: '.repeat(5_000)}1${'}'.repeat(5_000)}`, 'policy.'],
    ['nesting that the parser takes', `${'[ '.repeat(60)}${'] '.repeat(60)}`, 'policy.too_deep'],
    ['a file that is too long', ' '.repeat(300_000), 'policy.too_large'],
    ['an empty file', '', 'policy.empty_file'],
    ['a list', '- 1', 'policy.bad_shape'],
    ['a key that is a list', '? [a]\n: b', 'policy.key_not_text'],
    ['the prototype of an object', '__proto__: {a: 1}', 'policy.bad_name'],
    ['half a character', 'a: \ud800', 'policy.missing_key'],
    ['a name that objects have', beijing.replaceAll('grants_per_contract', 'constructor'), 'policy.bad_name'],
  ])('%s', (_, text, code) => {
    const codes = check(text).map((item) => item.code)
    expect(
      codes.some((item) => item.startsWith(code)),
      codes.join(),
    ).toBe(true)
  })

  test.each([
    ['nested brackets', '('.repeat(500) + 'true' + ')'.repeat(500), 'policy.expression_too_deep'],
    ['a chain of and', Array(120).fill('parties.related').join(' && '), 'policy.expression_too_deep'],
    ['an endless text', `"${'x'.repeat(5_000)}" == "x"`, 'policy.expression_too_large'],
    ['many negations', `${'!'.repeat(500)}parties.related`, 'policy.unexpected_token'],
  ])('an expression: %s', (_, expression, code) => {
    const text = broken("require: '!parties.related'", `require: '${expression}'`)
    expect(check(text).map((item) => item.code)).toContain(code)
  })

  test('definitions that double themselves do not fill the memory', () => {
    const doubled = Array.from(
      { length: 11 },
      (_, n) =>
        `  d${n}: {type: int, is: 'd.d${n + 1} + d.d${n + 1}', text: {zh: x, en: x}, basis: derived}\n`,
    )
    const text = broken(
      'definitions:\n',
      `definitions:\n${doubled.join('')}  d11: {type: int, is: '1', text: {zh: x, en: x}, basis: derived}\n`,
    )
    expect(check(text).map((item) => [item.code, item.severity])).toEqual([['policy.never_used', 'warning']])
    const deeper = text
      .replace("  d11: {type: int, is: '1'", "  d11: {type: int, is: 'd.d12'")
      .replace(
        'definitions:\n',
        "definitions:\n  d12: {type: int, is: 'd.d13', text: {zh: x, en: x}, basis: derived}\n  d13: {type: int, is: '1', text: {zh: x, en: x}, basis: derived}\n",
      )
    expect(check(deeper).map((item) => item.code)).toContain('policy.definitions_too_deep')
  })
})
