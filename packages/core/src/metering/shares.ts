// Parts of one device that are held at the same moment: shards, HAMi shares, MIG slices. Together they are at most the
// device; where records tell more, the moments, the holders and the sum are told, and people decide which record is wrong.
// Parts are whole units of a stated number a device, so that sums are exact: a third and two thirds are one device.
import type { Instant } from '../calendar/index.ts'
import { lastInstantOf, type UsageRecord } from './usage.ts'

export interface DeviceShare {
  /** the device that is shared, by its own name */
  readonly device: string
  /** who holds the part: the key of a record */
  readonly owner: string
  readonly fromAt: Instant
  /** no longer held from here on */
  readonly untilAt: Instant
  readonly units: number
  readonly unitsPerDevice: number
}

export interface OverShared {
  readonly device: string
  readonly fromAt: Instant
  readonly untilAt: Instant
  /** in order, each once */
  readonly owners: readonly string[]
  /** the parts' sum as a fraction of the device, above one */
  readonly units: bigint
  readonly unitsPerDevice: bigint
}

/** What a record says it held of named devices; nothing where it names none. */
export function sharesOf(record: UsageRecord): DeviceShare[] {
  const untilAt = lastInstantOf(record)
  if (record.startedAt === null || untilAt === null) return []
  const { key: owner, startedAt: fromAt } = record
  return (record.devices ?? []).map((part) => ({ ...part, owner, fromAt, untilAt }))
}

/** @returns the stretches in which more than a whole device is held, by device and time; neighbours of one kind are one */
export function overShared(shares: readonly DeviceShare[]): OverShared[] {
  const devices = new Map<string, DeviceShare[]>()
  for (const share of shares)
    if (share.untilAt > share.fromAt) devices.set(share.device, [...(devices.get(share.device) ?? []), share])
  return [...devices.keys()].sort().flatMap((device) => overSharedOf(device, devices.get(device)!))
}

function overSharedOf(device: string, shares: readonly DeviceShare[]): OverShared[] {
  const unitsPerDevice = shares.reduce(
    (all, share) => leastCommonMultiple(all, BigInt(share.unitsPerDevice)),
    1n,
  )
  const edges = shares.flatMap((share) => [
    { at: share.fromAt, share, begins: true },
    { at: share.untilAt, share, begins: false },
  ])
  edges.sort((a, b) => a.at - b.at)
  const held = new Set<DeviceShare>()
  const found: OverShared[] = []
  let units = 0n
  for (const [index, { at, share, begins }] of edges.entries()) {
    const part = (BigInt(share.units) * unitsPerDevice) / BigInt(share.unitsPerDevice)
    units += begins ? part : -part
    if (begins) held.add(share)
    else held.delete(share)
    const next = edges[index + 1]?.at ?? at
    if (next === at || units <= unitsPerDevice) continue
    const owners = [...new Set([...held].map(({ owner }) => owner))].sort()
    const last = found.at(-1)
    if (last?.untilAt === at && last.units === units && last.owners.join('\n') === owners.join('\n'))
      found[found.length - 1] = { ...last, untilAt: next }
    else found.push({ device, fromAt: at, untilAt: next, owners, units, unitsPerDevice })
  }
  return found
}

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b]
  while (smaller > 0n) [larger, smaller] = [smaller, larger % smaller]
  return (a / larger) * b
}
