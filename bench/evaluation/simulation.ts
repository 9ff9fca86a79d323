// 20,000 firms × 12 months × 200 draws of the policy simulation, on one processor and on two.
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import type { Decision } from '@suanquan/core'
import {
  ASSUMED_BEHAVIOUR,
  populationOf,
  samplePopulation,
  schedulesOf,
  simulate,
  summariseDraws,
  type DrawResults,
  type SimulationInput,
  type SupportEvaluator,
} from '@suanquan/core/evaluation'

const FIRMS = 20_000
const MONTHS = 12
const DRAWS = 200

function must<Value>(decision: Decision<Value>): Value {
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusal))
  return decision.value
}

/** 30 % (small firms 40 %) up to two million yuan, nothing below ten thousand. */
const policy: SupportEvaluator = (firm, fen) => {
  if (fen < 1_000_000n) return 0n
  const support = (fen * (firm.size === 'large' ? 30n : 40n)) / 100n
  return support < 200_000_000n ? support : 200_000_000n
}

function setting(): SimulationInput {
  const firms = samplePopulation(
    {
      basis: 'assumed',
      firms: FIRMS,
      sizes: {
        micro: { share: 0.75, medianSpend: 30_000, adopts: 0.1 },
        small: { share: 0.2, medianSpend: 150_000, adopts: 0.25 },
        large: { share: 0.05, medianSpend: 1_500_000, adopts: 0.6 },
      },
      industries: ['ai', 'software', 'manufacturing', 'science', 'media'],
      districts: ['a', 'b', 'c', 'd', 'e', 'f'],
      privateShare: 0.8,
      logSpread: 1,
    },
    'bench',
  )
  const population = must(populationOf(firms))
  return {
    population,
    schedules: must(schedulesOf(policy, population)),
    behaviour: ASSUMED_BEHAVIOUR,
    pool: 300_000_000,
    queue: 'first_come',
    batchMonths: 1,
    months: MONTHS,
    pricePerCompute: 20,
    seed: 'suanquan-simulation-2026',
  }
}

export interface SimulationTimes {
  readonly firms: number
  readonly months: number
  readonly draws: number
  readonly oneProcessorSeconds: number
  /** processor time of that run, which a busy machine does not stretch */
  readonly oneProcessorCpuSeconds: number
  readonly twoProcessorSeconds: number
  readonly processors: number
  readonly vouchersMedian: number
  readonly deadWeightMedian: number
}

async function inWorkers(ranges: readonly (readonly [number, number])[]): Promise<DrawResults[]> {
  return Promise.all(
    ranges.map(
      (range) =>
        new Promise<DrawResults>((resolve, reject) => {
          const worker = new Worker(new URL(import.meta.url), { workerData: { range } })
          worker.once('message', resolve)
          worker.once('error', reject)
        }),
    ),
  )
}

/** Set-up of population and schedules is in both times. */
export async function timeSimulation(): Promise<SimulationTimes> {
  const start = performance.now()
  const used = process.cpuUsage()
  const input = setting()
  const alone = must(simulate(input, 0, DRAWS))
  const middle = performance.now()
  const { user, system } = process.cpuUsage(used)
  const parts = await inWorkers([
    [0, DRAWS / 2],
    [DRAWS / 2, DRAWS],
  ])
  const end = performance.now()
  const [summary, joined] = [summariseDraws(input, [alone]), summariseDraws(input, parts)]
  if (summary.redeemed.median !== joined.redeemed.median) throw new Error('two processors disagree with one')
  return {
    firms: FIRMS,
    months: MONTHS,
    draws: DRAWS,
    oneProcessorSeconds: (middle - start) / 1000,
    oneProcessorCpuSeconds: (user + system) / 1e6,
    twoProcessorSeconds: (end - middle) / 1000,
    processors: availableParallelism(),
    vouchersMedian: summary.vouchers.median,
    deadWeightMedian: summary.deadWeightShare.median,
  }
}

if (!isMainThread) {
  const { range } = workerData as { range: [number, number] }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port has no origin
  parentPort?.postMessage(must(simulate(setting(), range[0], range[1])))
}
