// One record of use: what one run of a job held, from when to when, as the scheduler's accounting tells it. The
// identity is made of what every export of the same run agrees on, so that REST, files and later snapshots meet.
import type { Instant } from '../calendar/index.ts'
import { readCreditCode, type CreditCode } from '../party/index.ts'

/** Slurm's states of a job. Open ones have not ended and may still grow. */
export const OPEN_STATES = [
  'PENDING',
  'CONFIGURING',
  'RUNNING',
  'SUSPENDED',
  'COMPLETING',
  'RESIZING',
] as const
export const ENDED_STATES = [
  ...(['COMPLETED', 'CANCELLED', 'FAILED', 'TIMEOUT', 'NODE_FAIL', 'REQUEUED', 'PREEMPTED'] as const),
  ...(['OUT_OF_MEMORY', 'BOOT_FAIL', 'DEADLINE', 'REVOKED', 'LAUNCH_FAILED', 'SPECIAL_EXIT'] as const),
] as const

export type RunState = (typeof OPEN_STATES)[number] | (typeof ENDED_STATES)[number]

export interface ChipCards {
  /** the scheduler's name of the chip model, lower case: `a100`, `ascend910b` */
  readonly chip: string
  readonly cards: number
}

/** A part of a device whose own name is known. */
export interface DevicePart {
  readonly device: string
  readonly units: number
  readonly unitsPerDevice: number
}

export interface UsageRecord {
  /** identity for idempotency: `cluster/job/submission/start`, times in seconds, `-` when it never started */
  readonly key: string
  readonly cluster: string
  /** the scheduler's number, or the name of a run where there are no numbers (the uid of a pod) */
  readonly jobId: number | string
  readonly arrayTask: { readonly jobId: number; readonly task: number } | null
  readonly hetComponent: { readonly jobId: number; readonly offset: number } | null
  readonly account: string
  /** read from an account named `e` + credit code in lower case; null for any other account */
  readonly creditCode: CreditCode | null
  readonly qos: string
  readonly state: RunState
  readonly cancelledBy: string | null
  readonly submittedAt: Instant
  readonly startedAt: Instant | null
  readonly endedAt: Instant | null
  /** time on the devices, suspended time left out */
  readonly elapsedSeconds: number
  readonly suspendedSeconds: number
  readonly limitSeconds: number | null
  readonly nodes: number
  readonly nodeList: string
  /** all cards, also those whose model the record does not name */
  readonly gpus: number
  readonly chips: readonly ChipCards[]
  readonly shards: number
  readonly billing: number
  /** as the submitter wrote it, any text; null where the file has none */
  readonly jobName: string | null
  /** the contract that the submitter wrote into the job's comment: a hint for people, never an identity */
  readonly contractHint: string | null
  /** how often the centre has told this run anew after telling its end; absent where it never did, as in files */
  readonly revision?: number
  /** keys under which this run was told before its start was corrected: what came under them no longer counts */
  readonly replaces?: readonly string[]
  /** the devices by name and how much of each, where the source says so; they are the same cards and shards as above */
  readonly devices?: readonly DevicePart[]
}

export type RunIdentity = Pick<UsageRecord, 'cluster' | 'jobId' | 'submittedAt' | 'startedAt'>

export function usageKey({ cluster, jobId, submittedAt, startedAt }: RunIdentity): string {
  return `${cluster}/${jobId}/${submittedAt / 1000}/${startedAt === null ? '-' : startedAt / 1000}`
}

export function hasEnded(record: UsageRecord): boolean {
  return (ENDED_STATES as readonly string[]).includes(record.state)
}

/** Where the record's time on the clock ends: its end, or for an open one the moment of the snapshot. */
export function lastInstantOf(record: UsageRecord): Instant | null {
  if (record.startedAt === null) return null
  return record.endedAt ?? record.startedAt + (record.elapsedSeconds + record.suspendedSeconds) * 1000
}

/** Seconds past the job's own time limit: schedulers check limits about once a minute. */
export function overrunSeconds(record: UsageRecord): number {
  return record.limitSeconds === null ? 0 : Math.max(0, record.elapsedSeconds - record.limitSeconds)
}

/** The scheduler's account of a firm: accounts are lower-cased by Slurm, and the mapping back loses nothing. */
export function accountOf(code: CreditCode): string {
  return `e${code.toLowerCase()}`
}

/** The firm behind an account, null when the account does not follow the scheme. */
export function creditCodeOfAccount(account: string): CreditCode | null {
  if (!/^e[0-9a-z]{18}$/.test(account)) return null
  const read = readCreditCode(account.slice(1).toUpperCase())
  return read.ok ? read.value.code : null
}
