import { readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { startOf } from '../calendar/index.ts'
import { seededRandom, type Random } from '../random.ts'
import {
  lastInstantOf,
  mergeUsage,
  nothingTold,
  readBatch,
  readSlurmJson,
  tellingOf,
  usageKey,
  windowsOf,
  writeBatch,
  type DeviceHour,
  type UsageBatch,
  type UsageRecord,
} from './index.ts'

function recorded(name: string): readonly UsageRecord[] {
  const read = readSlurmJson(readFileSync(new URL(`../../fixtures/slurm/${name}`, import.meta.url)))
  if (!read.ok) throw new Error(JSON.stringify(read.refusal))
  return read.value.records
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
const hour: DeviceHour = {
  device: 'GPU-1',
  hourAt: startOf('2026-03-01'),
  owner: 'ns/算力',
  samples: 60,
  coveredSeconds: 3600,
  gauges: {
    busy: { count: 60, sum: 3_000_000 },
    sm: { count: 60, sum: 30_000_000 },
    tensor: { count: 0, sum: 0 },
    memory: { count: 60, sum: 60_000_000 },
    power: { count: 60, sum: 24_000_000 },
  },
  mostMemory: 70_000_000,
  energy: 1_440_000_000,
  faulty: 0,
}
const batch: UsageBatch = {
  cluster: 'sqtest',
  number: 3,
  of: 'runs',
  madeAt: 1_772_323_200_000,
  from: 1_772_236_800_000,
  until: 1_772_323_200_000,
  records: recorded('sacct-final.json'),
  hours: [hour],
  raw: [{ name: '2026-03-01T00.parquet', sm3: 'ab'.repeat(32), bytes: 4_000, samples: 60 }],
}

describe('a batch', () => {
  test('comes out as it went in, whatever somebody wrote into a job', () => {
    const told = { ...batch, records: [...batch.records, ...recorded('sacct-midway.json')] }
    const devices = [{ device: 'GPU-1', units: 30, unitsPerDevice: 100 }]
    const named = { ...told.records[0]!, jobId: 'uid-1', replaces: ['a/b'], devices }
    told.records[0] = { ...named, key: usageKey(named) }
    expect(readBatch(writeBatch(told), batch)).toEqual({
      ok: true,
      value: { ...told, format: 'suanquan/usage-batch/v1' },
    })
  })

  const text = writeBatch(batch)
  test.each([
    ['metering.json_truncated', text.slice(0, -9)],
    ['metering.batch_broken', text.replace('"number":3', '"number":4')],
    ['metering.batch_broken', text.replace('"of":"runs"', '"of":"money"')],
    ['metering.batch_broken', text.replace('"coveredSeconds":3600', '"coveredSeconds":3601')],
    ['metering.batch_broken', text.replace('"sum":3000000', '"sum":6000001')],
    ['metering.batch_broken', text.replace('"sm3":"ab', '"sm3":"xy')],
    ['metering.batch_broken', text.replace('"gres/shard":0', '"gres/shard":-1')],
    ['metering.state_unknown', text.replace('"state":"TIMEOUT"', '"state":"DONE"')],
    [
      'metering.devices_disagree',
      text.replace('"gres/gpu":2,"gres/gpu:a100":2', '"gres/gpu":1,"gres/gpu:a100":2'),
    ],
  ])('is refused whole: %s', (code, changed) => {
    expect(changed).not.toBe(text)
    expect(readBatch(changed, batch)).toMatchObject({ ok: false, refusal: { code } })
  })

  test('of another cluster than the one that was enrolled is refused', () => {
    const read = readBatch(text, { ...batch, cluster: 'other' })
    expect(read).toMatchObject({ refusal: { code: 'metering.batch_other_cluster' } })
  })
})

describe('telling', () => {
  const options = { digest, forgetBefore: 0 }

  test('what was told is not told again, what goes on is a later snapshot, what contradicts is a correction', () => {
    const [midway, final] = [recorded('sacct-midway.json'), recorded('sacct-final.json')]
    const first = tellingOf(nothingTold, { records: midway, hours: [hour] }, options)
    expect(tellingOf(first.told, { records: midway, hours: [hour] }, options)).toMatchObject({
      records: [],
      hours: [],
    })
    const second = tellingOf(first.told, { records: final, hours: [] }, options)
    expect(second.records.every(({ revision }) => revision === undefined)).toBe(true)
    expect(mergeUsage(first.records, second.records)).toMatchObject({ conflicts: [] })
    const mended = final.map((record) => (record.jobId === 8 ? { ...record, elapsedSeconds: 60 } : record))
    const third = tellingOf(second.told, { records: mended, hours: [{ ...hour, samples: 61 }] }, options)
    expect(third.records).toMatchObject([{ jobId: 8, elapsedSeconds: 60, revision: 1 }])
    expect(third.hours).toMatchObject([{ samples: 61, revision: 1 }])
  })

  test('a run whose start the accounting corrects is told as what replaces the earlier, open or ended', () => {
    const final = recorded('sacct-final.json')
    const ended = final.find(({ jobId }) => jobId === 8)!
    const open = { ...ended, state: 'RUNNING' as const, endedAt: null, elapsedSeconds: 10 }
    const moved = (record: UsageRecord, seconds: number): UsageRecord => {
      const startedAt = record.startedAt! + seconds * 1000
      const elapsedSeconds = Math.max(0, record.elapsedSeconds - seconds)
      return { ...record, startedAt, elapsedSeconds, key: usageKey({ ...record, startedAt }) }
    }
    for (const [before, after] of [
      [ended, moved(ended, 5)],
      // an open run may begin after what was last seen of it
      [open, moved(ended, 20)],
    ] as const) {
      const first = tellingOf(nothingTold, { records: [before], hours: [] }, options)
      const second = tellingOf(first.told, { records: [after], hours: [] }, options)
      expect(second.records).toEqual([{ ...after, replaces: [before.key] }])
      expect(mergeUsage(first.records, second.records).records).toEqual(second.records)
      expect(mergeUsage(second.records, first.records).records).toEqual(second.records)
      const third = tellingOf(second.told, { records: [moved(after, 1)], hours: [] }, options)
      expect(third.records[0]!.replaces).toEqual([before.key, after.key].sort())
    }
  })

  test('what ended before anything that is read again is forgotten, what goes on never', () => {
    const midway = recorded('sacct-midway.json')
    const { told } = tellingOf(
      nothingTold,
      { records: midway, hours: [hour] },
      { digest, forgetBefore: 9e15 },
    )
    const open = midway.filter(({ endedAt }) => endedAt === null).map(({ key }) => key)
    expect(Object.keys(told.runs).sort()).toEqual(open.sort())
    expect(told.hours).toEqual({})
  })
})

describe('windows', () => {
  const day = 86_400_000
  test('five days offline are read day by day, each reaching back behind the last', () => {
    const windows = windowsOf(10 * day, 15 * day + 7, { overlap: day / 2, step: day })
    expect(windows).toHaveLength(6)
    expect(windows[0]).toEqual({ from: 9.5 * day, until: 11 * day })
    expect(windows.at(-1)).toEqual({ from: 14.5 * day, until: 15 * day + 7 })
  })

  test('there is always one, a clock that was set back included', () => {
    expect(windowsOf(10 * day, 9 * day, { overlap: day, step: day })).toEqual([
      { from: 8 * day, until: 9 * day },
    ])
  })
})

test('a feed that repeats, loses, delays, reorders and corrects ten in a hundred each ends in the exact total', () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const random = seededRandom(`feed ${seed}`)
    const { truth, messages } = brokenFeed(random)
    let known: readonly UsageRecord[] = []
    for (const records of messages) {
      const merged = mergeUsage(known, records)
      expect([seed, merged.conflicts]).toEqual([seed, []])
      known = merged.records
    }
    expect([seed, total(known)]).toEqual([seed, total(truth)])
  }
})

const SEEDS = 50
const STEPS = 27

const total = (records: readonly UsageRecord[]): number =>
  records.reduce((sum, { gpus, elapsedSeconds }) => sum + gpus * elapsedSeconds, 0)

/** Runs as they grow and end, told in batches by the agent's own rule; messages as a bad line delivers them. */
function brokenFeed(random: Random): { truth: readonly UsageRecord[]; messages: (readonly UsageRecord[])[] } {
  const model = recorded('sacct-final.json').find(({ startedAt, gpus }) => startedAt !== null && gpus > 0)!
  const start = model.startedAt!
  const chance = (): boolean => random.next() < 0.1
  const runs = Array.from({ length: 15 }, (_, index) => ({
    jobId: index + 1,
    at: start + Math.floor(random.next() * 20) * 60_000,
    length: 60 + Math.floor(random.next() * 900),
    // of ten runs one is told anew some time after its end
    mendedAfter: chance() ? Math.floor(random.next() * 5) * 60_000 : Infinity,
  }))
  let told = nothingTold
  const sent: (readonly UsageRecord[])[] = []
  const seen = (moment: number): UsageRecord[] =>
    runs.flatMap(({ jobId, at, length, mendedAfter }) => {
      if (moment < at) return []
      const seconds = Math.min(length, (moment - at) / 1000)
      const ended = seconds === length
      const mended = moment >= at + length * 1000 + mendedAfter
      const elapsedSeconds = mended ? Math.floor(length / 2) : seconds
      return {
        ...model,
        key: `${model.cluster}/${jobId}/${at / 1000}/${at / 1000}`,
        jobId,
        submittedAt: at,
        startedAt: at,
        elapsedSeconds,
        suspendedSeconds: 0,
        state: ended ? ('COMPLETED' as const) : ('RUNNING' as const),
        endedAt: ended ? at + length * 1000 : null,
      }
    })
  for (let step = 0; step < STEPS; step++) {
    const telling = tellingOf(
      told,
      { records: seen(start + step * 100_000), hours: [] },
      { digest, forgetBefore: 0 },
    )
    told = telling.told
    sent.push(telling.records)
  }
  const truth = seen(start + (STEPS - 1) * 100_000)
  expect(truth.every((record) => lastInstantOf(record) !== null)).toBe(true)
  const messages: (readonly UsageRecord[])[] = []
  let waiting: (readonly UsageRecord[])[] = []
  for (const records of sent) {
    if (chance() || chance()) waiting.push(records)
    else messages.push(records)
    if (chance()) messages.push(records)
    if (chance()) {
      messages.push(...waiting.reverse())
      waiting = []
    }
  }
  return { truth, messages: [...messages, ...waiting] }
}
