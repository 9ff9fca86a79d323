// Simulated worlds with a known effect, one per estimator. Each draws one data set and says what the estimator made of
// it: the interval's hit or miss of the truth, or the p-value under no effect. Settings were fixed before the first run.
import { seededRandom, type Decision, type Random } from '@suanquan/core'
import {
  balance,
  bunching,
  densityTest,
  differenceInDifferences,
  differenceInMeans,
  discontinuity,
  adjustedDifference,
  kink,
  permutationP,
  staggered,
  westfallYoung,
  wildClusterBootstrap,
} from '@suanquan/core/evaluation'

/** One simulated study: the estimate with its interval and the truth, or a p-value where there is no effect. */
export interface Study {
  readonly name: string
  readonly kind: 'coverage' | 'size'
  readonly run: (random: Random) => { estimate: number; truth: number; covers: boolean } | { pValue: number }
}

function must<Value>(decision: Decision<Value>): Value {
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusal))
  return decision.value
}

function covered(
  { estimate, ci }: { estimate: number; ci: readonly [number, number] },
  truth: number,
): { estimate: number; truth: number; covers: boolean } {
  return { estimate, truth, covers: ci[0] <= truth && truth <= ci[1] }
}

function column(size: number, make: (row: number) => number): Float64Array {
  return Float64Array.from({ length: size }, (_, row) => make(row))
}

/** 60 of 200 drawn; skewed outcomes with unequal spread. */
function lottery(
  random: Random,
  effect: number,
): { outcome: Float64Array; treated: Float64Array; x: Float64Array } {
  const treated = new Float64Array(200).fill(1, 0, 60)
  const x = column(200, () => random.normal())
  const outcome = column(
    200,
    (row) => x[row]! + Math.exp(0.5 * random.normal()) + (treated[row] ? effect + 0.7 * random.normal() : 0),
  )
  return { outcome, treated, x }
}

/** The vote shares of Lee's Senate-like design (Imbens and Kalyanaraman 2012; model 1 of Calonico et al. 2014). */
function lee(x: number): number {
  return x < 0
    ? 0.48 + x * (1.27 + x * (7.18 + x * (20.21 + x * (21.54 + x * 7.33))))
    : 0.52 + x * (0.84 + x * (-3 + x * (7.99 + x * (-9.01 + x * 3.56))))
}

/** Beta(2, 4) scores on [-1, 1] as in those papers: the second smallest of five uniforms. */
function score(random: Random): number {
  const five = [0, 0, 0, 0, 0].map(() => random.next()).sort((a, b) => a - b)
  return 2 * five[1]! - 1
}

function atCutoff(
  random: Random,
  curve: (x: number) => number,
  selector: 'mse' | 'coverage',
): ReturnType<typeof covered> {
  const running = column(1000, () => score(random))
  const outcome = running.map((x) => curve(x) + 0.1295 * random.normal())
  const result = must(discontinuity({ outcome, running, cutoff: 0 }, { selector }))
  return covered({ estimate: result.biasCorrected, ci: result.ci }, 0.04)
}

function panel(random: Random): { panel: ReturnType<typeof balance>; truth: number } {
  const units = 200
  const rows = { unit: [] as string[], time: [] as number[], outcome: [] as number[], first: [] as number[] }
  for (let unit = 0; unit < units; unit++) {
    const first = unit < 80 ? Infinity : unit < 140 ? 3 : 5
    const level = random.normal()
    for (let time = 1; time <= 6; time++) {
      rows.unit.push(String(unit))
      rows.time.push(time)
      rows.first.push(first)
      const effect = time >= first ? (0.5 + 0.1 * (time - first)) * (first === 3 ? 1 : 2) : 0
      rows.outcome.push(level + 0.3 * time + effect + 0.8 * random.normal())
    }
  }
  const truth = averageEffect()
  return {
    panel: balance({
      unit: rows.unit,
      time: Float64Array.from(rows.time),
      outcome: Float64Array.from(rows.outcome),
      first: Float64Array.from(rows.first),
    }),
    truth,
  }
}

/** Cells after treatment, each weighted by the 60 units of its group. */
function averageEffect(): number {
  const early = [0, 1, 2, 3].map((lag) => 0.5 + 0.1 * lag)
  const late = [0, 1].map((lag) => 2 * (0.5 + 0.1 * lag))
  return [...early, ...late].reduce((sum, value) => sum + value, 0) / 6
}

function clusters(
  random: Random,
  count: number,
): { outcome: Float64Array; treatment: Float64Array; cluster: Float64Array } {
  const perCluster = 20
  const shocks = column(count, () => random.normal())
  const cluster = column(count * perCluster, (row) => Math.floor(row / perCluster))
  return {
    cluster,
    treatment: cluster.map((c) => (c < count / 2 ? 1 : 0)),
    outcome: cluster.map((c) => shocks[c]! + random.normal()),
  }
}

/** Contracts around a cap of 50 with 60 more than a smooth density would put just below it. */
function contracts(random: Random): { spend: Float64Array; truth: number } {
  const excess = 60
  const smooth = 6000
  const spend = column(smooth + excess, (row) => {
    if (row >= smooth) return 50 - 2 * random.next()
    // density falls linearly over [20, 80]: the smaller of two uniforms mixed with one uniform
    const u = random.next()
    return 20 + 60 * (random.next() < 0.5 ? Math.min(u, random.next()) : u)
  })
  // density at 49 of the mixture: (0.5 · 2(1 − z) + 0.5) / 60 per unit, z = 29/60
  const z = 29 / 60
  return { spend, truth: excess / ((smooth * (0.5 * 2 * (1 - z) + 0.5)) / 60) }
}

export const studies: readonly Study[] = [
  {
    name: 'lottery: difference in means, Neyman, 60 of 200',
    kind: 'coverage',
    run: (random) => covered(must(differenceInMeans(lottery(random, 0.5))), 0.5),
  },
  {
    name: 'lottery: Lin with HC2',
    kind: 'coverage',
    run: (random) => {
      const { x, ...data } = lottery(random, 0.5)
      return covered(must(adjustedDifference(data, [x], 'lin')), 0.5)
    },
  },
  {
    name: 'lottery: permutation test, 199 draws, equal arms under no effect',
    kind: 'size',
    run: (random) => {
      const outcome = column(60, () => Math.exp(random.normal()))
      const treated = column(60, (row) => row % 2)
      return { pValue: must(permutationP({ outcome, treated }, { draws: 199, seed: String(random.next()) })) }
    },
  },
  {
    name: 'difference in differences, clustered by 40 units',
    kind: 'coverage',
    run: (random) => {
      const level = column(40, () => random.normal())
      const shock = column(40, () => random.normal())
      const unit = column(320, (row) => Math.floor(row / 8))
      const post = column(320, (row) => (row % 8 < 4 ? 0 : 1))
      const treated = unit.map((u) => u % 2)
      const outcome = column(
        320,
        (row) =>
          level[unit[row]!]! +
          post[row]! * (0.4 * treated[row]! + 0.5 * shock[unit[row]!]!) +
          random.normal(),
      )
      return covered(must(differenceInDifferences({ outcome, treated, post, cluster: unit })), 0.4)
    },
  },
  {
    name: 'staggered: average of all cells, 200 units × 6 periods',
    kind: 'coverage',
    run: (random) => {
      const made = panel(random)
      return covered(must(staggered(must(made.panel))).simple, made.truth)
    },
  },
  {
    name: 'discontinuity: robust interval, Lee’s model, n = 1,000',
    kind: 'coverage',
    run: (random) => atCutoff(random, lee, 'mse'),
  },
  {
    name: 'discontinuity: the same, bandwidth for coverage',
    kind: 'coverage',
    run: (random) => atCutoff(random, lee, 'coverage'),
  },
  {
    name: 'discontinuity: robust interval, gentle curve, n = 1,000',
    kind: 'coverage',
    run: (random) => atCutoff(random, (x) => Math.sin(x) / 2 + (x >= 0 ? 0.04 : 0), 'mse'),
  },
  {
    name: 'kink: robust interval, cap at 0, rate 30 %, n = 2,000',
    kind: 'coverage',
    run: (random) => {
      const running = column(2000, () => 2 * random.next() - 1)
      const outcome = running.map((x) => Math.sin(x) + 0.8 * Math.min(x, 0) + 0.2 * random.normal())
      const result = must(kink({ outcome, running, cutoff: 0 }, { slopeChange: -0.3 }))
      return covered({ estimate: result.biasCorrected, ci: result.ci }, 0.8 / 0.3)
    },
  },
  {
    name: 'bunching: excess at a cap, 6,060 contracts',
    kind: 'coverage',
    run: (random) => {
      const { spend, truth } = contracts(random)
      return covered(
        must(
          bunching(spend, { cap: 50, binWidth: 1, binsBelow: 2, binsAbove: 1, binsEachSide: 28, order: 5 }),
        ),
        truth,
      )
    },
  },
  {
    name: 'density at the cut-off, normal scores, n = 1,000',
    kind: 'size',
    run: (random) => ({
      pValue: must(
        densityTest(
          column(1000, () => random.normal()),
          0.3,
        ),
      ).pValue,
    }),
  },
  ...[6, 8, 10, 12].map((count): Study => ({
    name: `wild cluster bootstrap, ${count} clusters, half treated`,
    kind: 'size',
    run: (random) => ({
      pValue: must(wildClusterBootstrap(clusters(random, count), { draws: 399, seed: String(random.next()) }))
        .pValue,
    }),
  })),
  {
    name: 'Westfall–Young: any of four related outcomes, 199 draws',
    kind: 'size',
    run: (random) => {
      const treated = column(60, (row) => row % 2)
      const shared = column(60, () => random.normal())
      const outcomes = [0, 1, 2, 3].map(() => shared.map((value) => value + random.normal()))
      const adjusted = must(westfallYoung(outcomes, treated, { draws: 199, seed: String(random.next()) }))
      return { pValue: Math.min(...adjusted) }
    },
  },
]

export interface Tally {
  readonly name: string
  readonly kind: Study['kind']
  readonly draws: number
  /** share of intervals that cover the truth, or share of p-values at or below 0.05, in per cent */
  readonly percent: number
  /** mean estimate over the truth, minus one, in per cent; null for tests */
  readonly biasPercent: number | null
}

export function tally(study: Study, draws: number, seed: string): Tally {
  let [hits, sum, truth] = [0, 0, 0]
  for (let draw = 0; draw < draws; draw++) {
    const result = study.run(seededRandom(`${seed}/${study.name}/${draw}`))
    if ('pValue' in result) hits += result.pValue <= 0.05 ? 1 : 0
    else {
      hits += result.covers ? 1 : 0
      sum += result.estimate / draws
      truth = result.truth
    }
  }
  const biasPercent = study.kind === 'coverage' ? 100 * (sum / truth - 1) : null
  return { name: study.name, kind: study.kind, draws, percent: (100 * hits) / draws, biasPercent }
}
