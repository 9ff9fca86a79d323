// How much of a node's free devices the expected demand cannot use: the fragmentation measure of FGD (Weng et al.,
// USENIX ATC'23), read from the authors' published code. For a node with free parts R_g and a demand m of popularity p:
//   F(m) = Σ R_g             when the node cannot host m (CPU, devices or model), or m asks for no device
//   F(m) = Σ R_g [R_g < D]   otherwise, D being what m wants of one device
//   F    = Σ p F(m)          over the most popular demands, until 95 % of the history is covered; memory is ignored
// On a partitioned device "R_g < D" reads "no legal start position is free".
import type { Demand } from './demand.ts'
import type { Fleet } from './fleet.ts'

/** The popular demands as one class of nodes sees them. */
interface ClassMix {
  /** weight of demands that no node of the class can ever serve */
  readonly never: number
  /** the distinct parts of a device that demands want, and the MIG profile instead where it is not -1 */
  readonly levelMilli: Int32Array
  readonly levelProfile: Int32Array
  /** per demand */
  readonly level: Int32Array
  readonly devices: Int32Array
  readonly cpuMilli: Int32Array
  readonly weight: Float64Array
}

export interface FragmentationMix {
  readonly classes: readonly ClassMix[]
  /** scratch per level */
  readonly fitting: Int32Array
  readonly short: Int32Array
}

export interface WeightedDemand {
  readonly demand: Demand
  readonly weight: number
}

const COVERAGE = 0.95

/** @param history demands and how often each was seen; memory is not looked at, so equal ones may repeat */
export function createMix(fleet: Fleet, history: readonly WeightedDemand[]): FragmentationMix {
  const popular = mostPopular(history)
  const classes = fleet.classes.map((nodeClass) => classMix(popular, nodeClass.index))
  const levels = Math.max(1, ...classes.map((mix) => mix.levelMilli.length))
  return { classes, fitting: new Int32Array(levels), short: new Int32Array(levels) }
}

function mostPopular(history: readonly WeightedDemand[]): WeightedDemand[] {
  const merged = new Map<string, { demand: Demand; weight: number }>()
  for (const { demand, weight } of history) {
    const { task } = demand
    const chips = task.chips?.map((choice) => `${choice.chip}:${choice.efficiencyMilli}`).join('|') ?? ''
    const profiles = task.migProfiles?.join('|') ?? ''
    const where = `${task.centres?.join('|') ?? ''};${task.excludedProviders?.join('|') ?? ''};${task.securityClass ?? 0}`
    const key = `${task.cpuMilli};${task.devices};${task.deviceMilli};${chips};${profiles};${where}`
    const known = merged.get(key)
    if (known === undefined) merged.set(key, { demand, weight })
    else known.weight += weight
  }
  const sorted = [...merged.values()].sort((left, right) => right.weight - left.weight)
  const total = sorted.reduce((sum, entry) => sum + entry.weight, 0)
  const chosen: WeightedDemand[] = []
  let covered = 0
  for (const entry of sorted) {
    if (covered >= COVERAGE * total) break
    chosen.push(entry)
    covered += entry.weight
  }
  return chosen.map(({ demand, weight }) => ({ demand, weight: weight / covered }))
}

function classMix(popular: readonly WeightedDemand[], nodeClass: number): ClassMix {
  const served = popular.filter(({ demand }) => demand.devicesOn[nodeClass]! > 0)
  const levels: { milli: number; profile: number }[] = []
  const level = served.map(({ demand }) => {
    const milli = demand.milliOn[nodeClass]!
    const profile = demand.profileOn[nodeClass]!
    const known = levels.findIndex((entry) => entry.milli === milli && entry.profile === profile)
    return known >= 0 ? known : levels.push({ milli, profile }) - 1
  })
  return {
    never: 1 - served.reduce((sum, { weight }) => sum + weight, 0),
    levelMilli: Int32Array.from(levels, (entry) => entry.milli),
    levelProfile: Int32Array.from(levels, (entry) => entry.profile),
    level: Int32Array.from(level),
    devices: Int32Array.from(served, ({ demand }) => demand.devicesOn[nodeClass]!),
    cpuMilli: Int32Array.from(served, ({ demand }) => demand.cpuMilli),
    weight: Float64Array.from(served, ({ weight }) => weight),
  }
}

/** A node's state, real or supposed. */
export interface NodeState {
  cpuFree: number
  devices: number
  readonly free: Int32Array
  readonly mask: Uint8Array
}

export function createNodeState(): NodeState {
  return { cpuFree: 0, devices: 0, free: new Int32Array(64), mask: new Uint8Array(64) }
}

/** Copies the node's present state into `state`. */
export function readNodeState(fleet: Fleet, node: number, state: NodeState): void {
  const first = fleet.deviceStart[node]!
  state.devices = fleet.deviceStart[node + 1]! - first
  state.cpuFree = fleet.cpuFree[node]!
  for (let position = 0; position < state.devices; position++) {
    state.free[position] = fleet.deviceFree[first + position]!
    state.mask[position] = fleet.deviceMask[first + position]!
  }
}

/** Expected free thousandths that the demand cannot use, on a node of the class in this state. */
export function fragmentation(
  fleet: Fleet,
  mix: FragmentationMix,
  nodeClass: number,
  state: NodeState,
): number {
  const classMix = mix.classes[nodeClass]!
  const { fitting, short } = mix
  const fits = fleet.classes[nodeClass]!.layout?.fits
  let total = 0
  for (let device = 0; device < state.devices; device++) total += state.free[device]!
  if (total === 0) return 0
  for (let level = 0; level < classMix.levelMilli.length; level++) {
    const milli = classMix.levelMilli[level]!
    const legal =
      fits === undefined || classMix.levelProfile[level]! < 0
        ? undefined
        : fits[classMix.levelProfile[level]!]
    let count = 0
    let unusable = 0
    for (let device = 0; device < state.devices; device++) {
      const free = state.free[device]!
      if (free >= milli && (legal === undefined || legal[state.mask[device]!] === 1)) count++
      else unusable += free
    }
    fitting[level] = count
    short[level] = unusable
  }
  let expected = classMix.never * total
  for (let index = 0; index < classMix.level.length; index++) {
    const level = classMix.level[index]!
    const hosts = state.cpuFree >= classMix.cpuMilli[index]! && fitting[level]! >= classMix.devices[index]!
    expected += classMix.weight[index]! * (hosts ? short[level]! : total)
  }
  return expected
}

/** Expected unusable free thousandths over the whole fleet. */
export function fleetFragmentation(fleet: Fleet, mix: FragmentationMix): number {
  const state = createNodeState()
  let sum = 0
  for (let node = 0; node < fleet.nodes.length; node++) {
    readNodeState(fleet, node, state)
    sum += fragmentation(fleet, mix, fleet.classOf[node]!, state)
  }
  return sum
}
