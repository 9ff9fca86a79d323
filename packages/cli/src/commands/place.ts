// `suanquan place`: how much of a cluster a strategy fills, under FGD's protocol or with a file placed once as it is;
// which tasks fail and why, the prices of the classes, the bound that no scheduler can pass, the time a decision takes.
import { closeSync, openSync, writeSync } from 'node:fs'

import type { Decision } from '@suanquan/core'
import {
  boundProgramme,
  capacityMilliOf,
  createPlacer,
  explain,
  inflate,
  measure,
  readNodes,
  readTasks,
  requestedMilliOf,
  strategies,
  type ArrivalOrder,
  type Fleet,
  type Measurement,
  type NodeSpec,
  type Placer,
  type Strategy,
  type TaskSpec,
} from '@suanquan/core/placement'
import { Command, InvalidArgumentError, Option } from 'commander'

import { said } from '../language.ts'
import { optimum } from '../linear-programme.ts'
import { emit, progress, Refused, WrongUse } from '../output.ts'
import { readText } from '../read-file.ts'
import { classOf, createFailureBook, priceRows, type FailureGroup, type PriceRow } from './place-reasons.ts'
import { placeText } from './show-placement.ts'

/** `file`: every task of the file once, in the order of creation; else the ratio to which tasks are drawn again. */
type Arrived = number | 'file'

/** One run. */
interface Run {
  readonly strategy: Strategy
  readonly seed: number
  readonly arrived: Arrived
  readonly order: ArrivalOrder
  readonly migrate: boolean
}

interface PlaceOptions extends Run {
  readonly nodes: string
  readonly tasks: string
  readonly bound: boolean
  readonly decisions?: string
  readonly json?: boolean
}

/** What `--json` prints; the shape is stable. */
export interface PlaceReport extends Run {
  readonly nodes: number
  readonly devices: number
  /** tasks in the file, and what they ask for over what exists; null without devices */
  readonly fileTasks: number
  readonly fileRatio: number | null
  /** tasks that arrived, and how many of them were drawn again from the file */
  readonly tasks: number
  readonly resampled: number
  readonly allocatedPercent: number
  /** null when it was not asked for or the solver found none */
  readonly upperBoundPercent: number | null
  readonly failed: Measurement['failed']
  /** the failed tasks by reason, most first */
  readonly failures: readonly FailureGroup[]
  /** of every class at the end; empty but with the priced method */
  readonly prices: readonly PriceRow[]
  readonly moves: number
  readonly medianMicros: number
  readonly p99Micros: number
}

export function placeCommand(): Command {
  const command = new Command('place')
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
  return withRunOptions(command)
    .addOption(option('--no-bound', '不算上界', 'leave the upper bound out'))
    .addOption(option('--json', '输出 JSON', 'print JSON'))
    .addHelpText(
      'after',
      '\n  suanquan place --nodes nodes.csv --tasks tasks.csv --strategy priced --seed 42 --json' +
        '\n  suanquan place --nodes nodes.csv --tasks tasks.csv --arrived file --decisions decisions.jsonl',
    )
    .action(async (options: PlaceOptions) => {
      const report = await place(options)
      emit(report, { json: options.json, text: placeText })
    })
}

function option(flags: string, zh: string, en: string): Option {
  return new Option(flags, said({ zh, en }))
}

/** How one run arrives and is decided. */
function withRunOptions(command: Command): Command {
  return command
    .addOption(
      option('--seed <n>', '到达顺序与并列的随机种子', 'seed of the order of arrival and of ties')
        .argParser(whole)
        .default(42),
    )
    .addOption(
      option(
        '--arrived <ratio>',
        '重复抽取任务到请求量与容量之比，0 到 1.3；file 为按任务表原样放一遍',
        'draw tasks again up to this ratio of devices asked for to devices existing, to 1.3; file places the file once as it is',
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
    .addOption(
      option(
        '--decisions <file>',
        '把每次决策的候选、理由与影子价格写成 JSON 行',
        'write every decision with its candidates, reasons and class prices as JSON lines',
      ),
    )
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

function ratio(text: string): Arrived {
  if (text === 'file') return text
  const value = Number(text)
  if (text.trim() !== '' && value > 0 && value <= 1.3) return value
  throw new InvalidArgumentError(
    said({ zh: '须大于 0，不超过 1.3，或写 file', en: 'it must be above 0 and at most 1.3, or file' }),
  )
}

async function place(options: PlaceOptions): Promise<PlaceReport> {
  const nodes = granted(readNodes(readText(options.nodes)))
  const tasks = granted(readTasks(readText(options.tasks)))
  const { strategy, seed, arrived, migrate } = options
  const order = arrived === 'file' ? 'submission' : options.order
  const capacity = capacityMilliOf(nodes)
  const stream = streamOf(tasks, nodes, { seed, order, arrived })
  const placer = granted(createPlacer(nodes, { strategy, seed, history: tasks }))
  const failures = createFailureBook(placer)
  const micros: number[] = []
  const line = progress({ zh: '放置', en: 'placing' }, stream.length)
  const decisions = decisionWriter(placer, options.decisions)
  const result = measure(placer, stream, {
    arrived: arrived === 'file' ? Infinity : arrived,
    migrate,
    onArrival: decisions.write,
    onFailure: failures.add,
    onDecision: (decide) => {
      const before = process.hrtime.bigint()
      decide()
      micros.push(Number(process.hrtime.bigint() - before) / 1000)
      line.update(micros.length)
    },
  })
  line.end()
  decisions.end()
  micros.sort((left, right) => left - right)
  const ids = new Set(tasks.map(({ id }) => id))
  const asked = tasks.reduce((sum, task) => sum + requestedMilliOf(task), 0)
  return {
    strategy,
    seed,
    arrived,
    order,
    migrate,
    nodes: nodes.length,
    devices: placer.fleet.deviceFree.length,
    fileTasks: tasks.length,
    fileRatio: capacity === 0 ? null : rounded(asked / capacity),
    tasks: result.tasks,
    resampled: stream.slice(0, result.tasks).filter(({ id }) => !ids.has(id)).length,
    allocatedPercent: rounded(result.allocatedPercent),
    upperBoundPercent: options.bound ? await upperBound(placer.fleet, result) : null,
    failed: result.failed,
    failures: failures.groups(),
    prices: priceRows(placer),
    moves: result.moves,
    medianMicros: rounded(micros[Math.floor(micros.length / 2)] ?? 0),
    p99Micros: rounded(micros[Math.floor(micros.length * 0.99)] ?? 0),
  }
}

function streamOf(
  tasks: readonly TaskSpec[],
  nodes: readonly NodeSpec[],
  { seed, order, arrived }: Pick<Run, 'seed' | 'order' | 'arrived'>,
): readonly TaskSpec[] {
  if (arrived === 'file') return tasks
  const capacity = capacityMilliOf(nodes)
  if (capacity > 0) return inflate(tasks, capacity, { seed, order })
  throw new WrongUse({
    zh: '节点表里没有一张卡（gpu 列全为 0），无从谈分配率；请核对 gpu 列，或用 --arrived file 按原样放置',
    en: 'no node has a device (the column gpu is 0 throughout), so nothing can be allocated; check it, or place the file as it is with --arrived file',
  })
}

/** One line of JSON for each task before it is placed; nothing without a file. */
function decisionWriter(
  placer: Placer,
  path: string | undefined,
): { readonly write: (task: TaskSpec) => void; readonly end: () => void } {
  if (path === undefined) return { write: () => undefined, end: () => undefined }
  if (placer.strategy === 'random') {
    throw new WrongUse({
      zh: '随机放置没有理由可写，--decisions 请换用别的策略',
      en: 'a random choice has no reasons; use --decisions with another strategy',
    })
  }
  const file = openSync(path, 'w')
  return {
    write: (task) => {
      const { chosen, candidates } = granted(explain(placer, task))
      const shown = candidates.map(({ nodeClass, ...rest }) => ({ ...classOf(nodeClass), ...rest }))
      writeSync(file, `${JSON.stringify({ task: task.id, node: chosen ?? null, candidates: shown })}\n`)
    },
    end: () => closeSync(file),
  }
}

/** In percent of all devices; null when HiGHS does not report an optimum. */
async function upperBound(fleet: Fleet, result: Measurement): Promise<number | null> {
  const capacity = capacityMilliOf(fleet.nodes)
  if (capacity === 0) return null
  const most = await optimum(boundProgramme(fleet, result.arrived))
  return most === undefined ? null : rounded((100 * most) / capacity)
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000
}

function granted<Value>(decision: Decision<Value>): Value {
  if (!decision.ok) throw new Refused(decision.refusal)
  return decision.value
}
