// The best lawful combination is the best: equal to trying every order of every subset, on small programmes made at
// random and on all that come with Suanquan; its certificate holds, and a certificate that was tampered with does not.
import { readFileSync, readdirSync } from 'node:fs'
import { env } from 'node:process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideAlone, decideAmong, grantOf, isLawful, sumOf } from './view.ts'
import type { AwardRequest, CombinedContract, Granted } from './view.ts'
import {
  checkProgramme,
  combinationFaults,
  combineProgrammes,
  type Combination,
  type CombinationInput,
  type Programme,
} from '../index.ts'

const wan = (amount: number): bigint => BigInt(amount) * 1_000_000n

const FULL = env['SUANQUAN_FULL'] === '1'
/** without the long run, the programmes that may meet in one of the first two places */
const NEAR = /^(hangzhou|linping|national|shenzhen|reference)/
/** so many awards are tried in every order */
const BRUTE = FULL ? 6 : 2

interface Terms {
  readonly place: string
  readonly percent: number
  readonly cap: number
  readonly year: number
  readonly grants: number
  readonly rule: 'none' | 'no_city' | 'no_district' | 'needs_other' | 'share' | 'bands'
}

const text = (id: number, { place, percent, cap, year, grants, rule }: Terms): string => {
  const require = {
    none: 'true',
    no_city: '!contract.other_city_subsidy',
    no_district: '!contract.district_subsidy',
    needs_other: 'contract.other_public_money > money("0元")',
    share: 'true',
    bands: 'applicant.compute_contracts_year > money("0元")',
  }[rule]
  const rate =
    rule === 'bands'
      ? `applicant.compute_contracts_year <= money("60万元") ? rate("60%") : rate("${percent}%")`
      : `rate("${percent}%")`
  const share =
    rule === 'share'
      ? `
      - id: share
        limit: 'greatest(round_down(contract.amount * rate("50%"), "fen") - contract.other_public_money, money("0元"))'
        over: {subject: contract.number, period: contract, counts: [granted]}
        text: {zh: 合计, en: in all}
        basis: assumed`
      : ''
  return `suanquan: policy/v1
id: cn.test.p${id}
version: '1'
status: draft
title: {zh: 甲, en: a}
jurisdiction: '${place}'
instrument: compute_voucher
facts: cn-voucher/v1
calendar: cn-mainland
sources:
  - id: text
    kind: press
    grade: U
    title: 甲
    clauses:
      one: {zh: 甲, en: a}
governs: {by: application.submitted_on, from: 2026-01-01, basis: assumed}
parameters:
  none: {type: int, values: {2026-01-01: 1}, cite: text.one, label: {zh: 甲, en: a}}
definitions:
  rate: {type: rate, is: '${rate}', text: {zh: 比例, en: rate}, basis: assumed}
eligibility:
  - id: rule
    require: '${require}'
    text: {zh: 条件, en: rule}
    fail: {zh: 不符, en: fails}
    basis: assumed
    evidence: []
awards:
  - id: award
    title: {zh: 补助, en: award}
    per: contract
    base: {is: contract.amount, text: {zh: 合同, en: contract}, basis: assumed}
    rate: {default: d.rate, basis: assumed}
    round: {to: yuan, mode: down, basis: assumed}
    caps:
      - {id: each, limit: 'money("${cap}万元")', over: {subject: contract.number, period: contract, counts: [granted]}, text: {zh: 单份, en: each}, basis: assumed}
      - {id: year, limit: 'money("${year}万元")', over: {subject: applicant.uscc, period: calendar_year, counts: [granted]}, text: {zh: 年度, en: year}, basis: assumed}
      - {id: grants, limit: '${grants}', measure: count, over: {subject: applicant.uscc, period: calendar_year, counts: [granted]}, text: {zh: 次数, en: times}, basis: assumed}${share}
`
}

function checked(id: number, rules: Terms): Programme {
  const { programme, diagnostics } = checkProgramme(text(id, rules), 'p')
  if (!programme) throw new Error(JSON.stringify(diagnostics))
  return programme
}

const terms = fc.record({
  place: fc.constantFrom('330100', '330106', '330000', '440300'),
  percent: fc.integer({ min: 5, max: 90 }),
  cap: fc.integer({ min: 5, max: 60 }),
  year: fc.integer({ min: 10, max: 80 }),
  grants: fc.integer({ min: 1, max: 3 }),
  rule: fc.constantFrom('none', 'no_city', 'no_district', 'needs_other', 'share', 'bands'),
} satisfies { [Key in keyof Terms]: fc.Arbitrary<Terms[Key]> })

const contract = fc.record({
  amount: fc.integer({ min: 20, max: 100 }),
  limit: fc.integer({ min: 10, max: 100 }),
  other: fc.integer({ min: 0, max: 20 }),
})

/** Every order of every subset, with nothing left out. */
function bruteForce(programmes: readonly Programme[], contracts: readonly CombinedContract[]): bigint {
  const requests = contracts.flatMap((one) =>
    programmes.flatMap((programme) =>
      programme.awards.flatMap((award): AwardRequest[] => {
        const alone = decideAlone({ programme, award, contract: one })
        return alone === undefined || ['not_governed', 'unknown'].includes(alone.outcome)
          ? []
          : [{ programme, award, contract: one, alone }]
      }),
    ),
  )
  let best = 0n
  const extend = (granted: readonly Granted[]): void => {
    const total = sumOf(granted)
    if (total > best && isLawful(granted)) best = total
    for (const request of requests) {
      if (granted.some((grant) => grant.request === request)) continue
      const grant = grantOf(request, decideAmong(request, granted))
      if (grant) extend([...granted, grant])
    }
  }
  extend([])
  return best
}

const applicant = {
  'applicant.uscc': '91110108551385082Q',
  'applicant.compute_contracts_year': wan(30),
  'application.submitted_on': '2026-06-01',
}
const ample = 100_000_000_000n

function inputOf(contracts: readonly { amount: number; limit: number; other: number }[]): CombinationInput {
  return {
    facts: applicant,
    limitFen: 0n,
    contracts: contracts.map(({ amount, limit, other }, index) => ({
      id: `c${index}`,
      facts: { 'contract.number': `C-${index}`, 'contract.amount': wan(amount) },
      limitFen: wan(limit),
      otherPublicFen: wan(other),
    })),
  }
}

function withFacts({ facts, contracts }: CombinationInput): CombinedContract[] {
  return contracts!.map((one) => ({ ...one, facts: { ...facts, ...one.facts } }))
}

const sizes = fc.constantFrom([4, 1], [2, 2], [1, 4], [5, 1], [2, 2])
const instances = sizes.chain(([programmes, contracts]) =>
  fc.tuple(
    fc.array(terms, { minLength: programmes!, maxLength: programmes! }),
    fc.array(contract, { minLength: contracts!, maxLength: contracts! }),
  ),
)

describe('on programmes made at random', () => {
  const cases = fc.sample(instances, { numRuns: FULL ? 1000 : 8, seed: 5 })
  test('no order of no subset comes to more, and the certificate proves it', () => {
    for (const [rules, contracts] of cases) {
      const programmes = rules.map((rule, index) => checked(index, rule))
      const input = inputOf(contracts)
      const found = combineProgrammes(programmes, input)!
      expect(found.totalFen, JSON.stringify([rules, contracts])).toBe(
        bruteForce(programmes, withFacts(input)),
      )
      expect(combinationFaults(programmes, input, found)).toEqual([])
    }
  })
})

const root = new URL('../../../../../programmes/', import.meta.url)
const shipped = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('programme.yaml') && (FULL || NEAR.test(path)))
  .map((path) => checkProgramme(readFileSync(new URL(path, root), 'utf8'), path).programme!)

const places = ['330106', '440305', '110108', '320205', '510104', '131003', '321002', '350602', '310104']
const firms = places.map((region, index) => ({
  'applicant.kind': 'enterprise',
  'applicant.uscc': '91110108551385082Q',
  'applicant.region': region,
  'applicant.operates_in': region,
  'applicant.status': 'active',
  'applicant.size': index % 2 === 0 ? 'small' : 'large',
  'applicant.independent_legal_person': true,
  'applicant.dishonest_3y': false,
  'applicant.on_dishonesty_list': false,
  'applicant.major_penalty_3y': false,
  'applicant.criminal_record_3y': false,
  'applicant.sound_finance': true,
  'applicant.fits_city_ai_plan': true,
  'applicant.established_on': '2026-01-15',
  'applicant.listed_as_provider': false,
  'applicant.compute_spend_year': wan(800),
  'applicant.compute_contracts_year': wan(40),
  'applicant.multimodal_base_model': false,
  'applicant.leads_national_project': false,
  'applicant.leads_provincial_project': false,
  'applicant.in_partner_plan': true,
  'parties.related': false,
  'provider.listed': true,
  'provider.region': region,
  'contract.use': 'training',
  'contract.signed_on': '2025-08-01',
  'contract.starts_on': '2025-08-01',
  'contract.ends_on': '2026-07-01',
  'contract.excluded_amount': 0n,
  'contract.serves_filed_model': true,
  'contract.on_domestic_chips': true,
  'contract.via_city_platform': true,
  'contract.industrial_intelligence': false,
  'upper.percent': 30n,
  'upper.approved_on': '2025-08-01',
  'application.submitted_on': index % 3 === 0 ? '2025-09-20' : '2026-06-20',
}))

test.each(FULL ? places : places.slice(0, 2))(
  'over all that come with Suanquan, a firm of %s with two contracts',
  (place) => {
    const firm = firms[places.indexOf(place)]!
    const input: CombinationInput = {
      facts: firm,
      limitFen: 0n,
      contracts: [100, 45].map((amount) => ({
        id: `${amount}`,
        facts: {
          'contract.number': `N-${amount}`,
          'contract.amount': wan(amount),
          'contract.settled': wan(amount - 5),
          'contract.excluded_settled': 0n,
        },
        limitFen: wan(amount),
      })),
    }
    const found = combineProgrammes(shipped, input)!
    expect(combinationFaults(shipped, input, found)).toEqual([])
    if (found.certificate.requests.length <= BRUTE)
      expect(found.totalFen).toBe(bruteForce(shipped, withFacts(input)))
  },
)

describe('a certificate', () => {
  const rules: readonly Terms[] = [
    { place: '330100', percent: 50, cap: 40, year: 50, grants: 3, rule: 'none' },
    { place: '330100', percent: 60, cap: 45, year: 60, grants: 3, rule: 'no_city' },
    { place: '330106', percent: 30, cap: 20, year: 30, grants: 3, rule: 'share' },
  ]
  const programmes = rules.map((rule, index) => checked(index, rule))
  const input = inputOf([
    { amount: 90, limit: 90, other: 0 },
    { amount: 60, limit: 60, other: 5 },
  ])
  const found = combineProgrammes(programmes, input)!
  const faultsOf = (changed: Partial<Combination>): readonly string[] =>
    combinationFaults(programmes, input, { ...found, ...changed })
  const { branches, requests } = found.certificate

  test('says which pairs are excluded, by which condition of which programme', () => {
    const excluded = found.relations.filter(({ relation }) => relation === 'excluded')
    expect(excluded.flatMap(({ by }) => by.map(({ condition }) => condition))).toContain('rule')
    expect(found.best.length).toBeGreaterThan(1)
  })
  test('without one of its branches proves nothing', () => {
    for (const branch of [branches[0], branches[1], branches.at(-1)])
      expect(
        faultsOf({ certificate: { requests, branches: branches.filter((it) => it !== branch) } }),
      ).not.toEqual([])
  })
  test('with a lower bound, a longer list of skips or a smaller total proves nothing', () => {
    const closed = branches.findIndex(({ closedBy }) => (closedBy?.parts.length ?? 0) > 0)
    const part = branches[closed]!.closedBy!.parts[0]!
    const lower = branches.with(closed, {
      ...branches[closed]!,
      closedBy: { fen: 0n, parts: [{ ...part, fen: part.fen - 1n }] },
    })
    expect(faultsOf({ certificate: { requests, branches: lower } })).not.toEqual([])
    const skipped = branches.with(0, {
      ...branches[0]!,
      skipped: [{ request: 0, because: 'nothing' }],
    })
    expect(faultsOf({ certificate: { requests, branches: skipped } })).not.toEqual([])
    expect(faultsOf({ totalFen: found.totalFen - 1n })).not.toEqual([])
    expect(faultsOf({ totalFen: found.totalFen + 1n })).not.toEqual([])
  })
  test('names only awards of the programmes given', () => {
    expect(
      combinationFaults(programmes.slice(1), input, found).some((fault) => fault.includes('certificate')),
    ).toBe(true)
  })
})

test('one programme with two contracts shares its yearly cap, and the band of the year follows the order', () => {
  const programme = checked(1, {
    place: '330100',
    percent: 30,
    cap: 90,
    year: 200,
    grants: 3,
    rule: 'bands',
  })
  const input = inputOf([
    { amount: 20, limit: 100, other: 0 },
    { amount: 40, limit: 100, other: 0 },
  ])
  const found = combineProgrammes([programme], input)!
  // the year stands at 30: after the contract of 20 that of 40 is still in the band, the other way round it is not
  expect(found.best.map(({ contract, fen }) => [contract, fen])).toEqual([
    ['c0', wan(12)],
    ['c1', wan(24)],
  ])
  expect(found.certificate.branches.length).toBeGreaterThan(1)
  expect(combineProgrammes([programme], { ...input, limitFen: ample })!.totalFen).toBe(found.totalFen)
})
