// A run of use in plain fields, as a CSV file or an event tells it: what a centre can say without any scheduler. Each field
// is read with its own refusal, all of a row at once, so that one look at the error file mends it. Times without a zone are
// China time. A run is the same run as long as cluster, run, submission and start are.
import { isDay, startOf } from '../calendar/index.ts'
import type { Refusal } from '../refusal.ts'
import { isRunName } from './batch.ts'
import { checkedRecord, type RecordRefusal } from './slurm-checks.ts'
import type { UsageRecord } from './usage.ts'

export type RunField =
  | ('cluster' | 'run' | 'account' | 'queue' | 'state' | 'submittedAt' | 'startedAt' | 'endedAt')
  | ('usedSeconds' | 'chip' | 'cards' | 'shards' | 'nodes')

export interface RunColumn {
  readonly field: RunField
  readonly zh: string
  readonly en: string
  readonly needed: boolean
  readonly kind: 'text' | 'name' | 'time' | 'count'
}

const column = (
  field: RunField,
  [zh, en]: readonly [string, string],
  kind: RunColumn['kind'],
  needed = false,
): RunColumn => ({ field, zh, en, kind, needed })

/** The columns of a usage file, and the fields of an event's data, in the order of the template. */
export const RUN_COLUMNS: readonly RunColumn[] = [
  column('cluster', ['集群', 'Cluster'], 'text', true),
  column('run', ['运行编号', 'Run'], 'name', true),
  column('account', ['账户', 'Account'], 'text', true),
  column('queue', ['队列', 'Queue'], 'text'),
  column('state', ['状态', 'State'], 'text'),
  column('submittedAt', ['提交时间', 'Submitted'], 'time', true),
  column('startedAt', ['开始时间', 'Started'], 'time', true),
  column('endedAt', ['结束时间', 'Ended'], 'time'),
  column('usedSeconds', ['使用秒数', 'Used seconds'], 'count'),
  column('chip', ['型号', 'Chip'], 'text'),
  column('cards', ['卡数', 'Cards'], 'count'),
  column('shards', ['切分单元', 'Shards'], 'count'),
  column('nodes', ['节点', 'Nodes'], 'text'),
]

export type PlainRunRefusal =
  | 'metering.field_missing'
  | 'metering.field_too_long'
  | 'metering.field_no_name'
  | 'metering.field_no_time'
  | 'metering.field_no_count'
  | 'metering.run_without_devices'
  | 'metering.run_without_chip'
  | 'metering.run_without_time'
  | RecordRefusal

/** What is wrong with a run: the field it is about, what stands there and why it cannot be taken. */
export interface RunFault {
  readonly field: RunField
  readonly value: string
  readonly refusal: Refusal<PlainRunRefusal>
}

export type PlainRunRead =
  | { readonly ok: true; readonly record: UsageRecord }
  | { readonly ok: false; readonly faults: readonly RunFault[] }

/**
 * @param told texts by field, empty or absent where nothing is said
 * @param entry which run of its source this is, from 1
 */
export function readPlainRun(told: Readonly<Partial<Record<RunField, string>>>, entry: number): PlainRunRead {
  const faults: RunFault[] = []
  const said = (field: RunField): string => (told[field] ?? '').normalize('NFKC').trim()
  const blame = (field: RunField, code: PlainRunRefusal): void => {
    const { zh, en } = RUN_COLUMNS.find((each) => each.field === field)!
    const value = said(field).slice(0, 60)
    faults.push({ field, value, refusal: { code, params: { column: en, columnZh: zh, value } } })
  }
  for (const { field, kind, needed } of RUN_COLUMNS) {
    const text = said(field)
    if (text === '' && needed) blame(field, 'metering.field_missing')
    if (text === '') continue
    if (text.length > 300) blame(field, 'metering.field_too_long')
    if (kind === 'name' && !isRunName(text)) blame(field, 'metering.field_no_name')
    if (kind === 'time' && secondOf(text) === null) blame(field, 'metering.field_no_time')
    if (kind === 'count' && countOf(text) === null) blame(field, 'metering.field_no_count')
  }
  const count = (field: RunField): number => countOf(said(field)) ?? 0
  const counted = !faults.some(({ field }) => field === 'cards' || field === 'shards')
  if (counted && count('cards') === 0 && count('shards') === 0) blame('cards', 'metering.run_without_devices')
  if (count('cards') > 0 && said('chip') === '') blame('chip', 'metering.run_without_chip')
  if (said('endedAt') === '' && said('usedSeconds') === '') blame('endedAt', 'metering.run_without_time')
  if (faults.length > 0) return { ok: false, faults }
  const record = recordOf(said, entry)
  if (record.ok) return { ok: true, record: record.value }
  const field = FIELD_OF[record.refusal.code]
  return { ok: false, faults: [{ field, value: said(field).slice(0, 60), refusal: record.refusal }] }
}

/** Which field the refusals of a whole record are about. */
const FIELD_OF: Readonly<Record<RecordRefusal, RunField>> = {
  'metering.state_unknown': 'state',
  'metering.state_and_times_disagree': 'state',
  'metering.time_absurd': 'startedAt',
  'metering.more_use_than_time': 'usedSeconds',
  'metering.devices_disagree': 'cards',
  'metering.devices_missing': 'cards',
}

function recordOf(said: (field: RunField) => string, entry: number): ReturnType<typeof checkedRecord> {
  const [submitSecond, startSecond, endSecond] = (['submittedAt', 'startedAt', 'endedAt'] as const).map(
    (field) => secondOf(said(field)),
  )
  const [cards, shards] = [countOf(said('cards')) ?? 0, countOf(said('shards')) ?? 0]
  const between = endSecond === null ? 0 : Math.max(0, endSecond! - startSecond!)
  const tres: [string, number][] = [
    ['gres/gpu', cards],
    ['gres/shard', shards],
  ]
  if (cards > 0) tres.push([`gres/gpu:${said('chip').toLowerCase()}`, cards])
  return checkedRecord(
    {
      cluster: said('cluster'),
      jobId: said('run'),
      arrayTask: null,
      hetComponent: null,
      account: said('account'),
      qos: said('queue'),
      nodeList: said('nodes'),
      contractHint: null,
      jobName: null,
      cancelledBy: null,
      state: said('state').toUpperCase() || (endSecond === null ? 'RUNNING' : 'COMPLETED'),
      submitSecond: submitSecond!,
      startSecond: startSecond!,
      endSecond: endSecond!,
      elapsedSeconds: countOf(said('usedSeconds')) ?? between,
      suspendedSeconds: 0,
      limitMinutes: null,
      tres: new Map(tres),
    },
    { entry },
  )
}

const TIME =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/

/** Seconds since 1970 of a day and time that exist; without a zone in China's. */
function secondOf(text: string): number | null {
  const match = TIME.exec(text)
  if (!match) return null
  const [year = '', month = '', date = ''] = match.slice(1, 4)
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  const [hour, minute, second] = match.slice(4, 7).map((digits) => Number(digits ?? 0))
  if (!isDay(day) || hour! > 23 || minute! > 59 || second! > 59) return null
  const zone = match[7] ?? '+08:00'
  const sign = zone.startsWith('-') ? -1 : 1
  const digits = zone.replace(/\D/g, '')
  const [zoneHours, zoneMinutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2, 4))]
  if (zoneHours > 14 || zoneMinutes > 59) return null
  const eastMinutes = sign * (zoneHours * 60 + zoneMinutes)
  const sinceMidnight = hour! * 3600 + minute! * 60 + second!
  return startOf(day) / 1000 + sinceMidnight + (CHINA_EAST_MINUTES - eastMinutes) * 60
}

const CHINA_EAST_MINUTES = 480

function countOf(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}
