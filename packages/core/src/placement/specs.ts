// What placement is asked with: nodes that have devices, and tasks that want some. A task states its devices in units
// of a chip of efficiency 1; a slower chip of its set needs more of them. Nothing here is a name of a person or a firm.
import type { Fen } from '../money/index.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { migLayouts } from './mig.ts'

/** One server of a centre. */
export interface NodeSpec {
  readonly id: string
  /** model of its devices; '' when it has none */
  readonly chip: string
  readonly devices: number
  readonly cpuMilli: number
  readonly memoryMib: number
  /** memory of one device; absent: unknown, so that a task which states device memory cannot go there */
  readonly deviceMemoryMib?: number
  readonly centre?: string
  readonly provider?: string
  /** highest data-security class that may run here; absent: 0 */
  readonly securityClass?: number
  /** name of a MIG layout when its devices are partitioned in hardware; absent: devices are shared by thousandths */
  readonly migLayout?: string
  /** price of one whole device, for the policies that look at money */
  readonly priceFenPerDeviceHour?: Fen
}

/** One chip that can do the task, and how much of the reference chip's work it does, in thousandths. */
export interface ChipChoice {
  readonly chip: string
  readonly efficiencyMilli: number
}

/** How much of each device: thousandths, memory, and what would do on a device that is partitioned in hardware. */
export interface Slice {
  /** thousandths of one device: 1 to 999 shares a device (then devices is 1), 1000 takes whole ones, 0 without devices */
  readonly deviceMilli: number
  /** memory wanted on each device */
  readonly deviceMemoryMib?: number
  /** MIG profiles that would do, best first; without them a sharing task cannot use a partitioned device */
  readonly migProfiles?: readonly string[]
}

/** What one task, or one member of a gang, wants. */
export interface TaskSpec extends Slice {
  readonly id: string
  readonly cpuMilli: number
  readonly memoryMib: number
  /** devices of efficiency 1; 0 for a task that needs none */
  readonly devices: number
  /** chips that can do it; absent: any, at efficiency 1 */
  readonly chips?: readonly ChipChoice[]
  readonly centres?: readonly string[]
  /** providers that may not serve it, for instance related parties */
  readonly excludedProviders?: readonly string[]
  /** least data-security class that it needs; absent: 0 */
  readonly securityClass?: number
}

/** Thousandths of devices of efficiency 1 that a task asks for. */
export function requestedMilliOf(task: TaskSpec): number {
  return task.devices * task.deviceMilli
}

/** What a task is called when failures are counted. */
export type TaskKind = 'cpuOnly' | 'sharing' | 'oneDevice' | 'multiDevice'

export function kindOf(task: TaskSpec): TaskKind {
  if (task.devices === 0) return 'cpuOnly'
  if (task.deviceMilli < 1000) return 'sharing'
  return task.devices === 1 ? 'oneDevice' : 'multiDevice'
}

/** No quantity may be larger: sums over a million nodes stay exact, and typed arrays hold every one. */
export const LARGEST_QUANTITY = 1_000_000_000

const whole = (value: number, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= most

/** Each chip once, with an efficiency of 0.001 to 100. */
export function sensibleChips(chips: readonly ChipChoice[]): boolean {
  const names = new Set(chips.map(({ chip }) => chip))
  return names.size === chips.length && chips.every((choice) => whole(choice.efficiencyMilli, 1, 100_000))
}

/** Refuses `placement.bad_node` with the first field that is not a sensible whole number, or an unknown layout. */
export function checkNode(node: NodeSpec): Decision<NodeSpec, 'placement.bad_node'> {
  const bad = (field: string): Decision<NodeSpec, 'placement.bad_node'> =>
    refuse('placement.bad_node', { node: node.id, field })
  if (node.id === '') return bad('id')
  if (!whole(node.devices, 0, 64)) return bad('devices')
  if (node.devices > 0 && node.chip === '') return bad('chip')
  if (!whole(node.cpuMilli, 0, LARGEST_QUANTITY)) return bad('cpuMilli')
  if (!whole(node.memoryMib, 0, LARGEST_QUANTITY)) return bad('memoryMib')
  if (!whole(node.deviceMemoryMib ?? 0, 0, LARGEST_QUANTITY)) return bad('deviceMemoryMib')
  if (!whole(node.securityClass ?? 0, 0, 100)) return bad('securityClass')
  const price = node.priceFenPerDeviceHour ?? 0n
  if (price < 0n || price > BigInt(LARGEST_QUANTITY)) return bad('priceFenPerDeviceHour')
  if (node.migLayout !== undefined && !migLayouts.has(node.migLayout)) return bad('migLayout')
  return accept(node)
}

/** Refuses `placement.bad_node` and `placement.duplicate_id`. */
export function checkNodes(
  nodes: readonly NodeSpec[],
): Decision<readonly NodeSpec[], 'placement.bad_node' | 'placement.duplicate_id'> {
  const ids = new Set<string>()
  for (const node of nodes) {
    const checked = checkNode(node)
    if (!checked.ok) return checked
    if (ids.has(node.id)) return refuse('placement.duplicate_id', { id: node.id })
    ids.add(node.id)
  }
  return accept(nodes)
}

/** Refuses `placement.bad_task` with the first field that is not a sensible value. */
export function checkTask(task: TaskSpec): Decision<TaskSpec, 'placement.bad_task'> {
  const bad = (field: string): Decision<TaskSpec, 'placement.bad_task'> =>
    refuse('placement.bad_task', { task: task.id, field })
  if (task.id === '') return bad('id')
  if (!whole(task.cpuMilli, 0, LARGEST_QUANTITY)) return bad('cpuMilli')
  if (!whole(task.memoryMib, 0, LARGEST_QUANTITY)) return bad('memoryMib')
  if (!whole(task.devices, 0, 64)) return bad('devices')
  const shareFits = task.devices === 1 ? whole(task.deviceMilli, 1, 1000) : task.deviceMilli === 1000
  if (task.devices === 0 ? task.deviceMilli !== 0 : !shareFits) return bad('deviceMilli')
  if (!whole(task.deviceMemoryMib ?? 0, 0, LARGEST_QUANTITY)) return bad('deviceMemoryMib')
  if (!whole(task.securityClass ?? 0, 0, 100)) return bad('securityClass')
  if (!sensibleChips(task.chips ?? [])) return bad('chips')
  return accept(task)
}
