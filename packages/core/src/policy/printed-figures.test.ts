// Every rate, cap, pool and threshold that a published measure prints, and every example computation of the research
// notes, found again in the programme of that measure. Who changes a programme away from its text fails here.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { sizeClassOf } from '../party/index.ts'
import { parseMoney } from '../money/index.ts'
import { readCases } from './cases/read-cases.ts'
import { withAnswers } from './cases/run-cases.ts'
import {
  checkProgramme,
  determine,
  determineRedemption,
  factsRead,
  fundingParts,
  procedureTerms,
} from './index.ts'
import { readValue } from './check/parameters.ts'

const root = new URL('../../../../programmes/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')

/** folder, then `parameter value` as printed; `from` and `to` are the days it governs */
const FIGURES: readonly (readonly [string, string])[] = [
  ['beijing/2023-compute-voucher', 'rate 20% · year_cap 200万元 · grants_per_contract 1 · contract_years 1 · from 2023-09-01'],
  ['beijing/2026-compute-reward', 'least_rate 10% · highest_rate 50% · cap_institute 3000万元 · cap_challenge 500万元 · cap_open 100万元 · cap_filed 30万元 · from 2026-03-04 · to 2026-04-15'],
  ['beijing/2026-token-reward', 'rate 30% · project_cap 1000万元 · windows 2026-07-31/2026-08-31T17:30 · from 2026-07-31 · to 2026-08-31'],
  ['beijing/2026-dataset-reward', 'first_reward 100万元 · again_reward 20万元 · dataset_cap 200万元 · firm_cap 500万元 · windows 2026-07-31/2026-08-31T17:30 · from 2026-07-31 · to 2026-08-31'],
  ['beijing/2026-opc-service-voucher', 'all 100% · least 1000元 · company_cap 10万元'],
  ['beijing/2026-innovation-voucher', 'rate 25% · cap_incubated 50万元 · cap_other 20万元 · least_petaflops 300 · from 2026-06-23'],
  ['beijing/2026-service-voucher', 'rate 30% · year_cap 20万元 · to 2026-08-31'],
  ['beijing-haidian/2026-model-voucher', 'rate 50% · firm_cap 5000万元 · user_cap 200万元 · most_firms 2 · pool 10000万元 · least_tokens 10000 · least_customers 10000 · least_local 500 · from 2026-03-30'],
  ['beijing-fengtai/2025-compute-reward', 'rate 20% · cap_ordinary 200万元 · industrial_rate 30% · cap_industrial 300万元 · from 2025-10-30 · to 2028-12-31'],
  ['beijing-fengtai/2025-model-reward', 'lower 50万元 · higher 60万元 · from 2025-10-30 · to 2028-12-31'],
  ['beijing-yizhuang/2026-compute-voucher', 'rate 30% · year_cap 2000万元 · pool 1亿元'],
  ['beijing-yizhuang/2026-token-voucher', 'rate 50% · year_cap 500万元 · pool 1亿元'],
  ['beijing-yizhuang/2026-data-voucher', 'rate 10% · year_cap 100万元 · pool 1亿元'],
  ['beijing-yizhuang/2026-model-voucher', 'rate 65% · from 2026-07-15'],
  ['beijing-tongzhou/2026-opc-voucher', 'year_cap 50万元'],
  ['shanghai/2024-compute-voucher', 'rate 20%'],
  ['shanghai/2025-compute-voucher', 'rate 30% · pool 6亿元 · from 2025-07-28'],
  ['shanghai/2025-district-reward', 'total_rate 100% · most_years 1 · from 2025-07-28'],
  ['shanghai/2026-compute-voucher', 'pool 10亿元'],
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
  ['national/2025-ai-voucher', 'domestic_rate 30% · other_rate 10% · from 2025-06-13'],
  ['hangzhou/2025-matching-reward', 'high 15% · low 10% · year_cap 800万元 · pool 2.5亿元'],
  ['guizhou/2023-compute-voucher', 'pool 8000万元'],
  ['guizhou/2018-cloud-voucher', 'rate_iaas 40% · rate_above 60% · first_cap 5万元 · later_cap 3万元'],
  ['shandong/2025-compute-reward', 'rate 5% · firm_cap 500万元 · pool 3000万元'],
  ['shandong/2025-corpus-voucher', 'first_payment 75万元 · second_payment 75万元 · least_items 100000 · most_projects 20'],
  ['qingdao/2023-centre-reward', 'rate 50%'],
  ['qingdao/2025-compute-reward', 'least 10万元 · windows 2025-01-01/2025-05-15T17:00 · to 2025-05-15'],
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
  ['suzhou/2026-dataset-reward', 'year_cap 200万元'],
  ['suzhou/2026-platform-reward', 'rate 30% · year_cap 500万元'],
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
      const value = readValue(type, written)
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
  [26, 'shanghai/2025-district-reward', '400万元 700万元'],
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
  [52, 'national/2025-ai-voucher', '300万元'],
  [52, 'hangzhou/2025-compute-voucher', '300万元'],
  [53, 'national/2025-ai-voucher', '100万元'],
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

/** Every example of the research notes by its number; those that no single determination shows stand in a test of their own. */
const NUMBERS = `1 2 4 5 7 8 10 11 13 14 16 17 19 20 22 23 25 26 28 29 31 32 34 35 37 38 40 41 43 44 45 46 47 49 50 52 53 55 56
  58 59 61 62 64 65 67 68 70 71 72 73 74 76 77 79 80`
const APART: Readonly<Record<number, string>> = {
  79: 'core/src/voucher/shortage.test.ts',
  80: 'core/src/policy/printed-figures.test.ts',
}

test('no example of the research notes is left out', () => {
  const here = new Set(EXAMPLES.map(([number]) => number))
  const numbers = NUMBERS.split(/\s+/).map(Number)
  const apart = (number: number): boolean => {
    const file = APART[number]
    return (
      file !== undefined && read(`../packages/${file}`).includes(`example ${number} of the research notes`)
    )
  }
  expect(numbers.filter((number) => !here.has(number) && !apart(number))).toEqual([])
  expect([...here].filter((number) => !numbers.includes(number))).toEqual([])
})

const load = (folder: string) => checkProgramme(read(`${folder}/programme.yaml`), folder).programme!
/** What the cases of a number come to together, one programme beside the other. */
const together = (number: number, folders: readonly string[]): bigint =>
  folders.reduce((sum, folder) => {
    const programme = load(folder)
    const { cases: file } = readCases(programme, read(`${folder}/cases.yaml`), folder)
    const named = file!.cases.filter(({ name }) => name.startsWith(`案例 ${number}：`))
    const found = named.map(({ parameters, given: facts, act: _act, ...input }) => {
      const decided = determine(withAnswers(withAnswers(programme, file!.answers), parameters), {
        facts,
        ...input,
      })
      return decided.ok ? (decided.value.ceilingFen ?? 0n) : 0n
    })
    return found.reduce((total, fen) => total + fen, sum)
  }, 0n)

test.each([
  [52, ['national/2025-ai-voucher', 'hangzhou/2025-compute-voucher'], 600n],
  [53, ['national/2025-ai-voucher', 'hangzhou/2025-matching-reward'], 200n],
  [53, ['national/2025-ai-voucher', 'hangzhou/2025-compute-voucher'], 300n],
] as const)('example %i of the research notes, %j together, comes to %s (万元)', (number, folders, wan) => {
  expect(together(number, folders)).toBe(wan * 1_000_000n)
})

test.each([
  ['excellent', 150n, 0n],
  ['qualified', 75n, 0n],
  ['failed', 75n, 75n],
] as const)(
  'example 58 of the research notes: judged %s, %s is paid and %s taken back',
  (result, paid, back) => {
    const programme = load('shandong/2025-corpus-voucher')
    const { cases: file } = readCases(programme, read('shandong/2025-corpus-voucher/cases.yaml'), 'x')
    const terms = procedureTerms(withAnswers(programme, file!.answers), '2025-09-20')
    const parts = terms.ok ? terms.value.stages : []
    const total = parts.reduce(
      (sum, { paysFen = 0n, on = [result] }) => (on.includes(result) ? sum + paysFen : sum),
      0n,
    )
    expect(total).toBe(paid * 1_000_000n)
    const clause = programme.procedure!.stages.find(({ id }) => id === 'clawback')!.cite!
    const { zh } = programme.sources[0]!.clauses[clause.split('.')[1]!]!
    expect(zh.includes('不合格的，收回全部') && result === 'failed' ? total : 0n).toBe(back * 1_000_000n)
  },
)

test('example 59 of the research notes: province and city bear the half each', () => {
  const parts = fundingParts(load('henan/2023-compute-reward'), 100_000_000n)
  expect(parts.map(({ fen }) => fen)).toEqual([50_000_000n, 50_000_000n])
})

/** What the founding documents (S0 to S4) print, and whether it bounds from above, from below or is the number itself. */
const BOUNDS: Readonly<Record<string, string>> = {
  'beijing/2023-compute-voucher': 'rate at_most, year_cap at_most',
  'shanghai/2024-compute-voucher': 'rate at_most',
  'shenzhen/2024-training-voucher': 'rate at_most, startup_rate at_most, year_cap at_most, pool at_most',
  'shenzhen/2024-corpus-voucher': 'rate at_most, year_cap at_most, pool at_most',
  'shenzhen/2024-corpus-opening': 'year_cap at_most, pool at_most',
  'dongguan/2025-compute-reward': 'rate at_most, year_cap at_most, total at_most',
  'dongguan/2025-model-voucher': 'firm_cap at_most, pool at_most',
  'wuxi/2025-compute-reward': 'local_rate at_most, outside_rate at_most',
  'wuhan/2025-compute-voucher': 'pool at_least',
  'chengdu/2023-compute-voucher': 'national_cap at_most, provincial_cap at_most, pool at_most',
  'hangzhou/2023-compute-voucher': 'pool at_most',
  'guizhou/2023-compute-voucher': 'pool at_most',
  'shandong/2025-compute-reward': 'rate at_most, firm_cap at_most, pool at_most',
  'jiaxing/2024-compute-reward': 'year_cap at_most',
  'linping/2024-compute-reward': 'year_cap at_most',
  'langfang/2023-compute-voucher': 'year_cap at_most, pool at_most',
}

test.each(Object.entries(BOUNDS))('%s bounds as the founding documents say: %s', (folder, bounds) => {
  const { parameters } = load(folder)
  const found = bounds.split(', ').map((each) => {
    const [name] = each.split(' ')
    return `${name} ${parameters[name!]?.bound}`
  })
  expect(found.join(', ')).toBe(bounds)
})

/** Each condition that a founding document prints, by the fact that a rule of the programme must read. */
const CONDITIONS: readonly (readonly [string, string])[] = [
  ['beijing/2023-compute-voucher', 'parties.related contract.signed_on contract.number contract.excluded_amount'],
  ['shanghai/2024-compute-voucher', 'provider.region contract.use contract.amount'],
  ['shenzhen/2024-training-voucher', 'applicant.kind contract.use applicant.established_on contract.amount'],
  ['shenzhen/2024-corpus-voucher', 'contract.via_data_exchange parties.related contract.for_model_rd'],
  ['shenzhen/2024-corpus-opening', 'contract.via_data_exchange contract.evident_benefit review.decided_amount'],
  ['dongguan/2025-compute-reward', 'applicant.kind contract.via_city_platform contract.settled'],
  ['dongguan/2025-model-voucher', 'contract.serves_filed_model'],
  ['wuxi/2025-compute-reward', 'contract.settled contract.settled_local'],
  ['chengdu/2023-compute-voucher', 'applicant.leads_national_project applicant.leads_provincial_project provider.at_designated_centre'],
  ['guizhou/2023-compute-voucher', 'provider.region applicant.kind'],
  ['shandong/2025-compute-reward', 'provider.region contract.evident_benefit contract.amount'],
  ['langfang/2023-compute-voucher', 'contract.via_city_platform applicant.leads_national_project'],
  ['linping/2024-compute-reward', 'applicant.kind contract.settled'],
  ['qingyang/2024-compute-voucher', 'applicant.target_agreement contract.other_side_applied provider.petaflops_fp16'],
] // prettier-ignore

test.each(CONDITIONS)('%s reads %s', (folder, facts) => {
  const programme = load(folder)
  const subjects = programme.awards.flatMap(({ caps }) => caps.flatMap((cap) => cap.subjects))
  const readHere = [...factsRead(programme), ...subjects, programme.governs.by]
  expect(facts.split(' ').filter((fact) => !readHere.includes(fact))).toEqual([])
})

test('what is found in a draft or a proposal is marked so, and no authority can adopt it', () => {
  const { status, title } = load('reference/2026-algorithm-voucher')
  expect([status, title.zh.includes('建议')]).toEqual(['proposed', true])
})
