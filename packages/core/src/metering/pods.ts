// What kube-state-metrics and HAMi tell of an hour, as pods that held accelerators: whose, which devices, at which moments
// they ran. Behind a Prometheus that does not honour labels a pod's own labels come as `exported_…`, and the plain ones name
// the exporter; so the exported ones are read first. HAMi's scheduler tells which part of which device a pod was given; a
// pod that uses nothing of it is idle and holds it all the same.
import { accept, refuse, type Decision } from '../refusal.ts'
import type { RawSeries } from './prometheus.ts'
import type { ChipCards, DevicePart } from './usage.ts'

export type PodMetric =
  | ('requests' | 'phase' | 'created' | 'reason' | 'podLabels' | 'nodeLabels')
  | ('shareCores' | 'shareMemory' | 'deviceCores' | 'deviceMemory')

/** Names of kube-state-metrics ≥ 2 and of HAMi's scheduler ≥ 2.9. */
export const POD_METRICS: Readonly<Record<PodMetric, string>> = {
  requests: 'kube_pod_container_resource_requests',
  phase: 'kube_pod_status_phase',
  created: 'kube_pod_created',
  reason: 'kube_pod_status_reason',
  podLabels: 'kube_pod_labels',
  nodeLabels: 'kube_node_labels',
  shareCores: 'hami_vgpu_core_allocated_ratio',
  shareMemory: 'hami_vgpu_memory_allocated_bytes',
  deviceCores: 'hami_gpu_core_limit_ratio',
  deviceMemory: 'hami_gpu_memory_limit_bytes',
}

/** A resource that pods ask for, as kube-state-metrics writes its name (`nvidia_com_gpu`). */
export interface PodResource {
  /** null where the node's label says which chip it has */
  readonly chip: string | null
  /** how many units of a card one of it is; null for whole cards */
  readonly units: number | null
}

export interface PodRules {
  readonly cluster: string
  readonly intervalSeconds: number
  readonly resources: Readonly<Record<string, PodResource>>
  /** the label of nodes that names the chip, and what its values are called here */
  readonly chipLabel: string
  readonly chips: Readonly<Record<string, string>>
  /** the label of pods that names their queue */
  readonly queueLabel: string
  /** how many units make a card where parts are told */
  readonly unitsPerCard: number
}

export interface PodHolding {
  readonly gpus: number
  readonly chips: readonly ChipCards[]
  readonly shards: number
  readonly devices: readonly DevicePart[]
}

export interface Pod extends PodHolding {
  readonly uid: string
  readonly namespace: string
  readonly name: string
  readonly node: string
  readonly queue: string
  /** seconds since 1970, null where nobody says */
  readonly createdSecond: number | null
  /** in milliseconds and in order: when it was seen running */
  readonly moments: readonly number[]
  /** how it ended, as far as it is told */
  readonly ending: 'COMPLETED' | 'FAILED' | 'NODE_FAIL' | 'PREEMPTED'
}

export type PodRefusal = 'agent.pods_not_told'

export type PodSeries = Readonly<Partial<Record<PodMetric, readonly RawSeries[]>>>

/** Pods that held accelerators, by uid; pods without any are left out. */
export function podsOf(told: PodSeries, rules: PodRules): Decision<Pod[], PodRefusal> {
  for (const metric of ['requests', 'phase'] as const)
    for (const { labels } of told[metric] ?? [])
      for (const label of ['uid', 'namespace', 'pod'])
        if (labelOf(labels, label) === '')
          return refuse('agent.pods_not_told', {
            metric: POD_METRICS[metric],
            label,
            labels: Object.keys(labels),
          })
  const chipOfNode = chipsOfNodes(told.nodeLabels ?? [], rules)
  const shares = sharesOfPods(told, rules.unitsPerCard)
  const queues = new Map(
    (told.podLabels ?? []).map(({ labels }) => [labels['uid'] ?? '', labels[rules.queueLabel] ?? '']),
  )
  const created = new Map(
    (told.created ?? []).map(({ labels, points }) => [labels['uid'] ?? '', points.at(-1)?.[1] ?? null]),
  )
  const running = runningOf(told.phase ?? [])
  const endings = endingsOf(told)
  const asked = new Map<string, RawSeries[]>()
  for (const series of told.requests ?? []) {
    const uid = series.labels['uid']!
    if (Object.hasOwn(rules.resources, series.labels['resource'] ?? ''))
      asked.set(uid, [...(asked.get(uid) ?? []), series])
  }
  const pods: Pod[] = []
  for (const [uid, series] of [...asked].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const labels = series[0]!.labels
    const [namespace, name] = [labelOf(labels, 'namespace'), labelOf(labels, 'pod')]
    const node = series.map((each) => labelOf(each.labels, 'node')).find((told_) => told_ !== '') ?? ''
    const chip = chipOfNode.get(node) ?? null
    pods.push({
      uid,
      namespace,
      name,
      node,
      queue: queues.get(uid) ?? '',
      createdSecond: created.get(uid) ?? null,
      moments: running.get(uid) ?? [],
      ending: endings.get(uid) ?? 'COMPLETED',
      ...holdingOf(series, shares.get(`${namespace}/${name}`) ?? [], { rules, chip }),
    })
  }
  return accept(pods)
}

/** The pod's own label, whether Prometheus honours labels or not; HAMi before 2.9 called some otherwise. */
function labelOf(labels: RawSeries['labels'], name: string): string {
  const older = { namespace: 'podnamespace', pod: 'podname', device_uuid: 'deviceuuid' }[name]
  return labels[`exported_${name}`] ?? (older === undefined ? undefined : labels[older]) ?? labels[name] ?? ''
}

function chipsOfNodes(series: readonly RawSeries[], { chipLabel, chips }: PodRules): Map<string, string> {
  const found = series.map(({ labels }): [string, string] => {
    const said = labels[chipLabel] ?? ''
    return [labelOf(labels, 'node'), Object.hasOwn(chips, said) ? chips[said]! : said.toLowerCase()]
  })
  return new Map(found.filter(([, chip]) => chip !== ''))
}

function runningOf(series: readonly RawSeries[]): Map<string, number[]> {
  const running = new Map<string, Set<number>>()
  for (const { labels, points } of series) {
    if (labels['phase'] !== 'Running') continue
    const moments = running.get(labels['uid']!) ?? new Set()
    for (const [at, value] of points) if (value === 1) moments.add(at)
    running.set(labels['uid']!, moments)
  }
  return new Map([...running].map(([uid, moments]) => [uid, [...moments].sort((a, b) => a - b)]))
}

const REASONS: Readonly<Record<string, Pod['ending']>> = {
  NodeLost: 'NODE_FAIL',
  Evicted: 'PREEMPTED',
  Preempting: 'PREEMPTED',
}

function endingsOf({ phase = [], reason = [] }: PodSeries): Map<string, Pod['ending']> {
  const isTrue = ({ points }: RawSeries): boolean => points.some(([, value]) => value === 1)
  const endings = new Map<string, Pod['ending']>()
  for (const series of phase)
    if (series.labels['phase'] === 'Failed' && isTrue(series)) endings.set(series.labels['uid']!, 'FAILED')
  for (const series of reason) {
    const ending = REASONS[series.labels['reason'] ?? '']
    if (ending !== undefined && isTrue(series)) endings.set(series.labels['uid'] ?? '', ending)
  }
  return endings
}

/** A part is the greater of cores and memory, as whichever is scarcer shuts others out; rounded down, so that parts fit. */
function sharesOfPods(told: PodSeries, unitsPerDevice: number): Map<string, DevicePart[]> {
  const last = (series: RawSeries): number => series.points.at(-1)?.[1] ?? 0
  const limits = (metric: 'deviceCores' | 'deviceMemory'): Map<string, number> =>
    new Map((told[metric] ?? []).map((series) => [labelOf(series.labels, 'device_uuid'), last(series)]))
  const parts = new Map<string, Map<string, { cores: number; memory: number }>>()
  const limitOf = { cores: limits('deviceCores'), memory: limits('deviceMemory') }
  for (const [kind, metric] of [
    ['cores', 'shareCores'],
    ['memory', 'shareMemory'],
  ] as const) {
    for (const series of told[metric] ?? []) {
      const pod = `${labelOf(series.labels, 'namespace')}/${labelOf(series.labels, 'pod')}`
      const device = labelOf(series.labels, 'device_uuid')
      const limit = limitOf[kind].get(device) ?? (kind === 'cores' ? 100 : 0)
      const devices = parts.get(pod) ?? new Map<string, { cores: number; memory: number }>()
      const part = devices.get(device) ?? { cores: 0, memory: 0 }
      part[kind] += limit > 0 ? last(series) / limit : 0
      parts.set(pod, devices.set(device, part))
    }
  }
  return new Map(
    [...parts].map(([pod, devices]) => [
      pod,
      [...devices].sort().map(([device, { cores, memory }]) => ({
        device,
        units: Math.min(unitsPerDevice, Math.max(1, Math.floor(Math.max(cores, memory) * unitsPerDevice))),
        unitsPerDevice,
      })),
    ]),
  )
}

/** By HAMi's parts where it tells them, else by what the pod asked for, over all its containers. */
function holdingOf(
  series: readonly RawSeries[],
  devices: readonly DevicePart[],
  { rules, chip: chipOfNode }: { readonly rules: PodRules; readonly chip: string | null },
): PodHolding {
  const cards = new Map<string | null, number>()
  let shards = 0
  const hold = (chip: string | null, count: number): void => {
    cards.set(chip, (cards.get(chip) ?? 0) + count)
  }
  const named = series.map(({ labels }) => rules.resources[labels['resource']!]!)
  if (devices.length > 0) {
    const whole = devices.filter(({ units, unitsPerDevice }) => units === unitsPerDevice).length
    if (whole > 0) hold(named[0]!.chip ?? chipOfNode, whole)
    shards = devices.reduce((sum, part) => sum + (part.units < part.unitsPerDevice ? part.units : 0), 0)
  } else
    for (const [index, { points }] of series.entries()) {
      const count = Math.round(points.at(-1)?.[1] ?? 0)
      const { chip, units } = named[index]!
      if (units === null) hold(chip ?? chipOfNode, count)
      else shards += count * units
    }
  const chips = [...cards].flatMap(([chip, count]) =>
    chip === null || count === 0 ? [] : { chip, cards: count },
  )
  return {
    gpus: [...cards.values()].reduce((sum, count) => sum + count, 0),
    chips: chips.sort((a, b) => (a.chip < b.chip ? -1 : 1)),
    shards,
    devices,
  }
}
