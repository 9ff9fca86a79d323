// What a device did in an hour, from raw samples of its monitoring. A gap stays a gap: a sample speaks for one interval of
// its own and never for the time after it, so that every hour says how much of it was seen. Values become whole numbers
// before they are added, so that any order of adding, and any engine, gives the same row; this file is the specification
// that the centre's agent holds its SQL against.
import { assert } from '../assert.ts'

/** What a device said at one moment; null where the monitoring has no such value. */
export interface DeviceSample extends Readonly<Record<GaugeName, number | null>> {
  /** the device's own name (`GPU-…`, with the instance where one is cut out of it) */
  readonly device: string
  /** milliseconds since 1970 */
  readonly at: number
  /** the jobs or pods that held it then, empty for nobody: a device's moment belongs to one such set */
  readonly owner: string
  /** millijoules since the driver was loaded: only grows, and starts again at 0 */
  readonly energy: number | null
}

export type GaugeName = 'busy' | 'sm' | 'tensor' | 'memory' | 'power'

export interface Gauge {
  readonly name: GaugeName
  /** a value is multiplied by this and rounded before it is added */
  readonly scale: number
  /** above it (or below 0) a value is a fault of the monitoring: counted as faulty, added to nothing */
  readonly most: number
}

/** Per cent of the time with a kernel, shares of engine and tensor cores, MiB, watts. */
export const GAUGES: readonly Gauge[] = [
  { name: 'busy', scale: 1_000, most: 100 },
  { name: 'sm', scale: 1_000_000, most: 1 },
  { name: 'tensor', scale: 1_000_000, most: 1 },
  { name: 'memory', scale: 1_000, most: 4_194_304 },
  { name: 'power', scale: 1_000, most: 100_000 },
]

/** A counter above this is a fault (DCGM writes what it does not know as a number near 2⁶³). */
export const MOST_ENERGY = 1e15

/** A device under one set of owners in one hour; hours of one device add up to what was seen of it. */
export interface DeviceHour {
  readonly device: string
  /** the beginning of the hour */
  readonly hourAt: number
  readonly owner: string
  readonly samples: number
  /** samples × interval, at most the hour */
  readonly coveredSeconds: number
  /** how many values were added, and their scaled sum: the mean is sum ÷ (count × scale) */
  readonly gauges: Readonly<Record<GaugeName, { readonly count: number; readonly sum: number }>>
  /** scaled; null when none was said */
  readonly mostMemory: number | null
  /** increase of the counter in millijoules, resets taken into account; null without two samples in a row */
  readonly energy: number | null
  /** values that no device can have */
  readonly faulty: number
}

export interface Reduction {
  /** seconds between two samples of a device as the monitoring is set up */
  readonly intervalSeconds: number
  /** hours that begin from here … */
  readonly from: number
  /** … up to here; samples before only say where the counter stood */
  readonly until: number
}

export const HOUR_MS = 3_600_000

/** Two samples further apart than this many intervals have a gap between them, which no counter fills. */
export const MOST_INTERVALS = 2

/** @param samples at most one a device and moment, in any order */
export function reduceSamples(samples: readonly DeviceSample[], reduction: Reduction): DeviceHour[] {
  const { intervalSeconds, from, until } = reduction
  assert(Number.isSafeInteger(intervalSeconds) && intervalSeconds > 0, 'an interval is whole seconds')
  const ordered = [...samples].sort((a, b) => compare(a.device, b.device) || a.at - b.at)
  const groups = new Map<string, { samples: DeviceSample[]; energy: number | null }>()
  for (const [index, sample] of ordered.entries()) {
    if (sample.at < from || sample.at >= until) continue
    const key = JSON.stringify([sample.device, hourOf(sample.at), sample.owner])
    const group = groups.get(key) ?? { samples: [], energy: null }
    group.samples.push(sample)
    const grown = increase(ordered[index - 1], sample, intervalSeconds)
    if (grown !== null) group.energy = (group.energy ?? 0) + grown
    groups.set(key, group)
  }
  return [...groups.values()]
    .map((group) => rowOf(group.samples, group.energy, intervalSeconds))
    .sort((a, b) => compare(a.device, b.device) || a.hourAt - b.hourAt || compare(a.owner, b.owner))
}

function rowOf(samples: readonly DeviceSample[], energy: number | null, intervalSeconds: number): DeviceHour {
  const { device, owner, at } = samples[0]!
  let faulty = samples.filter((sample) => sample.energy !== null && !fits(sample.energy, MOST_ENERGY)).length
  const gauge = ({ name, scale, most }: Gauge): { count: number; sum: number } => {
    const said = samples.flatMap((sample) => sample[name] ?? [])
    const fitting = said.filter((value) => fits(value, most))
    faulty += said.length - fitting.length
    return {
      count: fitting.length,
      sum: fitting.reduce((sum, value) => sum + Math.round(value * scale), 0),
    }
  }
  const gauges = Object.fromEntries(GAUGES.map((each) => [each.name, gauge(each)])) as DeviceHour['gauges']
  const { scale, most } = GAUGES.find(({ name }) => name === 'memory')!
  const memories = samples.flatMap(({ memory }) => (memory !== null && fits(memory, most) ? memory : []))
  return {
    device,
    hourAt: hourOf(at),
    owner,
    samples: samples.length,
    coveredSeconds: Math.min(HOUR_MS / 1000, samples.length * intervalSeconds),
    gauges,
    mostMemory:
      memories.length === 0 ? null : memories.reduce((a, b) => Math.max(a, Math.round(b * scale)), 0),
    energy,
    faulty,
  }
}

/** What the counter grew by between two samples in a row; after a reset it has grown by what it shows. */
function increase(
  before: DeviceSample | undefined,
  sample: DeviceSample,
  intervalSeconds: number,
): number | null {
  if (before === undefined || before.device !== sample.device || before.energy === null) return null
  if (sample.energy === null || sample.at - before.at > MOST_INTERVALS * intervalSeconds * 1000) return null
  if (!fits(before.energy, MOST_ENERGY) || !fits(sample.energy, MOST_ENERGY)) return null
  return Math.round(sample.energy >= before.energy ? sample.energy - before.energy : sample.energy)
}

/** False for what is not a number, too. */
function fits(value: number, most: number): boolean {
  return value >= 0 && value <= most
}

export function hourOf(at: number): number {
  return Math.floor(at / HOUR_MS) * HOUR_MS
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
