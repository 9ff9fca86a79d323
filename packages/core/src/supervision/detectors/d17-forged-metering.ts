// D17 日志回放、伪造: (a) an hour of samples, quantised, that stands in another job or at another time, lively enough not
// to be chance, with a correlation above 0.999; (b) a series that repeats itself every 24 hours; (c) time stamps without
// any jitter while others of the feed have some; (d) an energy counter that runs backwards or differs from the integral
// of power by over 3 %; (e) jobs that used more energy than the centre's meter; (f) gaps in the signed feed.
// Feed and meter are the provider's: what only they show, (e) and (f), speaks about the provider alone. A made-up record of
// a job, (a) to (d), also speaks about the buyer whose hours it proves.
import { checked, detector, type Clause, type InnocentCheck } from '../detector.ts'
import { correlation } from '../mathematics/robust.ts'
import { repeatedStretches } from '../mathematics/repeats.ts'
import { firmsOf, sampleRefs, telemetryOf, type Telemetry } from '../relations/telemetry.ts'
import type { WorldIndex } from '../world/world-index.ts'

const parameters = {
  window: 60,
  leastLevels: 8,
  leastCorrelation: 0.999,
  mostEnergyGap: 0.03,
  mostFeedGaps: 10,
} as const
type Limits = Readonly<Record<keyof typeof parameters, number>>

export const forgedMetering = detector({
  id: 'D17',
  name: 'forged_metering',
  version: 3,
  reach: 'feeds',
  needs: ['usage', 'samples', 'contracts'],
  parameters,
  weight: 0.85,
  decisive: [],
  detect(world, limits, report) {
    const all = telemetryOf(world)
    const repeats = replays(all, limits)
    const jittered = all.some((telemetry) => (telemetry.of('sm')?.row.jitterMs ?? 0) > 0)
    const overdrawn = overdrawnCentres(world, limits)
    for (const [place, telemetry] of all.entries()) {
      const clauses = [
        ...(repeats.get(place) ?? []),
        ...daily(telemetry, limits),
        ...stamps(telemetry, jittered),
        ...energy(telemetry, limits),
        ...gaps(telemetry, limits),
        ...(overdrawn.get(telemetry.usage.id) ?? []),
      ]
      if (clauses.length === 0) continue
      const [buyer, provider] = firmsOf(world, telemetry.usage)
      if (buyer === undefined || provider === undefined) {
        report.undecided({ table: 'usage', id: telemetry.usage.id }, 'contract')
        continue
      }
      const ofTheJob = clauses.some(({ code }) => !OF_THE_FEED.has(code))
      report.suspect({
        subject: { table: 'contracts', id: telemetry.usage.contract },
        firms: ofTheJob ? [buyer, provider] : [provider],
        severity: Math.min(1, 0.6 + 0.2 * clauses.length),
        clauses,
        innocent: innocentOf(telemetry, clauses),
        clears: ['raw_feed_of_the_exporter', 'meter_of_the_rack'],
      })
    }
  },
})

/** What the keeper of the feed and of the meter answers for, whoever's job it is. */
const OF_THE_FEED: ReadonlySet<string> = new Set(['feed_gaps', 'energy_above_meter'])

/** The innocent explanations of the clauses that hold; no table says when a network or an exporter was down. */
function innocentOf(telemetry: Telemetry, clauses: readonly Clause[]): InnocentCheck[] {
  const holds = (...codes: readonly string[]): boolean => clauses.some(({ code }) => codes.includes(code))
  const { declaredClass } = telemetry.usage
  return [
    ...(holds('same_stretch', 'repeats_daily')
      ? [checked('scheduled_identical_job', declaredClass === null ? undefined : declaredClass === 'serving')]
      : []),
    ...(holds('stamps_without_jitter') ? [checked('stamps_rounded_by_the_collector', undefined)] : []),
    ...(holds('energy_runs_backwards') ? [checked('counter_restarted', restarted(telemetry))] : []),
    ...(holds('energy_is_not_power') ? [checked('counter_of_the_whole_server', undefined)] : []),
    ...(holds('energy_above_meter') ? [checked('meter_of_part_of_the_centre', undefined)] : []),
    ...(holds('feed_gaps') ? [checked('outage_of_the_feed', undefined)] : []),
  ]
}

/** A counter that falls to nearly nothing began anew. */
function restarted(telemetry: Telemetry): boolean {
  const { values } = telemetry.of('energy')!
  return values.every((value, at) => at === 0 || value >= values[at - 1]! || value < 0.01 * values[at - 1]!)
}

/** Clauses by the place of the later series of each repeated pair. */
function replays(all: readonly Telemetry[], limits: Limits): Map<number, Clause[]> {
  const series = all.map((telemetry) => telemetry.of('sm')?.values ?? new Float64Array(0))
  const found = new Map<number, Clause[]>()
  for (const repeat of repeatedStretches(series, limits)) {
    const [first, second] = [all[repeat.first]!, all[repeat.second]!]
    // The later row is the copy; the earlier one is evidence only.
    const later = second.usage.startsAt >= first.usage.startsAt ? repeat.second : repeat.first
    const clause: Clause = {
      code: 'same_stretch',
      values: {
        samples: repeat.length,
        correlation: repeat.correlation,
        lag: repeat.secondAt - repeat.firstAt,
      },
      rows: [...sampleRefs(first, 'sm'), ...sampleRefs(second, 'sm')],
    }
    if (!found.has(later)) found.set(later, [clause])
  }
  return found
}

/** Two whole days that follow each other like one; a constant series says nothing. */
function daily(telemetry: Telemetry, limits: Limits): Clause[] {
  const main = telemetry.of('sm')
  if (main === undefined) return []
  const day = Math.round(86_400 / main.row.stepSeconds)
  for (let lag = day; lag + day <= main.values.length; lag += day) {
    const left = main.values.subarray(0, main.values.length - lag)
    if (new Set(left).size < limits.leastLevels) continue
    const same = correlation(left, main.values.subarray(lag))
    if (same > limits.leastCorrelation)
      return [
        { code: 'repeats_daily', values: { correlation: same, lag }, rows: sampleRefs(telemetry, 'sm') },
      ]
  }
  return []
}

function stamps(telemetry: Telemetry, jittered: boolean): Clause[] {
  const main = telemetry.of('sm')
  if (!jittered || main === undefined || main.row.jitterMs !== 0) return []
  return [{ code: 'stamps_without_jitter', values: { jitterMs: 0 }, rows: sampleRefs(telemetry, 'sm') }]
}

function energy(telemetry: Telemetry, limits: Limits): Clause[] {
  const [counter, power] = [telemetry.of('energy'), telemetry.of('power')]
  if (counter === undefined || counter.values.length < 2) return []
  const values = counter.values
  for (let at = 1; at < values.length; at++)
    if (values[at]! < values[at - 1]!)
      return [{ code: 'energy_runs_backwards', values: { at }, rows: sampleRefs(telemetry, 'energy') }]
  if (power === undefined || power.values.length !== values.length) return []
  const hours = power.row.stepSeconds / 3600
  const integral = power.values.reduce((sum, watts, at) => (at === 0 ? 0 : sum + watts * hours), 0)
  const counted = values.at(-1)! - values[0]!
  const gap = Math.abs(counted - integral) / Math.max(integral, 1)
  if (gap <= limits.mostEnergyGap) return []
  return [
    {
      code: 'energy_is_not_power',
      values: { counted, integral },
      rows: sampleRefs(telemetry, 'energy', 'power'),
    },
  ]
}

function gaps(telemetry: Telemetry, limits: Limits): Clause[] {
  const { feedGaps } = telemetry.usage
  if (feedGaps === null || feedGaps <= limits.mostFeedGaps) return []
  return [{ code: 'feed_gaps', values: { gaps: feedGaps }, rows: sampleRefs(telemetry) }]
}

/** Usage of centres whose jobs drew more than the meter counted over the days that both cover. */
function overdrawnCentres(world: WorldIndex, limits: Limits): Map<string, Clause[]> {
  const found = new Map<string, Clause[]>()
  if (!world.has('meters') || !world.has('devices')) return found
  const metered = new Map<string, { kwh: number; rows: string[] }>()
  for (const meter of world.rows('meters')) {
    const sum = metered.get(meter.centre) ?? { kwh: 0, rows: [] }
    metered.set(meter.centre, { kwh: sum.kwh + meter.kwh, rows: [...sum.rows, meter.id] })
  }
  const [usages, devices] = [world.columns('usage')!, world.columns('devices')!]
  const [device, energy] = [usages.codes('device'), usages.numbers('energyKwh')]
  const centres = devices.codes('centre')
  const used = new Map<number, { kwh: number; usage: number[] }>()
  for (let place = 0; place < usages.size; place++) {
    const at = devices.placeOf(device[place]!)
    if (at < 0 || Number.isNaN(energy[place]!)) continue
    const centre = centres[at]!
    const sum = used.get(centre) ?? { kwh: 0, usage: [] }
    used.set(centre, sum)
    sum.kwh += energy[place]!
    sum.usage.push(place)
  }
  for (const [centre, { kwh, usage }] of used) {
    const meter = metered.get(world.texts.textOf(centre))
    if (meter === undefined || kwh <= (1 + limits.mostEnergyGap) * meter.kwh) continue
    const rows = meter.rows.map((id) => ({ table: 'meters' as const, id }))
    for (const place of usage)
      found.set(usages.row(place).id, [
        { code: 'energy_above_meter', values: { usedKwh: kwh, meteredKwh: meter.kwh }, rows },
      ])
  }
  return found
}
