// What the agent keeps on its disk: how far it has read and what it has told, and the batches that the platform has not
// taken yet. A batch is one file that also holds the state after it, so that both come to be in one step; a state file that
// lags behind is made good from the newest batch. Whatever moment the machine stops at, nothing is lost and nothing told twice.
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { nothingTold, type Told } from '@suanquan/core/metering'
import { Refused } from '../output.ts'

export interface AgentState {
  /** of the last batch */
  readonly number: number
  /** the scheduler's accounting is read up to here … */
  readonly runsUntil: number
  /** … and the devices' monitoring up to here */
  readonly hoursUntil: number
  /** … and the pods' up to here; absent where none were read */
  readonly podsUntil?: number
  readonly told: Told
}

export interface OutgoingBatch {
  readonly number: number
  readonly body: string
  readonly signature: string
  readonly after: AgentState
}

export interface AgentStore {
  readonly state: () => AgentState
  /** numbers of batches that the platform has not taken, in order */
  readonly outgoing: () => readonly number[]
  readonly batch: (number: number) => OutgoingBatch
  readonly put: (batch: OutgoingBatch) => void
  readonly taken: (number: number) => void
  readonly close: () => void
}

export interface StoreOptions {
  readonly folder: string
  readonly since: number
  /** called between the steps, for tests that stop there */
  readonly crash: (point: AgentCrashPoint) => void
}

/** Where an agent may stop, by name. */
export const agentCrashPoints = [
  'agent.began',
  'agent.read',
  'agent.batch_written',
  'agent.state_written',
  'agent.sent',
  'agent.batch_removed',
] as const

export type AgentCrashPoint = (typeof agentCrashPoints)[number]

export function openStore({ folder, since, crash }: StoreOptions): AgentStore {
  const outbox = join(folder, 'outbox')
  mkdirSync(outbox, { recursive: true, mode: 0o700 })
  const unlock = lock(folder)
  const statePath = join(folder, 'state.json')
  const pathOf = (number: number): string => join(outbox, `${String(number).padStart(9, '0')}.json`)
  const outgoing = (): number[] =>
    readdirSync(outbox)
      .filter((name) => /^\d{9}\.json$/.test(name))
      .map((name) => Number(name.slice(0, 9)))
      .sort((a, b) => a - b)
  const batch = (number: number): OutgoingBatch =>
    JSON.parse(readFileSync(pathOf(number), 'utf8')) as OutgoingBatch
  let state: AgentState = readState(statePath) ?? {
    number: 0,
    runsUntil: since,
    hoursUntil: since,
    told: nothingTold,
  }
  const newest = outgoing().at(-1)
  if (newest !== undefined && newest > state.number) {
    state = batch(newest).after
    writeWhole(statePath, JSON.stringify(state))
  }
  return {
    state: () => state,
    outgoing,
    batch,
    put: (made) => {
      writeWhole(pathOf(made.number), JSON.stringify(made))
      crash('agent.batch_written')
      state = made.after
      writeWhole(statePath, JSON.stringify(state))
      crash('agent.state_written')
    },
    taken: (number) => {
      rmSync(pathOf(number))
      syncFolder(outbox)
      crash('agent.batch_removed')
    },
    close: unlock,
  }
}

function readState(path: string): AgentState | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as AgentState
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Whole or not at all: beside its place, to the disk, into its place, and the folder to the disk. */
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.part`, text, { mode: 0o600, flush: true })
  renameSync(`${path}.part`, path)
  syncFolder(join(path, '..'))
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** One process a folder; the lock of a process that is gone is taken over. */
function lock(folder: string): () => void {
  const path = join(folder, 'agent.pid')
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, `${process.pid}`, { flag: 'wx' })
      return () => rmSync(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const holder = Number(readFileSync(path, 'utf8'))
      if (attempt > 3 || (holder !== process.pid && isAlive(holder)))
        throw new Refused({ code: 'agent.running_already', params: { folder, process: holder } })
      rmSync(path, { force: true })
    }
  }
}

function isAlive(process_: number): boolean {
  try {
    process.kill(process_, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
