// A case that says it proves a rule pattern must depend on it: with the construct broken, the case fails. For each
// pattern the faults that break its construct are named; one of its cases must notice one of them.
import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkProgramme, factsRead, type Programme } from '../index.ts'
import type { Mutant } from './mutate-expression.ts'
import { plantedFaults } from './mutation-score.ts'
import { readCases } from './read-cases.ts'
import { runCase, withAnswers } from './run-cases.ts'
import { termsDifferences } from './run-terms.ts'

const root = new URL('../../../../../programmes/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const patterns = JSON.parse(read('patterns.json')) as Readonly<Record<string, { elsewhere?: unknown }>>

/** By pattern: what a fault that breaks it is called. */
const CONSTRUCTS: Readonly<Record<string, RegExp>> = {
  P01: /^governs\./,
  P02: /^procedure\.windows/,
  P03: /base_period/,
  P04: /^procedure\.windows/,
  P05: /caps\.(tranche|total|pool): removed/,
  P06: /^funding/,
  P07: /^allocation/,
  P10: /(zone|registered_here): made true/,
  P12: /(opc|kind): (made true|item)/,
  P13: /(kind|partner|who): made true/,
  P14: /small: (made true|medium → large)/,
  P15: /startup|year_cap: \?: swapped/,
  P16: /(clean|credit|no_accident|not_listed): made true/,
  P17: /green: made true/,
  P18: /(not_a_provider|other_side): made true/,
  P19: /scale: made true/,
  P20: /target_agreement: made true/,
  P21: /one_direction: made true/,
  P30: /compute_(amount|settled): - → \+/,
  P31: /use: (made true|item)/,
  P32: /(listed_product|listed_provider): made true/,
  P33: /(open_unit|centre): made true/,
  P34: /compute_in_province: made true/,
  P35: /rate\.domestic: removed/,
  P36: /via_platform: made true/,
  P37: /not_related: made true/,
  P38: /not_self_built: made true/,
  P39: /contract_term: <= → </,
  P40: /(spends|spends_enough|rents_enough|enough_fees): made true/,
  P41: /contract_once: removed/,
  P42: /scale: made true/,
  P43: /(filed_model|filed): made true/,
  P44: /(exchange|tradable): made true/,
  P50: /base: least → greatest/,
  P51: /(local|outside)_rate: rate/,
  P52: /rate\.(domestic|maas): removed/,
  P53: /rate\.(small|startup): removed/,
  P54: /definitions\.(cap|project_cap): \?: swapped/,
  P55: /rate\.iaas: removed|by_depth: \+ → -/,
  P56: /definitions\.small: <= → </,
  P57: /ladder: - → \+/,
  P58: /parameters\.(lump|first_reward|again_reward): money/,
  P59: /rate\.project: removed/,
  P60: /stack_(limit|room)/,
  P61: /definitions\.(public_room|room): - → \+/,
  P62: /(no_double|once|no_duplicate): made true/,
  P63: /days_share: \?: swapped/,
  P64: /base\.round/,
  P65: /caps\.unit_year: removed/,
  P66: /year_limit: greatest → least/,
  P67: /claim_cap: \?: swapped/,
  P69: /eligibility\.(operator|buyer_kind|user_here)/,
  P70: /caps\.project: removed/,
  P71: /caps\.enterprise_year: (removed|granted|paid)/,
  P72: /caps\.(unit_year|user_year): removed/,
  P73: /caps\.unit_year: removed/,
  P74: /period programme → calendar_year/,
  P75: /(year_cap|cap): \?: swapped/,
  P76: /caps\.both: removed/,
  P77: /caps\.(dataset|firm_year): removed/,
  P78: /caps\.firm: removed/,
  P79: /within_years: made true|most_years: int/,
  P80: /most_(firms|projects): int/,
  P90: /^procedure\.way/,
  P91: /^procedure\.way/,
  P92: /^procedure\.review/,
  P93: /^procedure\.stages/,
  P94: /^voucher: usable/,
  P95: /^procedure\.stages\.second_payment: pays nothing/,
  P98: /^redemption\.legs/,
  P100: /^procedure\.stages\.(clawback|sanction)/,
  P101: /^voucher: dropped/,
}
/** What is shown by the absence of a rule, or kept by the adoption: a test of its own below. */
const APART = ['P09', 'P11']

test('every pattern that a programme proves has its construct', () => {
  const ours = Object.keys(patterns).filter((id) => !patterns[id]!.elsewhere && !APART.includes(id))
  expect(ours.filter((id) => CONSTRUCTS[id] === undefined)).toEqual([])
})

/** Faults of what no determination reads, and of what the operators of the score leave alone. */
function framePlanted(programme: Programme): readonly Mutant<Programme>[] {
  const { procedure, voucher, allocation, redemption, funding, governs } = programme
  const faults: Mutant<Programme>[] = []
  const plant = (change: string, patch: { readonly [Key in keyof Programme]?: unknown }): void => {
    faults.push({ change, item: { ...programme, ...patch } as Programme })
  }
  if (funding) plant('funding: dropped', { funding: undefined })
  if (governs.to !== undefined) plant('governs.to: dropped', { governs: { ...governs, to: undefined } })
  if (allocation) plant('allocation: by lot', { allocation: { ...allocation, whenShort: 'lottery' } })
  if (voucher) {
    plant('voucher: usable for ever', { voucher: { ...voucher, usableUntil: literalDay('2999-12-31') } })
    plant('voucher: dropped', { voucher: undefined })
  }
  for (const [at, leg] of (redemption?.legs ?? []).entries())
    plant(`redemption.legs.${leg.id}: removed`, {
      redemption: { ...redemption, legs: redemption!.legs.toSpliced(at, 1) },
    })
  if (!procedure) return faults
  const change = (name: string, patch: object): void =>
    plant(`procedure.${name}`, { procedure: { ...procedure, ...patch } })
  change('way: another', { way: procedure.way === 'W3' ? 'W1' : 'W3' })
  change('windows: dropped', { windows: undefined })
  change('review: dropped', { review: undefined })
  procedure.stages.forEach((stage, at) => {
    change(`stages.${stage.id}: removed`, { stages: procedure.stages.toSpliced(at, 1) })
    if (stage.pays) {
      const stages = procedure.stages.with(at, { ...stage, pays: undefined } as never)
      change(`stages.${stage.id}: pays nothing`, { stages })
    }
  })
  return faults
}

function literalDay(day: string): NonNullable<Programme['voucher']>['usableUntil'] {
  return { kind: 'literal', type: { kind: 'date' }, value: day, place: { line: 1, column: 1 } }
}

interface Proof {
  readonly name: string
  readonly proves: readonly string[]
  /** the faults with which it fails */
  readonly noticed: readonly string[]
}

function proofsOf(folder: string): readonly Proof[] {
  const text = read(`${folder}/cases.yaml`)
  if (!text.includes('proves:')) return []
  const { programme } = checkProgramme(read(`${folder}/programme.yaml`), folder)
  const { cases: file } = readCases(programme!, text, folder)
  const answered = withAnswers(programme!, file!.answers)
  const faults = [...plantedFaults(answered), ...framePlanted(answered)]
  const noticedBy = (fails: (item: Programme) => boolean): readonly string[] =>
    faults.filter(({ item }) => fails(item)).map(({ change }) => change)
  const named = ({ name }: { readonly name: string }): string => `${folder}: ${name}`
  return [
    ...file!.cases
      .filter(({ proves }) => proves.length > 0)
      .map((each) => ({
        ...each,
        name: named(each),
        noticed: noticedBy((item) => !runCase(item, each).passed),
      })),
    ...file!.terms
      .filter(({ proves }) => proves.length > 0)
      .map((each) => ({
        ...each,
        name: named(each),
        noticed: noticedBy((item) => termsDifferences(withAnswers(item, each.parameters), each).length > 0),
      })),
  ]
}

const proofs = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('programme.yaml'))
  .flatMap((path) => proofsOf(path.replace(/\/?programme\.yaml$/, '')))

test.each(Object.entries(CONSTRUCTS))('%s: a case fails where %s is planted', (id, construct) => {
  const cases = proofs.filter(({ proves }) => proves.includes(id))
  expect(cases.length).toBeGreaterThan(0)
  expect(cases.filter(({ noticed }) => noticed.some((fault) => construct.test(fault)))).not.toEqual([])
})

test('no case proves a pattern without noticing any fault', () => {
  expect(proofs.filter(({ noticed }) => noticed.length === 0).map(({ name }) => name)).toEqual([])
})

test('P11: where buyers from outside may apply, no rule reads where they are registered', () => {
  for (const folder of ['guizhou/2023-compute-voucher', 'shandong/2025-compute-reward'])
    expect(factsRead(checkProgramme(read(`${folder}/programme.yaml`), folder).programme!)).not.toContain(
      'applicant.region',
    )
})
