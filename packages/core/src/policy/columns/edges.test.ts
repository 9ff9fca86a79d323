// What columns must leave to the scalar path, and what they may not: failures, numbers beyond doubles, dated parameters,
// more conditions than an integer has bits, halves to the even unit, adopted programmes with an open cap.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { adopt, readAdoption } from '../adoption.ts'
import { checkProgramme } from '../check/check-programme.ts'
import { determine } from '../determine.ts'
import type { Facts } from '../determination.ts'
import type { Programme } from '../programme.ts'
import {
  comparePopulations,
  determinePopulation,
  readPopulation,
  type PopulationDetermined,
} from './index.ts'

interface Edges {
  readonly conditions?: readonly string[]
  readonly base?: string
  readonly rate?: string
  readonly round?: string
  readonly cap?: string
}

function programmeOf({ conditions = ['true'], base, rate, round, cap }: Edges): Programme {
  const text = (id: string) => `text: {zh: ${id}, en: ${id}}`
  const rules = conditions.map(
    (rule, index) =>
      `  - {id: c${index}, require: '${rule}', ${text(`c${index}`)}, fail: {zh: x, en: x}, cite: own.rule}`,
  )
  const yaml = `suanquan: policy/v1
id: cn.edge.compute_voucher
version: '1'
status: draft
title: {zh: 边界, en: Edges}
jurisdiction: '320200'
instrument: compute_voucher
facts: cn-voucher/v1
calendar: cn-mainland
sources: [{id: own, kind: guide, grade: K, title: 边界, clauses: {rule: {zh: 规则, en: rule}}}]
governs: {by: contract.signed_on, from: 2024-01-01, to: 2026-12-31, cite: own.rule}
parameters:
  share: {type: rate, bound: exact, values: {2024-01-01: 10%, 2025-01-01: 2/37, 2026-01-01: 33.3%}, cite: own.rule, label: {zh: 比例, en: rate}}
  cap: {type: money, bound: exact, values: {2024-01-01: 10万元, 2025-07-01: 7万元}, cite: own.rule, label: {zh: 上限, en: cap}}
eligibility:
${rules.join('\n')}
awards:
  - id: compute
    title: {zh: 券, en: voucher}
    per: contract
    base: {is: '${base ?? 'contract.settled'}', ${text('base')}, cite: own.rule}
    rate: ${rate ?? '{default: p.share, cite: own.rule}'}
    round: ${round ?? '{to: yuan, mode: half_even, cite: own.rule}'}
    caps:
      - {id: year, limit: '${cap ?? 'p.cap'}', over: {subject: applicant.uscc, period: calendar_year, counts: [granted]}, ${text('cap')}, cite: own.rule}
`
  const { programme, diagnostics } = checkProgramme(yaml, 'edges.yaml')
  if (!programme) throw new Error(JSON.stringify(diagnostics))
  return programme
}

const firm: Facts = {
  'applicant.uscc': '91110108551385082Q',
  'applicant.kind': 'enterprise',
  'applicant.support_year': 2,
  'contract.signed_on': '2025-03-01',
  'contract.settled': 123_450n,
  'contract.amount': 200_000n,
}

/** @returns what columns say, after holding every row to what `determine` says */
function determined(programme: Programme, rows: readonly Facts[]): PopulationDetermined {
  const { population, broken } = readPopulation(
    programme.facts,
    rows.map((facts) => ({ facts, balances: {} })),
  )
  expect(broken).toEqual([])
  const found = determinePopulation(programme, { population, act: 'grant' })
  if (!found.ok) throw new Error(found.refusal.code)
  for (const [row, facts] of rows.entries()) {
    const one = determine(programme, { facts, balances: {} })
    if (!one.ok) throw new Error(one.refusal.code)
    const amount = found.value.ceilingFen[row]!
    expect({
      row,
      outcome: found.value.outcomes[found.value.outcome[row]!],
      ceilingFen: Number.isNaN(amount) ? null : BigInt(amount),
    }).toEqual({ row, outcome: one.value.outcome, ceilingFen: one.value.ceilingFen })
  }
  return found.value
}

const settled = (amounts: readonly bigint[], more: Facts = {}): Facts[] =>
  amounts.map((amount) => ({ ...firm, ...more, 'contract.settled': amount }))

test('every rounding is the exact one at halves and beside them', () => {
  const amounts = Array.from({ length: 4000 }, (_, index) => BigInt(index * 5))
  for (const mode of ['down', 'up', 'half_up', 'half_even'])
    for (const to of ['fen', 'yuan', '100yuan']) {
      const programme = programmeOf({ round: `{to: ${to}, mode: ${mode}, cite: own.rule}` })
      const all = determined(programme, settled(amounts, { 'contract.signed_on': '2024-05-01' }))
      expect(all).toMatchObject({ byRow: 0, notColumnar: null })
    }
})

test('each span of dated parameters has its own values, before the first as in it', () => {
  const days = [
    '2023-12-31',
    '2024-12-31',
    '2025-01-01',
    '2025-06-30',
    '2025-07-01',
    '2026-01-01',
    '2027-01-01',
  ]
  const rows = days.flatMap((day) => settled([1n, 123_457n, 999_999_999n], { 'contract.signed_on': day }))
  expect(determined(programmeOf({}), rows)).toMatchObject({ byRow: 0, notColumnar: null })
})

test('more than 32 conditions have a bit each', () => {
  const conditions = Array.from({ length: 70 }, (_, index) => `contract.settled != money("${index}元")`)
  const all = determined(programmeOf({ conditions }), settled([0n, 3100n, 3200n, 6900n, 7000n]))
  expect(all.failed.map((word) => [...word])).toEqual([
    [1, 2 ** 31, 0, 0, 0],
    [0, 0, 1, 0, 0],
    [0, 0, 0, 32, 0],
  ])
})

test('a failure sends its row, and no other, to the scalar path', () => {
  const years = [0, 1, 2].map((year) => ({ ...firm, 'applicant.support_year': year }))
  const divided = programmeOf({ conditions: ['10 / applicant.support_year >= 5'] })
  expect(determined(divided, years)).toMatchObject({ byRow: 1 })
  const both = `{exceptions: [{id: a, when: applicant.support_year >= 1 && applicant.support_year <= 2, value: p.share, cite: own.rule}, {id: b, when: applicant.support_year >= 2, value: p.share, cite: own.rule}], default: p.share, cite: own.rule}`
  expect(determined(programmeOf({ rate: both }), years)).toMatchObject({ byRow: 1 })
  const moved = programmeOf({
    conditions: ['contract.signed_on.plus_years(applicant.support_year * 900) > date("2025-01-01")'],
  })
  expect(determined(moved, years)).toMatchObject({ byRow: 1 })
})

test('what doubles do not hold exactly is worked out in whole numbers', () => {
  const huge = programmeOf({ base: 'contract.settled * applicant.support_year', cap: 'money("900000亿元")' })
  const rows = [1, 9_000, 90_071_993, 2 ** 52].map((year) => ({
    ...firm,
    'contract.settled': 99_999_999_999n,
    'applicant.support_year': year,
  }))
  expect(determined(huge, rows).byRow).toBeGreaterThan(0)
  const whole = programmeOf({ conditions: ['applicant.support_year > 9007199254740993'] })
  const beyond = [9007199254740992n, 9007199254740993n, 9007199254740994n, 3n].map((year) => ({
    ...firm,
    'applicant.support_year': year,
  }))
  const all = determined(whole, beyond)
  expect([...all.failed[0]!]).toEqual([1, 1, 0, 1])
})

test('a cap whose account stays open leaves an adopted programme unknown and a bare one supported', () => {
  const read = (path: string) =>
    readFileSync(new URL(`../../../../../programmes/${path}`, import.meta.url), 'utf8')
  const bare = checkProgramme(read('beijing/2023-compute-voucher/programme.yaml'), 'x').programme!
  const adopted = adopt(bare, readAdoption(read('demo-city/2024-adoption.yaml'), 'x').adoption!)
  if (!adopted.ok) throw new Error(adopted.refusal.code)
  const facts: Facts = {
    'applicant.kind': 'enterprise',
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
  const named = { ...facts, 'applicant.uscc': '91110108551385082Q' }
  for (const programme of [bare, adopted.value]) {
    determined(programme, [facts])
    determined(programme, [facts, named])
    expect(determined(programme, [named])).toMatchObject({ byRow: 0, notColumnar: null })
  }
})

test('broken rows are listed with all that is wrong, and the whole ones stay in order', () => {
  const { population, broken } = readPopulation(programmeOf({}).facts, [
    { facts: firm, balances: {} },
    { facts: { ...firm, 'contract.settled': 5, 'applicant.knd': 'x' }, balances: {} },
    { facts: firm, balances: { year: { granted: 2n ** 60n } } },
    { facts: { ...firm, 'applicant.support_year': 7 }, balances: { year: { granted: 5n } } },
  ])
  expect(population.rows).toBe(2)
  expect([...population.facts.get('applicant.support_year')!.values]).toEqual([2, 7])
  expect([...population.balances.get('year.granted')!]).toEqual([Number.NaN, 5])
  expect(broken.map(({ row, problems }) => [row, problems.map(({ code }) => code)])).toEqual([
    [1, ['money.no_unit', 'policy.unknown_fact']],
    [2, ['policy.absurd_amount']],
  ])
})

test('two rules are set against each other: who gains, who loses, to the fen', () => {
  const rows = settled([100_000n, 200_000n, 300_000n, 5_000_000_000n])
  const before = determined(
    programmeOf({ rate: '{default: rate("30%"), cite: own.rule}', cap: 'money("800元")' }),
    rows,
  )
  const after = determined(
    programmeOf({ rate: '{default: rate("25%"), cite: own.rule}', cap: 'money("1000元")' }),
    rows,
  )
  const { changeFen, ...difference } = comparePopulations(before, after)
  expect([...changeFen]).toEqual([-5000, -10_000, -5000, 20_000])
  expect(difference).toEqual({
    before: { supported: 4, totalFen: 250_000n },
    after: { supported: 4, totalFen: 250_000n },
    gains: { rows: 1, fen: 20_000n },
    loses: { rows: 3, fen: 20_000n },
    same: 0,
    unknown: 0,
  })
})
