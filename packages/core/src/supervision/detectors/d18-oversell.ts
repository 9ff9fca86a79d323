// D18 超卖: one device sold twice. Overlapping exclusive use of a device, by a sweep along its time; the same serial number
// in two centres; more card-hours in a job than its cards had hours; a measured speed under 0.75 of the nominal one of the claimed
// chip (healthy cards measure 0.80 to 0.84).
import { checked, detector, ref, refs } from '../detector.ts'
import type { Row } from '../world/tables.ts'
import { grouped, type WorldIndex } from '../world/world-index.ts'

const parameters = { toleranceMinutes: 5, leastSpeed: 0.75, hoursTolerance: 0.01 } as const

export const oversell = detector({
  id: 'D18',
  name: 'oversell',
  version: 1,
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
    for (const rows of grouped(
      world.rows('usage').filter((usage) => usage.exclusive),
      (usage) => usage.device,
    ).values()) {
      for (const [left, right] of overlaps(rows, limits.toleranceMinutes * 60_000))
        suspect(
          right,
          'overlapping_use',
          { minutes: (Math.min(left.endsAt, right.endsAt) - right.startsAt) / 60_000 },
          [left],
        )
    }
    for (const usage of world.rows('usage')) {
      const cards = world.find('devices', usage.device)?.cards
      if (cards === undefined) {
        report.undecided(ref('usage', usage), 'device')
        continue
      }
      const hours = (cards * (usage.endsAt - usage.startsAt)) / 3_600_000
      if (usage.exclusive && usage.cardHours > (1 + limits.hoursTolerance) * hours + 0.01)
        suspect(usage, 'more_hours_than_time', { cardHours: usage.cardHours, hours }, [])
    }
    devices(world, limits.leastSpeed, report.suspect)
  },
})

/** Pairs in which the later begins before an earlier one has ended. */
function overlaps(rows: readonly Row<'usage'>[], tolerance: number): [Row<'usage'>, Row<'usage'>][] {
  const ordered = [...rows].sort((a, b) => a.startsAt - b.startsAt || (a.id < b.id ? -1 : 1))
  const pairs: [Row<'usage'>, Row<'usage'>][] = []
  let longest: Row<'usage'> | undefined
  for (const row of ordered) {
    if (longest && row.startsAt < longest.endsAt - tolerance) pairs.push([longest, row])
    if (longest === undefined || row.endsAt > longest.endsAt) longest = row
  }
  return pairs
}

function devices(
  world: WorldIndex,
  leastSpeed: number,
  suspect: (suspicion: Parameters<Parameters<typeof oversell.detect>[2]['suspect']>[0]) => void,
): void {
  const all = world.rows('devices')
  for (const twins of grouped(all, (device) => device.serial).values()) {
    if (new Set(twins.map((device) => device.centre)).size < 2) continue
    suspect({
      subject: ref('devices', twins[0]!),
      firms: [...new Set(twins.map((device) => device.provider))],
      severity: 1,
      clauses: [{ code: 'serial_twice', values: { centres: twins.length }, rows: refs('devices', twins) }],
      innocent: [checked('moved_device', false)],
      clears: ['transfer_record'],
    })
  }
  for (const device of all) {
    const { nominalTflops, measuredTflops } = device
    if (nominalTflops === null || measuredTflops === null || measuredTflops >= leastSpeed * nominalTflops)
      continue
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
