import { seededRandom } from '@suanquan/core'
import { startOf } from '@suanquan/core/calendar'
import {
  ENDED_STATES,
  mergeUsage,
  OPEN_STATES,
  readSlurmJson,
  usageKey,
  type UsageRecord,
} from '@suanquan/core/metering'
import { generateCreditCode } from '@suanquan/core/party'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawSlurmRuns, writeSacctJson, type SlurmDemand } from './slurm-accounting.ts'

const seconds = fc.integer({ min: 1_700_000_000, max: 1_800_000_000 })
const name = fc.stringMatching(/^[a-z0-9_.-]{1,20}$/)
const id = fc.integer({ min: 1, max: 4_000_000_000 })
const part = fc.option(fc.record({ jobId: id, part: fc.nat(10_000) }))

/** Half a surrogate pair survives no encoding. */
const isWellFormed = (text: string): boolean => !/\p{Cs}/u.test(text)

const records: fc.Arbitrary<UsageRecord> = fc
  .record({
    cluster: name,
    jobId: id,
    account: fc.oneof(
      name,
      fc.integer().map((seed) => `e${generateCreditCode(seededRandom(seed), '91510100').toLowerCase()}`),
    ),
    qos: name,
    state: fc.constantFrom(...OPEN_STATES, ...ENDED_STATES),
    by: name,
    submitted: seconds,
    wait: fc.nat(1_000_000),
    elapsed: fc.nat(5_000_000),
    suspended: fc.nat(100_000),
    limit: fc.option(fc.nat(100_000)),
    array: part,
    het: part,
    nodes: fc.integer({ min: 1, max: 1000 }),
    chips: fc.uniqueArray(fc.record({ chip: name, cards: fc.integer({ min: 1, max: 8000 }) }), {
      selector: ({ chip }) => chip,
      maxLength: 3,
    }),
    untyped: fc.nat(8),
    shards: fc.nat(64),
    billing: fc.nat(1_000_000),
    jobName: fc.option(fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).filter(isWellFormed)),
    contract: fc.option(fc.stringMatching(/^[A-Z0-9|号 -]{0,10}[A-Z0-9]$/)),
  })
  .map((draw) => {
    const waiting = draw.state === 'PENDING'
    const ended = (ENDED_STATES as readonly string[]).includes(draw.state)
    const startedAt = waiting ? null : (draw.submitted + draw.wait) * 1000
    const elapsedSeconds = waiting ? 0 : draw.elapsed
    const suspendedSeconds = waiting ? 0 : draw.suspended
    const chips = waiting ? [] : draw.chips.sort((a, b) => (a.chip < b.chip ? -1 : 1))
    const code = /^e([0-9a-z]{18})$/.exec(draw.account)?.[1]
    const identity = {
      cluster: draw.cluster,
      jobId: draw.jobId,
      submittedAt: draw.submitted * 1000,
      startedAt,
    }
    return {
      ...identity,
      key: usageKey(identity),
      arrayTask: draw.array && { jobId: draw.array.jobId, task: draw.array.part },
      hetComponent: draw.het && { jobId: draw.het.jobId, offset: draw.het.part },
      account: draw.account,
      creditCode: code === undefined ? null : code.toUpperCase(),
      qos: draw.qos,
      state: draw.state,
      cancelledBy: draw.state === 'CANCELLED' ? draw.by : null,
      endedAt: ended && startedAt !== null ? startedAt + (elapsedSeconds + suspendedSeconds) * 1000 : null,
      elapsedSeconds,
      suspendedSeconds,
      limitSeconds: draw.limit === null ? null : draw.limit * 60,
      nodes: waiting ? 0 : draw.nodes,
      nodeList: waiting ? 'None assigned' : `gn[1-${draw.nodes}]`,
      gpus: waiting ? 0 : chips.reduce((sum, { cards }) => sum + cards, draw.untyped),
      chips,
      shards: waiting ? 0 : draw.shards,
      billing: waiting ? 0 : draw.billing,
      jobName: draw.jobName,
      contractHint: draw.contract,
    }
  })

test('the reader gives back whatever records were written', () => {
  fc.assert(
    fc.property(fc.array(records, { maxLength: 8 }), (list) => {
      const read = readSlurmJson(writeSacctJson(list))
      if (!read.ok) throw new Error(JSON.stringify(read.refusal))
      expect(read.value.records).toEqual(list)
      expect(read.value.source).toEqual({ format: 'slurm-json', parser: 38, release: '22.05.8' })
    }),
  )
})

const demand = (change: Partial<SlurmDemand> = {}): SlurmDemand => ({
  cluster: 'zs1',
  account: 'e91110000802100433b',
  qos: 'v2024001',
  contractNo: 'HT-2024-0001',
  chip: 'ascend910b',
  cardsPerNode: 8,
  jobCards: [1, 2, 4, 8, 16, 32],
  billingPerCard: 80,
  firstJobId: 1000,
  fromAt: startOf('2024-03-01'),
  untilAt: startOf('2024-04-01'),
  cardSeconds: 2_000 * 3600,
  ...change,
})

test('drawn runs meet the demand within a second of a job, lie inside their stretch and read back as they are', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 5_000 * 3600 }), (seed, cardSeconds) => {
      const wanted = demand({ cardSeconds })
      const runs = drawSlurmRuns(seededRandom(seed), wanted)
      const used = runs.reduce((sum, run) => sum + run.gpus * run.elapsedSeconds, 0)
      expect(used <= cardSeconds && cardSeconds - used < 32).toBe(true)
      for (const { submittedAt, startedAt, endedAt } of runs)
        expect(submittedAt >= wanted.fromAt && startedAt! > submittedAt && endedAt! <= wanted.untilAt).toBe(
          true,
        )
      expect(mergeUsage([], runs)).toMatchObject({ unchanged: 0, conflicts: [] })
      const read = readSlurmJson(writeSacctJson(runs))
      expect(read.ok && read.value.records).toEqual(runs)
    }),
    { numRuns: 30 },
  )
})

test('the same seed writes the same file, another seed another', () => {
  const file = (seed: number): string => writeSacctJson(drawSlurmRuns(seededRandom(seed), demand()))
  expect(file(7)).toBe(file(7))
  expect(file(7)).not.toBe(file(8))
})

test('a busy centre has runs of every kind', () => {
  const runs = drawSlurmRuns(seededRandom(7), demand({ cardSeconds: 60_000 * 3600 }))
  const states = new Set(runs.map(({ state }) => state))
  expect([...states].sort()).toEqual(['CANCELLED', 'COMPLETED', 'FAILED', 'NODE_FAIL', 'REQUEUED', 'TIMEOUT'])
  expect(runs.some(({ suspendedSeconds }) => suspendedSeconds > 0)).toBe(true)
})
