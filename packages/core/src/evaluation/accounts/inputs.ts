// What the two accounts are computed from. Every fact names its source and the day its data were cut; a fact that is
// not there is not there. Amounts are yuan and compute is P_d16·h, as statistics (money itself stays in the ledger).
import type { Day } from '../../calendar/index.ts'
import type { ConfidenceInterval } from '../estimate.ts'
import type { DesignGrade } from './grade.ts'

interface Provenance {
  /** register, system or document, with its date or number */
  readonly source: string
  /** the last day the data cover */
  readonly cutOn: Day
  /** observations behind it */
  readonly n?: number
  /** share of observations missing, 0 to 1 */
  readonly missingShare?: number
}

export interface NumberFact extends Provenance {
  readonly value: number
}

/** One number per firm, contract or file. */
export interface ListFact extends Provenance {
  readonly values: readonly number[]
}

/** A part of a whole in each group (size class, district …). */
export interface GroupsFact extends Provenance {
  readonly groups: Readonly<Record<string, { readonly part: number; readonly whole: number }>>
}

/** Money and workers of each cell of a territory, the cells gathered in districts. */
export interface CellsFact extends Provenance {
  readonly cells: readonly { readonly district: string; readonly money: number; readonly workers: number }[]
}

/** What an evaluation found, with its interval and its design grade. */
export interface EffectFact extends Provenance {
  readonly estimate: number
  readonly ci: ConfidenceInterval
  readonly grade: DesignGrade
  readonly nTreated?: number
  readonly nControl?: number
  /** months after the award; effects fade, so 6, 12, 24 and 36 are reported apart */
  readonly horizonMonths?: number
  /** p-values of the checks the design owes: pre-trend, balance, manipulation, attrition */
  readonly checks?: Readonly<Record<string, number>>
}

/** Every input: its kind and its unit. */
export const INPUTS = {
  pool: { kind: 'number', unit: 'CNY' },
  issued: { kind: 'number', unit: 'CNY' },
  redeemed: { kind: 'number', unit: 'CNY' },
  expired: { kind: 'number', unit: 'CNY' },
  issuedLast90Days: { kind: 'number', unit: 'CNY' },
  administration: { kind: 'number', unit: 'CNY' },
  recovered: { kind: 'number', unit: 'CNY' },
  confirmedLoss: { kind: 'number', unit: 'CNY' },
  eligibleSpend: { kind: 'number', unit: 'CNY' },
  paidOutOfArea: { kind: 'number', unit: 'CNY' },
  treatedFirms: { kind: 'number', unit: 'firms' },
  effectComputePerFirm: { kind: 'effect', unit: 'P_d16·h per firm' },
  effectSpendPerFirm: { kind: 'effect', unit: 'CNY per firm' },
  effectLogPrice: { kind: 'effect', unit: 'log points' },
  rateChange: { kind: 'number', unit: 'share' },
  effectDisplacement: { kind: 'effect', unit: 'share of the gain' },
  netValueAdded: { kind: 'effect', unit: 'CNY' },
  effectRetainedTaxPerFirmYear: { kind: 'effect', unit: 'CNY per firm and year' },
  discountRate: { kind: 'number', unit: 'share per year' },
  computeInstalled: { kind: 'number', unit: 'P_d16·h' },
  computeAvailable: { kind: 'number', unit: 'P_d16·h' },
  computeSold: { kind: 'number', unit: 'P_d16·h' },
  computeAllocated: { kind: 'number', unit: 'P_d16·h' },
  computeActive: { kind: 'number', unit: 'P_d16·h' },
  computeEffective: { kind: 'number', unit: 'P_d16·h' },
  modelFlopsUtilisation: { kind: 'number', unit: 'share' },
  contractPrices: { kind: 'list', unit: 'CNY per P_d16·h' },
  nationalPrice: { kind: 'number', unit: 'CNY per P_d16·h' },
  auditedSample: { kind: 'number', unit: 'claims' },
  auditedWithLoss: { kind: 'number', unit: 'claims' },
  bestFeasibleCompute: { kind: 'number', unit: 'P_d16·h' },
  simulatedCompute: { kind: 'number', unit: 'P_d16·h' },
  beneficiaries: { kind: 'number', unit: 'firms' },
  eligibleFirms: { kind: 'number', unit: 'firms' },
  reachByGroup: { kind: 'groups', unit: 'firms' },
  smeBeneficiaries: { kind: 'number', unit: 'firms' },
  smeMoney: { kind: 'number', unit: 'CNY' },
  applicants: { kind: 'number', unit: 'firms' },
  privateApplicants: { kind: 'number', unit: 'firms' },
  privateBeneficiaries: { kind: 'number', unit: 'firms' },
  privateMoney: { kind: 'number', unit: 'CNY' },
  firstTimeUsers: { kind: 'number', unit: 'firms' },
  moneyByFirm: { kind: 'list', unit: 'CNY' },
  repeatedThreeYears: { kind: 'number', unit: 'firms' },
  moneyByCell: { kind: 'cells', unit: 'CNY and workers' },
  scienceCardHours: { kind: 'number', unit: 'card-h' },
  researchers: { kind: 'number', unit: 'persons' },
  effectJobsPerFirm: { kind: 'effect', unit: 'FTE per firm' },
  centreJobs: { kind: 'number', unit: 'FTE' },
  centreMu: { kind: 'number', unit: '亩' },
  trained: { kind: 'number', unit: 'persons' },
  certified: { kind: 'number', unit: 'persons' },
  retainedAfterYear: { kind: 'number', unit: 'persons' },
  outputsClaimed: { kind: 'number', unit: 'outputs' },
  outputsVerified: { kind: 'number', unit: 'outputs' },
  publicCases: { kind: 'number', unit: 'cases' },
  publicCasesSixMonths: { kind: 'number', unit: 'cases' },
  facilityEnergy: { kind: 'number', unit: 'kWh' },
  itEnergy: { kind: 'number', unit: 'kWh' },
  greenEnergy: { kind: 'number', unit: 'kWh' },
  water: { kind: 'number', unit: 'L' },
  gridFactor: { kind: 'number', unit: 'kgCO2 per kWh' },
  computeDomestic: { kind: 'number', unit: 'P_d16·h' },
  portsAttempted: { kind: 'number', unit: 'ports' },
  portsSucceeded: { kind: 'number', unit: 'ports' },
  daysPerPort: { kind: 'list', unit: 'days' },
  daysToMoney: { kind: 'list', unit: 'days' },
  files: { kind: 'number', unit: 'files' },
  corrections: { kind: 'number', unit: 'corrections' },
  alerts: { kind: 'number', unit: 'alerts' },
  holds: { kind: 'number', unit: 'holds' },
  reversals: { kind: 'number', unit: 'holds' },
  accusedByGroup: { kind: 'groups', unit: 'honest firms' },
  fieldsPublished: { kind: 'number', unit: 'fields' },
  fieldsRequired: { kind: 'number', unit: 'fields' },
  effectSurvival: { kind: 'effect', unit: 'share alive after 36 months' },
  surveyed: { kind: 'number', unit: 'firms' },
  responded: { kind: 'number', unit: 'firms' },
  satisfied: { kind: 'number', unit: 'firms' },
  complaints: { kind: 'number', unit: 'complaints' },
} as const

export type InputKey = keyof typeof INPUTS

interface FactOfKind {
  readonly number: NumberFact
  readonly list: ListFact
  readonly groups: GroupsFact
  readonly cells: CellsFact
  readonly effect: EffectFact
}

export type FactOf<Key extends InputKey> = FactOfKind[(typeof INPUTS)[Key]['kind']]

/** What is known; what is absent is unknown. */
export type Facts = { readonly [Key in InputKey]?: FactOf<Key> }

/** What a formula sees: plain numbers, lists, groups, cells and effects. */
export type InputValue<Key extends InputKey> = {
  readonly number: number
  readonly list: readonly number[]
  readonly groups: GroupsFact['groups']
  readonly cells: CellsFact['cells']
  readonly effect: EffectFact
}[(typeof INPUTS)[Key]['kind']]
