// The published policies of the OpenB comparison, as scores of (demand, node): the greatest wins, and ties go to the
// first node of a fixed order. All scores are cut to whole numbers 0 to 100, which matters: with finer scores FGD
// loses five points. The measures are divided by the largest machine of the comparison, 128 cores and 8 devices.
import type { Demand } from './demand.ts'
import { deviceFits } from './demand.ts'
import { demandKind, RESIDENT_KINDS, type Fleet } from './fleet.ts'

export const publishedPolicies = ['random', 'dotprod', 'clustering', 'packing', 'bestfit', 'fgd'] as const
export const plainPolicies = ['firstfit', 'cheapest'] as const
export type PublishedPolicy = (typeof publishedPolicies)[number]
export type PlainPolicy = (typeof plainPolicies)[number]
export type Strategy = PublishedPolicy | PlainPolicy | 'priced'
export const strategies: readonly Strategy[] = [...publishedPolicies, ...plainPolicies, 'priced']

const MOST_CPU_MILLI = 128_000
const MOST_DEVICE_MILLI = 8000

export type Score = (fleet: Fleet, demand: Demand, node: number) => number

export const scores: Readonly<Record<Exclude<Strategy, 'fgd' | 'priced' | 'random'>, Score>> = {
  firstfit: () => 0,
  cheapest: (fleet, demand, node) => {
    const nodeClass = fleet.classOf[node]!
    const price = Number(fleet.classes[nodeClass]!.example.priceFenPerDeviceHour ?? 0n)
    return -price * Math.max(1, demand.devicesOn[nodeClass]! * demand.milliOn[nodeClass]!)
  },
  dotprod: (fleet, demand, node) => {
    const cpu = (fleet.cpuFree[node]! / MOST_CPU_MILLI) * (demand.cpuMilli / MOST_CPU_MILLI)
    const wanted = deviceMilli(fleet, demand, node)
    const devices = (fleet.milliFree[node]! / MOST_DEVICE_MILLI) * (wanted / MOST_DEVICE_MILLI)
    return Math.floor(100 * (1 - (cpu + devices) / 2))
  },
  bestfit: (fleet, demand, node) => Math.floor(100 * (1 - remainder(fleet, demand, node))),
  clustering: (fleet, demand, node) => {
    const nodeClass = fleet.classOf[node]!
    const wanted = demand.devicesOn[nodeClass]!
    if (wanted === 0) return 0
    const first = node * RESIDENT_KINDS
    let kinds = 0
    for (let kind = 0; kind < RESIDENT_KINDS; kind++) if (fleet.residents[first + kind]! > 0) kinds++
    const same = fleet.residents[first + demandKind(wanted, demand.milliOn[nodeClass]!)]! > 0
    const base = same ? (kinds === 1 ? 75 : 50) : kinds === 0 ? 25 : 0
    return base + Math.trunc((25 * (MOST_DEVICE_MILLI - fleet.milliFree[node]!)) / MOST_DEVICE_MILLI)
  },
  packing: (fleet, demand, node) => packing(fleet, demand, node),
}

/** What best fit minimises: the weighted part of the largest machine that stays free. */
export function remainder(fleet: Fleet, demand: Demand, node: number): number {
  const cpu = (fleet.cpuFree[node]! - demand.cpuMilli) / MOST_CPU_MILLI
  const devices = (fleet.milliFree[node]! - deviceMilli(fleet, demand, node)) / MOST_DEVICE_MILLI
  return 0.5 * cpu + 0.5 * devices
}

function deviceMilli(fleet: Fleet, demand: Demand, node: number): number {
  const nodeClass = fleet.classOf[node]!
  return demand.devicesOn[nodeClass]! * demand.milliOn[nodeClass]!
}

/** Shared devices before idle ones on a used node, before an idle node. */
function packing(fleet: Fleet, demand: Demand, node: number): number {
  const nodeClass = fleet.classOf[node]!
  const wanted = demand.devicesOn[nodeClass]!
  if (wanted === 0) return 0
  const first = fleet.deviceStart[node]!
  const devices = fleet.deviceStart[node + 1]! - first
  if (fleet.milliFree[node] === devices * 1000) return Math.max(33 - devices, devices)
  if (demand.milliOn[nodeClass] === 1000) return Math.max(50 - wanted, 33)
  const tightest = first + tightestPosition(fleet, demand, node)
  const free = fleet.deviceFree[tightest]!
  return free === 1000 ? 49 : 100 - Math.floor(free / 100)
}

/** The fitting device with the least free part, the first among equals; -1 when none fits. */
export function tightestPosition(fleet: Fleet, demand: Demand, node: number): number {
  const nodeClass = fleet.classOf[node]!
  const first = fleet.deviceStart[node]!
  let best = -1
  for (let device = first; device < fleet.deviceStart[node + 1]!; device++) {
    if (!deviceFits(fleet, demand, device, nodeClass)) continue
    if (best < 0 || fleet.deviceFree[device]! < fleet.deviceFree[best]!) best = device
  }
  return best < 0 ? -1 : best - first
}
