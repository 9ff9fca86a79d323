// The social account 社会账, S01 to S18.
import { ascending, mean, quantile } from '../mathematics/statistics.ts'
import { clopperPearson } from '../mathematics/distributions.ts'
import { gini, theil, topShare } from './concentration.ts'
import type { InputKey } from './inputs.ts'
import { INPUTS } from './inputs.ts'
import { measure, ratio, scale, type Computed, type IndicatorId, type Measure } from './measure.ts'

type NumberKey = {
  [Key in InputKey]: (typeof INPUTS)[Key]['kind'] extends 'number' ? Key : never
}[InputKey]

/** Most social measures are one count over another. */
function share(indicator: IndicatorId, name: string, part: NumberKey, whole: NumberKey): Measure {
  return measure({
    indicator,
    name,
    unit: 'share',
    formula: `${part} / ${whole}`,
    needs: [part, whole],
    compute: (inputs) => ratio(inputs[part], inputs[whole]),
  })
}

interface Rate {
  readonly indicator: IndicatorId
  readonly name: string
  readonly unit: string
  readonly part: NumberKey
  readonly whole: NumberKey
  readonly times?: number
}

function rate({ indicator, name, unit, part, whole, times = 1 }: Rate): Measure {
  return measure({
    indicator,
    name,
    unit,
    formula: times === 1 ? `${part} / ${whole}` : `${times} · ${part} / ${whole}`,
    needs: [part, whole],
    compute: (inputs) => ratio(times * inputs[part], inputs[whole]),
  })
}

const reach: readonly Measure[] = [
  share('S01', 'reach', 'beneficiaries', 'eligibleFirms'),
  measure({
    indicator: 'S01',
    name: 'reach_by_group',
    unit: 'share',
    formula: 'beneficiaries / eligible firms in each group; value: the widest gap between groups',
    needs: ['reachByGroup'],
    compute: ({ reachByGroup }) => gapBetween(reachByGroup),
  }),
  share('S02', 'sme_share_of_firms', 'smeBeneficiaries', 'beneficiaries'),
  share('S02', 'sme_share_of_money', 'smeMoney', 'redeemed'),
  share('S03', 'private_share_of_applicants', 'privateApplicants', 'applicants'),
  share('S03', 'private_share_of_beneficiaries', 'privateBeneficiaries', 'beneficiaries'),
  share('S03', 'private_share_of_money', 'privateMoney', 'redeemed'),
  share('S04', 'first_time_users', 'firstTimeUsers', 'beneficiaries'),
]

const evenness: readonly Measure[] = [
  measure({
    indicator: 'S05',
    name: 'gini',
    unit: 'index',
    formula: 'Gini of money by beneficiary',
    needs: ['moneyByFirm'],
    compute: ({ moneyByFirm }) => gini(moneyByFirm),
  }),
  measure({
    indicator: 'S05',
    name: 'top_10_share',
    unit: 'share',
    formula: 'money of the ten largest beneficiaries / all',
    needs: ['moneyByFirm'],
    compute: ({ moneyByFirm }) => topShare(moneyByFirm, 10),
  }),
  share('S05', 'repeated_three_years', 'repeatedThreeYears', 'beneficiaries'),
  ...(['total', 'within', 'between'] as const).map((part) =>
    measure({
      indicator: 'S06',
      name: `theil_${part}`,
      unit: 'index',
      formula: `Theil’s T of money per worker, ${part}${part === 'total' ? '' : ' districts'}`,
      needs: ['moneyByCell'],
      compute: ({ moneyByCell }) => theil(moneyByCell)?.[part] ?? null,
    }),
  ),
]

const people: readonly Measure[] = [
  measure({
    indicator: 'S07',
    name: 'science_card_hours',
    unit: 'card-h',
    formula: 'card hours of universities and institutes',
    needs: ['scienceCardHours'],
    uncertainty: 'measurement',
    compute: ({ scienceCardHours }) => scienceCardHours,
  }),
  rate({
    indicator: 'S07',
    name: 'science_per_researcher',
    unit: 'card-h per person',
    part: 'scienceCardHours',
    whole: 'researchers',
  }),
  measure({
    indicator: 'S08',
    name: 'jobs',
    unit: 'FTE',
    formula: 'τ_jobs · N',
    needs: ['effectJobsPerFirm', 'treatedFirms'],
    uncertainty: 'effect',
    compute: ({ effectJobsPerFirm, treatedFirms }) => scale(effectJobsPerFirm, treatedFirms),
  }),
  rate({ indicator: 'S08', name: 'jobs_per_mu', unit: 'FTE per 亩', part: 'centreJobs', whole: 'centreMu' }),
  measure({
    indicator: 'S09',
    name: 'trained',
    unit: 'persons',
    formula: 'people trained',
    needs: ['trained'],
    compute: ({ trained }) => trained,
  }),
  share('S09', 'certified', 'certified', 'trained'),
  share('S09', 'retained_after_12_months', 'retainedAfterYear', 'trained'),
]

const outputs: readonly Measure[] = [
  rate({
    indicator: 'S10',
    name: 'outputs_claimed',
    unit: 'per million CNY',
    part: 'outputsClaimed',
    whole: 'redeemed',
    times: 1_000_000,
  }),
  rate({
    indicator: 'S10',
    name: 'outputs_verified',
    unit: 'per million CNY',
    part: 'outputsVerified',
    whole: 'redeemed',
    times: 1_000_000,
  }),
  share('S10', 'verified_of_claimed', 'outputsVerified', 'outputsClaimed'),
  measure({
    indicator: 'S11',
    name: 'public_cases_six_months',
    unit: 'cases',
    formula: 'public-service cases in operation for six months or more',
    needs: ['publicCasesSixMonths'],
    compute: ({ publicCasesSixMonths }) => publicCasesSixMonths,
  }),
  share('S11', 'lasting_cases', 'publicCasesSixMonths', 'publicCases'),
  rate({
    indicator: 'S12',
    name: 'energy_per_compute',
    unit: 'kWh per P_d16·h',
    part: 'facilityEnergy',
    whole: 'computeActive',
  }),
  rate({ indicator: 'S12', name: 'pue', unit: '×', part: 'facilityEnergy', whole: 'itEnergy' }),
  rate({ indicator: 'S12', name: 'wue', unit: 'L per kWh', part: 'water', whole: 'itEnergy' }),
  measure({
    indicator: 'S12',
    name: 'carbon_per_compute',
    unit: 'kgCO2 per P_d16·h',
    formula: '(facilityEnergy − greenEnergy) · gridFactor / computeActive',
    needs: ['facilityEnergy', 'greenEnergy', 'gridFactor', 'computeActive'],
    uncertainty: 'measurement',
    compute: (x) => ratio(Math.max(0, x.facilityEnergy - x.greenEnergy) * x.gridFactor, x.computeActive),
  }),
  share('S12', 'green_share', 'greenEnergy', 'facilityEnergy'),
  share('S13', 'domestic_share', 'computeDomestic', 'computeActive'),
  share('S13', 'ports_succeeded', 'portsSucceeded', 'portsAttempted'),
  measure({
    indicator: 'S13',
    name: 'days_per_port',
    unit: 'days',
    formula: 'mean days of a successful port',
    needs: ['daysPerPort'],
    compute: ({ daysPerPort }) => (daysPerPort.length === 0 ? null : mean(daysPerPort)),
  }),
]

const service: readonly Measure[] = [
  ...([0.5, 0.9] as const).map((p) =>
    measure({
      indicator: 'S14',
      name: p === 0.5 ? 'median_days_to_money' : 'p90_days_to_money',
      unit: 'days',
      formula: `${p * 100} % point of days from application to money`,
      needs: ['daysToMoney'],
      compute: ({ daysToMoney }) => (daysToMoney.length === 0 ? null : quantile(ascending(daysToMoney), p)),
    }),
  ),
  rate({
    indicator: 'S14',
    name: 'corrections_per_file',
    unit: 'per file',
    part: 'corrections',
    whole: 'files',
  }),
  rate({
    indicator: 'S15',
    name: 'alerts_per_thousand',
    unit: 'per 1,000 beneficiaries',
    part: 'alerts',
    whole: 'beneficiaries',
    times: 1000,
  }),
  share('S15', 'holds_reversed', 'reversals', 'holds'),
  measure({
    indicator: 'S15',
    name: 'false_accusations_by_size',
    unit: 'share',
    formula: 'honest firms accused / honest firms in each size; value: the widest gap between sizes',
    needs: ['accusedByGroup'],
    compute: ({ accusedByGroup }) => gapBetween(accusedByGroup),
  }),
  share('S16', 'transparency', 'fieldsPublished', 'fieldsRequired'),
  measure({
    indicator: 'S17',
    name: 'survival_difference_36_months',
    unit: 'share',
    formula: 'Kaplan–Meier of beneficiaries − of controls at 36 months',
    needs: ['effectSurvival'],
    uncertainty: 'effect',
    compute: ({ effectSurvival }) => scale(effectSurvival, 1),
  }),
  measure({
    indicator: 'S18',
    name: 'satisfied',
    unit: 'share',
    formula: 'satisfied / responded',
    needs: ['satisfied', 'responded', 'surveyed'],
    uncertainty: 'survey',
    compute: ({ satisfied, responded, surveyed }) => {
      if (!(responded > 0) || satisfied > responded) return null
      const computed: Computed = {
        value: satisfied / responded,
        interval: clopperPearson(satisfied, responded),
      }
      return responded / surveyed < 0.5 ? { ...computed, cautions: ['response_below_half'] } : computed
    },
  }),
  share('S18', 'response_rate', 'responded', 'surveyed'),
  rate({
    indicator: 'S18',
    name: 'complaints_per_thousand',
    unit: 'per 1,000 files',
    part: 'complaints',
    whole: 'files',
    times: 1000,
  }),
]

export const SOCIAL_ACCOUNT: readonly Measure[] = [...reach, ...evenness, ...people, ...outputs, ...service]

/** Each group's share, and the distance between the largest and the smallest. */
function gapBetween(
  groups: Readonly<Record<string, { readonly part: number; readonly whole: number }>>,
): Computed | null {
  const shares = Object.entries(groups).flatMap(([name, { part, whole }]) => {
    const value = ratio(part, whole)
    return value === null ? [] : ([[name, value]] as const)
  })
  if (shares.length === 0) return null
  const values = shares.map(([, value]) => value)
  return { value: Math.max(...values) - Math.min(...values), groups: Object.fromEntries(shares) }
}
