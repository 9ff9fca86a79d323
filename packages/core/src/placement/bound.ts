// The certificate beside every allocation figure: an upper bound that no scheduler can pass, clairvoyant and migrating
// ones included, as a linear programme in the CPLEX LP text that solvers read. Core writes it; the shell solves it.
//   x(demand, class)   tasks placed, at most as many as arrived
//   y(class, pattern)  shared devices cut by a maximal pattern of share sizes (Gilmore and Gomory's cutting stock)
//   per class          devices: Σ y + whole devices ≤ devices; CPU; memory; per share size: enough cuts
//   maximise           work placed, in thousandths of devices of efficiency 1
// CPU and memory are pooled over a class, so the true optimum is lower. Share sizes are rounded down to a coarser grid
// when their patterns would be too many, which can only raise the bound.
import type { Demand } from './demand.ts'
import type { Fleet, NodeClass } from './fleet.ts'
import type { WeightedDemand } from './fragmentation.ts'
import { requestedMilliOf } from './specs.ts'

const MOST_PATTERNS = 3000
const GRIDS = [1, 5, 10, 20, 25, 50, 100, 125, 250, 500, 1000]

/** @param arrived how many tasks of each demand have arrived; parts of tasks are allowed, for means over arrivals */
export function boundProgramme(fleet: Fleet, arrived: readonly WeightedDemand[]): string {
  const served = fleet.classes.map((nodeClass) => servedBy(arrived, nodeClass.index))
  const objective = served.flat().flatMap(({ demand, x }) => {
    const work = requestedMilliOf(demand.task)
    return work > 0 ? [`${work} ${x}`] : []
  })
  const rows = fleet.classes.flatMap((nodeClass, k) => classRows(nodeClass, served[k]!))
  const placed = new Map<number, Term[]>()
  for (const entry of served.flat()) {
    const terms = placed.get(entry.index) ?? []
    terms.push([1, entry.x])
    placed.set(entry.index, terms)
  }
  for (const [index, terms] of placed)
    rows.push(...capacityRow(`arrived${index}`, terms, arrived[index]!.weight))
  if (objective.length === 0) return 'Maximize\n obj: 0 nothing\nSubject To\n none: nothing <= 0\nEnd\n'
  return `Maximize\n obj: ${wrap(objective)}\nSubject To\n${rows.join('\n')}\nEnd\n`
}

type Term = readonly [number, string]

/** A demand on a class that can host it, and its variable. */
interface Served {
  readonly index: number
  readonly x: string
  readonly demand: Demand
  readonly devices: number
  readonly milli: number
}

function servedBy(arrived: readonly WeightedDemand[], nodeClass: number): Served[] {
  return arrived.flatMap(({ demand }, index) =>
    demand.devicesOn[nodeClass]! < 0
      ? []
      : [
          {
            index,
            x: `x${index}_${nodeClass}`,
            demand,
            devices: demand.devicesOn[nodeClass]!,
            milli: demand.milliOn[nodeClass]!,
          },
        ],
  )
}

function classRows(nodeClass: NodeClass, served: readonly Served[]): string[] {
  const k = nodeClass.index
  const { example, nodes } = nodeClass
  const shares = served.filter((entry) => entry.devices === 1 && entry.milli < 1000)
  const whole = served.filter((entry) => entry.devices > 0 && entry.milli === 1000)
  const { patterns, sizes, grid } = patternsOf(shares.map((entry) => entry.milli))
  const cutRows = sizes.flatMap((size, position) => {
    const asked = shares
      .filter((entry) => onGrid(entry.milli, grid) === size)
      .map((entry): Term => [1, entry.x])
    const cuts = patterns.flatMap((pattern, index): Term[] => [[-pattern[position]!, `y${k}_${index}`]])
    return capacityRow(`cut${k}_${size}`, [...asked, ...cuts], 0)
  })
  const uncut = whole.map((entry): Term => [entry.devices, entry.x])
  const cut = patterns.map((_, index): Term => [1, `y${k}_${index}`])
  return [
    ...capacityRow(
      `cpu${k}`,
      served.map((entry) => [entry.demand.cpuMilli, entry.x]),
      example.cpuMilli * nodes,
    ),
    ...capacityRow(
      `memory${k}`,
      served.map((entry) => [entry.demand.memoryMib, entry.x]),
      example.memoryMib * nodes,
    ),
    ...capacityRow(`devices${k}`, [...uncut, ...cut], example.devices * nodes),
    ...cutRows,
  ]
}

function capacityRow(name: string, terms: readonly Term[], capacity: number): string[] {
  const parts = terms.filter(([factor]) => factor !== 0).map(([factor, variable]) => `${factor} ${variable}`)
  return parts.length === 0 ? [] : [` ${name}: ${wrap(parts)} <= ${capacity}`]
}

/** LP text has a limit on the length of a line. */
function wrap(parts: readonly string[]): string {
  return parts
    .map(
      (part, index) =>
        `${part.startsWith('-') ? '-' : '+'} ${part.replace('-', '')}${index % 8 === 7 ? '\n' : ''}`,
    )
    .join(' ')
}

function onGrid(milli: number, grid: number): number {
  return Math.max(1, milli - (milli % grid))
}

/** The maximal ways of cutting one device into the sizes, on the finest grid that keeps them few. */
function patternsOf(shares: readonly number[]): { patterns: number[][]; sizes: number[]; grid: number } {
  for (const grid of GRIDS) {
    const sizes = [...new Set(shares.map((milli) => onGrid(milli, grid)))].sort((left, right) => right - left)
    const patterns = maximalPatterns(sizes)
    if (patterns !== undefined) return { patterns, sizes, grid }
  }
  return { patterns: [], sizes: [], grid: 1000 }
}

/** Every multiset of sizes within 1000 to which none can be added; undefined when there are too many. */
function maximalPatterns(sizes: readonly number[]): number[][] | undefined {
  if (sizes.length === 0) return []
  const patterns: number[][] = []
  const counts = sizes.map(() => 0)
  const last = sizes.length - 1
  const fill = (position: number, left: number): boolean => {
    const most = Math.floor(left / sizes[position]!)
    if (position === last) {
      counts[last] = most
      patterns.push([...counts])
      return patterns.length <= MOST_PATTERNS
    }
    for (let count = most; count >= 0; count--) {
      counts[position] = count
      if (!fill(position + 1, left - count * sizes[position]!)) return false
    }
    return true
  }
  return fill(0, 1000) ? patterns : undefined
}
