// The published experiment (FGD, USENIX ATC'23) on OpenB's files: the published means, our reproduction, our own method,
// the bound, failures by kind and the time of a decision.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  boundProgramme,
  capacityMilliOf,
  createPlacer,
  inflate,
  measure,
  readNodes,
  readTasks,
  type ArrivalOrder,
  type Measurement,
  type NodeSpec,
  type Strategy,
  type TaskSpec,
} from '@suanquan/core/placement'
import { optimum } from '../../packages/cli/src/linear-programme.ts'

// The bench runs in its own folder.
const folder = join(process.env['SUANQUAN_DATA'] ?? '../../../shared/data', 'openb')
const seeds = [42, 43, 44, 45, 46]
/** Workloads with a published mean; the others of the folder were not looked at when the parameters were chosen. */
const published = [
  'default',
  'cpu050',
  'cpu200',
  'cpu250',
  'gpushare40',
  'gpushare60',
  'gpushare100',
  'gpuspec10',
  'gpuspec25',
  'gpuspec33',
  'multigpu20',
  'multigpu30',
  'multigpu50',
]
const unseen = ['cpu037', 'cpu072', 'cpu235', 'cpu300', 'gpushare20', 'gpuspec05']

export const openbPresent = existsSync(folder)

interface Trial extends Measurement {
  readonly micros: readonly number[]
}

interface RunOptions {
  readonly order?: ArrivalOrder
  readonly migrate?: boolean
  /** copies of the cluster and of the tasks */
  readonly times?: number
}

const tables = new Map<string, unknown>()

function nodes(): readonly NodeSpec[] {
  return table('openb_node_list_gpu_node', readNodes)
}

function tasks(workload: string): readonly TaskSpec[] {
  return table(`openb_pod_list_${workload}`, readTasks)
}

function table<Item>(name: string, read: (csv: string) => { ok: true; value: Item } | { ok: false }): Item {
  const known = tables.get(name) ?? granted(read(readFileSync(join(folder, `${name}.csv`), 'utf8')))
  tables.set(name, known)
  return known as Item
}

function granted<Value>(decision: { ok: true; value: Value } | { ok: false }): Value {
  if (!decision.ok) throw new Error('the files are not OpenB’s')
  return decision.value
}

async function run(
  workload: string,
  strategy: Strategy,
  seed: number,
  options: RunOptions = {},
): Promise<Trial & { bound: number }> {
  const { order = 'shuffled', migrate = false, times = 1 } = options
  const copied = <Item extends { id: string }>(items: readonly Item[]): Item[] =>
    Array.from({ length: times }, (_, copy) =>
      items.map((item) => ({ ...item, id: `${item.id}/${copy}` })),
    ).flat()
  const cluster = times === 1 ? nodes() : copied(nodes())
  const list = times === 1 ? tasks(workload) : copied(tasks(workload))
  const placer = granted(createPlacer(cluster, { strategy, seed, history: tasks(workload) }))
  const micros: number[] = []
  const result = measure(placer, inflate(list, capacityMilliOf(cluster), { seed, order }), {
    arrived: 1,
    migrate,
    onDecision: (decide) => {
      const before = process.hrtime.bigint()
      decide()
      micros.push(Number(process.hrtime.bigint() - before) / 1000)
    },
  })
  const bound =
    seed === seeds[0] && times === 1 ? await optimum(boundProgramme(placer.fleet, result.arrived)) : undefined
  return { ...result, micros, bound: (100 * (bound ?? Number.NaN)) / capacityMilliOf(cluster) }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((left, right) => left - right)[Math.floor((values.length - 1) * part)]!

/** Means of the authors' ten seeds at 100 % arrived demand. */
function publishedMeans(policy: string): Map<string, number> {
  const [header, ...rows] = readFileSync(join(folder, 'fgd_published_alloc.csv'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','))
  const column = header!.indexOf('alloc_pct_at_100')
  const own = rows.filter((row) => row[1] === policy)
  return new Map(
    published.map((name) => [
      name,
      mean(own.filter((row) => row[0] === name).map((row) => Number(row[column]))),
    ]),
  )
}

export interface WorkloadLine {
  readonly workload: string
  readonly publishedBestfit: number | undefined
  readonly bestfit: number
  readonly publishedFgd: number | undefined
  readonly fgd: number
  readonly priced: number
  readonly gain: number
  readonly bound: number
  readonly failed: Measurement['failed']
  readonly medianMicros: number
  readonly p99Micros: number
}

export async function workloads(): Promise<WorkloadLine[]> {
  const [bestfitMeans, fgdMeans] = [publishedMeans('05-BestFit'), publishedMeans('06-FGD')]
  const lines: WorkloadLine[] = []
  for (const workload of [...published, ...unseen]) {
    const allocated: Record<string, number[]> = { bestfit: [], fgd: [], priced: [] }
    const micros: number[] = []
    let last: (Trial & { bound: number }) | undefined
    let bound = Number.NaN
    for (const seed of seeds)
      for (const strategy of ['bestfit', 'fgd', 'priced'] as const) {
        const trial = await run(workload, strategy, seed)
        allocated[strategy]!.push(trial.allocatedPercent)
        if (strategy !== 'priced') continue
        micros.push(...trial.micros)
        if (!Number.isNaN(trial.bound)) bound = trial.bound
        last = trial
      }
    const [bestfit, fgd, priced] = [allocated['bestfit']!, allocated['fgd']!, allocated['priced']!].map(mean)
    lines.push({
      workload,
      publishedBestfit: bestfitMeans.get(workload),
      bestfit: bestfit!,
      publishedFgd: fgdMeans.get(workload),
      fgd: fgd!,
      priced: priced!,
      gain: priced! - fgd!,
      bound,
      failed: last!.failed,
      medianMicros: quantile(micros, 0.5),
      p99Micros: quantile(micros, 0.99),
    })
  }
  return lines
}

export interface SettingLine {
  readonly setting: string
  readonly fgd: number
  readonly priced: number
  readonly moves: number
  readonly medianMicros: number
  readonly p99Micros: number
}

/** What is measured beside the grid: migration, the order of submission, ten times the cluster. */
export async function settings(): Promise<SettingLine[]> {
  const asked: [string, string, RunOptions, readonly number[]][] = [
    ['gpuspec33, one-move migration', 'gpuspec33', { migrate: true }, seeds],
    ['default, one-move migration', 'default', { migrate: true }, seeds],
    ['default, order of submission', 'default', { order: 'submission' }, seeds],
    ['gpuspec33, order of submission', 'gpuspec33', { order: 'submission' }, seeds],
    ['default, 12,130 nodes', 'default', { times: 10 }, seeds.slice(0, 1)],
  ]
  const lines: SettingLine[] = []
  for (const [setting, workload, options, own] of asked) {
    const fgd: number[] = []
    const priced: (Trial & { bound: number })[] = []
    for (const seed of own) {
      fgd.push((await run(workload, 'fgd', seed, options)).allocatedPercent)
      priced.push(await run(workload, 'priced', seed, options))
    }
    const micros = priced.flatMap((trial) => trial.micros)
    lines.push({
      setting,
      fgd: mean(fgd),
      priced: mean(priced.map((trial) => trial.allocatedPercent)),
      moves: mean(priced.map((trial) => trial.moves)),
      medianMicros: quantile(micros, 0.5),
      p99Micros: quantile(micros, 0.99),
    })
  }
  return lines
}

export { mean, published, quantile }
