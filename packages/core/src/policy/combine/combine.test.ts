// Across programmes, on the real ones: what fits a contract, what may be combined, and that nothing better exists.
import { readFileSync, readdirSync } from 'node:fs'
import { env } from 'node:process'
import { describe, expect, test } from 'vitest'
import { checkProgramme, combineProgrammes, type Combination, type Programme } from '../index.ts'

const FULL = env['SUANQUAN_FULL'] === '1'
const root = new URL('../../../../../programmes/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const load = (folder: string): Programme =>
  checkProgramme(read(`${folder}/programme.yaml`), folder).programme!
const combine = (folders: readonly string[], facts: Record<string, unknown>, more = {}): Combination =>
  combineProgrammes(folders.map(load), { facts: facts as never, limitFen: 100_000_000_000n, ...more })!
const wan = (amount: number): bigint => BigInt(amount) * 1_000_000n
const granted = ({ best }: Combination): readonly [string, bigint][] =>
  best.map(({ programme, fen }) => [programme, fen / 1_000_000n])

const hangzhou = {
  'applicant.kind': 'enterprise',
  'applicant.uscc': '91110108551385082Q',
  'applicant.region': '330106',
  'applicant.status': 'active',
  'applicant.size': 'large',
  'applicant.compute_contracts_year': wan(1000),
  'applicant.multimodal_base_model': false,
  'parties.related': false,
  'contract.number': 'HZ-1',
  'contract.use': 'training',
  'contract.serves_filed_model': false,
  'contract.on_domestic_chips': true,
  'contract.amount': wan(1000),
  'contract.settled': wan(1000),
  'upper.percent': 30n,
  'upper.approved_on': '2025-08-01',
  'application.submitted_on': '2025-09-20',
}
const HANGZHOU = [
  'hangzhou/2024-compute-voucher',
  'hangzhou/2025-compute-voucher',
  'hangzhou/2025-matching-reward',
]

describe('Hangzhou 2025, beside the national voucher', () => {
  const found = combine(HANGZHOU, hangzhou, { otherPublicFen: wan(300) })
  test('asking separately beats being matched, and both together are not lawful in either order', () => {
    expect(granted(found)).toEqual([['cn.hangzhou.compute_voucher@2025.65', 300n]])
    expect(found.totalFen).toBe(wan(300))
    expect(found.relations).toEqual([
      {
        between: [0, 1],
        relation: 'excluded',
        by: [{ request: 0, condition: 'not_matched', cite: 'plan.matched' }],
      },
    ])
  })
  test('what no longer governs is no candidate; the rest is shown with what it comes to alone', () => {
    expect(found.candidates.map(({ programme, alone }) => [programme.version, alone.ceilingFen])).toEqual([
      ['2025.65', wan(300)],
      ['2025.1', wan(150)],
    ])
  })
  test('names the evidence that the best one needs', () => {
    expect(found.best[0]!.evidence).toEqual([
      'licence',
      'related_party_statement',
      'training_statement',
      'subsidy_statement',
    ])
  })
  test('says why an award is not open', () => {
    const related = combine(HANGZHOU, { ...hangzhou, 'parties.related': true })
    expect(related.candidates[0]!.alone.failed).toEqual(['not_related'])
    expect(granted(related)).toEqual([['cn.hangzhou.matching_reward@2025.1', 150n]])
  })
})

test('two awards of one programme share its caps', () => {
  const facts = {
    'applicant.kind': 'enterprise',
    'applicant.uscc': '91110108551385082Q',
    'applicant.region': '131003',
    'applicant.status': 'active',
    'applicant.established_on': '2026-03-01',
    'applicant.leads_national_project': false,
    'applicant.leads_provincial_project': false,
    'contract.via_city_platform': true,
    'contract.amount': wan(150),
    'application.submitted_on': '2026-06-20',
  }
  const found = combine(['langfang/2023-compute-voucher'], facts)
  expect(found.totalFen).toBe(wan(100))
  expect(
    granted(found)
      .map(([, amount]) => amount)
      .toSorted(),
  ).toEqual([25n, 75n].toSorted())
})

test('public money in all never comes to more than the contract', () => {
  const found = combine(HANGZHOU, hangzhou, { limitFen: wan(200) })
  expect(granted(found)).toEqual([['cn.hangzhou.matching_reward@2025.1', 150n]])
})

test('a whole-contract limit on all public money holds whoever is asked first', () => {
  const training = load('shenzhen/2024-training-voucher')
  const facts = {
    'applicant.kind': 'enterprise',
    'applicant.uscc': '91110108551385082Q',
    'applicant.region': '440305',
    'applicant.status': 'active',
    'applicant.established_on': '2015-01-01',
    'applicant.listed_as_provider': false,
    'applicant.compute_spend_year': wan(800),
    'provider.listed': true,
    'parties.related': false,
    'contract.number': 'SZ-1',
    'contract.use': 'training',
    'contract.amount': wan(800),
    'contract.settled': wan(800),
    'application.submitted_on': '2026-05-20',
  }
  const district = { ...training, id: 'cn.district.reward', jurisdiction: '440305' }
  const found = combineProgrammes([training, district], { facts, limitFen: wan(800) })!
  expect(found.totalFen).toBe(wan(400))
})

test('over what comes with Suanquan, only what governs the place of the firm is supported', () => {
  const folders = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('programme.yaml') && (FULL || /^(hangzhou|shenzhen)/.test(path)))
    .map((path) => path.replace('/programme.yaml', ''))
  const found = combine(folders, hangzhou)
  const open = found.candidates.filter(({ alone }) => alone.outcome === 'supported')
  expect(open.map(({ programme }) => programme.jurisdiction)).toContain('330100')
  expect(open.filter(({ programme }) => programme.jurisdiction.startsWith('44'))).toEqual([])
})
