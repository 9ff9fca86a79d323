// Every rate, cap, pool and threshold that a published measure prints, and every example computation of the research
// notes, found again in the programme of that measure. Who changes a programme away from its text fails here.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { sizeClassOf } from '../party/index.ts'
import { parseMoney } from '../money/index.ts'
import { readCases } from './cases/read-cases.ts'
import { withAnswers } from './cases/run-cases.ts'
import { checkProgramme, determine, determineRedemption } from './index.ts'
import { readLiteral } from './literals.ts'

const root = new URL('../../../../programmes/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')

/** folder, then `parameter value` as printed; `from` and `to` are the days it governs */
const FIGURES: readonly (readonly [string, string])[] = [
  ['beijing/2023-compute-voucher', 'rate 20% · year_cap 200万元 · grants_per_contract 1 · contract_years 1 · from 2023-09-01'],
  ['beijing/2026-compute-reward', 'least_rate 10% · highest_rate 50% · cap_institute 3000万元 · cap_challenge 500万元 · cap_open 100万元 · cap_filed 30万元 · from 2026-03-04 · to 2026-04-15'],
  ['beijing/2026-token-reward', 'rate 30% · project_cap 1000万元 · from 2026-07-31 · to 2026-08-31'],
  ['beijing/2026-dataset-reward', 'first_reward 100万元 · again_reward 20万元 · dataset_cap 200万元 · firm_cap 500万元 · from 2026-07-31 · to 2026-08-31'],
  ['beijing/2026-opc-service-voucher', 'all 100% · least 1000元 · company_cap 10万元'],
  ['beijing/2026-innovation-voucher', 'rate 25% · cap_incubated 50万元 · cap_other 20万元 · least_petaflops 300 · from 2026-06-23'],
  ['beijing/2026-service-voucher', 'rate 30% · year_cap 20万元 · to 2026-08-31'],
  ['beijing-haidian/2026-model-voucher', 'rate 50% · firm_cap 5000万元 · user_cap 200万元 · most_firms 2 · pool 10000万元 · least_tokens 10000 · least_customers 10000 · least_local 500 · from 2026-03-30'],
  ['beijing-fengtai/2025-compute-reward', 'rate 20% · cap_ordinary 200万元 · industrial_rate 30% · cap_industrial 300万元 · from 2025-10-30 · to 2028-12-31'],
  ['beijing-yizhuang/2026-compute-voucher', 'rate 30% · year_cap 2000万元 · pool 1亿元'],
  ['beijing-yizhuang/2026-token-voucher', 'rate 50% · year_cap 500万元 · pool 1亿元'],
  ['beijing-yizhuang/2026-data-voucher', 'rate 10% · year_cap 100万元 · pool 1亿元'],
  ['beijing-yizhuang/2026-model-voucher', 'rate 65% · from 2026-07-15'],
  ['beijing-tongzhou/2026-opc-voucher', 'year_cap 50万元'],
  ['shanghai/2024-compute-voucher', 'rate 20%'],
  ['shanghai/2025-compute-voucher', 'rate 30% · pool 6亿元 · from 2025-07-28'],
  ['shanghai/2025-model-voucher', 'rate 50% · year_cap 500万元 · pool 3亿元'],
  ['shanghai/2025-corpus-voucher', 'rate 30% · year_cap 500万元 · pool 1亿元'],
  ['shenzhen/2024-training-voucher', 'rate 50% · startup_rate 60% · year_cap 1000万元 · pool 5亿元 · least_spend 50万元 · total_share 50% · from 2024-12-18'],
  ['shenzhen/2024-corpus-voucher', 'rate 30% · year_cap 200万元 · pool 5000万元'],
  ['shenzhen/2024-corpus-opening', 'year_cap 100万元 · pool 5000万元'],
  ['shenzhen/2024-model-voucher', 'firm_cap 200万元 · pool 1亿元 · least_fees 50万元'],
  ['dongguan/2025-compute-reward', 'rate 50% · year_cap 100万元 · total 5000万元 · tranche 1500万元 · from 2025-02-05'],
  ['dongguan/2025-model-voucher', 'firm_cap 100万元 · pool 1500万元'],
  ['wuxi/2025-compute-reward', 'local_rate 30% · outside_rate 15%'],
  ['wuhan/2025-compute-voucher', 'pool 1000万元'],
  ['wuhan/2026-opc-compute-reward', 'rate 50% · year_cap 20万元 · most_years 3'],
  ['chengdu/2023-compute-voucher', 'rate 30% · national_cap 300万元 · provincial_cap 150万元 · pool 1000万元'],
  ['chengdu/2025-compute-voucher', 'rate 60% · year_cap 500万元 · pool 1亿元'],
  ['chengdu/2025-model-reward', 'rate 30% · year_cap 100万元'],
  ['hangzhou/2023-compute-voucher', 'pool 5000万元 · from 2023-08-25'],
  ['hangzhou/2024-compute-voucher', 'maas_rate 30% · domestic_rate 30% · other_rate 20% · year_cap 800万元 · pool 2.5亿元 · from 2024-07-18'],
  ['hangzhou/2025-compute-voucher', 'maas_rate 30% · domestic_rate 30% · other_rate 20% · small_rate 50% · small_sum 50万元 · stack_domestic 60% · stack_other 30% · year_cap 800万元 · pool 2.5亿元 · from 2025-06-13'],
  ['hangzhou/2025-matching-reward', 'high 15% · low 10% · year_cap 800万元 · pool 2.5亿元'],
  ['guizhou/2023-compute-voucher', 'pool 8000万元'],
  ['guizhou/2018-cloud-voucher', 'rate_iaas 40% · rate_above 60% · first_cap 5万元 · later_cap 3万元'],
  ['shandong/2025-compute-reward', 'rate 5% · firm_cap 500万元 · pool 3000万元'],
  ['shandong/2025-corpus-voucher', 'first_payment 75万元 · second_payment 75万元 · least_items 100000 · most_projects 20'],
  ['qingdao/2023-centre-reward', 'rate 50%'],
  ['qingdao/2025-compute-reward', 'least 10万元 · to 2025-05-15'],
  ['henan/2023-compute-reward', 'rate 20% · year_cap 100万元 · pool 5000万元 · least_petaflops 100 · least_racks 1000'],
  ['zhengzhou/2024-compute-voucher', 'rate 20% · year_cap 100万元 · from 2024-05-22'],
  ['anhui/2023-compute-reward', 'rate 20%'],
  ['wuhu/2024-compute-reward', 'rate 25% · year_cap 2000万元 · pool 1亿元'],
  ['wuhu/2024-data-voucher', 'firm_cap 50万元 · pool 1000万元'],
  ['xiamen/2023-compute-reward', 'rate 50% · least_spend 30万元 · year_cap 50万元 · pool 1000万元'],
  ['xiamen/2024-compute-reward', 'rate 50% · least_spend 5万元 · year_cap 100万元 · pool 5000万元'],
  ['zhangzhou/2025-compute-reward', 'rate 50% · year_cap 200万元'],
  ['zhangzhou/2025-model-voucher', 'rate 30% · year_cap 200万元'],
  ['zhangzhou/2025-labelling-voucher-a', 'rate 80% · year_cap 300万元'],
  ['zhangzhou/2025-labelling-voucher-b', 'rate 15% · year_cap 500万元'],
  ['langfang/2023-compute-voucher', 'use_rate 50% · project_rate 60% · lump 50万元 · year_cap 100万元 · pool 1000万元'],
  ['qingyang/2024-compute-voucher', 'least_petaflops 2500'],
  ['nanning/2025-compute-reward', 'rate 30% · cap 200万元 · pool 5000万元 · base_period 2025-03-01/2025-12-31 · window 2026-01-04/2026-01-23'],
  ['suzhou/2026-data-voucher', 'rate 20% · year_cap 200万元'],
  ['jiaxing/2024-compute-reward', 'year_cap 200万元'],
  ['linping/2024-compute-reward', 'rate 50% · year_cap 200万元'],
  ['hubei/2025-cloud-voucher', 'rate_resources 20% · rate_business 30% · rate_capabilities 40% · rate_ecosystem 50% · year_cap 20万元'],
  ['shanxi/2018-cloud-voucher', 'firm_cap 100万元 · from 2018-01-01 · to 2020-11-30'],
] // prettier-ignore

const comparable = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? `${each}` : each))

describe.each(FIGURES)('%s', (folder, printed) => {
  const { programme } = checkProgramme(read(`${folder}/programme.yaml`), folder)
  test.each(printed.split(' · ').map((figure) => figure.split(' ') as [string, string]))(
    'prints %s %s',
    (name, written) => {
      if (name === 'from' || name === 'to') {
        expect(programme!.governs[name]).toBe(written)
        return
      }
      const { type, values } = programme!.parameters[name]!
      const value = readLiteral(type, written)
      expect(value.ok && comparable(value.value)).toBe(comparable(values.at(-1)!.value))
    },
  )
})

/** The number of the example, where it stands, what it comes to case by case. */
const EXAMPLES: readonly (readonly [number, string, string])[] = [
  [1, 'beijing/2023-compute-voucher', '160万元'],
  [2, 'beijing/2023-compute-voucher', '200万元'],
  [4, 'beijing/2023-compute-voucher', '40万元'],
  [5, 'beijing/2023-compute-voucher', '0元 20万元'],
  [7, 'beijing/2023-compute-voucher', '48万元'],
  [8, 'beijing/2023-compute-voucher', '0元'],
  [10, 'beijing/2023-compute-voucher', '0元 100万元'],
  [11, 'beijing/2023-compute-voucher', '200万元 50万元 50万元 0元'],
  [13, 'beijing/2026-innovation-voucher', '20万元'],
  [14, 'beijing/2026-innovation-voucher', '25万元 50万元'],
  [16, 'beijing/2026-service-voucher', '20万元 0元'],
  [17, 'beijing/2026-opc-service-voucher', '1000元 0元 10万元'],
  [19, 'beijing/2026-dataset-reward', '100万元'],
  [20, 'beijing/2026-token-reward', '1000万元'],
  [22, 'beijing-yizhuang/2026-compute-voucher', '2000万元'],
  [22, 'beijing-yizhuang/2026-token-voucher', '450万元'],
  [22, 'beijing-yizhuang/2026-data-voucher', '100万元'],
  [23, 'beijing-fengtai/2025-compute-reward', '200万元 300万元'],
  [25, 'shanghai/2025-compute-voucher', '300万元'],
  [28, 'shanghai/2025-model-voucher', '500万元'],
  [29, 'shenzhen/2024-training-voucher', '0元 25万元'],
  [31, 'shenzhen/2024-training-voucher', '900万元 1000万元'],
  [32, 'shenzhen/2024-training-voucher', '750万元'],
  [34, 'shenzhen/2024-training-voucher', '600万元 500万元'],
  [35, 'shenzhen/2024-training-voucher', '0元'],
  [37, 'shenzhen/2024-corpus-opening', '100万元 100万元'],
  [38, 'shenzhen/2024-model-voucher', '0元 16万元'],
  [40, 'dongguan/2025-compute-reward', '20万元'],
  [41, 'dongguan/2025-compute-reward', '12万元'],
  [43, 'wuxi/2025-compute-reward', '18万元 6万元'],
  [44, 'wuhan/2026-opc-compute-reward', '18万元 20万元 0元'],
  [45, 'chengdu/2023-compute-voucher', '150万元'],
  [46, 'chengdu/2025-compute-voucher', '360万元 500万元'],
  [47, 'hangzhou/2024-compute-voucher', '100万元 150万元 150万元'],
  [49, 'hangzhou/2025-compute-voucher', '150030元'],
  [50, 'hangzhou/2025-compute-voucher', '15万元'],
  [52, 'hangzhou/2025-compute-voucher', '300万元'],
  [53, 'hangzhou/2025-compute-voucher', '200万元'],
  [53, 'hangzhou/2025-matching-reward', '100万元'],
  [55, 'hangzhou/2025-compute-voucher', '800万元 900万元'],
  [56, 'shandong/2025-compute-reward', '100万元 0元'],
  [58, 'shandong/2025-corpus-voucher', '150万元'],
  [59, 'henan/2023-compute-reward', '100万元'],
  [61, 'zhengzhou/2024-compute-voucher', '90万元 10万元'],
  [62, 'anhui/2023-compute-reward', '60万元'],
  [64, 'wuhu/2024-compute-reward', '2000万元'],
  [65, 'xiamen/2023-compute-reward', '15万元 0元 50万元'],
  [67, 'zhangzhou/2025-labelling-voucher-a', '300万元'],
  [67, 'zhangzhou/2025-labelling-voucher-b', '500万元'],
  [68, 'langfang/2023-compute-voucher', '50万元 30万元'],
  [70, 'langfang/2023-compute-voucher', '100万元'],
  [71, 'qingyang/2024-compute-voucher', '0元 0元 unknown'],
  [72, 'nanning/2025-compute-reward', '2.5102万元'],
  [73, 'nanning/2025-compute-reward', '1.3429万元 1.343万元'],
  [74, 'nanning/2025-compute-reward', '200万元 25.5万元'],
  [76, 'linping/2024-compute-reward', '200万元'],
  [76, 'jiaxing/2024-compute-reward', '200万元'],
  [77, 'hubei/2025-cloud-voucher', '20万元'],
]

test.each(EXAMPLES)('example %i of the research notes, by %s, comes to %s', (number, folder, sums) => {
  const { programme } = checkProgramme(read(`${folder}/programme.yaml`), folder)
  const { cases: file } = readCases(programme!, read(`${folder}/cases.yaml`), folder)
  const answered = withAnswers(programme!, file!.answers)
  const named = file!.cases.filter(({ name }) => new RegExp(`^案例 ${number}[：（]`).test(name))
  const found = named.map(({ parameters, given: facts, act, ...input }) => {
    const decide = act === 'grant' ? determine : determineRedemption
    const decided = decide(withAnswers(answered, parameters), { facts, ...input })
    return decided.ok ? decided.value.ceilingFen : decided.refusal.code
  })
  const printed = sums.split(' ').map((sum) => {
    const fen = parseMoney(sum)
    return fen.ok ? fen.value : null
  })
  expect(found).toEqual(printed)
})

test('example 80 of the research notes: the size of a software firm', () => {
  const size = (employees: number, wan: bigint): string =>
    sizeClassOf({ industry: 'I6513', employees, revenueFen: wan * 1_000_000n }, '2026-01-01').size
  expect([size(300, 9000n), size(300, 10_000n), size(99, 20_000n), size(9, 60n)]).toEqual([
    'medium',
    'large',
    'small',
    'micro',
  ])
})
