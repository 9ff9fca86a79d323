// D16 挖矿: compute busy (≥ 80 % for 95 % of the time) while tensor units rest (< 1 %), nothing comes in or goes out, and
// memory is small and still, or memory traffic is ≥ 80 % (ethash), with power that does not move (variation < 2 %).
// Simulation and rendering rest their tensor units too, but they read and write. Or: work declared as training whose
// tensor units rest for 95 % of the time while compute is busy and no checkpoint is ever written.
import { checked, detector, type Clause } from '../detector.ts'
import { mean, variation } from '../mathematics/robust.ts'
import {
  firmsOf,
  sampleRefs,
  shareWhere,
  steadyShare,
  telemetryOf,
  type Telemetry,
} from '../relations/telemetry.ts'

const parameters = {
  leastHours: 12,
  busyAbove: 80,
  busyShare: 0.95,
  tensorBelow: 1,
  mostIoMbPerMinute: 1,
  dramAbove: 80,
  smallMemoryMib: 16_384,
  memoryBand: 0.02,
  mostPowerVariation: 0.02,
  images: 'xmrig ethminer t-rex nbminer lolminer gminer',
} as const
type Limits = { readonly [Name in keyof typeof parameters]: Name extends 'images' ? string : number }

export const mining = detector({
  id: 'D16',
  name: 'mining',
  version: 1,
  reach: 'feeds',
  needs: ['usage', 'samples', 'contracts'],
  parameters,
  weight: 0.8,
  decisive: [],
  detect(world, limits, report) {
    for (const telemetry of telemetryOf(world)) {
      if (telemetry.hours < limits.leastHours) continue
      const counters = byCounters(telemetry, limits)
      const clauses = [...(counters ?? []), ...untrained(telemetry, limits), ...byImage(telemetry, limits)]
      if (counters === undefined && clauses.length === 0)
        report.undecided({ table: 'usage', id: telemetry.usage.id }, 'counters')
      if (clauses.length === 0) continue
      report.suspect({
        subject: { table: 'contracts', id: telemetry.usage.contract },
        firms: firmsOf(world, telemetry.usage).slice(0, 1),
        severity: Math.min(1, 0.7 + 0.1 * clauses.length),
        clauses,
        innocent: [checked('simulation_or_rendering', telemetry.usage.observedClass === 'simulation')],
        clears: ['image_digest', 'input_and_output_volumes', 'network_flows'],
      })
    }
  },
})

function busyWithoutTensor(telemetry: Telemetry, limits: Limits): Clause[] | undefined {
  const [sm, tensor] = [telemetry.of('sm'), telemetry.of('tensor')]
  if (sm === undefined || tensor === undefined) return undefined
  const busy = shareWhere(sm.values, (value) => value >= limits.busyAbove)
  const resting = shareWhere(tensor.values, (value) => value < limits.tensorBelow)
  if (busy < limits.busyShare || resting < limits.busyShare) return []
  return [
    { code: 'busy_without_tensor', values: { busy, resting }, rows: sampleRefs(telemetry, 'sm', 'tensor') },
  ]
}

function byCounters(telemetry: Telemetry, limits: Limits): readonly Clause[] | undefined {
  const busy = busyWithoutTensor(telemetry, limits)
  if (busy === undefined || busy.length === 0) return busy
  const [io, memory, power] = [telemetry.of('io'), telemetry.of('memory'), telemetry.of('power')]
  if (io === undefined || power === undefined || memory === undefined) return undefined
  const [flow, watts] = [mean(io.values), variation(power.values)]
  if (flow >= limits.mostIoMbPerMinute || watts === undefined || watts >= limits.mostPowerVariation) return []
  const steady = steadyShare(memory.values, limits.memoryBand)
  const small = mean(memory.values) < limits.smallMemoryMib && steady > 0.98
  const dram = telemetry.of('dram')
  const traffic = dram === undefined ? 0 : shareWhere(dram.values, (value) => value >= limits.dramAbove)
  if (!small && traffic < limits.busyShare) return []
  return [
    ...busy,
    { code: 'no_input_or_output', values: { ioMbPerMinute: flow }, rows: sampleRefs(telemetry, 'io') },
    { code: 'still_power', values: { variation: watts }, rows: sampleRefs(telemetry, 'power') },
    small
      ? { code: 'small_still_memory', values: { steady }, rows: sampleRefs(telemetry, 'memory') }
      : { code: 'memory_bound', values: { traffic }, rows: sampleRefs(telemetry, 'dram') },
  ]
}

function untrained(telemetry: Telemetry, limits: Limits): Clause[] {
  const checkpoints = telemetry.of('checkpoints')
  if (telemetry.usage.declaredClass !== 'training' || checkpoints === undefined) return []
  const busy = busyWithoutTensor(telemetry, limits)
  if (busy === undefined || busy.length === 0 || checkpoints.values.some((value) => value > 0)) return []
  const rows = sampleRefs(telemetry, 'sm', 'tensor', 'checkpoints')
  return [{ code: 'declared_training_without_tensor', values: { declared: 'training' }, rows }]
}

function byImage(telemetry: Telemetry, limits: Limits): Clause[] {
  const image = telemetry.usage.image?.toLowerCase()
  const known = image && limits.images.split(' ').find((name) => image.includes(name))
  return known ? [{ code: 'miner_image', values: { image: known }, rows: sampleRefs(telemetry) }] : []
}
