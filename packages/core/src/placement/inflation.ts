// The measuring protocol of FGD (USENIX ATC'23): tasks in a seeded order, repeated by drawing until they ask for 1.3
// times the devices (or dropped at random if they ask for more), arrive one by one and never leave; one that fits
// nowhere is dropped. The measure is the allocated part of all devices, as the mean over the arrivals whose rounded
// ratio of requested to existing devices is the one asked for.
import { assert } from '../assert.ts'
import { seededRandom } from '../random.ts'
import { accept } from '../refusal.ts'
import type { Demand } from './demand.ts'
import type { WeightedDemand } from './fragmentation.ts'
import { placeWithMove } from './migrate.ts'
import { shuffleById, type Placer } from './placer.ts'
import { kindOf, requestedMilliOf, type NodeSpec, type TaskKind, type TaskSpec } from './specs.ts'

const INFLATED_TO = 1.3

export type ArrivalOrder = 'shuffled' | 'submission'

/** @param order `submission` keeps the list as it is and appends the drawn tasks */
export function inflate(
  tasks: readonly TaskSpec[],
  capacityMilli: number,
  options: { readonly seed: number | string; readonly order: ArrivalOrder },
): TaskSpec[] {
  const random = seededRandom(`inflation/${options.seed}`)
  const shuffled = shuffleById(tasks, random)
  const list = options.order === 'submission' ? [...tasks] : [...shuffled]
  const target = INFLATED_TO * capacityMilli
  let requested = list.reduce((sum, task) => sum + requestedMilliOf(task), 0)
  while (requested > target && list.length > 0) {
    const [dropped] = list.splice(random.int(list.length), 1)
    requested -= requestedMilliOf(dropped!)
  }
  if (requested === 0) return list
  for (let copy = 0; ; copy++) {
    const drawn = shuffled[random.int(shuffled.length)]!
    if (requested + requestedMilliOf(drawn) > target) return list
    requested += requestedMilliOf(drawn)
    list.push({ ...drawn, id: `${drawn.id}-copy-${copy}` })
  }
}

export function capacityMilliOf(nodes: readonly NodeSpec[]): number {
  return nodes.reduce((sum, node) => sum + node.devices * 1000, 0)
}

export interface Measurement {
  readonly allocatedPercent: number
  readonly tasks: number
  readonly failed: Readonly<Record<TaskKind, number>>
  readonly moves: number
  /** mean number of tasks of each demand that had arrived when it was measured: what the upper bound is taken for */
  readonly arrived: readonly WeightedDemand[]
}

export interface MeasureOptions {
  /** ratio of requested to existing devices at which to measure, 0 to 1.3; Infinity for the whole stream */
  readonly arrived: number
  /** true asks one other task to move when a task fits nowhere */
  readonly migrate?: boolean
  /** called around each decision, so that a caller with a clock can time it */
  readonly onDecision?: (decide: () => void) => void
  /** called with each task before it is decided */
  readonly onArrival?: (task: TaskSpec) => void
  /** called with each task that fitted nowhere, while nothing has changed since */
  readonly onFailure?: (task: TaskSpec) => void
}

/** Runs the protocol up to the ratio asked for; at the end the placer holds what was placed. */
export function measure(placer: Placer, stream: readonly TaskSpec[], options: MeasureOptions): Measurement {
  const capacity = capacityMilliOf(placer.fleet.nodes)
  const percent = Math.round(options.arrived * 100)
  const onDecision = options.onDecision ?? ((decide: () => void) => decide())
  const failed: Record<TaskKind, number> = { cpuOnly: 0, sharing: 0, oneDevice: 0, multiDevice: 0 }
  const sampled = { sum: 0, count: 0 }
  let requested = 0
  let allocated = 0
  let tasks = 0
  let moves = 0
  const arrivals: Arrival[] = []
  for (const task of stream) {
    requested += requestedMilliOf(task)
    const ratio = Math.round((100 * requested) / capacity)
    if (ratio > percent) break
    tasks++
    arrivals.push({ demand: placer.demandOf(task), sampled: ratio === percent })
    options.onArrival?.(task)
    const failures = failed[kindOf(task)]
    onDecision(() => {
      const decided = options.migrate === true ? placeWithMove(placer, task) : direct(placer, task)
      if (!decided.ok) {
        assert(decided.refusal.code === 'placement.no_room', 'a stream has sensible tasks, each once')
        failed[kindOf(task)]++
      } else if (decided.value.move === undefined) {
        const { devices, milli } = decided.value.placed.claim
        allocated += devices.length * milli
      } else {
        allocated = capacity - placer.fleet.milliFree.reduce((sum, free) => sum + free, 0)
        moves++
      }
    })
    if (failed[kindOf(task)] > failures) options.onFailure?.(task)
    if (ratio !== percent) continue
    sampled.sum += allocated
    sampled.count++
  }
  const mean = sampled.count === 0 ? allocated : sampled.sum / sampled.count
  return {
    allocatedPercent: capacity === 0 ? 0 : (100 * mean) / capacity,
    tasks,
    failed,
    moves,
    arrived: meanArrivals(arrivals),
  }
}

function direct(placer: Placer, task: TaskSpec): ReturnType<typeof placeWithMove> {
  const placed = placer.place(task)
  return placed.ok ? accept({ placed: placed.value, move: undefined }) : placed
}

interface Arrival {
  readonly demand: Demand
  readonly sampled: boolean
}

/** An arrival before the samples counts whole, one among them for the part of the samples that saw it. */
function meanArrivals(arrivals: readonly Arrival[]): WeightedDemand[] {
  const samples = arrivals.filter((arrival) => arrival.sampled).length
  const counts = new Map<Demand, number>()
  let left = samples
  for (const { demand, sampled } of arrivals) {
    counts.set(demand, (counts.get(demand) ?? 0) + (sampled ? left / samples : 1))
    if (sampled) left--
  }
  return [...counts].map(([demand, weight]) => ({ demand, weight }))
}
