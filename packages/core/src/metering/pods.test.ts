import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { startOf } from '../calendar/index.ts'
import {
  HOUR_MS,
  mergeUsage,
  overShared,
  podRunsOf,
  podsOf,
  sharesOf,
  type Pod,
  type PodRules,
  type PodSeries,
  type RawSeries,
  type UsageRecord,
} from './index.ts'

const hourAt = startOf('2026-03-01')
const rules: PodRules = {
  cluster: 'k8s',
  intervalSeconds: 30,
  resources: {
    nvidia_com_gpu: { chip: null, units: null },
    huawei_com_Ascend910B: { chip: 'ascend910b', units: null },
    nvidia_com_mig_1g_10gb: { chip: null, units: 14 },
  },
  chipLabel: 'label_nvidia_com_gpu_product',
  chips: { 'NVIDIA-A100-SXM4-80GB': 'a100' },
  queueLabel: 'label_kueue_x_k8s_io_queue_name',
  unitsPerCard: 100,
}

const series = (labels: Record<string, string>, value = 1): RawSeries => ({
  labels,
  points: [[hourAt, value]],
})
const of = (pod: string, more: Record<string, string> = {}): Record<string, string> => ({
  namespace: 'kube-system',
  pod: 'kube-state-metrics-0',
  exported_namespace: 'e91510100ma6c0000x1',
  exported_pod: pod,
  uid: `uid-${pod}`,
  ...more,
})
const node = { exported_node: 'g1' }

function read(told: PodSeries): readonly Pod[] {
  const pods = podsOf(told, rules)
  if (!pods.ok) throw new Error(JSON.stringify(pods.refusal))
  return pods.value
}

describe('what a pod held', () => {
  test('its own labels count, not those of the exporter; containers add up; the node says the chip, the label the queue', () => {
    const [pod] = read({
      requests: [
        series(of('p', { ...node, resource: 'nvidia_com_gpu', exported_container: 'a' }), 2),
        series(of('p', { ...node, resource: 'nvidia_com_gpu', exported_container: 'b' }), 1),
        series(of('p', { resource: 'cpu' }), 64),
        series(of('web', { resource: 'cpu' }), 4),
      ],
      phase: [series(of('p', { phase: 'Running' })), series(of('p', { phase: 'Failed' }), 0)],
      created: [series(of('p'), hourAt / 1000 - 60)],
      podLabels: [series(of('p', { label_kueue_x_k8s_io_queue_name: 'team-a' }))],
      nodeLabels: [series({ exported_node: 'g1', label_nvidia_com_gpu_product: 'NVIDIA-A100-SXM4-80GB' })],
    })
    expect(pod).toMatchObject({
      uid: 'uid-p',
      namespace: 'e91510100ma6c0000x1',
      name: 'p',
      node: 'g1',
      queue: 'team-a',
      gpus: 3,
      chips: [{ chip: 'a100', cards: 3 }],
      shards: 0,
      moments: [hourAt],
      ending: 'COMPLETED',
    })
  })

  test('a chip that nobody names stays unnamed, one that the list does not know keeps its own name', () => {
    const requests = [series(of('p', { ...node, resource: 'nvidia_com_gpu' }), 1)]
    expect(read({ requests, phase: [] })).toMatchObject([{ gpus: 1, chips: [] }])
    const nodeLabels = [series({ node: 'g1', label_nvidia_com_gpu_product: 'NVIDIA-H20' })]
    expect(read({ requests, phase: [], nodeLabels })).toMatchObject([
      { chips: [{ chip: 'nvidia-h20', cards: 1 }] },
    ])
  })

  test('slices of MIG are units of a card', () => {
    const requests = [series(of('p', { resource: 'nvidia_com_mig_1g_10gb' }), 2)]
    expect(read({ requests, phase: [] })).toMatchObject([{ gpus: 0, shards: 28 }])
  })

  const ask = (pod: string): RawSeries => series(of(pod, { ...node, resource: 'nvidia_com_gpu' }), 1)
  const share = (pod: string, device = 'GPU-1'): Record<string, string> => ({
    ...of(pod),
    device_uuid: device,
    container_index: '0',
  })

  test('HAMi’s part is the greater of cores and memory, rounded down, in the newer names and in the older', () => {
    const told = {
      requests: [ask('a'), ask('b'), ask('c')],
      phase: [],
      shareCores: [series(share('a'), 30), series(share('b'), 0), series(share('c', 'GPU-2'), 100)],
      shareMemory: [series(share('a'), 8), series(share('b'), 27), series(share('c', 'GPU-2'), 80)],
      deviceCores: [series({ device_uuid: 'GPU-1' }, 100), series({ device_uuid: 'GPU-2' }, 100)],
      deviceMemory: [series({ device_uuid: 'GPU-1' }, 80), series({ device_uuid: 'GPU-2' }, 80)],
    }
    const expected = [
      { gpus: 0, shards: 30, devices: [{ device: 'GPU-1', units: 30, unitsPerDevice: 100 }] },
      { gpus: 0, shards: 33, devices: [{ device: 'GPU-1', units: 33, unitsPerDevice: 100 }] },
      // a whole device is a card
      { gpus: 1, shards: 0, devices: [{ device: 'GPU-2', units: 100, unitsPerDevice: 100 }] },
    ]
    expect(read(told)).toMatchObject(expected)
    const older = (each: RawSeries): RawSeries => {
      const { exported_namespace, exported_pod, device_uuid, ...rest } = each.labels
      const named = { podnamespace: exported_namespace!, podname: exported_pod!, deviceuuid: device_uuid! }
      return { ...each, labels: { ...rest, ...named } }
    }
    const shares = { shareCores: told.shareCores.map(older), shareMemory: told.shareMemory.map(older) }
    expect(read({ ...told, ...shares })).toMatchObject(expected)
  })

  test('parts of a device never add up to more than it, whatever HAMi gave', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { maxLength: 9 }), (drawn) => {
        const all = drawn.reduce((sum, part) => sum + part, 0)
        const parts = drawn.map((part) => (part / Math.max(1, all)) * 80)
        const pods = read({
          requests: parts.map((_, index) => ask(`${index}`)),
          phase: [],
          shareMemory: parts.map((part, index) => series(share(`${index}`), part)),
          deviceMemory: [series({ device_uuid: 'GPU-1' }, 80)],
        }).map((pod) => ({ ...pod, moments: [hourAt] }))
        const runs = podRunsOf(pods, { hourAt, open: [] }, rules)
        // a part below one unit is one unit
        const least = parts.filter((part) => part < 0.8).length
        const over = overShared(runs.flatMap(sharesOf))
        expect(over.every(({ units }) => units <= 100n + BigInt(least))).toBe(true)
      }),
    )
  })

  test('samples without a pod’s uid are refused with what they have', () => {
    const { uid: _, ...labels } = of('p', { resource: 'nvidia_com_gpu' })
    expect(podsOf({ requests: [series(labels)] }, rules)).toMatchObject({
      refusal: { code: 'agent.pods_not_told', params: { label: 'uid' } },
    })
  })

  test.each([
    ['NodeLost', 'NODE_FAIL'],
    ['Evicted', 'PREEMPTED'],
  ])('%s ends as %s', (reason, ending) => {
    const requests = [series(of('p', { resource: 'nvidia_com_gpu' }), 1)]
    expect(read({ requests, phase: [], reason: [series(of('p', { reason }))] })).toMatchObject([{ ending }])
  })
})

const pod = (moments: readonly number[], more: Partial<Pod> = {}): Pod => ({
  uid: 'u',
  namespace: 'ns',
  name: 'p',
  node: 'g1',
  queue: '',
  createdSecond: hourAt / 1000 - 10,
  gpus: 1,
  chips: [{ chip: 'a100', cards: 1 }],
  shards: 0,
  devices: [],
  ending: 'COMPLETED',
  moments: moments.map((second) => hourAt + second * 1000),
  ...more,
})
const every30 = (from: number, until: number): number[] =>
  Array.from({ length: Math.max(0, Math.ceil((until - from) / 30)) }, (_, index) => from + index * 30)
const shape = (runs: readonly UsageRecord[]): unknown[] =>
  runs.map(({ state, startedAt, elapsedSeconds }) => [state, (startedAt! - hourAt) / 1000, elapsedSeconds])

describe('runs of pods', () => {
  test('go on over hours and end when they are seen last, as one run', () => {
    const first = podRunsOf([pod(every30(600, 3600))], { hourAt, open: [] }, rules)
    expect(shape(first)).toEqual([['RUNNING', 600, 3000]])
    const next = { hourAt: hourAt + HOUR_MS, open: first }
    const second = podRunsOf([pod(every30(3600, 5400))], next, rules)
    expect(shape(second)).toEqual([['COMPLETED', 600, 4800]])
    expect(mergeUsage(first, second)).toMatchObject({ conflicts: [], records: [{ elapsedSeconds: 4800 }] })
  })
  test('a gap is not metered: the run ends with it and another begins; one missing sample is no gap', () => {
    const missing = every30(0, 3600).filter((second) => second !== 300)
    expect(shape(podRunsOf([pod(missing)], { hourAt, open: [] }, rules))).toEqual([['RUNNING', 0, 3600]])
    const gap = [...every30(0, 1200), ...every30(2400, 3600)]
    expect(shape(podRunsOf([pod(gap)], { hourAt, open: [] }, rules))).toEqual([
      ['COMPLETED', 0, 1200],
      ['RUNNING', 2400, 1200],
    ])
  })
  test('what an hour does not tell of any more has ended', () => {
    const open = podRunsOf([pod(every30(0, 3600))], { hourAt, open: [] }, rules)
    expect(shape(podRunsOf([], { hourAt: hourAt + HOUR_MS, open }, rules))).toEqual([['COMPLETED', 0, 3600]])
  })
  test('another part of a device is another run', () => {
    const open = podRunsOf([pod(every30(0, 3600))], { hourAt, open: [] }, rules)
    const more = pod(every30(3600, 7200), { gpus: 2, chips: [{ chip: 'a100', cards: 2 }] })
    expect(shape(podRunsOf([more], { hourAt: hourAt + HOUR_MS, open }, rules))).toEqual([
      ['COMPLETED', 0, 3600],
      ['RUNNING', 3600, 3600],
    ])
  })
  test('whatever was seen, read hour by hour and merged, is metered once: no run overlaps, and all seconds were seen', () => {
    const seen = fc.array(fc.boolean(), { minLength: 360, maxLength: 360 })
    fc.assert(
      fc.property(seen, fc.integer({ min: 0, max: 29 }), (samples, offset) => {
        const moments = every30(offset, 3 * 3600).filter((_, index) => samples[Math.floor(index / 3) % 360])
        let known: readonly UsageRecord[] = []
        for (let hour = 0; hour < 4; hour++) {
          const open = known.filter(({ state }) => state === 'RUNNING')
          const runs = podRunsOf([pod(moments)], { hourAt: hourAt + hour * HOUR_MS, open }, rules)
          const merged = mergeUsage(known, runs)
          expect(merged.conflicts).toEqual([])
          known = merged.records
        }
        const covered = new Set<number>()
        for (const [index, at] of moments.entries()) {
          const until = moments[index + 1]! - at <= 60 ? moments[index + 1]! : at + 30
          for (let second = at; second < until; second++) covered.add(second)
        }
        expect(known.reduce((sum, { elapsedSeconds }) => sum + elapsedSeconds, 0)).toBe(covered.size)
      }),
      { numRuns: 40 },
    )
  })
})
