// D14 空转: device time in which compute, memory and graphics counters all stay under 5 % for at least 120 minutes. Idle
// hours are a fact about what can be redeemed, and advice; low use is not fraud. It becomes a finding only where at least
// 95 % of the metered time is idle, weak by itself, and never for whole-device leases, which may stand idle.
import { checked, detector, ref } from '../detector.ts'
import { sampleRefs, telemetryOf, type Telemetry } from '../relations/telemetry.ts'

const parameters = { idleBelow: 5, leastMinutes: 120, alertShare: 0.95 } as const
type Limits = Readonly<Record<keyof typeof parameters, number>>

export const idleBurn = detector({
  id: 'D14',
  name: 'idle_burn',
  version: 1,
  reach: 'feeds',
  needs: ['usage', 'samples', 'contracts'],
  parameters,
  weight: 0.2,
  decisive: [],
  detect(world, limits, report) {
    for (const telemetry of telemetryOf(world)) {
      const contract = world.find('contracts', telemetry.usage.contract)
      if (contract === undefined || contract.mode === 'lease') continue
      const share = idleShare(telemetry, limits)
      if (share === undefined) {
        report.undecided(ref('usage', telemetry.usage), 'sm')
        continue
      }
      if (share < limits.alertShare) continue
      report.suspect({
        subject: ref('contracts', contract),
        firms: [contract.applicant],
        severity: share,
        clauses: [
          {
            code: 'idle',
            values: { share, hours: telemetry.hours },
            rows: sampleRefs(telemetry, 'sm', 'dram', 'gr'),
          },
        ],
        innocent: [checked('standby_for_serving', telemetry.usage.declaredClass === 'serving')],
        clears: ['advice_only'],
      })
    }
  },
})

/** Share of the samples that lie in idle stretches of at least the least length; undefined without the main counter. */
export function idleShare(telemetry: Telemetry, limits: Limits): number | undefined {
  const main = telemetry.of('sm')
  if (main === undefined || main.values.length === 0) return undefined
  const others = [telemetry.of('dram'), telemetry.of('gr')].filter((series) => series !== undefined)
  const least = (limits.leastMinutes * 60) / main.row.stepSeconds
  let [idle, run] = [0, 0]
  for (let at = 0; at <= main.values.length; at++) {
    const still =
      at < main.values.length &&
      main.values[at]! < limits.idleBelow &&
      others.every(({ values }) => (values[at] ?? 0) < limits.idleBelow)
    if (still) run += 1
    else {
      if (run >= least) idle += run
      run = 0
    }
  }
  return idle / main.values.length
}
