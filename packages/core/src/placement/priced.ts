// Our own method: FGD's gradient, less what the task costs at class prices, less the devices it would strand.
//   score = ⌊(F_before - F_after - 1.3 cost - ½ (S_after - S_before)) / 80 milli⌋, ties by best fit, then first
// cost    what the class's devices, CPU and memory are worth to the demand to come (prices.ts): FGD looks at one node
//         at a time and never sees that the whole supply of a chip, or of the CPU beside it, will be short.
// S       free devices of the node that its free CPU could not serve at the expected CPU per device: FGD sees that CPU
//         is gone only when a task no longer fits, S sees it coming and so keeps each node's CPU and devices in step.
// One set of parameters serves every workload; how they were chosen stands in docs/adr and in bench/placement.
import type { Fleet } from './fleet.ts'
import type { WeightedDemand } from './fragmentation.ts'
import { costOn, createPrices, refreshPrices, type ClassPrices } from './prices.ts'
import type { Row } from './scoreboard.ts'
import { requestedMilliOf } from './specs.ts'

export interface PricedParameters {
  /** weight of the class prices */
  readonly price: number
  /** weight of stranded devices */
  readonly stranding: number
  /** scores that differ by less count as equal */
  readonly stepMilli: number
  /** prices are refreshed after this part of the fleet's devices has been placed anew */
  readonly refreshPart: number
  /** rounds of the fluid assignment */
  readonly rounds: number
}

export const pricedParameters: PricedParameters = {
  price: 1.3,
  stranding: 0.5,
  stepMilli: 80,
  refreshPart: 1 / 60,
  rounds: 40,
}

/** The parts of one candidate's score, in thousandths of a device of efficiency 1; the method takes the greatest sum. */
export interface ScoreParts {
  readonly fragmentationRemoved: number
  readonly priceCost: number
  readonly stranded: number
}

/** Nodes that may be chosen; absent: all. */
export interface Among {
  readonly nodeClass?: number
  /** every node but this one */
  readonly except?: number
}

export function isAmong(fleet: Fleet, { nodeClass, except }: Among, node: number): boolean {
  return node !== except && (nodeClass === undefined || fleet.classOf[node] === nodeClass)
}

export interface Pricing {
  readonly prices: ClassPrices
  /** best node of the row among those allowed; -1 when none of them fits */
  readonly choose: (row: Row, among?: Among) => number
  readonly parts: (row: Row, node: number) => ScoreParts
  /** counts a change of the fleet towards the next refresh */
  readonly changed: () => void
}

export function createPricing(
  fleet: Fleet,
  history: readonly WeightedDemand[],
  parameters: PricedParameters,
): Pricing {
  const prices = createPrices(fleet, history)
  const refreshEvery = Math.max(1, Math.round(fleet.deviceFree.length * parameters.refreshPart))
  const servedPerCpu = devicesPerCpu(history)
  let changes = 0
  let pricedAt = -1

  const reprice = (row: Row): void => {
    if (pricedAt < 0 || changes - pricedAt >= refreshEvery) {
      refreshPrices(fleet, prices, parameters.rounds)
      pricedAt = changes
    }
    if (row.pricedAt === pricedAt) return
    row.pricedAt = pricedAt
    for (let nodeClass = 0; nodeClass < row.cost.length; nodeClass++) {
      if (row.demand.devicesOn[nodeClass]! >= 0)
        row.cost[nodeClass] = 1000 * parameters.price * costOn(prices, row.demand, nodeClass)
    }
  }
  const stranded = (row: Row, node: number): number => {
    const nodeClass = fleet.classOf[node]!
    const worth = prices.worth[nodeClass]!
    const milli = row.demand.devicesOn[nodeClass]! * row.demand.milliOn[nodeClass]!
    const now = worth * fleet.milliFree[node]! - fleet.cpuFree[node]! * servedPerCpu
    const then = now - worth * milli + row.demand.cpuMilli * servedPerCpu
    return Math.max(0, then) - Math.max(0, now)
  }
  return {
    prices,
    changed: () => changes++,
    choose: (row, among) => {
      reprice(row)
      const { value, rest, cost } = row
      let best = -1
      let greatest = Number.NEGATIVE_INFINITY
      for (let node = 0; node < value.length; node++) {
        if (value[node] === Number.NEGATIVE_INFINITY) continue
        if (among !== undefined && !isAmong(fleet, among, node)) continue
        const nodeClass = fleet.classOf[node]!
        const removed = prices.worth[nodeClass]! * value[node]!
        const net = removed - cost[nodeClass]! - parameters.stranding * stranded(row, node)
        const score = Math.floor(net / parameters.stepMilli)
        if (score < greatest || (score === greatest && rest[node]! >= rest[best]!)) continue
        greatest = score
        best = node
      }
      return best
    },
    parts: (row, node) => {
      reprice(row)
      return {
        fragmentationRemoved: prices.worth[fleet.classOf[node]!]! * row.value[node]!,
        priceCost: row.cost[fleet.classOf[node]!]!,
        stranded: parameters.stranding * stranded(row, node),
      }
    },
  }
}

/** Thousandths of devices per thousandth of a core that the expected tasks with devices want. */
function devicesPerCpu(history: readonly WeightedDemand[]): number {
  let devices = 0
  let cpu = 0
  for (const { demand, weight } of history) {
    if (demand.task.devices === 0) continue
    devices += weight * requestedMilliOf(demand.task)
    cpu += weight * demand.cpuMilli
  }
  return cpu === 0 ? 0 : devices / cpu
}
