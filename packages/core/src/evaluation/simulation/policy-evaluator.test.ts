import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkProgramme, type Programme } from '../../policy/index.ts'
import type { Decision } from '../../refusal.ts'
import { policyEvaluator, type SimulatedPolicy } from './policy-evaluator.ts'
import { supportAt, tabulate, type FirmClass } from './schedule.ts'

function must<Value>(decision: Decision<Value>): Value {
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusal))
  return decision.value
}

const firm: FirmClass = {
  size: 'small',
  industry: 'I6513',
  district: '110108',
  ownership: 'private',
  ageYears: 3,
}

/** 北京 2023: 20 % of the compute part of a contract, at most 2,000,000 yuan a firm and year. */
function beijing(): Programme {
  const file = join(
    import.meta.dirname,
    '../../../../../programmes/beijing/2023-compute-voucher/programme.yaml',
  )
  const { programme } = checkProgramme(readFileSync(file, 'utf8'), file)
  if (!programme) throw new Error('the programme does not read')
  return programme
}

const policy = (change: Partial<SimulatedPolicy['common']> = {}): SimulatedPolicy => ({
  programme: beijing(),
  common: {
    'applicant.kind': 'enterprise',
    'applicant.uscc': '91110108551385082Q',
    'applicant.independent_legal_person': true,
    'applicant.status': 'active',
    'applicant.fits_city_ai_plan': true,
    'applicant.sound_finance': true,
    'applicant.dishonest_3y': false,
    'parties.related': false,
    'contract.number': 'BJ-1',
    'contract.use': 'training',
    'contract.other_city_subsidy': false,
    'contract.excluded_amount': '0元',
    'contract.signed_on': '2024-05-06',
    'contract.starts_on': '2024-05-06',
    'contract.ends_on': '2025-05-05',
    ...change,
  },
  factsOf: ({ industry, district }) => ({ 'applicant.industry': industry, 'applicant.region': district }),
  spendFact: 'contract.amount',
})

test('the schedule of a real programme is the one its clause says: 20 % up to 200万', () => {
  const evaluate = must(policyEvaluator(policy(), firm))
  const schedule = must(tabulate(evaluate, firm, { largestSpend: 50_000_000 }))
  for (const spend of [50_000, 5_000_000, 9_999_990, 10_000_010, 40_000_000])
    expect(Math.abs(supportAt(schedule, spend) - Math.min(0.2 * spend, 2_000_000))).toBeLessThan(2)
  expect(schedule.spend.length).toBeLessThan(60)
})

test('a class outside the programme gets nothing', () => {
  const evaluate = must(policyEvaluator(policy(), firm))
  expect(evaluate({ ...firm, district: '310101' }, 100_000_000n)).toBe(0n)
})

test('what the determination still needs is named before anything is simulated', () => {
  const { 'parties.related': _, ...common } = policy().common
  expect(policyEvaluator({ ...policy(), common }, firm)).toMatchObject({
    refusal: {
      code: 'evaluation.support_unknown',
      params: { needed: expect.arrayContaining(['parties.related']) as string[] },
    },
  })
})
