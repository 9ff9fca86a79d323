// The state of a set of nodes in typed arrays: what is free on each node and device. Nodes that nothing tells apart
// but their load form one class (centre, provider, chip, devices, CPU, memory, security class, partition), and prices
// are per class. A fleet is the one mutable thing of this module; only `occupy` and `vacate` change it.
import { assert } from '../assert.ts'
import { canonicalText } from '../canonical.ts'
import { freeMilliOfMask, migLayouts, WHOLE_DEVICE_MASK, type MigLayout } from './mig.ts'
import type { NodeSpec } from './specs.ts'

export interface NodeClass {
  readonly index: number
  /** the first node of the class: all others agree with it in everything but the id */
  readonly example: NodeSpec
  readonly layout: MigLayout | undefined
  readonly nodes: number
}

export interface Fleet {
  readonly nodes: readonly NodeSpec[]
  readonly classes: readonly NodeClass[]
  readonly classOf: Int32Array
  /** devices of node n are deviceStart[n] to deviceStart[n + 1] - 1 */
  readonly deviceStart: Int32Array
  readonly deviceFree: Int32Array
  readonly deviceMemoryFree: Int32Array
  /** occupied memory slices of a partitioned device; 0 elsewhere */
  readonly deviceMask: Uint8Array
  readonly cpuFree: Int32Array
  readonly memoryFree: Int32Array
  /** free thousandths over all devices of the node */
  readonly milliFree: Int32Array
  /** tasks on the node by kind of demand, for clustering: [sharing, 1, 2 to 3, 4 to 7, 8 and more devices] */
  readonly residents: Int32Array
}

export const RESIDENT_KINDS = 5

/** What one placement takes from one node, and gives back when it ends. */
export interface Claim {
  readonly node: number
  readonly cpuMilli: number
  readonly memoryMib: number
  /** positions within the node */
  readonly devices: readonly number[]
  readonly milli: number
  readonly deviceMemoryMib: number
  /** slices taken on a partitioned device, else 0 */
  readonly mask: number
}

export function createFleet(nodes: readonly NodeSpec[]): Fleet {
  const { classes, classOf } = classify(nodes)
  const deviceStart = new Int32Array(nodes.length + 1)
  nodes.forEach((node, index) => (deviceStart[index + 1] = deviceStart[index]! + node.devices))
  const deviceCount = deviceStart[nodes.length]!
  const deviceMemoryFree = new Int32Array(deviceCount)
  nodes.forEach((node, index) =>
    deviceMemoryFree.fill(node.deviceMemoryMib ?? 0, deviceStart[index], deviceStart[index + 1]),
  )
  return {
    nodes,
    classes,
    classOf,
    deviceStart,
    deviceFree: new Int32Array(deviceCount).fill(1000),
    deviceMemoryFree,
    deviceMask: new Uint8Array(deviceCount),
    cpuFree: Int32Array.from(nodes, (node) => node.cpuMilli),
    memoryFree: Int32Array.from(nodes, (node) => node.memoryMib),
    milliFree: Int32Array.from(nodes, (node) => node.devices * 1000),
    residents: new Int32Array(nodes.length * RESIDENT_KINDS),
  }
}

function classify(nodes: readonly NodeSpec[]): { classes: NodeClass[]; classOf: Int32Array } {
  const indexOf = new Map<string, number>()
  const examples: NodeSpec[] = []
  const counts: number[] = []
  const classOf = Int32Array.from(nodes, (node) => {
    const key = canonicalText({ ...node, id: '' })
    const found = indexOf.get(key) ?? examples.length
    if (found === examples.length) {
      indexOf.set(key, found)
      examples.push(node)
      counts.push(0)
    }
    counts[found]!++
    return found
  })
  const classes = examples.map((example, index) => ({
    index,
    example,
    layout: example.migLayout === undefined ? undefined : migLayouts.get(example.migLayout),
    nodes: counts[index]!,
  }))
  return { classes, classOf }
}

/** Takes what a claim says; the caller has checked that it fits, and a claim that does not is a broken invariant. */
export function occupy(fleet: Fleet, claim: Claim): void {
  move(fleet, claim, 1)
}

/** Gives back what a claim took. */
export function vacate(fleet: Fleet, claim: Claim): void {
  move(fleet, claim, -1)
}

function move(fleet: Fleet, claim: Claim, sign: 1 | -1): void {
  const { node } = claim
  const spec = fleet.nodes[node]!
  fleet.cpuFree[node]! -= sign * claim.cpuMilli
  fleet.memoryFree[node]! -= sign * claim.memoryMib
  within(fleet.cpuFree[node]!, spec.cpuMilli)
  within(fleet.memoryFree[node]!, spec.memoryMib)
  for (const position of claim.devices) {
    const device = fleet.deviceStart[node]! + position
    assert(device < fleet.deviceStart[node + 1]!, 'a claim names devices of its own node')
    const before = fleet.deviceFree[device]!
    if (claim.mask !== 0) moveMask(fleet, device, claim.mask, sign)
    else fleet.deviceFree[device] = before - sign * claim.milli
    fleet.deviceMemoryFree[device]! -= sign * claim.deviceMemoryMib
    fleet.milliFree[node]! += fleet.deviceFree[device]! - before
    within(fleet.deviceFree[device]!, 1000)
    within(fleet.deviceMemoryFree[device]!, spec.deviceMemoryMib ?? 0)
  }
  if (claim.devices.length > 0) fleet.residents[node * RESIDENT_KINDS + residentKind(claim)]! += sign
}

function moveMask(fleet: Fleet, device: number, mask: number, sign: 1 | -1): void {
  const taken = fleet.deviceMask[device]!
  assert(sign === 1 ? (taken & mask) === 0 : (taken & mask) === mask, 'a slice has one tenant')
  fleet.deviceMask[device] = taken ^ mask
  fleet.deviceFree[device] = freeMilliOfMask(taken ^ mask)
}

function within(value: number, capacity: number): void {
  assert(value >= 0 && value <= capacity, 'free lies between nothing and the capacity')
}

function residentKind(claim: Claim): number {
  return demandKind(
    claim.devices.length,
    claim.mask !== 0 && claim.mask !== WHOLE_DEVICE_MASK ? 1 : claim.milli,
  )
}

/** The column of `residents` for a demand. */
export function demandKind(devices: number, milli: number): number {
  if (devices === 1) return milli < 1000 ? 0 : 1
  return devices < 4 ? 2 : devices < 8 ? 3 : 4
}
