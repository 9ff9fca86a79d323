// A centre's agent in a test: enrolled, signing, sending batches of its own making in any order.
import type { AnswerOf, Routes } from '@suanquan/api'
import { canonicalText, hex, keyId, type Random } from '@suanquan/core'
import { startOf, type Day } from '@suanquan/core/calendar'
import {
  batchBytes,
  nothingTold,
  tellingOf,
  usageKey,
  writeBatch,
  type UsageBatch,
  type UsageRecord,
} from '@suanquan/core/metering'
import { ledgerHash, makePem, readPem } from '@suanquan/server'
import { createHash } from 'node:crypto'
import { must, type TestCity } from './test-city.ts'

export const FEED_CLUSTER = 'sqtest'

export interface TestFeed {
  readonly id: string
  /** the text of a batch with the number */
  readonly batch: (number: number, told: Partial<UsageBatch>) => string
  readonly send: (number: number, body: string) => Promise<AnswerOf<Routes['feedUsage']>>
}

export async function testFeed(city: TestCity, name: string): Promise<TestFeed> {
  const { publicBytes: bytes, sign } = readPem(makePem('Ed25519'))!
  const id = keyId({ algorithm: 'Ed25519', bytes }, ledgerHash)
  const body = {
    providerId: city.provider.id,
    name,
    cluster: FEED_CLUSTER,
    algorithm: 'Ed25519' as const,
    publicKey: hex(bytes),
  }
  const feed = must(await city.as('provider').enrolFeed({ body }))
  return {
    id: feed.id,
    batch: (number, told) =>
      writeBatch({
        cluster: FEED_CLUSTER,
        number,
        of: 'runs',
        madeAt: told.until ?? 0,
        from: 0,
        until: 0,
        records: [],
        hours: [],
        raw: [],
        ...told,
      }),
    send: async (number, text) => {
      const sha256 = createHash('sha256').update(text).digest('hex')
      const signature = hex(sign(batchBytes(id, number, sha256)))
      return must(await city.anybody.feedUsage({ body: { keyId: id, number, body: text, signature } }))
    },
  }
}

/** A run as a scheduler tells it once it has ended. */
export interface FedRun {
  readonly account: string
  readonly jobId: number
  readonly day: Day
  readonly seconds: number
  readonly cards: number
  readonly revision?: number
}

export function fedRun({ account, jobId, day, seconds, cards, revision }: FedRun): UsageRecord {
  const startedAt = startOf(day)
  const identity = { cluster: FEED_CLUSTER, jobId, submittedAt: startedAt, startedAt }
  return {
    ...identity,
    key: usageKey(identity),
    arrayTask: null,
    hetComponent: null,
    account,
    creditCode: null,
    qos: 'normal',
    state: 'COMPLETED',
    cancelledBy: null,
    endedAt: startedAt + seconds * 1000,
    elapsedSeconds: seconds,
    suspendedSeconds: 0,
    limitSeconds: null,
    nodes: 1,
    nodeList: 'gn1',
    gpus: cards,
    chips: [{ chip: 'a100', cards }],
    shards: 0,
    billing: 0,
    jobName: null,
    contractHint: null,
    ...(revision === undefined ? {} : { revision }),
  }
}

export interface BrokenFeed {
  readonly truth: readonly UsageRecord[]
  readonly batches: readonly { readonly number: number; readonly told: Partial<UsageBatch> }[]
  /** numbers of batches as a bad line delivers them: repeated, late, in another order; each at least once */
  readonly delivered: readonly number[]
}

const STEP = 100_000
const STEPS = 20

/** Runs as they grow and end, told by the agent's own rule; of ten batches and runs one is troubled in each way. */
export function brokenFeed(
  random: Random,
  { account, firstJob }: { account: string; firstJob: number },
): BrokenFeed {
  const start = startOf('2024-05-21')
  const chance = (): boolean => random.next() < 0.1
  const runs = Array.from({ length: 12 }, (_, index) => ({
    record: fedRun({ account, jobId: firstJob + index, day: '2024-05-21', seconds: 1, cards: 8 }),
    from: Math.floor(random.next() * 15) * 60_000,
    length: 60 + Math.floor(random.next() * 900),
    mendedAfter: chance() ? Math.floor(random.next() * 5) * 60_000 : Infinity,
  }))
  const seen = (moment: number): UsageRecord[] =>
    runs.flatMap(({ record, from, length, mendedAfter }) => {
      const startedAt = start + from
      if (moment <= startedAt) return []
      const run = Math.min(length, (moment - startedAt) / 1000)
      const mended = moment >= startedAt + length * 1000 + mendedAfter
      const identity = { ...record, submittedAt: startedAt, startedAt }
      return {
        ...identity,
        key: usageKey(identity),
        state: run === length ? ('COMPLETED' as const) : ('RUNNING' as const),
        endedAt: run === length ? startedAt + length * 1000 : null,
        elapsedSeconds: mended ? Math.floor(length / 2) : run,
      }
    })
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
  let told = nothingTold
  const batches = Array.from({ length: STEPS }, (_, index) => {
    const until = start + (index + 1) * STEP
    const telling = tellingOf(told, { records: seen(until), hours: [] }, { digest, forgetBefore: 0 })
    told = telling.told
    return { number: index + 1, told: { from: until - STEP, until, records: telling.records } }
  })
  const delivered: number[] = []
  let lost: number[] = []
  for (const { number } of batches) {
    if (chance() || chance()) lost.push(number)
    else delivered.push(number)
    if (chance()) delivered.push(number)
    if (!chance()) continue
    delivered.push(...lost.reverse())
    lost = []
  }
  return { truth: seen(start + STEPS * STEP), batches, delivered: [...delivered, ...lost] }
}

/** Equal for sets of runs that say the same, revisions aside. */
export function toldText(records: readonly UsageRecord[]): string {
  const ordered = [...records].sort((a, b) => (a.key < b.key ? -1 : 1))
  return canonicalText(ordered.map((record) => ({ ...record, revision: 0 })))
}
