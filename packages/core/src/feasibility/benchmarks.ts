// Every threshold, prior and default of the review with its date, its basis and where it comes from. `assumed` marks
// our own choice: a city may set its own before it uses the review.
import type { Uncertainty } from './simulation.ts'

export type Basis = 'clause' | 'published' | 'assumed'

export interface Clause {
  /** the official title; missing where the rule is this review's own */
  readonly document?: string
  readonly issuedOn?: string
  readonly basis: Basis
}

/** What each gate stands on. */
export const CLAUSES = {
  four_departments_2024: {
    document: '数据中心绿色低碳发展专项行动计划（发改环资〔2024〕970号）',
    issuedOn: '2024-07-23',
    basis: 'clause',
  },
  hub_favours_2021: {
    document:
      '贯彻落实碳达峰碳中和目标要求 推动数据中心和5G等新型基础设施绿色高质量发展实施方案（发改高技〔2021〕1742号）',
    issuedOn: '2021-12-08',
    basis: 'clause',
  },
  energy_review_2023: {
    document: '固定资产投资项目节能审查办法（国家发展改革委令2023年第2号）',
    issuedOn: '2023-03-28',
    basis: 'clause',
  },
  graded_protection: { document: '网络安全法（等级保护制度）；GB/T 22239—2019', basis: 'clause' },
  investment_rules: { document: '政府投资条例（国务院令第712号）', issuedOn: '2019-04-14', basis: 'clause' },
  /** COMPARABLES */
  filed_projects: { basis: 'published' },
  /** P_d16, the dense 16-bit peak, is the only unit that adds up */
  unit_definition: { basis: 'assumed' },
  /** the thresholds of this file */
  review_practice: { basis: 'assumed' },
} as const satisfies Record<string, Clause>

export type ClauseId = keyof typeof CLAUSES

/** Outlay per P as published, yuan; where the P is sparse, the dense figure is twice as high. */
export const COMPARABLES = [
  { id: 'qingyang-suihong', petaflops: 40_000, capexYuan: 12_800_000_000, reading: 'unstated' },
  { id: 'delingha', petaflops: 20_000, capexYuan: 6_500_000_000, reading: 'unstated' },
  { id: 'jiujiang', petaflops: 2_500, capexYuan: 2_000_000_000, reading: 'unstated' },
  { id: 'yichang', petaflops: 10_000, capexYuan: 9_300_000_000, reading: 'unstated' },
  { id: 'wuhan-hpc', petaflops: 50, capexYuan: 949_000_000, reading: 'fp64' },
] as const

/** Outlay per P_d16, yuan. Above `itemise` the items must be laid open; above `stop` no AI project was found. */
export const AI_CAPEX_BAND = { implausibleBelow: 150_000, itemise: 2_000_000, stop: 5_000_000 } as const
/** The one comparable double-precision centre, and twice its price as the stop. */
export const HPC_CAPEX_BAND = { comparable: 18_980_000, stop: 37_960_000 } as const

/** A claim is explained by a reading within this distance. */
export const CLAIM_TOLERANCE = 0.03

/** 大型: from 3,000 standard racks (工信部联通〔2013〕13号); a gross floor of 2 m² holds at most one (assumed). */
export const LARGE_RACKS = 3000
export const LEAST_SQUARE_METRES_PER_RACK = 2
/** the unit in which data centres are counted: a rack of 2.5 kW (工信部) */
export const STANDARD_RACK_KW = 2.5
export const LEAST_OCCUPANCY = 0.5

export const LEAST_OFFTAKE_SHARE = 0.5
export const OFFTAKE_YEARS = 2
export const MOST_CIRCULAR_DEMAND = 0.3

/** a stated full load below this part of the cards' own rated draw contradicts the chip list (assumed) */
export const LEAST_LOAD_OF_CARDS = 0.7
/** Below this much electricity a year no separate energy review is needed (and below 1,000 t of coal equivalent). */
export const ENERGY_REVIEW_MWH = 5000
export const TONNES_COAL_PER_MWH = 0.1229
export const ENERGY_REVIEW_TONNES = 1000

export const LEAST_OPERATOR_YEARS = 1
export const LEAST_OPERATOR_CLUSTER_SHARE = 0.1
export const LEAST_PROTECTION_LEVEL = 3
/** an earlier phase opens the next one once this much of its plan runs, and this much of what runs is sold */
export const LEAST_PHASE_RUNNING = 0.7
export const LEAST_PHASE_SOLD = 0.7
export const RED_DEBT_RATIO = 3
/** outlay from one year's general budget over its revenue */
export const MOST_BUDGET_SHARE = 0.1
export const LEAST_CHANCE_OF_GAIN = 0.5

/** What stands in for facts the proposal leaves open; each one used is listed with the result. */
export const DEFAULTS = {
  lifeYears: { value: 5, basis: 'assumed' },
  pue: { value: 1.3, basis: 'assumed' },
  yuanPerKwh: { value: 0.65, basis: 'assumed' },
  idleShare: { value: 0.35, basis: 'assumed' },
  fixedOpexShare: { value: 0.05, basis: 'assumed' },
  availability: { value: 0.95, basis: 'assumed' },
  surchargeShare: { value: 0.0072, basis: 'assumed' },
  taxRate: { value: 0.25, basis: 'clause' },
  residualShare: { value: 0, basis: 'assumed' },
  discountRate: { value: 0.065, basis: 'assumed' },
  /** an eight-card H800-class node at 70,000 yuan a month in late 2024, over its 7.9152 P_d16 */
  rentYuanPerPetaflopYear: { value: 840_000 / 7.9152, basis: 'published' },
  /** 10.2 kW for such a node */
  itKwPerPetaflop: { value: 10.2 / 7.9152, basis: 'published' },
  /** server draw over the cards' own rated draw: 10.2 kW over 8 × 700 W */
  serverOverCards: { value: 10.2 / 5.6, basis: 'published' },
  /** change of the rent of a given chip a year */
  priceDrift: { value: -0.25, basis: 'assumed' },
  /** national mean use of AI computing centres, the prior without offtake */
  marketShare: { value: 0.3, basis: 'published' },
  loanRate: { value: 0.05, basis: 'assumed' },
  loanYears: { value: 15, basis: 'assumed' },
} as const satisfies Record<string, { value: number; basis: Basis }>

export type DefaultId = keyof typeof DEFAULTS

/** Widths of the simulation. Price: reversion and jumps around the H100 rents of 2023–2026. */
export const UNCERTAINTY: Uncertainty = {
  priceReversion: 0.5,
  priceDeviation: 0.25,
  jumpsPerYear: 0.2,
  jumpMean: 0.3,
  jumpDeviation: 0.15,
  soldDeviation: 0.15,
  soldShock: 0.3,
  shockCorrelation: 0.4,
  ramp: [0.5, 0.82, 0.95, 1],
  capexDeviation: 0.15,
  longestDelayYears: 1.5,
  availabilityDeviation: 0.02,
  tariffDeviation: 0.15,
  pueBelow: 0.15,
  pueAbove: 0.3,
  obsolescencePerYear: 0.12,
  safeYears: 3,
  lowestRate: 0.05,
  highestRate: 0.08,
}
