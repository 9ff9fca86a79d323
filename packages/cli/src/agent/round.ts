// One round of the agent: what waits is sent, then every window that has not been read is read, told and sent. A source or a
// platform that does not answer ends its own part only; the next round goes on where this one stopped.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { createClient, type Client } from '@suanquan/api'
import { hex, type Refusal } from '@suanquan/core'
import {
  batchBytes,
  HOUR_MS,
  hourOf,
  tellingOf,
  windowsOf,
  writeBatch,
  type DeviceHour,
  type RawEvidence,
  type UsageBatch,
  type UsageRecord,
  type Window,
} from '@suanquan/core/metering'
import { Refused } from '../output.ts'
import type { AgentConfig } from './config.ts'
import { readPodHour } from './kubernetes.ts'
import { readHour } from './prometheus.ts'
import { answerRaw, type RawAsked } from './raw-answers.ts'
import { readSlurm } from './slurm.ts'
import { hear, type Manner } from './source.ts'
import { openStore, type AgentCrashPoint, type AgentState, type AgentStore } from './store.ts'

export interface AgentKey {
  readonly id: string
  readonly sign: (bytes: Uint8Array) => Uint8Array
}

export interface RoundOptions {
  readonly config: AgentConfig
  readonly key: AgentKey
  /** milliseconds since 1970 */
  readonly clock: () => number
  readonly crash?: (point: AgentCrashPoint) => void
}

export interface RoundReport {
  readonly made: number
  readonly sent: number
  /** batches that the platform has not taken */
  readonly waiting: number
  /** raw files that the platform asked for and got an answer about */
  readonly answered: number
  readonly problems: readonly Refusal[]
}

const DAY_MS = 24 * HOUR_MS
const RECORDS_A_BATCH = 20_000

interface Round extends Required<RoundOptions> {
  readonly store: AgentStore
  readonly platform: Client
  readonly problems: Refusal[]
  readonly manner: Manner
  /** what the platform asked for in its last answer */
  asked: readonly RawAsked[]
  sent: number
}

export async function runRound(options: RoundOptions): Promise<RoundReport> {
  const { config, crash = () => undefined } = options
  const store = openStore({ folder: config.folder, since: config.since, crash })
  const manner: Manner = { patienceSeconds: config.patienceSeconds, clocks: new Map() }
  const platform = platformOf(config, manner)
  const round: Round = { ...options, crash, store, platform, problems: [], manner, asked: [], sent: 0 }
  const before = store.state().number
  try {
    crash('agent.began')
    await sendWaiting(round)
    await attempt(round, () => readRuns(round))
    await attempt(round, () => readPods(round))
    await attempt(round, () => readDevices(round))
    const answered = await answerAsked(round)
    return {
      made: store.state().number - before,
      sent: round.sent,
      waiting: store.outgoing().length,
      answered,
      problems: [...round.problems, ...clockProblems(manner)],
    }
  } finally {
    store.close()
  }
}

function platformOf({ platform, patienceSeconds }: AgentConfig, manner: Manner): Client {
  return createClient({
    base: platform,
    fetch: async (url, init) => {
      const signal = AbortSignal.timeout(patienceSeconds * 1000)
      const answer = await fetch(url, { ...init, signal } as RequestInit)
      hear(manner, PLATFORM, answer.headers)
      return answer
    },
    newKey: () => '',
  })
}

const PLATFORM = '平台 platform'
const MOST_SECONDS_APART = 30

/** Time is bounded by each one's clock: a difference is told, never corrected for. */
function clockProblems({ clocks }: Manner): Refusal[] {
  return [...clocks].flatMap(([source, seconds]) => {
    if (Math.abs(seconds) <= MOST_SECONDS_APART) return []
    const [ahead, aheadZh] = seconds > 0 ? ['ahead of', '快'] : ['behind', '慢']
    const params = { source, seconds: Math.abs(seconds), ahead, aheadZh }
    return { code: 'agent.clock_differs', params }
  })
}

async function attempt({ problems }: Round, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    problems.push(error.refusal)
  }
}

async function readRuns(round: Round): Promise<void> {
  const { config, clock, store, crash } = round
  if (config.slurm === null) return
  const rule = { overlap: config.overlapHours * HOUR_MS, step: DAY_MS }
  for (const window of windowsOf(store.state().runsUntil, clock(), rule)) {
    const asking = { now: Math.floor(clock() / 1000), manner: round.manner }
    const records = await readSlurm(config.slurm, window, asking)
    crash('agent.read')
    const ours = records.filter(({ cluster }) => cluster === config.cluster)
    const after = { runsUntil: window.until }
    putBatches(round, { of: 'runs', after, window, records: ours, hours: [], raw: [] })
    await sendWaiting(round)
  }
}

/** Hour by hour, each from the runs that the hour before left open. */
async function readPods(round: Round): Promise<void> {
  const { config, clock, store, crash, problems } = round
  if (config.kubernetes === null) return
  const last = hourOf(clock() - config.kubernetes.delayMinutes * 60_000)
  const begin = store.state().podsUntil ?? config.since
  for (let hourAt = hourOf(begin); hourAt < last; hourAt += HOUR_MS) {
    const open = Object.values(store.state().told.runs).flatMap((run) => run.open ?? [])
    const pods = open.filter(({ jobId }) => typeof jobId === 'string')
    const asked = { cluster: config.cluster, hourAt, open: pods, folder: join(config.folder, 'raw') }
    const read = await readPodHour(config.kubernetes, asked, round.manner)
    crash('agent.read')
    problems.push(...read.problems)
    const window = { from: hourAt, until: hourAt + HOUR_MS }
    const after = { podsUntil: window.until }
    putBatches(round, { of: 'runs', after, window, records: read.records, hours: [], raw: [read.raw] })
    await sendWaiting(round)
  }
}

async function readDevices(round: Round): Promise<void> {
  const { config, clock, store, crash } = round
  if (config.prometheus === null) return
  const last = hourOf(clock() - config.prometheus.delayMinutes * 60_000)
  for (let from = hourOf(store.state().hoursUntil); from < last; from += HOUR_MS) {
    const folder = join(config.folder, 'raw')
    const { hours, raw } = await readHour(config.prometheus, from, folder, round.manner)
    crash('agent.read')
    const window = { from, until: from + HOUR_MS }
    const after = { hoursUntil: window.until }
    putBatches(round, { of: 'devices', after, window, records: [], hours, raw: [raw] })
    await sendWaiting(round)
  }
}

interface Found {
  readonly of: UsageBatch['of']
  /** how far everything is read when this has been told */
  readonly after: Partial<AgentState>
  readonly window: Window
  readonly records: readonly UsageRecord[]
  readonly hours: readonly DeviceHour[]
  readonly raw: readonly RawEvidence[]
}

/** A window's news, in one batch or several: only the last moves the state on, so that a window half told is told again. */
function putBatches({ config, key, clock, store }: Round, found: Found): void {
  const state = store.state()
  const { of, window, raw } = found
  const telling = tellingOf(state.told, found, {
    digest: (text) => hex(createHash('sha256').update(text).digest().subarray(0, 16)),
    forgetBefore: window.from - DAY_MS,
  })
  const parts = Math.max(1, Math.ceil(telling.records.length / RECORDS_A_BATCH))
  for (let part = 0; part < parts; part++) {
    const number = state.number + part + 1
    const isLast = part === parts - 1
    const body = writeBatch({
      ...window,
      cluster: config.cluster,
      number,
      madeAt: clock(),
      of,
      records: telling.records.slice(part * RECORDS_A_BATCH, (part + 1) * RECORDS_A_BATCH),
      hours: isLast ? telling.hours : [],
      raw: isLast ? raw : [],
    })
    const signature = hex(key.sign(batchBytes(key.id, number, sha256(body))))
    const after = isLast ? { ...state, number, told: telling.told, ...found.after } : { ...state, number }
    store.put({ number, body, signature, after })
  }
}

/** In order; a batch that is refused waits for people and does not hold up the others, since order does not matter. */
async function sendWaiting(round: Round): Promise<void> {
  const { store, platform, key, crash, problems } = round
  for (const number of store.outgoing()) {
    const { body, signature } = store.batch(number)
    try {
      const answer = await platform.feedUsage({
        body: { keyId: key.id, number, body, signature },
        key: `usage-${key.id}-${number}-${sha256(body).slice(0, 16)}`,
      })
      if (!answer.ok && answer.problem.status >= 500) throw new Error(answer.problem.code)
      if (!answer.ok) {
        const { code, params } = answer.problem
        if (!problems.some((problem) => problem.code === code)) problems.push({ code, params } as Refusal)
        continue
      }
      round.asked = answer.value.asked
    } catch (error) {
      problems.push({ code: 'agent.platform_failed', params: { number, said: saidBy(error) } })
      return
    }
    crash('agent.sent')
    store.taken(number)
    round.sent++
  }
}

/** How many questions for raw files were answered; one that fails is asked again with the next batch. */
async function answerAsked({ asked, config, platform, key, problems }: Round): Promise<number> {
  let answered = 0
  for (const each of asked) {
    try {
      const answer = await answerRaw(each, { folder: join(config.folder, 'raw'), platform, key })
      if (answer.ok) answered++
      else problems.push({ code: answer.problem.code, params: answer.problem.params } as Refusal)
    } catch (error) {
      problems.push({ code: 'agent.platform_failed', params: { number: each.name, said: saidBy(error) } })
    }
  }
  return answered
}

function saidBy(error: unknown): string {
  const { message, cause } = error as Error
  return (cause instanceof Error ? cause.message : message).slice(0, 200)
}

function sha256(text: string): string {
  return hex(createHash('sha256').update(text).digest())
}
