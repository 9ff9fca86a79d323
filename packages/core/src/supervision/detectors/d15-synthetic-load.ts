// D15 刷负载: load that computes nothing anybody wants. Over at least 24 hours all of: steady compute (variation < 0.03),
// few patterns in it (permutation entropy of order 4 < 0.6, or no movement beyond one point), hardly any input or output,
// no checkpoints, memory that never moves. Or tensor activity above 60 % sustained beyond what real training reaches; or
// the name of a burn-in or benchmark image. A counter that is missing leaves its clause unknown, and with it the rule.
import { checked, detector, ref, type Clause } from '../detector.ts'
import { mean, variation } from '../mathematics/robust.ts'
import { permutationEntropy } from '../mathematics/permutation-entropy.ts'
import {
  firmsOf,
  sampleRefs,
  shareWhere,
  steadyShare,
  telemetryOf,
  type Telemetry,
} from '../relations/telemetry.ts'

const parameters = {
  leastHours: 24,
  leastLoad: 5,
  mostVariation: 0.03,
  mostEntropy: 0.6,
  quietBand: 1,
  mostIoMbPerMinute: 1,
  memoryBand: 0.01,
  tensorAbove: 60,
  tensorShare: 0.95,
  images: 'gpu-burn gpu_burn dcgmproftester nccl-tests cutlass_profiler',
} as const
type Limits = { readonly [Name in keyof typeof parameters]: Name extends 'images' ? string : number }

export const syntheticLoad = detector({
  id: 'D15',
  name: 'synthetic_load',
  version: 1,
  reach: 'feeds',
  needs: ['usage', 'samples', 'contracts'],
  parameters,
  weight: 0.75,
  decisive: [],
  detect(world, limits, report) {
    for (const telemetry of telemetryOf(world)) {
      if (telemetry.hours < limits.leastHours) continue
      const steady = steadyClauses(telemetry, limits)
      const clauses = [
        ...(steady?.clauses ?? []),
        ...tensorClause(telemetry, limits),
        ...imageClause(telemetry, limits),
      ]
      if (steady === undefined && clauses.length === 0) {
        report.undecided(ref('usage', telemetry.usage), 'counters')
        continue
      }
      if (clauses.length === 0) continue
      report.suspect({
        subject: { table: 'contracts', id: telemetry.usage.contract },
        firms: firmsOf(world, telemetry.usage).slice(0, 1),
        severity: steady?.clauses.length ? 1 : 0.8,
        clauses,
        innocent: [
          checked('offline_inference', telemetry.usage.observedClass === 'inference'),
          checked('numerical_solver', telemetry.usage.observedClass === 'simulation'),
        ],
        clears: ['image_digest', 'volume_of_input_data', 'results'],
      })
    }
  },
})

/** All five clauses or none; undefined where a counter is missing and no other clause fails. */
function steadyClauses(
  telemetry: Telemetry,
  limits: Limits,
): { readonly clauses: readonly Clause[] } | undefined {
  const facts = [
    compute(telemetry, limits),
    counted(telemetry, 'io', (values) => mean(values), limits.mostIoMbPerMinute),
    counted(telemetry, 'checkpoints', (values) => values.reduce((sum, value) => sum + value, 0), 0.5),
    counted(telemetry, 'memory', (values) => 1 - steadyShare(values, limits.memoryBand), 0.01),
  ]
  if (facts.some((fact) => fact === false)) return { clauses: [] }
  if (facts.some((fact) => fact === undefined)) return undefined
  return { clauses: facts.flatMap((fact) => (fact ? fact : [])) }
}

type Fact = readonly Clause[] | false | undefined

function compute(telemetry: Telemetry, limits: Limits): Fact {
  const main = telemetry.of('sm')
  if (main === undefined) return undefined
  const spread = variation(main.values)
  if (spread === undefined || mean(main.values) < limits.leastLoad || spread >= limits.mostVariation)
    return false
  const entropy = permutationEntropy(
    main.values.map((value) => Math.round(value / limits.quietBand)),
    4,
  )
  if (entropy >= limits.mostEntropy) return false
  const rows = sampleRefs(telemetry, 'sm')
  return [
    { code: 'steady_compute', values: { variation: spread }, rows },
    { code: 'few_patterns', values: { entropy }, rows },
  ]
}

function counted(
  telemetry: Telemetry,
  counter: 'io' | 'checkpoints' | 'memory',
  measure: (values: Float64Array) => number,
  below: number,
): Fact {
  const series = telemetry.of(counter)
  if (series === undefined || series.values.length === 0) return undefined
  const value = measure(series.values)
  if (value >= below) return false
  return [{ code: `quiet_${counter}`, values: { value, below }, rows: sampleRefs(telemetry, counter) }]
}

function tensorClause(telemetry: Telemetry, limits: Limits): Clause[] {
  const tensor = telemetry.of('tensor')
  if (tensor === undefined) return []
  const share = shareWhere(tensor.values, (value) => value > limits.tensorAbove)
  if (share < limits.tensorShare) return []
  return [{ code: 'tensor_beyond_real_training', values: { share }, rows: sampleRefs(telemetry, 'tensor') }]
}

function imageClause(telemetry: Telemetry, limits: Limits): Clause[] {
  const image = telemetry.usage.image?.toLowerCase()
  const known = image && limits.images.split(' ').find((name) => image.includes(name))
  return known ? [{ code: 'burn_in_image', values: { image: known }, rows: sampleRefs(telemetry) }] : []
}
