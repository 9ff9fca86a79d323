// A task's demand, worked out once per node class: which classes may host it at all, and how much it takes there (a
// slower chip takes more). Tasks that agree in everything but their id are one demand and share one row of scores.
import { canonicalText } from '../canonical.ts'
import type { Fleet, NodeClass } from './fleet.ts'
import { MEMORY_SLICES, WHOLE_DEVICE_MASK } from './mig.ts'
import type { TaskSpec } from './specs.ts'

/** Why a class cannot host a task whatever its load. */
export type ClassReason =
  | 'chip_not_in_set'
  | 'other_centre'
  | 'provider_excluded'
  | 'security_class_too_low'
  | 'no_such_partition'
  | 'device_memory_too_small'
  | 'device_memory_unknown'
  | 'node_too_small'

export interface Demand {
  readonly task: TaskSpec
  readonly cpuMilli: number
  readonly memoryMib: number
  readonly deviceMemoryMib: number
  /** per class: devices taken there, -1 when the class cannot host it */
  readonly devicesOn: Int32Array
  /** per class: thousandths taken of each of those devices */
  readonly milliOn: Int32Array
  /** per class: the MIG profile used there, -1 for a share or whole devices */
  readonly profileOn: Int32Array
}

/** Equal texts, equal demands. */
export function demandKey(task: TaskSpec): string {
  return canonicalText({ ...task, id: '' })
}

export function compileDemand(fleet: Fleet, task: TaskSpec): Demand {
  const count = fleet.classes.length
  const demand: Demand = {
    task,
    cpuMilli: task.cpuMilli,
    memoryMib: task.memoryMib,
    deviceMemoryMib: task.deviceMemoryMib ?? 0,
    devicesOn: new Int32Array(count).fill(-1),
    milliOn: new Int32Array(count),
    profileOn: new Int32Array(count).fill(-1),
  }
  for (const nodeClass of fleet.classes) {
    if (classReason(task, nodeClass) !== undefined) continue
    const taken = demandOn(task, nodeClass)!
    demand.devicesOn[nodeClass.index] = taken.devices
    demand.milliOn[nodeClass.index] = taken.milli
    demand.profileOn[nodeClass.index] = taken.profile
  }
  return demand
}

/** Why no node of the class can ever host the task; undefined when an idle one can. */
export function classReason(task: TaskSpec, nodeClass: NodeClass): ClassReason | undefined {
  const node = nodeClass.example
  if ((task.securityClass ?? 0) > (node.securityClass ?? 0)) return 'security_class_too_low'
  if (task.centres !== undefined && !task.centres.includes(node.centre ?? '')) return 'other_centre'
  if (task.excludedProviders?.includes(node.provider ?? '')) return 'provider_excluded'
  if (task.chips !== undefined && !task.chips.some((choice) => choice.chip === node.chip))
    return 'chip_not_in_set'
  if (task.cpuMilli > node.cpuMilli || task.memoryMib > node.memoryMib) return 'node_too_small'
  if (task.devices === 0) return undefined
  const taken = demandOn(task, nodeClass)
  if (taken === undefined) return 'no_such_partition'
  if (taken.devices > node.devices) return 'node_too_small'
  return memoryReason(task, nodeClass, taken.profile)
}

function memoryReason(task: TaskSpec, nodeClass: NodeClass, profile: number): ClassReason | undefined {
  if ((task.deviceMemoryMib ?? 0) === 0) return undefined
  const memory = memoryOf(nodeClass, profile)
  if (memory === undefined) return 'device_memory_unknown'
  return task.deviceMemoryMib! > memory ? 'device_memory_too_small' : undefined
}

/** Memory that a profile has, in eighths of the device's; of the whole device without one. */
function memoryOf({ example, layout }: NodeClass, profile: number): number | undefined {
  const memory = example.deviceMemoryMib
  if (memory === undefined || profile < 0) return memory
  return Math.floor((memory * layout!.profiles[profile]!.slices) / MEMORY_SLICES)
}

function demandOn(
  task: TaskSpec,
  nodeClass: NodeClass,
): { devices: number; milli: number; profile: number } | undefined {
  if (task.devices === 0) return { devices: 0, milli: 0, profile: -1 }
  const efficiency =
    task.chips?.find((choice) => choice.chip === nodeClass.example.chip)?.efficiencyMilli ?? 1000
  const milli = Math.ceil((task.devices * task.deviceMilli * 1000) / efficiency)
  if (milli > 999) return { devices: Math.ceil(milli / 1000), milli: 1000, profile: -1 }
  if (nodeClass.layout === undefined) return { devices: 1, milli, profile: -1 }
  const profile = partitionFor(task, nodeClass)
  return profile < 0
    ? undefined
    : { devices: 1, milli: nodeClass.layout.profiles[profile]!.slices * 125, profile }
}

/**
 * The first profile of the task's list that the class knows and that has the memory asked for, else the first it knows; no
 * share by thousandths exists on such a device.
 */
function partitionFor(task: TaskSpec, nodeClass: NodeClass): number {
  const known = (task.migProfiles ?? [])
    .map((name) => nodeClass.layout!.profiles.findIndex((profile) => profile.name === name))
    .filter((profile) => profile >= 0)
  const large = known.find((profile) => memoryReason(task, nodeClass, profile) === undefined)
  return large ?? known[0] ?? -1
}

/** True when the device can take the demand's part now. */
export function deviceFits(fleet: Fleet, demand: Demand, device: number, nodeClass: number): boolean {
  if (fleet.deviceFree[device]! < demand.milliOn[nodeClass]!) return false
  if (fleet.deviceMemoryFree[device]! < demand.deviceMemoryMib) return false
  const profile = demand.profileOn[nodeClass]!
  return profile < 0 || fleet.classes[nodeClass]!.layout!.fits[profile]![fleet.deviceMask[device]!] === 1
}

/** True when the node can take the demand now. */
export function nodeFits(fleet: Fleet, demand: Demand, node: number): boolean {
  const nodeClass = fleet.classOf[node]!
  const wanted = demand.devicesOn[nodeClass]!
  if (wanted < 0 || fleet.cpuFree[node]! < demand.cpuMilli || fleet.memoryFree[node]! < demand.memoryMib)
    return false
  if (fleet.milliFree[node]! < wanted * demand.milliOn[nodeClass]!) return false
  let found = 0
  for (let device = fleet.deviceStart[node]!; found < wanted; device++) {
    if (device === fleet.deviceStart[node + 1]!) return false
    if (deviceFits(fleet, demand, device, nodeClass)) found++
  }
  return true
}

/** The occupancy bits of the demand on a device: its profile's first free legal position, all slices, or none. */
export function maskFor(fleet: Fleet, demand: Demand, device: number, nodeClass: number): number {
  const { layout } = fleet.classes[nodeClass]!
  if (layout === undefined) return 0
  const profile = demand.profileOn[nodeClass]!
  if (profile < 0) return WHOLE_DEVICE_MASK
  return layout.positions[profile]!.find((mask) => (mask & fleet.deviceMask[device]!) === 0) ?? 0
}
