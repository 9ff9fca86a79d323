import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  adopt,
  capAccounts,
  checkProgramme,
  determine,
  determineRedemption,
  procedureTerms,
  programmeSummary,
  readAdoption,
  type AdoptedProgramme,
  type Adoption,
  type Balances,
  type Determination,
  type Facts,
  type Programme,
} from './index.ts'

const read = (path: string): string =>
  readFileSync(new URL(`../../../../programmes/${path}`, import.meta.url), 'utf8')
const beijing = programmeOf('beijing/2023-compute-voucher')
const nanning = programmeOf('nanning/2025-compute-reward')
const record = readAdoption(read('demo-city/2024-adoption.yaml'), 'adoption.yaml').adoption!
const demo = adopted(beijing, record)

function programmeOf(path: string): Programme {
  const { programme, diagnostics } = checkProgramme(read(`${path}/programme.yaml`), path)
  if (!programme) throw new Error(JSON.stringify(diagnostics))
  return programme
}

function adopted(programme: Programme, adoption: Adoption): AdoptedProgramme {
  const decision = adopt(programme, adoption)
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusal))
  return decision.value
}

const firm: Facts = {
  'applicant.kind': 'enterprise',
  'applicant.uscc': '91110108551385082Q',
  'applicant.independent_legal_person': true,
  'applicant.status': 'active',
  'applicant.region': '990102',
  'applicant.industry': 'I6513',
  'applicant.fits_city_ai_plan': true,
  'applicant.sound_finance': true,
  'applicant.dishonest_3y': false,
  'parties.related': false,
  'contract.number': 'A/1',
  'contract.use': 'training',
  'contract.other_city_subsidy': false,
  'contract.excluded_amount': 0n,
  'contract.signed_on': '2024-05-06',
  'contract.starts_on': '2024-05-06',
  'contract.ends_on': '2025-05-05',
  'contract.amount': '500万元',
}

function granted(facts: Facts, balances: Balances = {}, programme: Programme = demo): Determination {
  const decision = determine(programme, { facts, balances })
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusal))
  return decision.value
}

describe('an adoption', () => {
  test('of the demo city decides, and says so', () => {
    expect(granted(firm)).toMatchObject({ decides: true, outcome: 'supported', ceilingFen: 100_000_000n })
    expect(granted(firm).authority).toEqual(record.authority)
  })
  test('puts its own region in the place of Beijing', () => {
    expect(granted({ ...firm, 'applicant.region': '110108' }).failed).toEqual(['registered_here'])
    expect(granted(firm, {}, beijing).failed).toEqual(['registered_here'])
  })
  test('without it a programme can be tried but never decides', () => {
    const tried = granted({ ...firm, 'applicant.region': '110108' }, {}, beijing)
    expect(tried).toMatchObject({ decides: false, authority: null, ceilingFen: 100_000_000n })
    expect(tried.needed).toEqual(['p.pool'])
  })
  test('that leaves something open is refused with all that is open', () => {
    const decision = adopt(beijing, { ...record, answers: {}, parameters: {} })
    expect(decision).toMatchObject({
      refusal: {
        code: 'policy.adoption_incomplete',
        params: {
          items: ['reading', 'pool', 'validity', 'windows', 'deadlines', 'notice', ...beijing.assumptions],
        },
      },
    })
  })
  test.each<[string, Partial<Adoption>, string, readonly string[]]>([
    [
      'without a signature',
      { answers: { ...record.answers, pool: { ...record.answers['pool']!, signedBy: ' ' } } },
      'policy.adoption_unsigned',
      ['pool'],
    ],
    [
      'that ends holds on nobody’s word',
      { holds: { ...record.holds!, source: '' } },
      'policy.adoption_unsigned',
      ['holds'],
    ],
    [
      'of something that nobody asked',
      { answers: { ...record.answers, colour: record.answers['pool']! } },
      'policy.adoption_unknown_items',
      ['colour'],
    ],
    [
      'of a parameter that is not there',
      { parameters: { ...record.parameters, colour: record.answers['pool']! } },
      'policy.adoption_unknown_items',
      ['parameters.colour'],
    ],
    [
      'with an amount that has no unit',
      { answers: { ...record.answers, pool: { ...record.answers['pool']!, value: '1800' } } },
      'policy.adoption_bad_values',
      ['pool'],
    ],
    [
      'above the ceiling of the measure',
      { parameters: { ...record.parameters, rate: { ...record.answers['pool']!, value: '25%' } } },
      'policy.adoption_beyond_bounds',
      ['rate'],
    ],
    [
      'that does not accept an assumption',
      { answers: { ...record.answers, voucher: { ...record.answers['voucher']!, value: 'no' } } },
      'policy.adoption_disagrees',
      ['voucher'],
    ],
  ])('%s is refused', (_, patch, code, items) => {
    expect(adopt(beijing, { ...record, ...patch })).toMatchObject({ refusal: { code, params: { items } } })
  })
  test('of what is only proposed is refused', () => {
    expect(adopt({ ...beijing, status: 'proposed' }, record)).toMatchObject({
      refusal: { code: 'policy.only_proposed' },
    })
  })
  test('may lower a ceiling', () => {
    const lower = { ...record.parameters, rate: { value: '15%', source: 'x', signedBy: 'y' } }
    expect(granted(firm, {}, adopted(beijing, { ...record, parameters: lower })).ceilingFen).toBe(75_000_000n)
  })
  test('of another version is refused', () => {
    expect(adopt(nanning, record)).toMatchObject({ refusal: { code: 'policy.adoption_of_another' } })
  })
  test('gives the procedure its days', () => {
    const terms = procedureTerms(demo, '2024-05-06')
    expect(terms).toMatchObject({
      ok: true,
      value: { way: 'W1', usableUntil: '2025-03-31', claimsUntil: '2025-03-31' },
    })
    const stages = terms.ok ? terms.value.stages : []
    expect(stages.find((stage) => stage.id === 'notice')?.lasts).toEqual({ unit: 'workdays', length: 5 })
    expect(stages.find((stage) => stage.id === 'correction')?.within).toEqual({
      unit: 'workdays',
      length: 10,
    })
    expect(procedureTerms(beijing, '2024-05-06')).toMatchObject({ refusal: { code: 'policy.terms_open' } })
  })
})

describe('a determination explains itself', () => {
  test('every failing condition is named with its clause, its reason in both languages and the facts it read', () => {
    const found = granted({ ...firm, 'applicant.kind': 'university', 'parties.related': true })
    expect(found.failed).toEqual(['enterprise', 'not_related'])
    expect(found.conditions.find((item) => item.id === 'enterprise')).toMatchObject({
      verdict: false,
      cite: 'plan.1.1',
      fail: {
        zh: '申报主体为高等院校，本办法只支持企业',
        en: 'the applicant is a university; the measure supports enterprises only',
      },
      facts: { 'applicant.kind': 'university' },
    })
    expect(found).toMatchObject({ eligible: false, outcome: 'not_eligible', ceilingFen: 0n, needed: [] })
  })
  test('the amount is a receipt whose lines follow from one another', () => {
    const found = granted(
      { ...firm, 'contract.amount': '1234567.89元' },
      { pool: { granted: 3_599_900_000n } },
    )
    expect(
      found.steps.map(({ kind, id, amount, binding, cite }) => ({ kind, id, amount, binding, cite })),
    ).toEqual([
      { kind: 'base', id: 'base', amount: 123_456_789n, binding: false, cite: 'plan.amount' },
      { kind: 'rate', id: 'default', amount: 24_691_357n, binding: false, cite: 'plan.amount' },
      { kind: 'round', id: 'amount', amount: 24_691_300n, binding: false, cite: undefined },
      { kind: 'cap', id: 'contract_once', amount: 24_691_300n, binding: false, cite: 'plan.amount' },
      { kind: 'cap', id: 'enterprise_year', amount: 24_691_300n, binding: false, cite: 'plan.amount' },
      { kind: 'cap', id: 'pool', amount: 100_000n, binding: true, cite: undefined },
    ])
    expect(found.steps[1]!.exact).toEqual({ numerator: 123_456_789n, denominator: 5n })
    expect(found.binding).toBe('pool')
  })
  test('a fact that is not valid is refused with its code, all of them at once', () => {
    const facts = {
      ...firm,
      'contract.amount': 5_000_000,
      'contract.amout': '1元',
      'contract.signed_on': '2024-02-30',
    }
    expect(determine(demo, { facts, balances: {} })).toMatchObject({
      refusal: {
        code: 'policy.facts_not_valid',
        params: {
          facts: ['contract.signed_on', 'contract.amount', 'contract.amout'],
          codes: ['policy.not_a_date', 'money.no_unit', 'policy.unknown_fact'],
        },
      },
    })
  })
  test.each<[string, Facts[string], string]>([
    ['an absurd amount', 10n ** 18n, 'policy.absurd_amount'],
    ['a negative amount', '-1元', 'policy.negative_amount'],
    ['an amount in another unit', '500万美元', 'money.not_a_number'],
    ['a list', ['1元'], 'policy.wrong_kind'],
    ['a truth', true, 'policy.wrong_kind'],
  ])('%s is refused', (_, value, code) => {
    const decision = determine(demo, { facts: { ...firm, 'contract.amount': value }, balances: {} })
    expect(decision).toMatchObject({ refusal: { params: { codes: [code] } } })
  })
  test('a balance that was not handed in counts as unused and says so', () => {
    const caps = granted(firm, { pool: { granted: 0n } }).steps.filter((step) => step.kind === 'cap')
    expect(caps.map((step) => step.balanceKnown)).toEqual([false, false, true])
  })
  test('Nanning receives universities and gives the official example to the last digit', () => {
    const facts: Facts = {
      'applicant.kind': 'university', 'applicant.uscc': 'X', 'applicant.independent_legal_person': true,
      'applicant.status': 'active', 'applicant.operates_in': '450103', 'applicant.major_penalty_3y': false,
      'applicant.criminal_record_3y': false, 'applicant.on_dishonesty_list': false, 'provider.listed': true,
      'provider.at_designated_centre': true, 'parties.related': false, 'contract.use': 'training',
      'contract.other_city_subsidy': false, 'contract.starts_on': '2025-01-01', 'contract.ends_on': '2026-12-31',
      'contract.settled': '20万元', 'contract.excluded_settled': '0元', 'application.submitted_on': '2026-01-10',
    } // prettier-ignore
    const found = granted(facts, {}, nanning)
    expect(found.steps.map((step) => step.amount).slice(0, 4)).toEqual([
      8_367_626n,
      8_367_600n,
      2_510_280n,
      2_510_200n,
    ])
    expect(found.ceilingFen).toBe(2_510_200n)
  })
})

describe('caps are accounts', () => {
  const on = '2024-06-01'
  const keys = (programme: AdoptedProgramme, act: 'grant' | 'payment', facts: Facts = firm): unknown => {
    const accounts = capAccounts(programme, { facts, act, on })
    return accounts.ok ? accounts.value.map((account) => account.key) : accounts.refusal
  }
  const uscc = '91110108551385082Q'
  const id = '990100/cn.beijing.compute_voucher'
  test('a grant passes contract, firm and pool; a payment the paid counter of the firm', () => {
    expect(keys(demo, 'grant')).toEqual([
      `${id}/contract_once/granted/${uscc}+A%2f1/`,
      `${id}/enterprise_year/granted/${uscc}/2024`,
      `${id}/pool/granted/demo-city-2024/`,
    ])
    expect(keys(demo, 'payment')).toEqual([`${id}/enterprise_year/paid/${uscc}/2024`])
  })
  test('the other reading has one counter for both', () => {
    const answers = { ...record.answers, reading: { ...record.answers['reading']!, value: 'joint' } }
    const joint = adopted(beijing, { ...record, answers })
    expect(keys(joint, 'payment')).toEqual([`${id}/enterprise_year/joint/${uscc}/2024`])
    expect(keys(joint, 'grant')).toContain(`${id}/enterprise_year/joint/${uscc}/2024`)
  })
  test('facts that an account needs are asked for together', () => {
    const { 'applicant.uscc': _uscc, 'contract.number': _number, ...rest } = firm
    expect(keys(demo, 'grant', rest)).toEqual({
      code: 'policy.facts_missing',
      params: { facts: ['applicant.uscc', 'contract.number'] },
    })
  })
  test('the determination takes from exactly these accounts', () => {
    const { headrooms } = granted(firm)
    expect(headrooms.map((room) => room.account.key)).toEqual(keys(demo, 'grant'))
    expect(headrooms.map((room) => room.take)).toEqual([1n, 100_000_000n, 100_000_000n])
  })
})

test('whatever is left of the caps, the ceiling is within them, within 20 % and in whole yuan', () => {
  const fen = (max: bigint): fc.Arbitrary<bigint> => fc.bigInt(0n, max)
  fc.assert(
    fc.property(fen(10n ** 12n), fen(2n * 10n ** 8n), fen(36n * 10n ** 8n), (amount, used, pool) => {
      const found = granted(
        { ...firm, 'contract.amount': amount },
        { enterprise_year: { granted: used }, pool: { granted: pool } },
      )
      const ceiling = found.ceilingFen!
      expect(ceiling % 100n).toBe(0n)
      expect(ceiling * 5n <= amount && ceiling >= 0n).toBe(true)
      for (const room of found.headrooms) expect(room.take <= room.headroom || room.take === 0n).toBe(true)
      const least = [amount / 5n, 200_000_000n - used, 3_600_000_000n - pool].reduce((a, b) =>
        a < b ? a : b,
      )
      expect(ceiling).toBe(least - (least % 100n))
    }),
    { numRuns: 200 },
  )
})

test('a verdict reached on few facts never changes when more become known', () => {
  const names = Object.keys(firm)
  const worlds: readonly Facts[] = [
    firm,
    { ...firm, 'applicant.kind': 'university' },
    { ...firm, 'contract.use': 'storage', 'parties.related': true },
  ]
  fc.assert(
    fc.property(fc.constantFrom(...worlds), fc.subarray(names), (world, shown) => {
      const partly = granted(Object.fromEntries(shown.map((name) => [name, world[name]!])))
      const fully = granted(world)
      if (partly.eligible !== 'unknown') expect(partly.eligible).toBe(fully.eligible)
      for (const name of partly.needed) expect(shown).not.toContain(name)
      for (const id of partly.failed) expect(fully.failed).toContain(id)
    }),
    { numRuns: 150 },
  )
})

describe('a payment', () => {
  const claim: Facts = {
    ...firm,
    'claim.submitted_on': '2025-02-20',
    'claim.metered': '400万元',
    'claim.contracted': '450万元',
    'claim.invoiced': '450万元',
    'claim.paid': '450万元',
    'voucher.left': '100万元',
  }
  const paid = (facts: Facts, balances: Balances = {}): Determination => {
    const decision = determineRedemption(demo, { facts, balances, on: '2025-02-25' })
    if (!decision.ok) throw new Error(JSON.stringify(decision.refusal))
    return decision.value
  }
  test('is the rate of the least leg, each leg shown', () => {
    const found = paid(claim)
    expect(found).toMatchObject({ kind: 'payment', ceilingFen: 80_000_000n, binding: 'metered' })
    expect(found.steps.filter((step) => step.kind === 'leg').map((step) => [step.id, step.binding])).toEqual([
      ['metered', true],
      ['contract', false],
      ['invoice', false],
      ['payment', false],
    ])
  })
  test('counts in the year in which it is paid', () => {
    expect(paid(claim, { enterprise_year: { paid: 190_000_000n } })).toMatchObject({
      ceilingFen: 10_000_000n,
      binding: 'enterprise_year',
    })
    expect(paid(claim).headrooms[0]!.account.periodKey).toBe('2025')
  })
  test('is refused where the programme knows none', () => {
    expect(determineRedemption(nanning, { facts: {}, balances: {} })).toMatchObject({
      refusal: { code: 'policy.no_redemption' },
    })
  })
})

test('the summary shows each number with its clause and grade, and whose decision it is', () => {
  const { parameters, status, conditions } = programmeSummary(demo)
  const named = (name: string): unknown => parameters.find((item) => item.name === name)
  expect(named('rate')).toMatchObject({
    written: { zh: '20%' },
    bound: 'at_most',
    citation: { grade: 'B', clause: 'amount' },
  })
  expect(named('pool')).toMatchObject({
    written: { zh: '3,600万元', en: '36,000,000 yuan' },
    basis: 'decided',
  })
  expect(status).toBe('in_force')
  expect(conditions.every((item) => item.citation !== null || item.basis === 'derived')).toBe(true)
})
