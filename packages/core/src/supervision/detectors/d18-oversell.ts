// D18 超卖: one device sold twice. Overlapping exclusive use of a device, by a sweep along its time; the same serial number
// in two centres; more card-hours in a job than its cards had hours; a measured speed under 0.75 of the nominal one of the claimed
// chip (healthy cards measure 0.80 to 0.84).
import { checked, detector, ref, refs } from '../detector.ts'
import type { Columns } from '../world/columns.ts'
import { groupPlaces } from '../world/groups.ts'
import type { Row } from '../world/tables.ts'
import type { WorldIndex } from '../world/world-index.ts'

const parameters = { toleranceMinutes: 5, leastSpeed: 0.75, hoursTolerance: 0.01 } as const

export const oversell = detector({
  id: 'D18',
  name: 'oversell',
  version: 2,
  reach: 'feeds',
  needs: ['usage', 'devices', 'contracts'],
  parameters,
  weight: 0.9,
  decisive: ['overlapping_use', 'serial_twice', 'more_hours_than_time'],
  detect(world, limits, report) {
    const suspect = (
      usage: Row<'usage'>,
      code: string,
      values: Record<string, number>,
      others: Row<'usage'>[],
    ): void => {
      const contract = world.find('contracts', usage.contract)
      if (contract === undefined) return
      report.suspect({
        subject: ref('contracts', contract),
        firms: [contract.provider],
        severity: 1,
        clauses: [{ code, values, rows: refs('usage', [usage, ...others]) }],
        innocent: [checked('shared_device', !usage.exclusive)],
        clears: ['scheduler_record', 'serial_numbers'],
      })
    }
    const usages = world.columns('usage')!
    for (const [left, right] of overlaps(usages, limits.toleranceMinutes * 60_000)) {
      const [earlier, later] = [usages.row(left), usages.row(right)]
      const minutes = (Math.min(earlier.endsAt, later.endsAt) - later.startsAt) / 60_000
      suspect(later, 'overlapping_use', { minutes }, [earlier])
    }
    const hoursOf = installedHours(world, usages)
    const [cardHours, exclusive] = [usages.numbers('cardHours'), usages.flags('exclusive')]
    for (let place = 0; place < usages.size; place++) {
      const hours = hoursOf(place)
      if (hours === undefined) report.undecided(ref('usage', usages.row(place)), 'device')
      else if (exclusive[place] === 1 && cardHours[place]! > (1 + limits.hoursTolerance) * hours + 0.01) {
        const values = { cardHours: cardHours[place]!, hours }
        suspect(usages.row(place), 'more_hours_than_time', values, [])
      }
    }
    devices(world, limits.leastSpeed, report.suspect)
  },
})

/** Pairs of places in which the later begins before an earlier one of the same device has ended. */
function overlaps(usages: Columns<'usage'>, tolerance: number): [number, number][] {
  const [starts, ends] = [usages.numbers('startsAt'), usages.numbers('endsAt')]
  const exclusive = usages.flags('exclusive')
  const devices = groupPlaces(
    usages.codes('device').map((device, place) => (exclusive[place] === 1 ? device : -1)),
  )
  const pairs: [number, number][] = []
  for (let group = 0; group < devices.groups; group++) {
    const ordered = devices
      .nth(group)
      .slice()
      .sort((a, b) => starts[a]! - starts[b]! || (usages.row(a).id < usages.row(b).id ? -1 : 1))
    let longest = ordered[0]!
    for (const place of ordered.subarray(1)) {
      if (starts[place]! < ends[longest]! - tolerance) pairs.push([longest, place])
      if (ends[place]! > ends[longest]!) longest = place
    }
  }
  return pairs
}

/** The hours that the cards of a usage row's device had over its time; undefined for an unknown device. */
function installedHours(world: WorldIndex, usages: Columns<'usage'>): (place: number) => number | undefined {
  const devices = world.columns('devices')!
  const [device, starts, ends] = [
    usages.codes('device'),
    usages.numbers('startsAt'),
    usages.numbers('endsAt'),
  ]
  const cards = devices.numbers('cards')
  return (place) => {
    const at = devices.placeOf(device[place]!)
    return at < 0 ? undefined : (cards[at]! * (ends[place]! - starts[place]!)) / 3_600_000
  }
}

function devices(
  world: WorldIndex,
  leastSpeed: number,
  suspect: (suspicion: Parameters<Parameters<typeof oversell.detect>[2]['suspect']>[0]) => void,
): void {
  const all = world.columns('devices')!
  const [bySerial, centres] = [all.by('serial'), all.codes('centre')]
  for (let group = 0; group < bySerial.groups; group++) {
    const places = bySerial.nth(group)
    if (places.length < 2 || new Set(Array.from(places, (place) => centres[place])).size < 2) continue
    const twins = Array.from(places, all.row)
    suspect({
      subject: ref('devices', twins[0]!),
      firms: [...new Set(twins.map((device) => device.provider))],
      severity: 1,
      clauses: [{ code: 'serial_twice', values: { centres: twins.length }, rows: refs('devices', twins) }],
      innocent: [checked('moved_device', undefined)],
      clears: ['transfer_record'],
    })
  }
  const [nominal, measured] = [all.numbers('nominalTflops'), all.numbers('measuredTflops')]
  for (let place = 0; place < all.size; place++) {
    const [nominalTflops, measuredTflops] = [nominal[place]!, measured[place]!]
    // What is unknown is no number, and no number is below any.
    if (!(measuredTflops < leastSpeed * nominalTflops)) continue
    const device = all.row(place)
    suspect({
      subject: ref('devices', device),
      firms: [device.provider],
      severity: Math.min(1, 1.4 - measuredTflops / nominalTflops),
      clauses: [
        {
          code: 'slower_than_claimed',
          values: { measuredTflops, nominalTflops },
          rows: [ref('devices', device)],
        },
      ],
      innocent: [checked('throttled_or_shared', measuredTflops > 0.65 * nominalTflops)],
      clears: ['second_measurement_witnessed', 'purchase_record'],
    })
  }
}
