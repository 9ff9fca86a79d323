// `suanquan place`: how much of a cluster a strategy fills under FGD's protocol, which tasks fail, the bound that no
// scheduler can pass, and the time a decision takes.
import type { Decision } from '@suanquan/core'
import {
  boundProgramme,
  capacityMilliOf,
  createPlacer,
  inflate,
  measure,
  readNodes,
  readTasks,
  strategies,
  type ArrivalOrder,
  type Fleet,
  type Measurement,
  type Strategy,
  type TaskKind,
} from '@suanquan/core/placement'
import { Command, InvalidArgumentError, Option } from 'commander'

import { said } from '../language.ts'
import { optimum } from '../linear-programme.ts'
import { emit, progress, Refused } from '../output.ts'
import { readText } from '../read-file.ts'

/** One run of the protocol. */
interface Run {
  readonly strategy: Strategy
  readonly seed: number
  readonly arrived: number
  readonly order: ArrivalOrder
  readonly migrate: boolean
}

interface PlaceOptions extends Run {
  readonly nodes: string
  readonly tasks: string
  readonly bound: boolean
  readonly json?: boolean
}

/** What `--json` prints; the shape is stable. */
interface PlaceReport extends Run {
  readonly nodes: number
  readonly devices: number
  readonly tasks: number
  readonly allocatedPercent: number
  /** null when it was not asked for or the solver found none */
  readonly upperBoundPercent: number | null
  readonly failed: Readonly<Record<TaskKind, number>>
  readonly moves: number
  readonly medianMicros: number
  readonly p99Micros: number
}

export function placeCommand(): Command {
  const option = (flags: string, zh: string, en: string): Option => new Option(flags, said({ zh, en }))
  return new Command('place')
    .description(
      said({
        zh: '在一组节点和任务（OpenB 的列名）上测量放置策略：分配率、按类失败数、线性规划上界、每次决策用时。',
        en: 'Measures a placement strategy on nodes and tasks in OpenB’s columns: allocation, failures by kind, LP bound, time per decision.',
      }),
    )
    .addOption(
      option(
        '--nodes <csv>',
        '节点表：sn,cpu_milli,memory_mib,gpu,model',
        'nodes: sn,cpu_milli,memory_mib,gpu,model',
      ).makeOptionMandatory(),
    )
    .addOption(
      option(
        '--tasks <csv>',
        '任务表：name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec',
        'tasks: name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec',
      ).makeOptionMandatory(),
    )
    .addOption(
      option(
        '--strategy <name>',
        `放置策略：${strategies.join('、')}`,
        `how to choose a node: ${strategies.join(', ')}`,
      )
        .argParser(strategyNamed)
        .default('priced'),
    )
    .addOption(
      option('--seed <n>', '到达顺序与并列的随机种子', 'seed of the order of arrival and of ties')
        .argParser(whole)
        .default(42),
    )
    .addOption(
      option(
        '--arrived <ratio>',
        '请求量与容量之比，0 到 1.3',
        'devices asked for over devices existing, to 1.3',
      )
        .argParser(ratio)
        .default(1),
    )
    .addOption(
      option('--order <name>', '到达顺序', 'order of arrival')
        .choices(['shuffled', 'submission'])
        .default('shuffled'),
    )
    .addOption(
      option(
        '--migrate',
        '放不下时请一个任务搬移',
        'ask one other task to move when one fits nowhere',
      ).default(false),
    )
    .addOption(option('--no-bound', '不算上界', 'leave the upper bound out'))
    .addOption(option('--json', '输出 JSON', 'print JSON'))
    .addHelpText(
      'after',
      '\n  suanquan place --nodes nodes.csv --tasks tasks.csv --strategy priced --seed 42 --json',
    )
    .action(async (options: PlaceOptions) => {
      const report = await place(options)
      emit(report, { json: options.json, text: reportText })
    })
}

function whole(text: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw new InvalidArgumentError(said({ zh: '须为整数', en: 'it must be a whole number' }))
  return Number(text)
}

/** Names are known in any case and with any hyphens. */
function strategyNamed(text: string): Strategy {
  const name = text.toLowerCase().replaceAll(/[\s_-]/g, '')
  const found = strategies.find((strategy) => strategy === name)
  if (found !== undefined) return found
  throw new InvalidArgumentError(strategies.join(', '))
}

function ratio(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && value > 0 && value <= 1.3) return value
  throw new InvalidArgumentError(
    said({ zh: '须大于 0，不超过 1.3', en: 'it must be above 0 and at most 1.3' }),
  )
}

async function place(options: PlaceOptions): Promise<PlaceReport> {
  const nodes = granted(readNodes(readText(options.nodes)))
  const tasks = granted(readTasks(readText(options.tasks)))
  const { strategy, seed, arrived, order, migrate } = options
  const placer = granted(createPlacer(nodes, { strategy, seed, history: tasks }))
  const stream = inflate(tasks, capacityMilliOf(nodes), { seed, order })
  const micros: number[] = []
  const line = progress({ zh: '放置', en: 'placing' }, stream.length)
  const result = measure(placer, stream, {
    arrived,
    migrate,
    onDecision: (decide) => {
      const before = process.hrtime.bigint()
      decide()
      micros.push(Number(process.hrtime.bigint() - before) / 1000)
      line.update(micros.length)
    },
  })
  line.end()
  micros.sort((left, right) => left - right)
  return {
    strategy,
    seed,
    arrived,
    order,
    migrate,
    nodes: nodes.length,
    devices: placer.fleet.deviceFree.length,
    tasks: result.tasks,
    allocatedPercent: rounded(result.allocatedPercent),
    upperBoundPercent: options.bound ? await upperBound(placer.fleet, result) : null,
    failed: result.failed,
    moves: result.moves,
    medianMicros: rounded(micros[Math.floor(micros.length / 2)] ?? 0),
    p99Micros: rounded(micros[Math.floor(micros.length * 0.99)] ?? 0),
  }
}

/** In percent of all devices; null when HiGHS does not report an optimum. */
async function upperBound(fleet: Fleet, result: Measurement): Promise<number | null> {
  const capacity = capacityMilliOf(fleet.nodes)
  if (capacity === 0) return null
  const most = await optimum(boundProgramme(fleet, result.arrived))
  return most === undefined ? null : rounded((100 * most) / capacity)
}

function reportText(report: PlaceReport): string {
  const { failed } = report
  const bound = report.upperBoundPercent === null ? '–' : `${report.upperBoundPercent.toFixed(2)} %`
  const rows: [string, string, string][] = [
    ['策略', 'strategy', `${report.strategy} (${report.seed}, ${report.order})`],
    ['节点 / 卡', 'nodes / devices', `${report.nodes} / ${report.devices}`],
    ['到达任务', 'tasks arrived', String(report.tasks)],
    ['失败：纯 CPU', 'failed: CPU only', String(failed.cpuOnly)],
    ['失败：共享一卡', 'failed: sharing', String(failed.sharing)],
    ['失败：一卡', 'failed: one device', String(failed.oneDevice)],
    ['失败：多卡', 'failed: several devices', String(failed.multiDevice)],
    ['搬移', 'moves', String(report.moves)],
    [
      '每次决策',
      'decision',
      `${report.medianMicros.toFixed(1)} µs (99 %: ${report.p99Micros.toFixed(1)} µs)`,
    ],
    ['上界', 'upper bound', bound],
    ['分配率', 'allocated', `${report.allocatedPercent.toFixed(2)} %`],
  ]
  return rows.map(([zh, en, value]) => `${said({ zh, en })}: ${value}`).join('\n')
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000
}

function granted<Value>(decision: Decision<Value>): Value {
  if (!decision.ok) throw new Refused(decision.refusal)
  return decision.value
}
