// The placer: tasks arrive one by one, each gets the best node that fits, or an answer why none does. All randomness
// comes from the seed: the fixed order of nodes that breaks ties is a seeded shuffle, so no name is ever favoured.
import { assert } from '../assert.ts'
import { seededRandom, type Random } from '../random.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { compileDemand, demandKey, deviceFits, maskFor, nodeFits, type Demand } from './demand.ts'
import { createFleet, occupy, vacate, type Claim, type Fleet } from './fleet.ts'
import { createMix, type WeightedDemand } from './fragmentation.ts'
import { createGradient, cutScore } from './gradient.ts'
import { WHOLE_DEVICE_MASK } from './mig.ts'
import { remainder, scores, tightestPosition, type Strategy } from './policies.ts'
import {
  createPricing,
  isAmong,
  pricedParameters,
  type Among,
  type PricedParameters,
  type Pricing,
} from './priced.ts'
import { createScoreboard, type Row, type Scoreboard } from './scoreboard.ts'
import { checkNodes, checkTask, type NodeSpec, type TaskSpec } from './specs.ts'

export interface PlacerOptions {
  readonly strategy: Strategy
  readonly seed: number | string
  /** tasks seen before, as the expectation of those to come; only FGD and the priced method look at it */
  readonly history: readonly TaskSpec[]
  readonly parameters?: Partial<PricedParameters>
}

/** Kinds of demand remembered; beyond this they are worked out anew. */
const MOST_DEMANDS = 50_000

/** A task on its node. */
export interface Placed {
  readonly task: TaskSpec
  readonly demand: Demand
  readonly claim: Claim
}

export interface Placer {
  readonly fleet: Fleet
  readonly strategy: Strategy
  /** what runs where, by task id */
  readonly placed: ReadonlyMap<string, Placed>
  /** ids of the tasks on a node */
  readonly residents: readonly ReadonlySet<string>[]
  readonly pricing: Pricing | undefined
  readonly demandOf: (task: TaskSpec) => Demand
  /** the demand's scores on every node, up to date */
  readonly row: (demand: Demand) => Row
  /** the node the strategy would take among those allowed; -1 when none of them fits */
  readonly choose: (demand: Demand, among?: Among) => number
  /** Refuses `placement.bad_task`, and `placement.duplicate_id` when a task of this id is already placed. */
  readonly check: (task: TaskSpec) => Decision<TaskSpec, TaskRefusal>
  /** On the best node that fits. Refuses as `check` does, and `placement.no_room`. */
  readonly place: (task: TaskSpec) => Decision<Placed, PlaceRefusal>
  /** on this node and no other; the task must have been checked and the node must fit */
  readonly placeOn: (task: TaskSpec, node: number) => Placed
  /** puts a released task back exactly where it was; what it had must still be free */
  readonly restore: (entry: Placed) => void
  /** takes a task off its node; false when no such task is placed */
  readonly release: (id: string) => boolean
}

export type TaskRefusal = 'placement.bad_task' | 'placement.duplicate_id'
export type PlaceRefusal = TaskRefusal | 'placement.no_room'
export type PlacerRefusal = 'placement.bad_node' | 'placement.bad_task' | 'placement.duplicate_id'

/** Refuses `placement.bad_node`, `placement.bad_task` (in the history) and `placement.duplicate_id`. */
export function createPlacer(
  nodes: readonly NodeSpec[],
  options: PlacerOptions,
): Decision<Placer, PlacerRefusal> {
  const checked = checkNodes(nodes)
  if (!checked.ok) return checked
  for (const task of options.history) {
    const checked = checkTask(task)
    if (!checked.ok) return checked
  }
  const random = seededRandom(options.seed)
  const fleet = createFleet(shuffleById(nodes, random.fork('order')))
  return accept(assemble(fleet, options, random.fork('choice')))
}

/** The same order for the same items however the list came: sorted by id first, then shuffled. */
export function shuffleById<Item extends { readonly id: string }>(
  items: readonly Item[],
  random: Random,
): Item[] {
  return shuffle(
    items.toSorted((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0)),
    random,
  )
}

/** Fisher-Yates, from the end. */
function shuffle<Item>(items: readonly Item[], random: Random): Item[] {
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
  const { strategy } = options
  const demandOf = rememberDemands(fleet)
  const history = weigh(options.history.map(demandOf))
  const pricing =
    strategy === 'priced'
      ? createPricing(fleet, history, { ...pricedParameters, ...options.parameters })
      : undefined
  const { board, changed } = boardFor(fleet, strategy, history)
  const register = createRegister(fleet, (node) => {
    changed(node)
    pricing?.changed()
  })
  const choose = (demand: Demand, among?: Among): number => {
    const row = board.row(demand)
    if (pricing !== undefined) return pricing.choose(row, among)
    const value = among === undefined ? row.value : within(fleet, row.value, among)
    return strategy === 'random' ? anyNode(value, random) : firstGreatest(value)
  }
  const placeOn = (task: TaskSpec, node: number): Placed => {
    const demand = demandOf(task)
    const row = board.row(demand)
    assert(row.value[node]! > Number.NEGATIVE_INFINITY, 'a task goes where it fits')
    const claim = claimOn(fleet, row, node, strategy === 'random' ? random : undefined)
    const entry = { task, demand, claim }
    register.enter(entry)
    return entry
  }
  return {
    fleet,
    strategy,
    placed: register.placed,
    residents: register.residents,
    pricing,
    demandOf,
    row: (demand) => board.row(demand),
    choose,
    placeOn,
    check: register.check,
    place: (task) => {
      const checked = register.check(task)
      if (!checked.ok) return checked
      const node = choose(demandOf(task))
      return node < 0 ? refuse('placement.no_room', { task: task.id }) : accept(placeOn(task, node))
    },
    restore: register.enter,
    release: register.leave,
  }
}

/** Equal tasks share one demand, so that they share one row of scores. */
function rememberDemands(fleet: Fleet): (task: TaskSpec) => Demand {
  const demands = new Map<string, Demand>()
  return (task) => {
    const key = demandKey(task)
    const known = demands.get(key)
    if (known !== undefined) return known
    const demand = compileDemand(fleet, task)
    if (demands.size >= MOST_DEMANDS) demands.clear()
    demands.set(key, demand)
    return demand
  }
}

interface Register extends Pick<Placer, 'check' | 'placed' | 'residents'> {
  readonly enter: (entry: Placed) => void
  readonly leave: (id: string) => boolean
}

/** What runs where, kept in step with the fleet. */
function createRegister(fleet: Fleet, changed: (node: number) => void): Register {
  const placed = new Map<string, Placed>()
  const residents = fleet.nodes.map(() => new Set<string>())
  return {
    placed,
    residents,
    check: (task) =>
      placed.has(task.id) ? refuse('placement.duplicate_id', { id: task.id }) : checkTask(task),
    enter: (entry) => {
      assert(!placed.has(entry.task.id), 'a task is placed once')
      occupy(fleet, entry.claim)
      changed(entry.claim.node)
      placed.set(entry.task.id, entry)
      residents[entry.claim.node]!.add(entry.task.id)
    },
    leave: (id) => {
      const entry = placed.get(id)
      if (entry === undefined) return false
      vacate(fleet, entry.claim)
      changed(entry.claim.node)
      placed.delete(id)
      residents[entry.claim.node]!.delete(id)
      return true
    },
  }
}

/** In an order of its own, so that the order of the history decides nothing. */
function weigh(demands: readonly Demand[]): WeightedDemand[] {
  const counts = new Map<Demand, number>()
  for (const demand of demands) counts.set(demand, (counts.get(demand) ?? 0) + 1)
  return [...counts]
    .map(([demand, count]) => ({ demand, weight: count / demands.length, key: demandKey(demand.task) }))
    .sort((left, right) => (left.key < right.key ? -1 : 1))
}

function boardFor(
  fleet: Fleet,
  strategy: Strategy,
  history: readonly WeightedDemand[],
): { board: Scoreboard; changed: (node: number) => void } {
  const better =
    strategy === 'fgd'
      ? (best: number, next: number) => cutScore(next) > cutScore(best)
      : (best: number, next: number) => next > best + 1e-9
  const gradient = createGradient(fleet, createMix(fleet, history), better)
  const board = createScoreboard(fleet, (row, node) => {
    row.position[node] = -1
    row.value[node] = Number.NEGATIVE_INFINITY
    if (!nodeFits(fleet, row.demand, node)) return
    if (strategy === 'random') row.value[node] = 0
    else if (strategy === 'fgd' || strategy === 'priced') {
      const removed = gradient.at(row.demand, node)
      row.value[node] = strategy === 'fgd' ? cutScore(removed) : removed
      row.position[node] = gradient.position()
      row.rest[node] = remainder(fleet, row.demand, node)
    } else row.value[node] = scores[strategy](fleet, row.demand, node)
  })
  const changed = (node: number): void => {
    gradient.changed(node)
    board.changed(node)
  }
  return { board, changed }
}

function firstGreatest(value: Float64Array): number {
  let best = -1
  let greatest = Number.NEGATIVE_INFINITY
  for (let node = 0; node < value.length; node++) {
    if (value[node]! <= greatest) continue
    greatest = value[node]!
    best = node
  }
  return best
}

/** The scores with every other node ruled out. */
function within(fleet: Fleet, value: Float64Array, among: Among): Float64Array {
  return value.map((score, node) => (isAmong(fleet, among, node) ? score : Number.NEGATIVE_INFINITY))
}

function anyNode(value: Float64Array, random: Random): number {
  const open: number[] = []
  for (let node = 0; node < value.length; node++) if (value[node]! > Number.NEGATIVE_INFINITY) open.push(node)
  return open.length === 0 ? -1 : random.pick(open)
}

/** The claim of a fitting demand: the scored device, else the tightest (or any, when drawn), or the first whole ones. */
function claimOn(fleet: Fleet, row: Row, node: number, random: Random | undefined): Claim {
  const { demand } = row
  const nodeClass = fleet.classOf[node]!
  const first = fleet.deviceStart[node]!
  const wanted = demand.devicesOn[nodeClass]!
  const shares = wanted === 1 && demand.milliOn[nodeClass]! < 1000
  const open: number[] = []
  for (let device = first; device < fleet.deviceStart[node + 1]!; device++)
    if (wanted > 0 && deviceFits(fleet, demand, device, nodeClass)) open.push(device - first)
  const tightest = (): number =>
    row.position[node]! >= 0 ? row.position[node]! : tightestPosition(fleet, demand, node)
  const share = (): number => (random === undefined ? tightest() : random.pick(open))
  const devices = shares ? [share()] : open.slice(0, wanted)
  assert(devices.length === wanted, 'a chosen node fits its task')
  const whole = fleet.classes[nodeClass]!.layout === undefined ? 0 : WHOLE_DEVICE_MASK
  const mask = shares ? maskFor(fleet, demand, first + devices[0]!, nodeClass) : whole
  const { cpuMilli, memoryMib, deviceMemoryMib } = demand
  return { node, cpuMilli, memoryMib, devices, milli: demand.milliOn[nodeClass]!, deviceMemoryMib, mask }
}
