// What both readers of Slurm's accounting hold against a record before anybody trusts it: known states, times that
// can be, no more use than time, devices that add up.
import { accept, refuse, type Decision, type RefusalParams } from '../refusal.ts'
import {
  creditCodeOfAccount,
  ENDED_STATES,
  OPEN_STATES,
  usageKey,
  type ChipCards,
  type RunState,
  type UsageRecord,
} from './usage.ts'

export type RecordRefusal =
  | 'metering.state_unknown'
  | 'metering.state_and_times_disagree'
  | 'metering.time_absurd'
  | 'metering.more_use_than_time'
  | 'metering.devices_disagree'
  | 'metering.devices_missing'

/** A record as a file tells it: times in seconds since 1970, 0 or null where there is none, devices by name. */
export interface RawRecord extends Pick<
  UsageRecord,
  | 'cluster'
  | 'jobId'
  | 'arrayTask'
  | 'hetComponent'
  | 'account'
  | 'qos'
  | 'nodeList'
  | 'contractHint'
  | 'jobName'
  | 'cancelledBy'
> {
  readonly state: string
  readonly submitSecond: number
  readonly startSecond: number | null
  readonly endSecond: number | null
  readonly elapsedSeconds: number
  readonly suspendedSeconds: number
  readonly limitMinutes: number | null
  readonly tres: ReadonlyMap<string, number>
}

const YEAR_2000 = 946_684_800
const YEAR_2100 = 4_102_444_800
const MOST_DEVICES = 1_000_000

/** @param where what the refusals add to say which record of the file it is: its `entry`, counted from 1 */
export function checkedRecord(raw: RawRecord, where: RefusalParams): Decision<UsageRecord, RecordRefusal> {
  const place = { ...where, job: String(raw.jobId) }
  const ended = (ENDED_STATES as readonly string[]).includes(raw.state)
  if (!ended && !(OPEN_STATES as readonly string[]).includes(raw.state))
    return refuse('metering.state_unknown', { ...place, state: raw.state })
  const state = raw.state as RunState
  const startSecond = state === 'PENDING' ? null : raw.startSecond || null
  const endSecond = raw.endSecond || null
  for (const second of [raw.submitSecond, startSecond, endSecond])
    if (second !== null && (second < YEAR_2000 || second >= YEAR_2100))
      return refuse('metering.time_absurd', { ...place, second })
  const never = startSecond === null && raw.elapsedSeconds > 0
  if (never || ended !== (endSecond !== null) || (!ended && state !== 'PENDING' && startSecond === null))
    return refuse('metering.state_and_times_disagree', { ...place, state })
  if (startSecond !== null && endSecond !== null) {
    const used = raw.elapsedSeconds + raw.suspendedSeconds
    if (used > endSecond - startSecond)
      return refuse('metering.more_use_than_time', { ...place, used, between: endSecond - startSecond })
  }
  if (raw.elapsedSeconds > 0 && raw.tres.size === 0) return refuse('metering.devices_missing', place)
  const devices = devicesOf(raw.tres)
  const typed = devices.chips.reduce((sum, { cards }) => sum + cards, 0)
  if (typed > devices.gpus || Math.max(devices.gpus, devices.shards, devices.nodes) > MOST_DEVICES)
    return refuse('metering.devices_disagree', { ...place, typed, cards: devices.gpus })
  const times = {
    submittedAt: raw.submitSecond * 1000,
    startedAt: startSecond === null ? null : startSecond * 1000,
    endedAt: endSecond === null ? null : endSecond * 1000,
  }
  return accept({
    key: usageKey({ cluster: raw.cluster, jobId: raw.jobId, ...times }),
    cluster: raw.cluster,
    jobId: raw.jobId,
    arrayTask: raw.arrayTask,
    hetComponent: raw.hetComponent,
    account: raw.account,
    creditCode: creditCodeOfAccount(raw.account),
    qos: raw.qos,
    state,
    cancelledBy: raw.cancelledBy,
    ...times,
    elapsedSeconds: raw.elapsedSeconds,
    suspendedSeconds: raw.suspendedSeconds,
    limitSeconds: raw.limitMinutes === null ? null : raw.limitMinutes * 60,
    nodeList: raw.nodeList,
    ...devices,
    jobName: raw.jobName,
    contractHint: raw.contractHint,
  })
}

type Devices = Pick<UsageRecord, 'nodes' | 'gpus' | 'chips' | 'shards' | 'billing'>

/** @param tres counts by Slurm's names: `gres/gpu`, `gres/gpu:a100`, `gres/shard`, `billing`, `node` */
function devicesOf(tres: ReadonlyMap<string, number>): Devices {
  const count = (name: string): number => tres.get(name) ?? 0
  const chips: ChipCards[] = []
  for (const [name, cards] of tres)
    if (name.startsWith('gres/gpu:') && cards > 0) chips.push({ chip: name.slice('gres/gpu:'.length), cards })
  chips.sort((a, b) => (a.chip < b.chip ? -1 : 1))
  const typed = chips.reduce((sum, { cards }) => sum + cards, 0)
  return {
    nodes: count('node'),
    gpus: tres.has('gres/gpu') ? count('gres/gpu') : typed,
    chips,
    shards: count('gres/shard'),
    billing: count('billing'),
  }
}

/** `contract=HT-2026-0007` among the `;`-separated parts of a comment. */
export function contractHintOf(comment: string | null): string | null {
  const part = comment?.split(';').find((text) => text.trim().startsWith('contract='))
  return part?.trim().slice('contract='.length) || null
}
