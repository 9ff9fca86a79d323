// The placer: tasks arrive one by one, each gets the best node that fits or an answer why none does. Scores are kept
// per kind of demand and node and worked out anew only where something changed, so a decision is one pass over an
// array. All randomness comes from the seed: the fixed order of nodes that breaks ties is a seeded shuffle.
import { assert } from '../assert.ts'
import { seededRandom, type Random } from '../random.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { compileDemand, deviceFits, demandKey, maskFor, nodeFits, type Demand } from './demand.ts'
import { createFleet, occupy, vacate, type Claim, type Fleet } from './fleet.ts'
import { createMix, type WeightedDemand } from './fragmentation.ts'
import { createGradient, cutScore } from './gradient.ts'
import { remainder, scores, tightestPosition, type Strategy } from './policies.ts'
import { costOn, createPrices, refreshPrices, type ClassPrices } from './prices.ts'
import { checkNode, checkTask, type NodeSpec, type TaskSpec } from './specs.ts'

export interface PlacerOptions {
  readonly strategy: Strategy
  readonly seed: number | string
  /** tasks seen before, as the expectation of those to come; only FGD and the priced method look at it */
  readonly history: readonly TaskSpec[]
  readonly parameters?: Partial<PricedParameters>
}

export interface PricedParameters {
  readonly weight: number
  readonly stepMilli: number
  readonly refreshEvery: number
  readonly rounds: number
}

export const pricedParameters: PricedParameters = { weight: 1, stepMilli: 80, refreshEvery: 100, rounds: 40 }

/** Scores of one demand on every node. */
interface Row {
  readonly demand: Demand
  /** -Infinity where it does not fit */
  readonly value: Float64Array
  readonly rest: Float64Array
  readonly position: Int8Array
  readonly cost: Float64Array
  pricedAt: number
  /** changes seen, as a count since the beginning */
  seen: number
}

export interface Placer {
  readonly fleet: Fleet
  readonly prices: ClassPrices
  readonly demandOf: (task: TaskSpec) => Demand
  readonly place: (task: TaskSpec) => Claim | undefined
  readonly release: (claim: Claim) => void
}

/** Refuses `placement.bad_node`, `placement.bad_task` and `placement.duplicate_id`. */
export function createPlacer(
  nodes: readonly NodeSpec[],
  options: PlacerOptions,
): Decision<Placer, 'placement.bad_node' | 'placement.bad_task' | 'placement.duplicate_id'> {
  const ids = new Set<string>()
  for (const node of nodes) {
    const checked = checkNode(node)
    if (!checked.ok) return checked
    if (ids.has(node.id)) return refuse('placement.duplicate_id', { id: node.id })
    ids.add(node.id)
  }
  for (const task of options.history) {
    const checked = checkTask(task)
    if (!checked.ok) return checked
  }
  const random = seededRandom(options.seed)
  const fleet = createFleet(shuffle(nodes, random.fork('order')))
  return accept(assemble(fleet, options, random.fork('choice')))
}

/** Fisher-Yates, from the end. */
export function shuffle<Item>(items: readonly Item[], random: Random): Item[] {
  const mixed = [...items]
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = random.int(last + 1)
    const kept = mixed[last]!
    mixed[last] = mixed[other]!
    mixed[other] = kept
  }
  return mixed
}

function assemble(fleet: Fleet, options: PlacerOptions, random: Random): Placer {
  const parameters = { ...pricedParameters, ...options.parameters }
  const { strategy } = options
  const nodeCount = fleet.nodes.length
  const rows = new Map<string, Row>()
  const changes = new Int32Array(Math.max(1, nodeCount))
  let changed = 0
  const prices = createPrices(fleet)
  let pricedAt = -1
  let placements = 0

  const rowOf = (task: TaskSpec): Row => {
    const key = demandKey(task)
    const known = rows.get(key)
    if (known !== undefined) return known
    const row: Row = {
      demand: compileDemand(fleet, task),
      value: new Float64Array(nodeCount),
      rest: new Float64Array(strategy === 'priced' ? nodeCount : 0),
      position: new Int8Array(nodeCount).fill(-1),
      cost: new Float64Array(fleet.classes.length),
      pricedAt: -1,
      seen: -nodeCount - 1,
    }
    rows.set(key, row)
    return row
  }
  const history: WeightedDemand[] = weigh(options.history.map((task) => rowOf(task).demand))
  const gradient = createGradient(
    fleet,
    createMix(fleet, history),
    strategy === 'fgd' ? (best, next) => cutScore(next) > cutScore(best) : (best, next) => next > best + 1e-9,
  )
  const score = (row: Row, node: number): void => {
    row.position[node] = -1
    row.value[node] = Number.NEGATIVE_INFINITY
    if (!nodeFits(fleet, row.demand, node)) return
    if (strategy === 'fgd' || strategy === 'priced') {
      const value = gradient.at(row.demand, node)
      row.value[node] = strategy === 'fgd' ? cutScore(value) : value
      row.position[node] = gradient.position()
      if (strategy === 'priced') row.rest[node] = remainder(fleet, row.demand, node)
    } else row.value[node] = strategy === 'random' ? 0 : scores[strategy](fleet, row.demand, node)
  }
  const refresh = (row: Row): void => {
    if (changed - row.seen > changes.length) for (let node = 0; node < nodeCount; node++) score(row, node)
    else for (let change = row.seen; change < changed; change++) score(row, changes[change % changes.length]!)
    row.seen = changed
  }
  const note = (node: number): void => {
    changes[changed % changes.length] = node
    changed++
    gradient.changed(node)
  }
  const reprice = (row: Row): void => {
    if (pricedAt < 0 || placements - pricedAt >= parameters.refreshEvery) {
      refreshPrices(fleet, history, prices, parameters)
      pricedAt = placements
    }
    if (row.pricedAt === pricedAt) return
    row.pricedAt = pricedAt
    for (let k = 0; k < row.cost.length; k++) {
      if (row.demand.devicesOn[k]! >= 0) row.cost[k] = 1000 * parameters.weight * costOn(prices, row, k)
    }
  }
  const choose = (row: Row): number => {
    if (strategy === 'random') return anyNode(row.value, random)
    if (strategy !== 'priced') return firstGreatest(row.value)
    reprice(row)
    return cheapestGradient(fleet, row, parameters.stepMilli)
  }
  return {
    fleet,
    prices,
    demandOf: (task) => rowOf(task).demand,
    place: (task) => {
      const row = rowOf(task)
      refresh(row)
      const node = choose(row)
      if (node < 0) return undefined
      const claim = claimOn(fleet, row.demand, node, pick(fleet, row, node, strategy === 'random' ? random : undefined))
      occupy(fleet, claim)
      note(node)
      placements++
      return claim
    },
    release: (claim) => {
      vacate(fleet, claim)
      note(claim.node)
    },
  }
}

function weigh(demands: readonly Demand[]): WeightedDemand[] {
  const counts = new Map<Demand, number>()
  for (const demand of demands) counts.set(demand, (counts.get(demand) ?? 0) + 1)
  return [...counts].map(([demand, weight]) => ({ demand, weight: weight / demands.length }))
}

function firstGreatest(value: Float64Array): number {
  let best = -1
  let greatest = Number.NEGATIVE_INFINITY
  for (let node = 0; node < value.length; node++) {
    if (value[node]! > greatest) {
      greatest = value[node]!
      best = node
    }
  }
  return best
}

function anyNode(value: Float64Array, random: Random): number {
  const open: number[] = []
  for (let node = 0; node < value.length; node++) if (value[node]! > Number.NEGATIVE_INFINITY) open.push(node)
  return open.length === 0 ? -1 : random.pick(open)
}

function cheapestGradient(fleet: Fleet, row: Row, stepMilli: number): number {
  const { value, rest, cost } = row
  const { classOf } = fleet
  let best = -1
  let greatest = Number.NEGATIVE_INFINITY
  let least = Number.POSITIVE_INFINITY
  for (let node = 0; node < value.length; node++) {
    if (value[node] === Number.NEGATIVE_INFINITY) continue
    const score = Math.floor((value[node]! - cost[classOf[node]!]!) / stepMilli)
    if (score < greatest || (score === greatest && rest[node]! >= least)) continue
    greatest = score
    least = rest[node]!
    best = node
  }
  return best
}

function pick(fleet: Fleet, row: Row, node: number, random: Random | undefined): number {
  const nodeClass = fleet.classOf[node]!
  if (row.demand.devicesOn[nodeClass] !== 1 || row.demand.milliOn[nodeClass] === 1000) return -1
  if (random !== undefined) {
    const first = fleet.deviceStart[node]!
    const open: number[] = []
    for (let device = first; device < fleet.deviceStart[node + 1]!; device++)
      if (deviceFits(fleet, row.demand, device, nodeClass)) open.push(device - first)
    return random.pick(open)
  }
  return row.position[node]! >= 0 ? row.position[node]! : tightestPosition(fleet, row.demand, node)
}

/** @param position the shared device, or -1 to take the first whole devices that fit */
function claimOn(fleet: Fleet, demand: Demand, node: number, position: number): Claim {
  const nodeClass = fleet.classOf[node]!
  const first = fleet.deviceStart[node]!
  const devices: number[] = position >= 0 ? [position] : []
  for (let next = 0; devices.length < demand.devicesOn[nodeClass]!; next++) {
    assert(first + next < fleet.deviceStart[node + 1]!, 'a chosen node fits its task')
    if (deviceFits(fleet, demand, first + next, nodeClass)) devices.push(next)
  }
  const shared = devices.length === 1 ? maskFor(fleet, demand, first + devices[0]!, nodeClass) : 0
  const mask = fleet.classes[nodeClass]!.layout !== undefined && devices.length > 1 ? 0xff : shared
  const { cpuMilli, memoryMib, deviceMemoryMib } = demand
  return { node, cpuMilli, memoryMib, devices, milli: demand.milliOn[nodeClass]!, deviceMemoryMib, mask }
}
