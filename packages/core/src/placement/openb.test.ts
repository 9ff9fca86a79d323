// The published experiment, reproduced: OpenB's tasks on OpenB's cluster. The files are not ours to commit; without
// them these tests skip and say so. One seed a workload here; all five with SUANQUAN_FULL=1.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { describe, expect, test } from 'vitest'
import {
  boundProgramme,
  capacityMilliOf,
  createPlacer,
  inflate,
  measure,
  readNodes,
  readTasks,
  type Measurement,
  type NodeSpec,
  type Strategy,
  type TaskSpec,
} from './index.ts'

const folder = join(env['SUANQUAN_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data'), 'openb')
const present = existsSync(folder)
const full = env['SUANQUAN_FULL'] === '1'
const seeds = full ? [42, 43, 44, 45, 46] : [42]

/** Means of ten seeds at 100 % arrived demand, from the authors' result file (fgd_published_alloc.csv). */
const published: Readonly<Record<string, { bestfit: number; fgd: number }>> = {
  default: { bestfit: 92.86, fgd: 95.23 },
  cpu050: { bestfit: 93.56, fgd: 95.0 },
  cpu200: { bestfit: 92.15, fgd: 94.82 },
  cpu250: { bestfit: 91.21, fgd: 93.2 },
  gpushare40: { bestfit: 91.44, fgd: 93.96 },
  gpushare60: { bestfit: 89.06, fgd: 91.25 },
  gpushare100: { bestfit: 84.62, fgd: 86.64 },
  gpuspec10: { bestfit: 93.1, fgd: 94.66 },
  gpuspec25: { bestfit: 85.67, fgd: 93.91 },
  gpuspec33: { bestfit: 80.39, fgd: 87.84 },
  multigpu20: { bestfit: 93.73, fgd: 95.53 },
  multigpu30: { bestfit: 94.57, fgd: 96.36 },
  multigpu50: { bestfit: 95.62, fgd: 97.09 },
}
const otherPolicies = [
  ['random', 86.3, 0.5],
  ['dotprod', 90.62, 0.5],
  ['clustering', 91.65, 0.5],
  ['packing', 91.78, 0.5],
] as const

const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
const nodesOf = (): readonly NodeSpec[] => value(readNodes(read('openb_node_list_gpu_node.csv')))
const tasksOf = (workload: string): readonly TaskSpec[] =>
  value(readTasks(read(`openb_pod_list_${workload}.csv`)))

function value<Value>(
  decision: { ok: true; value: Value } | { ok: false; refusal: { code: string } },
): Value {
  if (!decision.ok) throw new Error(decision.refusal.code)
  return decision.value
}

interface Settings {
  readonly order?: 'shuffled' | 'submission'
  readonly migrate?: boolean
}

const known = new Map<string, Measurement>()

/** Each run is made once and shared by the tests. */
function run(workload: string, strategy: Strategy, seed: number, settings: Settings = {}): Measurement {
  const key = JSON.stringify([workload, strategy, seed, settings])
  const result = known.get(key) ?? runAnew(workload, strategy, seed, settings)
  known.set(key, result)
  return result
}

function runAnew(workload: string, strategy: Strategy, seed: number, settings: Settings): Measurement {
  const nodes = nodesOf()
  const tasks = tasksOf(workload)
  const placer = value(createPlacer(nodes, { strategy, seed, history: tasks }))
  const stream = inflate(tasks, capacityMilliOf(nodes), { seed, order: settings.order ?? 'shuffled' })
  return measure(placer, stream, { arrived: 1, migrate: settings.migrate ?? false })
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, item) => sum + item, 0) / values.length
const allocated = (workload: string, strategy: Strategy, settings: Settings = {}): number =>
  mean(seeds.map((seed) => run(workload, strategy, seed, settings).allocatedPercent))

test('a task whose row names a model twice wants it once', () => {
  const header = 'name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec'
  const [task] = value(readTasks(`${header}\nt,1,1,1,1000,T4|G2|T4`))
  expect(task!.chips!.map(({ chip }) => chip)).toEqual(['T4', 'G2'])
})

describe.skipIf(!present)(present ? 'OpenB' : `OpenB (skipped: nothing in ${folder})`, () => {
  test('has the cluster of the paper', () => {
    const nodes = nodesOf()
    expect(nodes.length).toBe(1213)
    expect(capacityMilliOf(nodes)).toBe(6_212_000)
    expect(tasksOf('default').length).toBe(8152)
  })

  test.runIf(full).each(otherPolicies)(
    '%s on default gives the published %d',
    (policy, expected, tolerance) => {
      expect(Math.abs(allocated('default', policy) - expected)).toBeLessThan(tolerance)
    },
  )

  const reproduced = full ? Object.keys(published) : ['default']
  test.each(reproduced)('BestFit and FGD give the published means on %s', (workload) => {
    const { bestfit, fgd } = published[workload]!
    const tolerance = full ? 0.3 : 0.7
    expect(Math.abs(allocated(workload, 'bestfit') - bestfit)).toBeLessThan(tolerance)
    expect(Math.abs(allocated(workload, 'fgd') - fgd)).toBeLessThan(tolerance)
  })

  test('the priced method fills 95.5 % of default and 93 % of gpuspec33, and more of both than FGD', () => {
    const gain = (workload: string, floor: number): void => {
      const ours = allocated(workload, 'priced')
      expect(ours).toBeGreaterThanOrEqual(floor)
      expect(ours).toBeGreaterThan(allocated(workload, 'fgd'))
    }
    gain('default', 95.5)
    gain('gpuspec33', 93)
  })

  test.runIf(full)('in the order of submission the priced method still fills 95.3 % of default', () => {
    expect(allocated('default', 'priced', { order: 'submission' })).toBeGreaterThanOrEqual(95.3)
  })

  test('one-move migration fills 94.4 % of gpuspec33', () => {
    const result = run('gpuspec33', 'priced', 42, { migrate: true })
    expect(result.allocatedPercent).toBeGreaterThanOrEqual(94.4)
    expect(result.moves).toBeGreaterThan(0)
  })

  test.runIf(full)(
    'over all 13 workloads the priced method gains 0.6 points on FGD and loses nowhere',
    () => {
      const gains = Object.keys(published).map(
        (workload) => allocated(workload, 'priced') - allocated(workload, 'fgd'),
      )
      expect(mean(gains)).toBeGreaterThanOrEqual(0.6)
      expect(Math.min(...gains)).toBeGreaterThanOrEqual(-0.2)
    },
  )

  test('equal seeds give equal results, and the programme of the bound names every class', () => {
    const [first, second] = [run('default', 'priced', 42), runAnew('default', 'priced', 42, {})]
    expect(second).toEqual(first)
    const placer = value(createPlacer(nodesOf(), { strategy: 'bestfit', seed: 7, history: [] }))
    const programme = boundProgramme(placer.fleet, first.arrived)
    for (const nodeClass of placer.fleet.classes) expect(programme).toContain(` devices${nodeClass.index}:`)
  })
})
