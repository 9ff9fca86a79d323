// What a fair-competition review must look at, found in the programmes of real measures.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkProgramme, competitionFindings } from './index.ts'

const root = new URL('../../../../programmes/', import.meta.url)

function findings(folder: string, change = (text: string): string => text): readonly string[] {
  const text = change(readFileSync(new URL(`${folder}/programme.yaml`, root), 'utf8'))
  return competitionFindings(checkProgramme(text, folder).programme!).map(
    ({ kind, path, reads }) => `${kind} ${path} ${reads.join(' ')}`,
  )
}

test.each([
  [
    'a provider on a list',
    'shenzhen/2024-training-voucher',
    ['closed_list eligibility.listed_provider provider.listed'],
  ],
  [
    'a list, and compute that must stand in the place',
    'beijing/2026-innovation-voucher',
    ['closed_list eligibility.open_unit provider.listed', 'local_only eligibility.open_unit provider.region'],
  ],
  [
    'another amount for compute in the city',
    'wuxi/2025-compute-reward',
    [
      'local_terms eligibility.local_within_settled contract.settled_local',
      'local_terms awards.local.base contract.settled_local',
      'local_terms awards.outside.base contract.settled_local',
    ],
  ],
  [
    'firms that are named',
    'beijing-haidian/2026-model-voucher',
    ['named_provider eligibility.selected p.selected'],
  ],
  [
    'where the chips come from',
    'hangzhou/2024-compute-voucher',
    ['origin awards.compute.rate.domestic contract.on_domestic_chips'],
  ],
  ['nothing', 'chengdu/2025-model-reward', []],
])('%s', (_, folder, expected) => {
  expect(findings(folder)).toEqual(expected)
})

test('a rule that reaches a favour through a definition is found too', () => {
  const named = findings('langfang/2023-compute-voucher', (text) =>
    text.replace(
      "is: 'applicant.leads_national_project || applicant.leads_provincial_project'",
      "is: 'applicant.leads_national_project || provider.at_designated_centre'",
    ),
  )
  expect(named).toContain(
    'named_provider awards.use.eligibility.on_local_platform provider.at_designated_centre',
  )
})

test('each finding has its line and the article that it touches', () => {
  const text = readFileSync(new URL('shandong/2025-compute-reward/programme.yaml', root), 'utf8')
  const [found] = competitionFindings(checkProgramme(text, 'x').programme!)
  expect(found).toMatchObject({ kind: 'local_only', article: 9 })
  expect(text.split('\n')[found!.line - 1]).toContain(found!.path.split('.').at(-1))
})
