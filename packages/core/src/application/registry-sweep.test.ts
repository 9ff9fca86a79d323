// A sweep before the sweep: who qualifies on what is held, and what the rest lacks, from which source.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  checkProgramme,
  cnVoucherFacts,
  readPopulation,
  type Facts,
  type Programme,
} from '../policy/index.ts'
import { registrySweep } from './registry-sweep.ts'

const load = (folder: string): Programme =>
  checkProgramme(
    readFileSync(new URL(`../../../../programmes/${folder}/programme.yaml`, import.meta.url), 'utf8'),
    folder,
  ).programme!
const firm: Facts = {
  'applicant.kind': 'enterprise',
  'applicant.uscc': '91110108551385082Q',
  'applicant.status': 'active',
  'contract.settled': 100_000_000n,
  'upper.percent': 30n,
  'upper.approved_on': '2025-08-01',
  'application.submitted_on': '2025-09-20',
}
const without = (fact: string): Facts =>
  Object.fromEntries(Object.entries(firm).filter(([id]) => id !== fact))
const swept = (folder: string, facts: readonly Facts[]) => {
  const rows = facts.map((each) => ({ facts: each, balances: {} }))
  const found = registrySweep(load(folder), readPopulation(cnVoucherFacts, rows).population)
  return found.ok ? found.value : []
}

test('who qualifies, who does not, and which fact of which source the others lack', () => {
  const firms = [firm, without('upper.percent'), without('contract.settled'), firm]
  const [matching] = swept('hangzhou/2025-matching-reward', [
    ...firms,
    { ...firm, 'applicant.status': 'revoked' },
    { ...firm, 'application.submitted_on': '2024-01-01' },
  ])
  expect(matching).toMatchObject({
    kind: 'automatic',
    qualifying: [0, 3],
    ceilingFen: 30_000_000n,
    firms: { supported: 2, unknown: 2, not_eligible: 1, not_governed: 1, exhausted: 0 },
    missing: [
      { fact: 'contract.settled', origin: 'matched', firms: 1 },
      { fact: 'upper.percent', origin: 'register', firms: 1 },
    ],
  })
})

test('a programme that asks firms or reviewers says so', () => {
  expect(swept('beijing/2023-compute-voucher', [firm])[0]!.kind).toBe('asks')
  const kinds = swept('wuxi/2025-compute-reward', [firm]).map(({ kind, missing }) => [
    kind,
    missing.find(({ fact }) => fact === 'contract.settled_local')?.origin,
  ])
  expect(kinds[0]).toEqual(['asks', 'declared'])
})
