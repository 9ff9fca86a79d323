import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkProgramme, determine, type Determination, type Facts } from './index.ts'

const file = new URL('../../../../programmes/beijing/2023-compute-voucher/programme.yaml', import.meta.url)
const beijing = readFileSync(file, 'utf8')
const plain = 'rate: {default: p.rate, cite: plan.amount}\n    round: {to: yuan'
const facts: Facts = {
  'contract.signed_on': '2024-05-06',
  'contract.amount': '100元',
  'contract.excluded_amount': '0元',
}

/** Beijing with other lines in one place, determined on a contract of 100 yuan. */
function determined(find: string, put: string, more: Facts = {}): Determination {
  expect(beijing).toContain(find)
  const { programme, diagnostics } = checkProgramme(
    beijing.replace(find, () => put),
    'x',
  )
  if (!programme) throw new Error(JSON.stringify(diagnostics))
  const decision = determine(programme, { facts: { ...facts, ...more }, balances: {} })
  if (!decision.ok) throw new Error(decision.refusal.code)
  return decision.value
}

const rateStep = (found: Determination): unknown => found.steps.find((step) => step.kind === 'rate')

describe('a rate with exceptions', () => {
  const rule = `rate:
      default: p.rate
      cite: plan.amount
      exceptions:
        - {id: small, when: applicant.size == "small", value: rate("30%"), cite: plan.1}
        - {id: related, when: parties.related, value: rate("10%"), cite: plan.1}
    round: {to: yuan`
  test('is the default where none holds', () => {
    const found = determined(plain, rule, { 'applicant.size': 'large', 'parties.related': false })
    expect(rateStep(found)).toMatchObject({ id: 'default', amount: 2_000n, cite: 'plan.amount' })
  })
  test('is the exception that holds, with its clause', () => {
    const found = determined(plain, rule, { 'applicant.size': 'small', 'parties.related': false })
    expect(rateStep(found)).toMatchObject({ id: 'small', amount: 3_000n, cite: 'plan.1' })
    expect(found.rateCase).toBe('small')
  })
  test('leaves the amount unknown and names both where two hold at once', () => {
    const found = determined(plain, rule, { 'applicant.size': 'small', 'parties.related': true })
    expect(rateStep(found)).toMatchObject({ id: 'small+related', amount: null, failure: 'rate_conflict' })
  })
  test('asks for the fact that decides', () => {
    const found = determined(plain, rule, { 'applicant.size': 'small' })
    expect(rateStep(found)).toMatchObject({ amount: null, needed: ['parties.related'] })
  })
})

test('of disjoint cases exactly one applies', () => {
  const rule = `rate:
      cases:
        - {id: local, when: provider.region.within(p.city), value: p.rate, cite: plan.1}
        - {id: outside, when: '!provider.region.within(p.city)', value: rate("15%"), cite: plan.1}
    round: {to: yuan`
  expect(determined(plain, rule, { 'provider.region': '110105' }).rateCase).toBe('local')
  expect(rateStep(determined(plain, rule, { 'provider.region': '152900' }))).toMatchObject({
    id: 'outside',
    amount: 1_500n,
  })
})

describe('a dated parameter', () => {
  const first = '{2023-09-01: 20%}'
  test('has the value of the governing day', () => {
    const dated = '{2023-09-01: 20%, 2024-05-06: 10%}'
    expect(rateStep(determined(first, dated))).toMatchObject({ amount: 1_000n })
    expect(rateStep(determined(first, dated, { 'contract.signed_on': '2024-05-05' }))).toMatchObject({
      amount: 2_000n,
    })
  })
  test('that has ended gives no amount and says why', () => {
    const ended = '{2023-09-01: 20%, 2024-05-06: null}'
    expect(rateStep(determined(first, ended))).toMatchObject({ amount: null, failure: 'parameter_ended' })
  })
  test('waits for the governing day where there is more than one value', () => {
    const { programme } = checkProgramme(beijing.replace(first, '{2023-09-01: 20%, 2024-05-06: 10%}'), 'x')
    const decision = determine(programme!, { facts: { 'contract.amount': '100元' }, balances: {} })
    expect(decision).toMatchObject({ value: { governed: { verdict: 'unknown' } } })
    expect(decision.ok && decision.value.needed).toContain('contract.signed_on')
  })
})
