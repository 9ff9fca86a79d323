import { describe, expect, test } from 'vitest'
import { startOf } from '../calendar/index.ts'
import {
  DCGM_LABELS,
  HOUR_MS,
  readRawSeries,
  reduceSamples,
  samplesOf,
  type DeviceSample,
  type RawSeries,
} from './index.ts'

const hour = startOf('2026-03-01')
const reduction = { intervalSeconds: 60, from: hour, until: hour + HOUR_MS }
const said = (minute: number, more: Partial<DeviceSample> = {}): DeviceSample => ({
  device: 'GPU-1',
  at: hour + minute * 60_000,
  owner: '',
  busy: null,
  sm: null,
  tensor: null,
  memory: null,
  power: null,
  energy: null,
  ...more,
})
const minutes = (from: number, until: number): number[] =>
  Array.from({ length: until - from }, (_, index) => from + index)

describe('hours of a device', () => {
  test('a gap stays a gap: twenty minutes without samples are twenty minutes not covered', () => {
    const seen = [...minutes(0, 20), ...minutes(40, 60)].map((minute) => said(minute, { busy: 50 }))
    const [row] = reduceSamples(seen, reduction)
    expect(row).toMatchObject({ samples: 40, coveredSeconds: 2400 })
    expect(row!.gauges.busy).toEqual({ count: 40, sum: 40 * 50_000 })
  })

  test('a counter that starts again has grown by what it shows, and across a gap by nothing known', () => {
    const counter = [-1, 0, 1, 2, 10].map((minute, index) =>
      said(minute, { energy: [900, 1_000, 1_500, 200, 9_000][index]! }),
    )
    expect(reduceSamples(counter, reduction)[0]!.energy).toBe(100 + 500 + 200)
    expect(reduceSamples([said(0, { energy: 5 })], reduction)[0]!.energy).toBeNull()
  })

  test('what no device can say is counted as faulty and added to nothing', () => {
    const [row] = reduceSamples(
      [said(0, { busy: 101, sm: NaN, energy: 9.2e18 }), said(1, { busy: 7 })],
      reduction,
    )
    expect(row).toMatchObject({ faulty: 3, samples: 2 })
    expect(row!.gauges.busy).toEqual({ count: 1, sum: 7_000 })
  })

  test('the hours of a device under its owners add up to what was seen of it', () => {
    const seen = minutes(0, 60).map((minute) => said(minute, { owner: minute < 25 ? 'ns/a' : '', sm: 0.5 }))
    const rows = reduceSamples(seen, reduction)
    expect(rows.map(({ owner, coveredSeconds }) => [owner, coveredSeconds])).toEqual([
      ['', 2100],
      ['ns/a', 1500],
    ])
  })
})

const answer = (series: readonly object[], more: object = {}): string =>
  JSON.stringify({ status: 'success', data: { resultType: 'matrix', result: series }, ...more })

describe('answers of Prometheus', () => {
  const labels = { UUID: 'GPU-1', pod: 'dcgm-exporter-x', exported_namespace: 'ns', exported_pod: 'train' }
  const series = (container: string, ...values: readonly (readonly [number, string])[]): object => ({
    metric: { ...labels, exported_container: container },
    values,
  })

  test('raw samples of a shared device are one sample a moment, held by all its owners together', () => {
    const read = readRawSeries(
      answer([
        series('a', [hour / 1000 + 0.123, '30'], [hour / 1000 + 60.123, '40']),
        series('b', [hour / 1000 + 0.123, '70']),
      ]),
    )
    const samples = samplesOf({ busy: (read as { value: readonly RawSeries[] }).value }, DCGM_LABELS)
    expect(samples).toMatchObject({
      ok: true,
      value: [
        { device: 'GPU-1', at: hour + 123, owner: 'ns/train/a + ns/train/b', busy: 70, power: null },
        { at: hour + 60_123, owner: 'ns/train/a', busy: 40 },
      ],
    })
  })

  test('an instance cut out of a device is a device, and the exporter is nobody’s owner', () => {
    const cut: RawSeries = { labels: { UUID: 'GPU-1', GPU_I_ID: '3', pod: 'exporter' }, points: [[hour, 1]] }
    expect(samplesOf({ sm: [cut] }, DCGM_LABELS)).toMatchObject({ value: [{ device: 'GPU-1/3', owner: '' }] })
  })

  test.each([
    ['metering.prometheus_error', JSON.stringify({ status: 'error', errorType: 'timeout', error: 'late' })],
    ['metering.prometheus_error', answer([], { warnings: ['a store did not answer'] })],
    [
      'metering.not_raw_samples',
      JSON.stringify({ status: 'success', data: { resultType: 'vector', result: [] } }),
    ],
    ['metering.not_raw_samples', answer([{ metric: {}, value: [1, '2'] }])],
    ['metering.json_truncated', answer([]).slice(0, -4)],
  ])('%s', (code, text) => {
    expect(readRawSeries(text)).toMatchObject({ ok: false, refusal: { code } })
  })

  test('metering.device_not_named', () => {
    const read = samplesOf({ busy: [{ labels: { gpu: '0' }, points: [[hour, 1]] }] }, DCGM_LABELS)
    expect(read).toMatchObject({ refusal: { code: 'metering.device_not_named', params: { label: 'UUID' } } })
  })
})
