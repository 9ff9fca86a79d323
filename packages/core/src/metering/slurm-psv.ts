// Slurm's accounting as text: `sacct --parsable2` with epoch times. Such text has no quoting: a job's name or comment
// with `|` moves the columns, one with a line break makes up whole rows. So a file that has a column of free text is
// refused whatever it holds: nobody could tell a record from a forged one.
import { accept, refuse, type Decision } from '../refusal.ts'
import { checkedRecord, type RawRecord, type RecordRefusal } from './slurm-checks.ts'
import type { SlurmAccounting } from './slurm-json.ts'
import type { UsageRecord } from './usage.ts'
import { decodeUtf8 } from './utf8.ts'

export type SlurmPsvRefusal =
  | 'metering.empty_file'
  | 'metering.not_text'
  | 'metering.psv_not_slurm'
  | 'metering.psv_free_text'
  | 'metering.psv_columns'
  | 'metering.psv_truncated'
  | 'metering.psv_local_time'
  | 'metering.psv_value'
  | RecordRefusal

const NEEDED = 'Cluster JobIDRaw Account QOS State Submit Start End ElapsedRaw Suspended AllocTRES'.split(' ')
const FREE_TEXT = [
  'JobName',
  'Comment',
  'AdminComment',
  'SystemComment',
  'SubmitLine',
  'WorkDir',
  'WCKey',
  'Extra',
]

/** The command whose output this reader takes; refusals show it. */
export const SACCT_PSV_COMMAND = `SLURM_TIME_FORMAT=%s sacct -a -D -X -P -o ${NEEDED.join(',')},JobID,TimelimitRaw,NodeList`

/** Reads a whole file; rows of steps (`12.batch`) are passed over, since their job's row holds their devices. */
export function readSlurmPsv(file: Uint8Array | string): Decision<SlurmAccounting, SlurmPsvRefusal> {
  const decoded = typeof file === 'string' ? accept(file) : decodeUtf8(file)
  if (!decoded.ok) return decoded
  if (decoded.value.trim() === '') return refuse('metering.empty_file')
  const lines = decoded.value.replaceAll('\r\n', '\n').split('\n')
  const columns = lines[0]!.split('|')
  const missing = NEEDED.filter((name) => !columns.includes(name))
  if (missing.length > 0) return refuse('metering.psv_not_slurm', { missing, command: SACCT_PSV_COMMAND })
  const free = FREE_TEXT.filter((name) => columns.includes(name))
  if (free.length > 0) return refuse('metering.psv_free_text', { columns: free, command: SACCT_PSV_COMMAND })
  if (lines.pop() !== '') return refuse('metering.psv_truncated', { line: lines.length + 1 })
  const records: UsageRecord[] = []
  for (const [index, line] of lines.entries()) {
    if (index === 0) continue
    const record = readRow(line.split('|'), columns, index + 1)
    if (!record.ok) return record
    if (record.value) records.push(record.value)
  }
  return accept({ records, source: { format: 'slurm-psv', parser: null, release: null } })
}

function readRow(
  values: readonly string[],
  columns: readonly string[],
  line: number,
): Decision<UsageRecord | undefined, SlurmPsvRefusal> {
  if (values.length !== columns.length)
    return refuse('metering.psv_columns', { line, expected: columns.length, found: values.length })
  const value = (name: string): string => values[columns.indexOf(name)] ?? ''
  const job = value('JobIDRaw')
  if (/^\d+(\+\d+)?\./.test(job)) return accept(undefined)
  const times = ['Submit', 'Start', 'End'].map((name) => ({
    name,
    text: value(name),
    second: epoch(value(name)),
  }))
  for (const { name, text, second } of times) {
    if (second !== undefined) continue
    const code = /^\d{4}-\d\d-\d\dT/.test(text) ? 'metering.psv_local_time' : 'metering.psv_value'
    return refuse(code, { line, column: name, value: text, command: SACCT_PSV_COMMAND })
  }
  const read = {
    JobIDRaw: whole(job),
    ElapsedRaw: whole(value('ElapsedRaw')),
    Suspended: duration(value('Suspended')),
    AllocTRES: tres(value('AllocTRES')),
    Submit: times[0]!.second ?? undefined,
    Cluster: value('Cluster') || undefined,
  }
  for (const [column, known] of Object.entries(read))
    if (known === undefined)
      return refuse('metering.psv_value', { line, column, value: value(column), command: SACCT_PSV_COMMAND })
  const [state, by] = value('State').split(' by ')
  const raw: RawRecord = {
    ...identitiesOf(value('JobID')),
    cluster: read.Cluster!,
    jobId: read.JobIDRaw!,
    account: value('Account'),
    qos: value('QOS'),
    state: state!,
    cancelledBy: by ?? null,
    submitSecond: read.Submit!,
    startSecond: times[1]!.second!,
    endSecond: times[2]!.second!,
    elapsedSeconds: read.ElapsedRaw!,
    suspendedSeconds: read.Suspended!,
    limitMinutes: whole(value('TimelimitRaw')) ?? null,
    nodeList: value('NodeList'),
    tres: read.AllocTRES!,
    jobName: null,
    contractHint: null,
  }
  return checkedRecord(raw, { entry: line - 1 })
}

function whole(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

/** Seconds since 1970; null for a time that has not come; undefined for anything else */
function epoch(text: string): number | null | undefined {
  return text === 'Unknown' || text === 'None' ? null : whole(text)
}

/** `[days-]hh:mm:ss` in seconds */
function duration(text: string): number | undefined {
  const match = /^(?:(\d{1,6})-)?(\d\d):([0-5]\d):([0-5]\d)$/.exec(text)
  if (!match) return undefined
  const [days, hours, minutes, seconds] = match.slice(1).map((digits) => Number(digits ?? 0))
  return ((days! * 24 + hours!) * 60 + minutes!) * 60 + seconds!
}

/** `billing=200,gres/gpu:a100=2,mem=2.50G`: whole counts; what carries a unit or a fraction is memory, never metered */
function tres(text: string): ReadonlyMap<string, number> | undefined {
  const counts = new Map<string, number>()
  for (const part of text === '' ? [] : text.split(',')) {
    const [, name, digits, rest] = /^([^=]+)=(\d{1,15})((?:\.\d+)?[KMGTP]?)$/.exec(part) ?? []
    if (name === undefined || (rest !== '' && /^(billing|node|gres\/)/.test(name))) return undefined
    if (rest === '') counts.set(name, Number(digits))
  }
  return counts
}

/** `5_3` is task 3 of array 5, `14+1` component 1 of the heterogeneous job 14. */
function identitiesOf(jobId: string): Pick<RawRecord, 'arrayTask' | 'hetComponent'> {
  const match = /^(\d+)([_+])(\d+)$/.exec(jobId)
  const [job, part] = [Number(match?.[1]), Number(match?.[3])]
  return {
    arrayTask: match?.[2] === '_' ? { jobId: job, task: part } : null,
    hetComponent: match?.[2] === '+' ? { jobId: job, offset: part } : null,
  }
}
