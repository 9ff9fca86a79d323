// What the agent of a centre sends: a numbered batch of runs and hours that it had not told, or told otherwise. Its text is
// canonical, so that the bytes that are signed are the bytes that are kept; it is read whole or refused with the place.
import { canonicalBytes, canonicalText } from '../canonical.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { GAUGES, HOUR_MS } from './device-hours.ts'
import { parseJson } from './json-place.ts'
import { checkedRecord, type RawRecord, type RecordRefusal } from './slurm-checks.ts'
import type { TellableHour } from './telling.ts'
import type { DevicePart, UsageRecord } from './usage.ts'

export interface UsageBatch {
  readonly cluster: string
  /** from 1, without gaps: a number that never comes is a batch that is missing */
  readonly number: number
  readonly madeAt: number
  /** what was read for it: the scheduler's accounting, or the monitoring of devices */
  readonly of: 'runs' | 'devices'
  /** the time that was read for it, overlap included: nothing found in it means nothing was used in it */
  readonly from: number
  readonly until: number
  readonly records: readonly UsageRecord[]
  readonly hours: readonly TellableHour[]
  /** raw files that stay at the centre and can be asked for */
  readonly raw: readonly RawEvidence[]
}

export interface RawEvidence {
  readonly name: string
  readonly sm3: string
  readonly bytes: number
  readonly samples: number
}

export type BatchRefusal =
  | 'metering.json_truncated'
  | 'metering.json_broken'
  | 'metering.batch_broken'
  | 'metering.batch_other_cluster'
  | RecordRefusal

const FORMAT = 'suanquan/usage-batch/v1'

/** What the agent signs: the batch's number and the digest of its text. */
export function batchBytes(keyId: string, number: number, sha256: string): Uint8Array {
  return canonicalBytes([FORMAT, keyId, number, sha256])
}

export function writeBatch(batch: UsageBatch): string {
  const records = batch.records.map((record) => {
    const { revision, replaces, devices } = record
    return { ...rawOf(record), revision, replaces, devices }
  })
  return canonicalText({ ...batch, format: FORMAT, records })
}

/** @param expected what the enrolment of the feed and the request say */
export function readBatch(
  text: string,
  expected: Pick<UsageBatch, 'cluster' | 'number'>,
): Decision<UsageBatch, BatchRefusal> {
  const parsed = parseJson(text)
  if (!parsed.ok) return parsed
  const told = parsed.value
  if (!isObject(told) || told['format'] !== FORMAT) return broken('format')
  for (const field of ['number', 'madeAt', 'from', 'until']) if (!isCount(told[field])) return broken(field)
  const { records, hours, raw, cluster } = told
  if (told['number'] !== expected.number) return broken('number')
  if (told['of'] !== 'runs' && told['of'] !== 'devices') return broken('of')
  if ((told['from'] as number) > (told['until'] as number)) return broken('from')
  if (cluster !== expected.cluster)
    return refuse('metering.batch_other_cluster', {
      cluster: String(cluster).slice(0, 60),
      expected: expected.cluster,
    })
  if (!Array.isArray(records) || !Array.isArray(hours) || !Array.isArray(raw)) return broken('records')
  const read: UsageRecord[] = []
  for (const [index, item] of records.entries()) {
    if (!isRaw(item) || item.cluster !== cluster) return broken(`records[${index}]`)
    const { tres, revision, replaces, devices, ...rest } = item
    const record = checkedRecord({ ...rest, tres: new Map(Object.entries(tres)) }, { entry: index + 1 })
    if (!record.ok) return record
    const said = Object.entries({ revision, replaces, devices }).filter(([, value]) => value !== undefined)
    read.push({ ...record.value, ...Object.fromEntries(said) })
  }
  const wrong = hours.findIndex((item) => !isDeviceHour(item))
  if (wrong >= 0) return broken(`hours[${wrong}]`)
  const unfit = raw.findIndex((item) => !isEvidence(item))
  if (unfit >= 0) return broken(`raw[${unfit}]`)
  return accept({ ...(told as unknown as UsageBatch), records: read })
}

function broken(field: string): Decision<never, 'metering.batch_broken'> {
  return refuse('metering.batch_broken', { field })
}

interface WireRecord extends Omit<RawRecord, 'tres'> {
  readonly tres: Readonly<Record<string, number>>
  readonly revision?: number
  readonly replaces?: readonly string[]
  readonly devices?: readonly DevicePart[]
}

/** A record as its scheduler would tell it, so that one check holds for files and feeds. */
function rawOf(record: UsageRecord): WireRecord {
  const { cluster, jobId, arrayTask, hetComponent, account, qos, nodeList, contractHint, jobName } = record
  return {
    cluster,
    jobId,
    arrayTask,
    hetComponent,
    account,
    qos,
    nodeList,
    contractHint,
    jobName,
    cancelledBy: record.cancelledBy,
    state: record.state,
    submitSecond: record.submittedAt / 1000,
    startSecond: record.startedAt === null ? null : record.startedAt / 1000,
    endSecond: record.endedAt === null ? null : record.endedAt / 1000,
    elapsedSeconds: record.elapsedSeconds,
    suspendedSeconds: record.suspendedSeconds,
    limitMinutes: record.limitSeconds === null ? null : record.limitSeconds / 60,
    tres: {
      billing: record.billing,
      node: record.nodes,
      'gres/gpu': record.gpus,
      'gres/shard': record.shards,
      ...Object.fromEntries(record.chips.map(({ chip, cards }) => [`gres/gpu:${chip}`, cards])),
    },
  }
}

function isRaw(item: unknown): item is WireRecord {
  if (!isObject(item)) return false
  const [tres, revision] = [item['tres'], item['revision']]
  return (
    ['cluster', 'account', 'qos', 'nodeList', 'state'].every((name) => isText(item[name])) &&
    ['contractHint', 'jobName', 'cancelledBy'].every((name) => item[name] === null || isText(item[name])) &&
    isRunName(item['jobId']) &&
    ['submitSecond', 'elapsedSeconds', 'suspendedSeconds'].every((name) => isCount(item[name])) &&
    ['startSecond', 'endSecond', 'limitMinutes'].every(
      (name) => item[name] === null || isCount(item[name]),
    ) &&
    isPart(item['arrayTask'], 'task') &&
    isPart(item['hetComponent'], 'offset') &&
    isObject(tres) &&
    Object.values(tres).every(isCount) &&
    (revision === undefined || isCount(revision)) &&
    (item['replaces'] === undefined || (Array.isArray(item['replaces']) && item['replaces'].every(isText))) &&
    (item['devices'] === undefined || (Array.isArray(item['devices']) && item['devices'].every(isDevicePart)))
  )
}

/** A number, or a name that cannot be taken for two parts of a key. */
export function isRunName(value: unknown): value is number | string {
  return isCount(value) || (typeof value === 'string' && /^[\w.:@-]{1,120}$/.test(value))
}

function isDevicePart(item: unknown): item is DevicePart {
  if (!isObject(item) || !isText(item['device']) || item['device'] === '') return false
  const { units, unitsPerDevice } = item
  return isCount(units) && isCount(unitsPerDevice) && unitsPerDevice >= 1 && unitsPerDevice <= 1_000_000
}

function isPart(item: unknown, part: string): boolean {
  return item === null || (isObject(item) && isCount(item['jobId']) && isCount(item[part]))
}

function isDeviceHour(item: unknown): item is TellableHour {
  if (!isObject(item)) return false
  const { device, owner, hourAt, coveredSeconds, gauges, mostMemory, energy } = item
  return (
    isText(device) &&
    device !== '' &&
    isText(owner) &&
    [hourAt, item['samples'], coveredSeconds, item['faulty']].every(isCount) &&
    (hourAt as number) % HOUR_MS === 0 &&
    (coveredSeconds as number) <= HOUR_MS / 1000 &&
    [mostMemory, energy].every((value) => value === null || isCount(value)) &&
    isObject(gauges) &&
    GAUGES.every(({ name, scale, most }) => isGauge(gauges[name], scale * most)) &&
    (item['revision'] === undefined || isCount(item['revision']))
  )
}

/** No sum is above what its count of the greatest values would be. */
function isGauge(item: unknown, greatest: number): boolean {
  if (!isObject(item) || !isCount(item['count']) || !isCount(item['sum'])) return false
  return item['sum'] <= item['count'] * greatest
}

function isEvidence(item: unknown): item is RawEvidence {
  if (!isObject(item)) return false
  const { name, sm3, bytes, samples } = item
  return isText(name) && isText(sm3) && /^[0-9a-f]{64}$/.test(sm3) && isCount(bytes) && isCount(samples)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

/** No text that a person may have written is longer than Slurm's own limit, nor hides what PostgreSQL cannot keep. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 65_536 && !value.includes('\u0000')
}
