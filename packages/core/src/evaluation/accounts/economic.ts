// The economic account 经济账, E01 to E18. E16, the claimed multiplier, is no formula: it stands in the register of
// claims and no measure can read it.
import { seededRandom } from '../../random.ts'
import { clopperPearson } from '../mathematics/distributions.ts'
import { ascending, quantile } from '../mathematics/statistics.ts'
import { measure, ratio, scale, type Computed, type Measure } from './measure.ts'

const money: readonly Measure[] = [
  measure({
    indicator: 'E01',
    name: 'outlay',
    unit: 'CNY',
    formula: 'redeemed',
    needs: ['redeemed'],
    compute: ({ redeemed }) => redeemed,
  }),
  measure({
    indicator: 'E01',
    name: 'commitments',
    unit: 'CNY',
    formula: 'issued − redeemed − expired',
    needs: ['issued', 'redeemed', 'expired'],
    compute: ({ issued, redeemed, expired }) => issued - redeemed - expired,
  }),
  measure({
    indicator: 'E01',
    name: 'days_to_exhaustion',
    unit: 'days',
    formula: '(pool − issued + expired) / (issued in the last 90 days / 90)',
    needs: ['pool', 'issued', 'expired', 'issuedLast90Days'],
    compute: ({ pool, issued, expired, issuedLast90Days }) =>
      ratio(Math.max(0, pool - issued + expired), issuedLast90Days / 90),
  }),
  measure({
    indicator: 'E02',
    name: 'administrative_cost_ratio',
    unit: 'share',
    formula: 'administration / outlay',
    needs: ['administration', 'redeemed'],
    compute: ({ administration, redeemed }) => ratio(administration, redeemed),
  }),
  measure({
    indicator: 'E03',
    name: 'gross_leverage',
    unit: '×',
    formula: 'eligible spend / outlay',
    needs: ['eligibleSpend', 'redeemed'],
    compute: ({ eligibleSpend, redeemed }) => {
      const value = ratio(eligibleSpend, redeemed)
      return value === null ? null : { value, cautions: ['equals_inverse_rate_when_uncapped'] }
    },
  }),
]

const additional: readonly Measure[] = [
  measure({
    indicator: 'E04',
    name: 'additional_compute',
    unit: 'P_d16·h',
    formula: 'τ_Q · N',
    needs: ['effectComputePerFirm', 'treatedFirms'],
    uncertainty: 'effect',
    compute: ({ effectComputePerFirm, treatedFirms }) => scale(effectComputePerFirm, treatedFirms),
  }),
  measure({
    indicator: 'E05',
    name: 'additionality_share',
    unit: 'share',
    formula: 'τ_S · N / eligible spend',
    needs: ['effectSpendPerFirm', 'treatedFirms', 'eligibleSpend'],
    uncertainty: 'effect',
    compute: ({ effectSpendPerFirm, treatedFirms, eligibleSpend }) =>
      eligibleSpend > 0 ? scale(effectSpendPerFirm, treatedFirms / eligibleSpend) : null,
  }),
  measure({
    indicator: 'E05',
    name: 'dead_weight_share',
    unit: 'share',
    formula: '1 − τ_S · N / eligible spend',
    needs: ['effectSpendPerFirm', 'treatedFirms', 'eligibleSpend'],
    uncertainty: 'effect',
    compute: ({ effectSpendPerFirm, treatedFirms, eligibleSpend }) =>
      eligibleSpend > 0 ? shifted(scale(effectSpendPerFirm, -treatedFirms / eligibleSpend), 1) : null,
  }),
  measure({
    indicator: 'E06',
    name: 'incrementality',
    unit: 'CNY / CNY',
    formula: 'τ_S · N / outlay',
    needs: ['effectSpendPerFirm', 'treatedFirms', 'redeemed'],
    uncertainty: 'effect',
    compute: ({ effectSpendPerFirm, treatedFirms, redeemed }) =>
      redeemed > 0 ? scale(effectSpendPerFirm, treatedFirms / redeemed) : null,
  }),
  measure({
    indicator: 'E07',
    name: 'own_money_additionality',
    unit: 'CNY / CNY',
    formula: '(τ_S · N − outlay) / outlay',
    needs: ['effectSpendPerFirm', 'treatedFirms', 'redeemed'],
    uncertainty: 'effect',
    compute: ({ effectSpendPerFirm, treatedFirms, redeemed }) =>
      redeemed > 0 ? shifted(scale(effectSpendPerFirm, treatedFirms / redeemed), -1) : null,
  }),
]

const spread: readonly Measure[] = [
  measure({
    indicator: 'E08',
    name: 'pass_through',
    unit: 'share',
    formula: '1 − Δ ln(list price) / Δ rate',
    needs: ['effectLogPrice', 'rateChange'],
    uncertainty: 'effect',
    compute: ({ effectLogPrice, rateChange }) =>
      rateChange === 0 ? null : shifted(scale(effectLogPrice, -1 / rateChange), 1),
  }),
  measure({
    indicator: 'E08',
    name: 'provider_capture',
    unit: 'share',
    formula: 'Δ ln(list price) / Δ rate',
    needs: ['effectLogPrice', 'rateChange'],
    uncertainty: 'effect',
    compute: ({ effectLogPrice, rateChange }) =>
      rateChange === 0 ? null : scale(effectLogPrice, 1 / rateChange),
  }),
  measure({
    indicator: 'E09',
    name: 'displacement',
    unit: 'share of the gain',
    formula: 'τ on non-beneficiary local competitors, by exposure',
    needs: ['effectDisplacement'],
    uncertainty: 'effect',
    compute: ({ effectDisplacement }) => scale(effectDisplacement, 1),
  }),
  measure({
    indicator: 'E10',
    name: 'leakage',
    unit: 'share',
    formula: 'paid to out-of-area providers and headquarters / outlay',
    needs: ['paidOutOfArea', 'redeemed'],
    compute: ({ paidOutOfArea, redeemed }) => ratio(paidOutOfArea, redeemed),
  }),
  measure({
    indicator: 'E11',
    name: 'value_added',
    unit: 'CNY',
    formula: 'N · τ · (1 − L)(1 − Dp)(1 − S) · M',
    needs: ['netValueAdded'],
    uncertainty: 'simulation',
    compute: ({ netValueAdded }) => scale(netValueAdded, 1),
  }),
  measure({
    indicator: 'E12',
    name: 'fiscal_return_3y',
    unit: 'CNY / CNY',
    formula: 'Σ₁³ τ_tax · N / (1 + d)^k / (outlay + administration − recoveries)',
    needs: [
      'effectRetainedTaxPerFirmYear',
      'treatedFirms',
      'discountRate',
      'redeemed',
      'administration',
      'recovered',
    ],
    uncertainty: 'effect',
    compute: (x) => {
      const cost = x.redeemed + x.administration - x.recovered
      const step = 1 / (1 + x.discountRate)
      const annuity = step + step * step + step * step * step
      return cost > 0 ? scale(x.effectRetainedTaxPerFirmYear, (x.treatedFirms * annuity) / cost) : null
    },
  }),
]

const RUNGS = [
  'computeInstalled',
  'computeAvailable',
  'computeSold',
  'computeAllocated',
  'computeActive',
  'computeEffective',
] as const

/** Each rung of the ladder over the one above it; a rung wider than the one above it is a contradiction. */
const ladder: readonly Measure[] = [
  ...RUNGS.slice(1).map((rung, index) => {
    const above = RUNGS[index]!
    return measure({
      indicator: 'E13',
      name: `${rung}_of_${above}`,
      unit: 'share',
      formula: `${rung} / ${above}`,
      needs: [rung, above],
      uncertainty: 'measurement',
      compute: (inputs) => {
        const value = ratio(inputs[rung], inputs[above])
        if (value === null) return null
        return value > 1 ? { value, cautions: ['ladder_not_monotone'] } : value
      },
    })
  }),
  measure({
    indicator: 'E13',
    name: 'effective_of_installed',
    unit: 'share',
    formula: 'computeEffective / computeInstalled',
    needs: ['computeEffective', 'computeInstalled'],
    uncertainty: 'measurement',
    compute: ({ computeEffective, computeInstalled }) => ratio(computeEffective, computeInstalled),
  }),
]

/** Floating-point operations of one dense FP16 petaflops for one hour, in units of 10²¹. */
const ZETTA_PER_P_HOUR = 3.6e-3

const prices: readonly Measure[] = [
  measure({
    indicator: 'E14',
    name: 'outlay_per_additional_compute',
    unit: 'CNY per P_d16·h',
    formula: 'outlay / (τ_Q · N)',
    needs: ['redeemed', 'effectComputePerFirm', 'treatedFirms'],
    uncertainty: 'effect',
    compute: ({ redeemed, effectComputePerFirm, treatedFirms }) =>
      per(redeemed, scale(effectComputePerFirm, treatedFirms)),
  }),
  measure({
    indicator: 'E14',
    name: 'outlay_per_zettaflop',
    unit: 'CNY per 10²¹ FLOP',
    formula: 'outlay / (τ_Q · N · 3.6e18 · MFU / 1e21)',
    needs: ['redeemed', 'effectComputePerFirm', 'treatedFirms', 'modelFlopsUtilisation'],
    uncertainty: 'effect',
    compute: (x) =>
      per(
        x.redeemed,
        scale(x.effectComputePerFirm, x.treatedFirms * ZETTA_PER_P_HOUR * x.modelFlopsUtilisation),
      ),
  }),
  measure({
    indicator: 'E15',
    name: 'price_level',
    unit: 'CNY per P_d16·h',
    formula: 'median contract price',
    needs: ['contractPrices'],
    uncertainty: 'bootstrap',
    compute: ({ contractPrices }) => medianWithInterval(contractPrices),
  }),
  measure({
    indicator: 'E15',
    name: 'price_against_nation',
    unit: '×',
    formula: 'median contract price / national price',
    needs: ['contractPrices', 'nationalPrice'],
    uncertainty: 'bootstrap',
    compute: ({ contractPrices, nationalPrice }) => {
      const median = medianWithInterval(contractPrices)
      if (median === null || !(nationalPrice > 0)) return null
      return scale({ estimate: median.value, ci: median.interval }, 1 / nationalPrice)
    },
  }),
]

const losses: readonly Measure[] = [
  measure({
    indicator: 'E17',
    name: 'loss',
    unit: 'CNY',
    formula: 'p̂ of the random audit · outlay',
    needs: ['auditedSample', 'auditedWithLoss', 'redeemed'],
    uncertainty: 'binomial',
    compute: ({ auditedSample, auditedWithLoss, redeemed }) => {
      if (!(auditedSample > 0) || auditedWithLoss > auditedSample) return null
      const ci = clopperPearson(auditedWithLoss, auditedSample)
      return scale({ estimate: auditedWithLoss / auditedSample, ci }, redeemed)
    },
  }),
  measure({
    indicator: 'E17',
    name: 'recovered_of_confirmed_loss',
    unit: 'share',
    formula: 'recoveries / confirmed loss',
    needs: ['recovered', 'confirmedLoss'],
    compute: ({ recovered, confirmedLoss }) => ratio(recovered, confirmedLoss),
  }),
  measure({
    indicator: 'E18',
    name: 'regret',
    unit: 'P_d16·h',
    formula: 'additional compute of the best feasible policy − of this one, both simulated',
    needs: ['bestFeasibleCompute', 'simulatedCompute'],
    uncertainty: 'simulation',
    compute: ({ bestFeasibleCompute, simulatedCompute }) => bestFeasibleCompute - simulatedCompute,
  }),
]

export const ECONOMIC_ACCOUNT: readonly Measure[] = [
  ...money,
  ...additional,
  ...spread,
  ...ladder,
  ...prices,
  ...losses,
]

function shifted(computed: Computed, by: number): Computed {
  const [low, high] = computed.interval ?? [computed.value, computed.value]
  return { ...computed, value: computed.value + by, interval: [low + by, high + by] }
}

/** Money per unit of an effect: without a finite interval when the effect may be zero. */
function per(money: number, effect: Computed): Computed | null {
  if (!(effect.value > 0) || effect.interval === undefined) return null
  const [low, high] = effect.interval
  const value = money / effect.value
  return low > 0
    ? { value, interval: [money / high, money / low] }
    : { value, cautions: ['interval_unbounded'] }
}

const RESAMPLES = 2000

/** The median with the percentile interval of 2,000 resamples of a fixed seed. */
function medianWithInterval(
  values: readonly number[],
): (Computed & { interval: readonly [number, number] }) | null {
  if (values.length < 5) return null
  const random = seededRandom('median')
  const medians = new Float64Array(RESAMPLES)
  for (let draw = 0; draw < RESAMPLES; draw++)
    medians[draw] = quantile(ascending(values.map(() => random.pick(values))), 0.5)
  medians.sort()
  return {
    value: quantile(ascending(values), 0.5),
    interval: [quantile(medians, 0.025), quantile(medians, 0.975)],
  }
}
