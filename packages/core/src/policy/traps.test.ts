// What a small measure can hide: each of these once gave a wrong amount, or was taken for a programme though it says
// nothing that can be meant.
import { expect, test } from 'vitest'
import {
  adopt,
  checkProgramme,
  combinationFaults,
  combineProgrammes,
  determine,
  determinePopulation,
  readPopulation,
  readStoredProgramme,
  type Adoption,
  type Facts,
  type Programme,
} from './index.ts'

interface Parts {
  readonly id?: string
  readonly jurisdiction?: string
  readonly rate?: string
  readonly parameters?: string
  readonly eligibility?: string
  readonly awards?: string
  readonly base?: string
}

const round = '{to: fen, mode: down, basis: derived}'
const award = (
  { rate = '{default: p.rate, cite: s.a}', base = 'contract.amount' }: Parts,
  id = 'one',
  more = 'caps: []',
): string =>
  `  - {id: ${id}, title: {zh: 甲, en: a}, per: contract, base: {is: '${base}', text: {zh: 甲, en: a}, cite: s.a}, rate: ${rate}, round: ${round}, ${more}}\n`

const written = (parts: Parts = {}): string => `suanquan: policy/v1
id: ${parts.id ?? 'cn.test.a'}
version: '1'
status: reviewed
title: {zh: 甲, en: a}
jurisdiction: '${parts.jurisdiction ?? '330100'}'
instrument: compute_voucher
facts: cn-voucher/v1
sources:
  - {id: s, kind: press, grade: U, title: 甲, clauses: {a: {zh: 甲, en: a}}}
governs: {by: contract.signed_on, from: 2024-01-01, cite: s.a}
parameters:
  rate: {type: rate, values: {2024-01-01: 30%}, cite: s.a, label: {zh: 甲, en: a}}
${parts.parameters ?? ''}
eligibility: ${parts.eligibility ?? '[]'}
awards:
${parts.awards ?? award(parts)}`

function made(parts: Parts = {}): Programme {
  const { programme, diagnostics } = checkProgramme(written(parts), 'p')
  if (!programme) throw new Error(JSON.stringify(diagnostics))
  return programme
}

const codesOf = (text: string): readonly string[] =>
  checkProgramme(text, 'p').diagnostics.map(({ code }) => code)

const facts: Facts = {
  'contract.signed_on': '2024-05-01',
  'contract.amount': '100万元',
  'contract.number': 'C-1',
  'applicant.uscc': '91110108551385082Q',
  'parties.related': false,
}

test.each([
  ['10%', '30%', 'nothing', 0n],
  ['0%', '100%', 'nothing', 0n],
  ['30%', '10%', 'supported', 20_000_000n],
])('a rate of %s less %s gives nothing below zero, alone and by columns', (more, less, outcome, fen) => {
  const programme = made({ rate: `{default: 'rate("${more}") - rate("${less}")', cite: s.a}` })
  const found = determine(programme, { facts, balances: {} })
  expect(found).toMatchObject({ ok: true, value: { outcome, ceilingFen: fen } })
  const { population } = readPopulation(programme.facts, [{ facts, balances: {} }])
  const columns = determinePopulation(programme, { population, act: 'grant' })
  expect(
    columns.ok && [columns.value.outcomes[columns.value.outcome[0]!], columns.value.ceilingFen[0]],
  ).toEqual([outcome, Number(fen)])
})

test('windows that differ by their minute only are not equal', () => {
  const require = `period("2024-01-01/2024-01-02T10:00") == period("2024-01-01/2024-01-02T17:00")`
  const programme = made({
    eligibility: `[{id: same, require: '${require}', text: {zh: 甲, en: a}, fail: {zh: 甲, en: a}, cite: s.a}]`,
  })
  expect(determine(programme, { facts, balances: {} })).toMatchObject({ value: { failed: ['same'] } })
})

const condition = `{id: same, require: parties.related, text: {zh: 甲, en: a}, fail: {zh: 甲, en: a}, cite: s.a}`
const cap = (measure: string, limit: string): string =>
  `caps: [{id: year, limit: '${limit}', measure: ${measure}, over: {subject: applicant.uscc, period: calendar_year, counts: [granted]}, text: {zh: 甲, en: a}, cite: s.a}]`
const dead = `{id: never, when: 'parties.related && !parties.related', value: p.rate, cite: s.a}`

test.each([
  ['two sources of one id', written().replace('sources:\n', `sources:\n  - {id: s, kind: press, grade: U, title: 乙, clauses: {b: {zh: 乙, en: b}}}\n`), 'policy.duplicate_id'],
  ['two awards of one id', written({ awards: award({}) + award({}) }), 'policy.duplicate_id'],
  ['a condition of all and of one award with one id', written({ eligibility: `[${condition}]`, awards: award({}, 'one', `eligibility: [${condition}], caps: []`) }), 'policy.duplicate_id'],
  ['one account that counts yuan and grants', written({ awards: award({}, 'one', cap('fen', 'money("1万元")')) + award({}, 'two', cap('count', '3')) }), 'policy.cap_differs'],
  ['an exception that never holds', written({ rate: `{default: p.rate, exceptions: [${dead}], cite: s.a}` }), 'policy.never_holds'],
  ['a case that never holds', written({ rate: `{cases: [{id: a, when: parties.related, value: p.rate, cite: s.a}, {id: b, when: '!parties.related', value: p.rate, cite: s.a}, ${dead}], cite: s.a}` }), 'policy.never_holds'],
  ['a merge without its asterisk', `${written()}<<: base\n`, 'policy.bad_alias'],
  ['a key that would vanish', `${written()}__proto__: {a: b}\n`, 'policy.bad_name'],
  ['cases so long that their table is not worked out', long(), 'policy.too_many_cases'],
])('%s is refused', (_, text, code) => {
  expect(codesOf(text)).toContain(code)
}) // prettier-ignore

/** 12 facts and 40 cases of the same long condition. */
function long(): string {
  const names =
    'in_partner_plan one_person_company labelling_platform zone_tenant multimodal_base_model in_opc_community'.split(
      ' ',
    )
  const atoms = [
    ...names.map((name) => `applicant.${name}`),
    ...'self_built evident_benefit for_model_rd listed_product'.split(' ').map((name) => `contract.${name}`),
    'provider.listed',
    'parties.related',
  ]
  const all = (from: number, to: number): string =>
    to - from === 1
      ? atoms[from % atoms.length]!
      : `(${all(from, (from + to) >> 1)} && ${all((from + to) >> 1, to)})`
  const rows = Array.from(
    { length: 40 },
    (__, index) => `{id: c${index}, when: '${all(0, 120)}', value: p.rate, cite: s.a}`,
  )
  return written({ rate: `{cases: [${rows.join(', ')}], cite: s.a}` })
}

test('a decision stays under every ceiling of the days it governs', () => {
  const programme = made({
    parameters: `  top: {type: rate, bound: at_most, values: {2024-01-01: 30%, 2025-01-01: 50%, 2026-01-01: null}, cite: s.a, label: {zh: 甲, en: a}}`,
    rate: '{default: p.top, cite: s.a}',
  })
  const decision = { source: 'x', signedBy: 'y' }
  const adoption = (value: string, from: string): Adoption => ({
    id: 'a', programme: 'cn.test.a@1', title: null, authority: { zh: '甲', en: 'a' }, jurisdiction: '330100', districts: [],
    adoptedOn: '2024-01-01', answers: {}, parameters: { top: { value, ...decision } },
    governs: { from, to: '2025-12-31', ...decision }, procedure: null,
  }) // prettier-ignore
  const code = (value: string, from: string): string => {
    const adopted = adopt(programme, adoption(value, from))
    return adopted.ok ? 'adopted' : adopted.refusal.code
  }
  expect(code('30%', '2024-01-01')).toBe('adopted')
  expect(code('40%', '2024-01-01')).toBe('policy.adoption_beyond_bounds')
  expect(code('40%', '2025-01-01')).toBe('adopted')
  expect(code('60%', '2025-01-01')).toBe('policy.adoption_beyond_bounds')
})

const wan = (amount: number): bigint => BigInt(amount) * 1_000_000n
const yearly = cap('fen', 'money("500万元")')

test('a share of what another programme gives is part of the best combination', () => {
  const city = made({ awards: award({}, 'one', yearly) })
  const district = made({
    id: 'cn.test.b',
    jurisdiction: '330106',
    base: 'contract.other_public_money',
    rate: `{default: 'rate("50%")', cite: s.a}`,
  })
  const input = { facts, limitFen: wan(100) }
  const found = combineProgrammes([city, district], input)!
  expect(found.best.map(({ fen }) => fen)).toEqual([wan(30), wan(15)])
  expect(combinationFaults([city, district], input, found)).toEqual([])
})

test('a certificate that grants an award twice proves nothing', () => {
  const programme = made({ awards: award({}, 'one', yearly) })
  const input = { facts, limitFen: wan(100) }
  const { best, certificate } = combineProgrammes([programme], input)!
  const [grant] = best
  const part = { of: 'alone' as const, name: '', requests: [0], fen: wan(30) }
  const closed = {
    path: [],
    grantedFen: 0n,
    lawful: true,
    closedBy: { fen: wan(30), parts: [part] },
    skipped: [],
  }
  const { requests } = certificate
  const twice = { best: [grant!, grant!], totalFen: wan(60) }
  const forged = { ...twice, certificate: { requests, branches: [closed] } }
  expect(combinationFaults([programme], input, forged)).not.toEqual([])
  const doubled = { ...twice, certificate: { requests: [...requests, ...requests], branches: [closed] } }
  expect(combinationFaults([programme], input, doubled)).not.toEqual([])
})

test('many contracts of a firm whose year is known do not multiply', () => {
  const programme = made({
    awards: award(
      {},
      'one',
      cap('fen', 'applicant.compute_contracts_year > money("1万元") ? money("9万元") : money("8万元")'),
    ),
  })
  const contracts = Array.from({ length: 17 }, (_, index) => ({
    id: `${index}`,
    facts: { 'contract.number': `${index}`, 'contract.amount': wan(10) },
    limitFen: wan(10),
  }))
  const known = { ...facts, 'applicant.compute_contracts_year': 0n }
  expect(
    combineProgrammes([programme], { facts: known, limitFen: 0n, contracts: contracts.slice(0, 2) })!
      .totalFen,
  ).toBe(wan(6))
  combineProgrammes([programme], { facts: known, limitFen: 0n, contracts })
})

test('a condition of parameters alone, of which one has ended, is left to the scalar path', () => {
  const programme = made({
    parameters: `  top: {type: money, values: {2024-01-01: 5万元, 2024-07-01: null}, cite: s.a, label: {zh: 甲, en: a}}`,
    eligibility: `[{id: top, require: 'p.top > money("1万元")', text: {zh: 甲, en: a}, fail: {zh: 甲, en: a}, cite: s.a}]`,
  })
  const rows = ['2024-06-30', '2024-07-01'].map((on) => ({
    facts: { ...facts, 'contract.signed_on': on },
    balances: {},
  }))
  const { population } = readPopulation(programme.facts, rows)
  const found = determinePopulation(programme, { population, act: 'grant' })
  expect(found.ok && [...found.value.outcome].map((place) => found.value.outcomes[place])).toEqual([
    'supported',
    'unknown',
  ])
})

test('an alias means the last anchor before it, and thirty thousand of them are read at once', () => {
  const many = `a: &a x\nb: [${'*a,'.repeat(30_000)}]\n`
  expect(codesOf(many)).toContain('policy.too_many_nodes')
  const sources = `- &one {id: one, kind: press, grade: U, title: &t 甲, clauses: {a: {zh: *t, en: a}}}`
  const redefined = written().replace(
    'sources:\n',
    `sources:\n  ${sources}\n  - {<<: *one, id: two, title: &t 乙}\n  - {<<: *one, id: three, title: *t}\n`,
  )
  const { programme } = checkProgramme(redefined, 'p')
  expect(programme?.sources.map(({ id, title }) => `${id} ${title}`)).toEqual([
    'one 甲',
    'two 乙',
    'three 乙',
    's 甲',
  ])
})

test('a rate above the whole is refused where it is worked out, alone and by columns', () => {
  const programme = made({ rate: `{default: 'p.rate + rate("80%")', cite: s.a}` })
  expect(determine(programme, { facts, balances: {} })).toMatchObject({
    value: { outcome: 'unknown', ceilingFen: null, steps: [{}, { failure: 'out_of_range' }, {}] },
  })
  const { population } = readPopulation(programme.facts, [{ facts, balances: {} }])
  const columns = determinePopulation(programme, { population, act: 'grant' })
  expect(columns.ok && columns.value.outcomes[columns.value.outcome[0]!]).toBe('unknown')
})

test('a region known more coarsely than asked is neither inside nor outside', () => {
  const programme = made({
    eligibility: `[{id: here, require: 'applicant.region.within(region("320211"))', text: {zh: 甲, en: a}, fail: {zh: 甲, en: a}, cite: s.a}]`,
  })
  const eligible = (code: string): unknown => {
    const found = determine(programme, { facts: { ...facts, 'applicant.region': code }, balances: {} })
    return found.ok && [found.value.eligible, found.value.conditions[0]!.failure]
  }
  expect(['3202', '320211', '3203'].map(eligible)).toEqual([
    ['unknown', 'too_coarse'],
    [true, undefined],
    [false, undefined],
  ])
})

test('bands that meet at their edges are cases; a gap between them is not', () => {
  const rate = (last: string): string =>
    `{cite: s.a, cases: [{id: low, when: 'contract.amount < money("100万元")', value: p.rate, cite: s.a}, {id: middle, when: 'contract.amount >= money("100万元") && contract.amount < money("200万元")', value: p.rate, cite: s.a}, {id: high, when: 'contract.amount ${last} money("200万元")', value: p.rate, cite: s.a}]}`
  expect(codesOf(written({ rate: rate('>=') }))).toEqual([])
  expect(codesOf(written({ rate: rate('>') }))).toEqual(['policy.cases_not_exhaustive'])
})

const capOver = (over: string): string =>
  `caps: [{id: c, limit: money("1万元"), over: ${over}, text: {zh: 甲, en: a}, cite: s.a}]`

test.each([
  ['a value that begins after the programme', { parameters: '  late: {type: money, values: {2025-01-01: 1元}, cite: s.a, label: {zh: 甲, en: a}}' }, 'policy.begins_late'], // prettier-ignore
  ['a contract’s cap without its contract', { awards: award({}, 'one', capOver('{subject: applicant.uscc, period: contract, counts: [granted]}')) }, 'policy.contract_not_named'], // prettier-ignore
  ['a yearly award that counts no grants', { awards: award({}).replace('per: contract', 'per: enterprise_year') }, 'policy.year_not_counted'], // prettier-ignore
  ['a condition that none can meet', { eligibility: `[{id: no, require: 'contract.amount > money("5元") && contract.amount < money("3元")', text: {zh: 甲, en: a}, fail: {zh: 甲, en: a}, cite: s.a}]` }, 'policy.never_holds'], // prettier-ignore
  ['a condition that none can fail', { eligibility: `[{id: all, require: 'contract.amount > money("3元") || contract.amount < money("5元")', text: {zh: 甲, en: a}, fail: {zh: 甲, en: a}, cite: s.a}]` }, 'policy.always_holds'], // prettier-ignore
])('%s is refused when written, and read when stored', (_, parts, code) => {
  expect(codesOf(written(parts))).toContain(code)
  expect(readStoredProgramme(written(parts))?.id).toBe('cn.test.a')
})
