// Every gate proved necessary: a passing proposal is changed in one respect, the gate answers as stated, the verdict
// turns, and with that gate taken out of the rules the proposal would have passed.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { changed, type Changes } from '../../fixtures/feasibility/changed.ts'
import { checkProposal, GATES, reviewFeasibility, type FeasibilityReview, type GateId } from './index.ts'

const TEXT = readFileSync(new URL('../../fixtures/feasibility/zhongbei-960p.yaml', import.meta.url), 'utf8')

type Case = readonly [gate: GateId, reason: string, status: 'held' | 'failed' | 'unknown', changes: Changes]

function review(changes: Changes, without?: GateId): FeasibilityReview {
  const proposal = checkProposal(changed(TEXT, changes))
  if (!proposal.ok) throw new Error(JSON.stringify(proposal.refusal))
  const rules = GATES.filter((rule) => rule.id !== without)
  const answer = reviewFeasibility(proposal.value, { paths: 100, seed: 1, rules })
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal))
  return answer.value
}

const word = (value: unknown): Changes => ({ value, source: 'word' })
const offtake = (field: string): string => `demand.offtake.value.0.${field}`
/** a rent at which the centre earns well whatever it costs or is sold for */
const RICH: Changes = {
  'demand.marketRentPerPetaflopYear': word('1000万元'),
  [offtake('perYear')]: '47亿元',
}
const LARGE: Changes = {
  'compute.standardRacks': word(3000),
  'site.insideNationalHub': word(true),
  'site.cityHasCentreOverOneYear': word(true),
  'site.cityRackOccupancy': word(0.5),
}
/** 40亿 of fiscal capacity at 299 %: the outlay of 1.512亿 adds 3.78 points when all of it is borrowed */
function publicMoney(kind: string, from: number, to = from): Changes {
  return {
    'funding.parts': word([
      { kind, from, to },
      { kind: 'own_equity', from: 1 - to, to: 1 - from },
    ]),
    'fiscal.revenue': word('20亿元'),
    'fiscal.governmentDebt': word('40亿元'),
    'fiscal.narrowRatio': word(1),
    'fiscal.broadRatio': word(2.99),
  }
}
function earlierPhase(change: object): Changes {
  const phase = { name: '一期', plannedPetaflops: 100, operatingPetaflops: 70, soldShare: 0.7, ...change }
  return { earlierPhases: word([phase]) }
}
/** the budget's debt is red before anything is borrowed */
const RED: Changes = { 'fiscal.broadRatio': word(3.65) }
const GUESS: Changes = {
  'sources.guess': { kind: 'assumed', title: 'guess' },
  'energy.quotaMwhPerYear.value': 9000,
}
function supply(state: string, exportControlled: boolean): Changes {
  return { 'capability.chipSupply': word({ state, exportControlled }) }
}

const CASES: readonly Case[] = [
  ['unit', 'claim_not_explained', 'failed', { 'compute.claimedPetaflops.value': 800 }],
  ['unit', 'claim_not_explained', 'failed', { 'compute.reading': word('dense_fp16') }],
  ['unit', 'claim_explained', 'held', { 'compute.reading': word('sparse_fp16') }],
  ['unit', 'claim_explained', 'held', { 'compute.claimedPetaflops.value': 949.92 * 1.0299 }],
  ['unit', 'claim_not_explained', 'failed', { 'compute.claimedPetaflops.value': 949.92 * 1.0301 }],
  ['unit', 'computed_from_chips', 'held', { 'compute.claimedPetaflops': 'unknown' }],
  ['capex', 'above_stop', 'failed', { ...RICH, 'capex.total.value': '23.76亿元' }],
  ['capex', 'items_absent', 'unknown', { ...RICH, 'capex.total.value': '23.74亿元' }],
  ['capex', 'items_absent', 'unknown', { ...RICH, 'capex.total.value': '9.5亿元' }],
  ['capex', 'inside_band', 'held', { ...RICH, 'capex.total.value': '9.49亿元' }],
  [
    'capex',
    'inside_band',
    'held',
    { ...RICH, 'capex.total.value': '10亿元', 'capex.items': word({ a: '9亿元', b: '0.91亿元' }) },
  ],
  [
    'capex',
    'items_absent',
    'unknown',
    { ...RICH, 'capex.total.value': '10亿元', 'capex.items': word({ a: '9.89亿元' }) },
  ],
  ['capex', 'implausibly_cheap', 'unknown', { 'capex.total.value': '7123万元' }],
  ['capex', 'inside_band', 'held', { 'capex.total.value': '7124万元' }],
  ['rack_occupancy', 'half_empty', 'failed', { ...LARGE, 'site.cityRackOccupancy': word(0.499) }],
  ['rack_occupancy', 'occupied', 'held', LARGE],
  ['rack_occupancy', 'occupancy_absent', 'unknown', { ...LARGE, 'site.cityRackOccupancy': 'unknown' }],
  ['rack_occupancy', 'no_older_centre', 'held', { ...LARGE, 'site.cityHasCentreOverOneYear': word(false) }],
  [
    'rack_occupancy',
    'age_absent',
    'unknown',
    { ...LARGE, 'site.cityRackOccupancy': word(0.4), 'site.cityHasCentreOverOneYear': 'unknown' },
  ],
  [
    'rack_occupancy',
    'size_absent',
    'unknown',
    { ...LARGE, 'site.cityRackOccupancy': word(0.4), 'compute.standardRacks': 'unknown' },
  ],
  ['hub', 'large_outside_hub', 'failed', { ...LARGE, 'site.insideNationalHub': word(false) }],
  ['hub', 'inside_hub', 'held', LARGE],
  ['hub', 'not_large', 'held', { 'compute.standardRacks': word(2999) }],
  [
    'hub',
    'not_large',
    'held',
    { 'compute.standardRacks': 'unknown', 'compute.floorAreaSquareMetres': word(5999) },
  ],
  [
    'hub',
    'size_absent',
    'unknown',
    {
      ...LARGE,
      'site.insideNationalHub': word(false),
      'compute.standardRacks': 'unknown',
      'compute.floorAreaSquareMetres': word(6000),
    },
  ],
  ['layout', 'barred_favour_requested', 'failed', { 'site.favoursRequested': word(['land']) }],
  ['layout', 'barred_favour_requested', 'failed', { 'site.favoursRequested': word(['fiscal']) }],
  ['layout', 'no_barred_favour', 'held', { 'site.favoursRequested': word(['energy']) }],
  [
    'layout',
    'barred_favour_requested',
    'failed',
    { 'site.favoursRequested': word(['energy']), 'site.insideProvincialLayout': word(false) },
  ],
  [
    'layout',
    'layout_absent',
    'unknown',
    { 'site.favoursRequested': word(['energy']), 'site.insideProvincialLayout': 'unknown' },
  ],
  [
    'layout',
    'no_favour_barred',
    'held',
    { 'site.favoursRequested': word(['land']), 'site.insideNationalHub': word(true) },
  ],
  ['layout', 'favours_absent', 'unknown', { 'site.favoursRequested': 'unknown' }],
  ['offtake', 'too_little_bound', 'failed', { ...RICH, [offtake('share')]: 0.49 }],
  ['offtake', 'bound', 'held', { ...RICH, [offtake('share')]: 0.5 }],
  ['offtake', 'too_little_bound', 'failed', { ...RICH, [offtake('affiliated')]: true }],
  ['offtake', 'too_little_bound', 'failed', { ...RICH, [offtake('takeOrPay')]: false }],
  ['offtake', 'too_little_bound', 'failed', { ...RICH, [offtake('signed')]: false }],
  ['offtake', 'too_little_bound', 'failed', { ...RICH, [offtake('fromYear')]: 3 }],
  ['offtake', 'too_little_bound', 'failed', { ...RICH, [offtake('buyer')]: '中贝通信' }],
  ['offtake', 'framework_only', 'unknown', { ...RICH, 'demand.offtake.source': 'announcement' }],
  ['self_dealing', 'circular_demand', 'failed', { 'demand.ownBudgetShare.value': 0.31 }],
  ['self_dealing', 'circular_demand', 'failed', { 'demand.sameGovernmentVoucherShare.value': 0.31 }],
  ['self_dealing', 'payers_absent', 'unknown', { 'demand.sameGovernmentVoucherShare': 'unknown' }],
  ['self_dealing', 'payers_absent', 'unknown', { 'demand.ownBudgetShare': 'unknown' }],
  [
    'self_dealing',
    'outside_demand',
    'held',
    { 'demand.ownBudgetShare.value': 0.2, 'demand.sameGovernmentVoucherShare.value': 0.1 },
  ],
  ['energy', 'quota_refused', 'failed', { 'energy.quota.value': 'refused' }],
  ['energy', 'quota_applied_for', 'unknown', { 'energy.quota.value': 'applied' }],
  ['energy', 'quota_too_small', 'failed', { 'energy.quotaMwhPerYear.value': 6969 }],
  ['energy', 'quota_covers', 'held', { 'energy.quotaMwhPerYear.value': 6970 }],
  ['energy', 'quota_size_absent', 'unknown', { 'energy.quotaMwhPerYear': 'unknown' }],
  ['energy', 'below_review', 'held', { 'energy.fullItKw.value': 439, 'energy.quota': 'unknown' }],
  ['energy', 'quota_absent', 'unknown', { 'energy.fullItKw.value': 440, 'energy.quota': 'unknown' }],
  ['energy', 'load_below_cards', 'unknown', { 'energy.fullItKw.value': 235 }],
  ['energy', 'below_review', 'held', { 'energy.fullItKw.value': 236 }],
  ['chip_supply', 'controlled_until_delivered', 'unknown', supply('contracted', true)],
  ['chip_supply', 'controlled_without_contract', 'failed', supply('none', true)],
  ['chip_supply', 'contracted', 'held', supply('contracted', false)],
  ['chip_supply', 'letter_only', 'unknown', supply('letter', false)],
  ['chip_supply', 'no_supply', 'failed', supply('none', false)],
  ['chip_supply', 'supply_absent', 'unknown', { 'capability.chipSupply': 'unknown' }],
  ['operator', 'too_little_experience', 'failed', { 'capability.operator.value.yearsOperating': 0.9 }],
  ['operator', 'too_little_experience', 'failed', { 'capability.operator.value.largestClusterCards': 47 }],
  ['operator', 'experienced', 'held', { 'capability.operator.value.largestClusterCards': 48 }],
  ['software', 'incomplete', 'failed', { 'capability.software.value.scheduling': false }],
  ['software', 'incomplete', 'failed', { 'capability.software.value.metering': false }],
  ['software', 'incomplete', 'failed', { 'capability.software.value.stacks': ['CANN'] }],
  ['security', 'level_too_low', 'failed', { 'capability.gradedProtectionLevel.value': 2 }],
  ['security', 'level_absent', 'unknown', { 'capability.gradedProtectionLevel': 'unknown' }],
  ['funding', 'debt_is_red', 'failed', publicMoney('platform_debt', 1)],
  ['funding', 'debt_is_red', 'failed', publicMoney('special_bond', 0.3)],
  ['funding', 'debt_carries', 'held', publicMoney('special_bond', 0.2)],
  ['funding', 'debt_depends_on_share', 'unknown', publicMoney('platform_debt', 0.2, 0.3)],
  ['funding', 'debt_depends_on_share', 'unknown', { ...publicMoney('platform_debt', 0, 0.3), ...RED }],
  ['funding', 'debt_is_red', 'failed', { ...publicMoney('platform_debt', 0.01, 0.3), ...RED }],
  ['funding', 'budget_carries', 'held', publicMoney('budget', 1)],
  [
    'funding',
    'budget_depends_on_share',
    'unknown',
    { ...publicMoney('budget', 0, 1), 'fiscal.revenue': word('15亿元') },
  ],
  [
    'funding',
    'budget_too_small',
    'failed',
    { ...publicMoney('budget', 1), 'fiscal.revenue': word('15亿元') },
  ],
  ['funding', 'budget_absent', 'unknown', { ...publicMoney('budget', 1), 'fiscal.revenue': 'unknown' }],
  [
    'funding',
    'debt_ratios_absent',
    'unknown',
    { ...publicMoney('special_bond', 1), 'fiscal.broadRatio': 'unknown' },
  ],
  ['phases', 'earlier_phase_not_running', 'failed', earlierPhase({ operatingPetaflops: 69 })],
  ['phases', 'earlier_phase_not_sold', 'failed', earlierPhase({ soldShare: 0.69 })],
  ['phases', 'earlier_sales_absent', 'unknown', earlierPhase({ soldShare: undefined })],
  ['phases', 'earlier_phases_full', 'held', earlierPhase({})],
  ['phases', 'phases_absent', 'unknown', { earlierPhases: 'unknown' }],
  ['return', 'appraisal_assumed', 'unknown', { ...GUESS, 'energy.fullItKw.source': 'guess' }],
  ['return', 'loss_more_likely', 'failed', { [offtake('perYear')]: '7000万元' }],
  ['information', 'facts_missing', 'unknown', { 'energy.yuanPerKwh': 'unknown' }],
  ['information', 'facts_missing', 'unknown', { lifeYears: 'unknown' }],
  [
    'information',
    'undertakings_alone',
    'unknown',
    { 'compute.chips.source': 'word', 'capex.total.source': 'word' },
  ],
  ['information', 'complete', 'held', { 'compute.chips.source': 'word' }],
  ['information', 'facts_missing', 'unknown', { 'funding.loanRate': 'unknown' }],
  ['information', 'facts_missing', 'unknown', { 'funding.loanYears': 'unknown' }],
  [
    'information',
    'facts_missing',
    'unknown',
    {
      'funding.loanRate': 'unknown',
      'funding.parts': word([
        { kind: 'own_equity', from: 0.4, to: 1 },
        { kind: 'bank_loan', from: 0, to: 0.6 },
      ]),
    },
  ],
]

describe.each(CASES)('gate %s, %s (%s)', (id, reason, status, changes) => {
  const answer = review(changes)
  const result = answer.gates.find((each) => each.gate === id)!

  it('answers as stated and decides the verdict alone', () => {
    expect([result.status, result.reason]).toEqual([status, reason])
    const verdict =
      status === 'held' ? 'approve' : status === 'failed' && result.blocking ? 'unsuitable' : 'return'
    expect(answer.verdict).toBe(verdict)
    expect(answer.blockers).toEqual(verdict === 'unsuitable' ? [id] : [])
  })
})

describe.each(CASES.filter(([, , status]) => status !== 'held'))('gate %s, %s (%s)', (id, _, __, changes) => {
  it('asks for what would mend it, and would be missed', () => {
    const { questions } = review(changes)
    expect(questions.map((question) => question.gate)).toEqual([id])
    expect(questions[0]!.paths.length).toBeGreaterThan(0)
    expect(review(changes, id).verdict).toBe('approve')
  })
})

describe('a size that the chip list contradicts', () => {
  it('is large when the cards draw what 3,000 racks hold, whatever the file says of racks', () => {
    const answer = review({
      ...RICH,
      'compute.chips.value.0.count': 48_000,
      'compute.standardRacks.value': 10,
    })
    const hub = answer.gates.find((gate) => gate.gate === 'hub')!
    expect(hub).toMatchObject({ status: 'failed', reason: 'large_outside_hub', values: { racks: 13_440 } })
  })
})

describe('a full load that is only assumed', () => {
  it('is not what the energy need is computed from', () => {
    const answer = review({
      ...GUESS,
      'energy.fullItKw': { value: 300, source: 'guess' },
      'energy.quota': 'unknown',
    })
    expect(answer.gates.find((gate) => gate.gate === 'energy')!.reason).toBe('quota_absent')
  })
})

describe('the list of gates', () => {
  it('is proved whole: each gate has a case that fails or is unknown', () => {
    const proved = new Set(CASES.filter(([, , status]) => status !== 'held').map(([id]) => id))
    expect(GATES.map((rule) => rule.id).filter((id) => !proved.has(id))).toEqual([])
  })

  it('blocks only by what an applicant cannot mend with a better file', () => {
    expect(GATES.filter((rule) => rule.blocking).map((rule) => rule.id)).toEqual([
      'capex',
      'rack_occupancy',
      'hub',
      'offtake',
      'self_dealing',
      'energy',
      'funding',
      'return',
    ])
  })

  it('never holds on a fact that is only assumed', () => {
    const names = ['announcement', 'price', 'hubs', 'arithmetic', 'word']
    const answer = review(Object.fromEntries(names.map((name) => [`sources.${name}.kind`, 'assumed'])))
    expect(answer.gates.filter((each) => each.status === 'held')).toEqual([])
    expect(answer.verdict).toBe('return')
    expect(answer.appraisals).toHaveLength(1)
  })

  it('never holds when nothing at all is known', () => {
    const bare = checkProposal({
      schema: 'feasibility/v1',
      id: 'bare',
      name: 'bare',
      place: 'nowhere',
      round: 1,
      submittedOn: '2026-01-01',
      sources: {},
    })
    const answer = bare.ok && reviewFeasibility(bare.value, { paths: 10, seed: 1 })
    if (!answer || !answer.ok) throw new Error('a bare proposal can be reviewed')
    expect(answer.value.gates.every((each) => each.status === 'unknown')).toBe(true)
    expect(answer.value.questions).toHaveLength(GATES.length)
  })
})
