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
import { readHour } from './prometheus.ts'
import { readSlurm } from './slurm.ts'
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
  readonly problems: readonly Refusal[]
}

const DAY_MS = 24 * HOUR_MS
const RECORDS_A_BATCH = 20_000

interface Round extends Required<RoundOptions> {
  readonly store: AgentStore
  readonly platform: Client
  readonly problems: Refusal[]
  sent: number
}

export async function runRound(options: RoundOptions): Promise<RoundReport> {
  const { config, crash = () => undefined } = options
  const store = openStore({ folder: config.folder, since: config.since, crash })
  const platform = createClient({
    base: config.platform,
    fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(120_000) } as RequestInit),
    newKey: () => '',
  })
  const round: Round = { ...options, crash, store, platform, problems: [], sent: 0 }
  const before = store.state().number
  try {
    crash('agent.began')
    await sendWaiting(round)
    await attempt(round, () => readRuns(round))
    await attempt(round, () => readDevices(round))
    return {
      made: store.state().number - before,
      sent: round.sent,
      waiting: store.outgoing().length,
      problems: round.problems,
    }
  } finally {
    store.close()
  }
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
    const records = await readSlurm(config.slurm, window, Math.floor(clock() / 1000))
    crash('agent.read')
    const ours = records.filter(({ cluster }) => cluster === config.cluster)
    putBatches(round, { of: 'runs', window, records: ours, hours: [], raw: [] })
    await sendWaiting(round)
  }
}

async function readDevices(round: Round): Promise<void> {
  const { config, clock, store, crash } = round
  if (config.prometheus === null) return
  const last = hourOf(clock() - config.prometheus.delayMinutes * 60_000)
  for (let from = hourOf(store.state().hoursUntil); from < last; from += HOUR_MS) {
    const { hours, raw } = await readHour(config.prometheus, from, join(config.folder, 'raw'))
    crash('agent.read')
    const window = { from, until: from + HOUR_MS }
    putBatches(round, { of: 'devices', window, records: [], hours, raw: [raw] })
    await sendWaiting(round)
  }
}

interface Found {
  readonly of: UsageBatch['of']
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
    const moved: Partial<AgentState> =
      of === 'runs' ? { runsUntil: window.until } : { hoursUntil: window.until }
    const signature = hex(key.sign(batchBytes(key.id, number, sha256(body))))
    const after = isLast ? { ...state, number, told: telling.told, ...moved } : { ...state, number }
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
    } catch (error) {
      const { message, cause } = error as Error
      const said = cause instanceof Error ? cause.message : message
      problems.push({ code: 'agent.platform_failed', params: { number, said: said.slice(0, 200) } })
      return
    }
    crash('agent.sent')
    store.taken(number)
    round.sent++
  }
}

function sha256(text: string): string {
  return hex(createHash('sha256').update(text).digest())
}
