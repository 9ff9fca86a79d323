import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeUsage, readSlurmJson, usageKey, type UsageRecord } from './index.ts'

function recordsOf(name: string): readonly UsageRecord[] {
  const read = readSlurmJson(readFileSync(new URL(`../../fixtures/slurm/${name}`, import.meta.url)))
  if (!read.ok) throw new Error(JSON.stringify(read.refusal))
  return read.value.records
}

const midway = recordsOf('sacct-midway.json')
const final = recordsOf('sacct-final.json')
const byKey = (a: UsageRecord, b: UsageRecord): number => (a.key < b.key ? -1 : 1)

describe('two snapshots of one cluster', () => {
  test('the same file twice changes nothing', () => {
    const once = mergeUsage([], final)
    expect(once).toMatchObject({ unchanged: 0, superseded: [], conflicts: [] })
    expect(once.added).toHaveLength(17)
    const twice = mergeUsage(once.records, final)
    expect(twice).toMatchObject({ added: [], superseded: [], conflicts: [], unchanged: 17 })
    expect(twice.records).toEqual(once.records)
  })
  test('the later snapshot of a running job replaces the earlier, whichever comes first', () => {
    const forward = mergeUsage(mergeUsage([], midway).records, final)
    expect(forward.superseded.map(({ before, after }) => [before.state, after.state])).toEqual([
      ['RUNNING', 'TIMEOUT'],
    ])
    const backward = mergeUsage(mergeUsage([], final).records, midway)
    expect(backward).toMatchObject({ superseded: [], conflicts: [], unchanged: 17 })
    expect(backward.records).toEqual(forward.records)
  })
  test('a queued job that starts is replaced by its run, and an old sight of the queue changes nothing', () => {
    const queued = final.find(({ state }) => state === 'PENDING')!
    const startedAt = queued.submittedAt + 60_000
    const run: UsageRecord = {
      ...queued,
      state: 'RUNNING',
      startedAt,
      key: usageKey({ ...queued, startedAt }),
      elapsedSeconds: 5,
      gpus: 1,
      chips: [{ chip: 'a100', cards: 1 }],
      billing: 100,
      nodes: 1,
    }
    const merged = mergeUsage(mergeUsage([], [queued]).records, [run])
    expect(merged.records).toEqual([run])
    expect(merged.superseded).toEqual([{ before: queued, after: run }])
    expect(mergeUsage(merged.records, [queued])).toMatchObject({ records: [run], unchanged: 1 })
    expect(mergeUsage([], [queued, run]).added).toEqual([run])
  })
})

describe('contradictions', () => {
  const timeout = final.find(({ jobId }) => jobId === 8)!
  test.each<[string, Partial<UsageRecord>]>([
    ['elapsedSeconds', { elapsedSeconds: 81 }],
    ['account', { account: 'another' }],
    ['chips', { chips: [{ chip: 'h800', cards: 1 }] }],
    ['state', { state: 'COMPLETED' }],
  ])('a run told with another %s is reported and what was first stands', (field, change) => {
    const offered = { ...timeout, ...change }
    const merged = mergeUsage([timeout], [offered])
    expect(merged.records).toEqual([timeout])
    expect(merged.conflicts).toEqual([{ key: timeout.key, kept: timeout, offered, fields: [field] }])
  })
  test('a snapshot that knows more time than the end is a contradiction, not progress', () => {
    const running: UsageRecord = { ...timeout, state: 'RUNNING', endedAt: null, elapsedSeconds: 90 }
    expect(mergeUsage([timeout], [running]).conflicts).toMatchObject([{ fields: ['elapsedSeconds'] }])
    expect(mergeUsage([running], [timeout]).conflicts).toMatchObject([{ fields: ['elapsedSeconds'] }])
  })
})

test('shuffled, repeated and split streams of snapshots end in the same set', () => {
  const snapshots = [...midway, ...final].flatMap((record) => {
    const early = {
      ...record,
      state: 'RUNNING' as const,
      endedAt: null,
      elapsedSeconds: 0,
      suspendedSeconds: 0,
    }
    return record.elapsedSeconds > 0 ? [record, early] : [record]
  })
  const truth = mergeUsage([], final).records
  const stream = fc.shuffledSubarray(
    [...snapshots, ...snapshots].map((_, index) => index),
    { minLength: snapshots.length * 2, maxLength: snapshots.length * 2 },
  )
  fc.assert(
    fc.property(stream, fc.integer({ min: 1, max: 20 }), (order, size) => {
      let records: readonly UsageRecord[] = []
      for (let from = 0; from < order.length; from += size) {
        const part = order.slice(from, from + size).map((index) => snapshots[index % snapshots.length]!)
        const merged = mergeUsage(records, part)
        expect(merged.conflicts).toEqual([])
        records = merged.records
      }
      expect(records.map(({ key, elapsedSeconds }) => [key, elapsedSeconds])).toEqual(
        [...truth].sort(byKey).map(({ key, elapsedSeconds }) => [key, elapsedSeconds]),
      )
    }),
  )
})

describe('a start that is corrected', () => {
  const model = final.find(({ jobId }) => jobId === 8)!
  const at = model.startedAt!
  const run = (start: number, end: number, more: Partial<UsageRecord> = {}): UsageRecord => {
    const startedAt = at + start * 1000
    const record = { ...model, startedAt, endedAt: at + end * 1000, elapsedSeconds: end - start, ...more }
    return { ...record, key: usageKey(record) }
  }

  test('is the same run: without a word of its feed what was first stands and people look', () => {
    const merged = mergeUsage([run(0, 60)], [run(5, 60)])
    expect(merged).toMatchObject({ added: [], conflicts: [{ fields: ['startedAt'] }] })
    expect(merged.records).toEqual([run(0, 60)])
  })
  test('replaces what it says it replaces, in whatever order the two come and however often', () => {
    const first = run(0, 60)
    const second = run(5, 60, { replaces: [first.key] })
    const third = run(7, 60, { replaces: [first.key, second.key] })
    expect(mergeUsage([first], [second])).toMatchObject({
      records: [second],
      superseded: [{ before: first, after: second }],
      conflicts: [],
    })
    fc.assert(
      fc.property(
        fc.shuffledSubarray([0, 1, 2, 0, 1, 2], { minLength: 6 }),
        fc.integer({ min: 1, max: 6 }),
        (order, size) => {
          let records: readonly UsageRecord[] = []
          for (let from = 0; from < order.length; from += size) {
            const part = order.slice(from, from + size).map((index) => [first, second, third][index]!)
            const merged = mergeUsage(records, part)
            expect(merged.conflicts).toEqual([])
            records = merged.records
          }
          expect(records).toEqual([third])
        },
      ),
    )
  })
  test('runs of a requeued job follow each other and stand side by side', () => {
    const runs = [run(0, 60), run(60, 90), run(120, 130)]
    expect(mergeUsage([], runs)).toMatchObject({ conflicts: [], added: { length: 3 } })
  })
})
