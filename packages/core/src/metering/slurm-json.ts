// Slurm's accounting as JSON: `sacct -a -D --json` and slurmdbd's REST answer. Two shapes exist: plain numbers and one
// state up to data parser 0.0.38, numbers as {set, infinite, number} and states as a list from 0.0.39 on; `meta` says
// which. The reader is all or nothing: a file with one record that cannot be trusted is refused with its place.
import { accept, refuse, type Decision, type Refusal } from '../refusal.ts'
import { parseJson } from './json-place.ts'
import { checkedRecord, contractHintOf, type RawRecord, type RecordRefusal } from './slurm-checks.ts'
import type { UsageRecord } from './usage.ts'
import { decodeUtf8 } from './utf8.ts'

export interface SlurmAccounting {
  readonly records: readonly UsageRecord[]
  readonly source: {
    readonly format: 'slurm-json' | 'slurm-psv'
    /** the data parser's number (38 for v0.0.38); null for text, which does not say it */
    readonly parser: number | null
    readonly release: string | null
  }
}

export type SlurmJsonRefusal =
  | 'metering.empty_file'
  | 'metering.not_text'
  | 'metering.json_truncated'
  | 'metering.json_broken'
  | 'metering.not_slurm_json'
  | 'metering.not_accounting'
  | 'metering.slurm_reported_errors'
  | 'metering.field_not_a_count'
  | 'metering.field_not_text'
  | RecordRefusal

/** Reads a whole file. The refusals say what is wrong, where (byte, line, entry and job) and how to mend it. */
export function readSlurmJson(file: Uint8Array | string): Decision<SlurmAccounting, SlurmJsonRefusal> {
  const decoded = typeof file === 'string' ? accept(file) : decodeUtf8(file)
  if (!decoded.ok) return decoded
  if (decoded.value.trim() === '') return refuse('metering.empty_file')
  const parsed = parseJson(decoded.value)
  if (!parsed.ok) return parsed
  const head = readHead(parsed.value)
  if (!head.ok) return head
  const records: UsageRecord[] = []
  for (const [index, job] of head.value.jobs.entries()) {
    const record = readJob(job, head.value.parser, index + 1)
    if (!record.ok) return record
    records.push(record.value)
  }
  const { parser, release } = head.value
  return accept({ records, source: { format: 'slurm-json', parser, release } })
}

interface Head {
  readonly jobs: readonly unknown[]
  readonly parser: number
  readonly release: string | null
}

function readHead(document: unknown): Decision<Head, SlurmJsonRefusal> {
  const found = isRecord(document) ? Object.keys(document).slice(0, 8) : [typeof document]
  const plugin = at(document, 'meta.plugin')
  const jobs = at(document, 'jobs')
  const named = [at(plugin, 'data_parser'), at(plugin, 'type')].map(String)
  const parser = named
    .map((name) => /v0\.0\.(\d{1,4})/.exec(name)?.[1])
    .find((digits) => digits !== undefined)
  if (parser === undefined || !Array.isArray(jobs)) return refuse('metering.not_slurm_json', { found })
  if (/slurmctld|^openapi\/v0/.test(named[1]!))
    return refuse('metering.not_accounting', { plugin: named[1]! })
  const errors = at(document, 'errors')
  if (Array.isArray(errors) && errors.length > 0 && !(jobs.length === 0 && errors.every(isNothingFound))) {
    const first = String(at(errors[0], 'description') ?? at(errors[0], 'error') ?? '').slice(0, 200)
    return refuse('metering.slurm_reported_errors', { count: errors.length, first })
  }
  const release = at(document, 'meta.slurm.release') ?? at(document, 'meta.Slurm.release')
  return accept({ jobs, parser: Number(parser), release: typeof release === 'string' ? release : null })
}

/** Slurm calls an empty window an error (ESLURM_REST_EMPTY_RESULT). */
function isNothingFound(error: unknown): boolean {
  return at(error, 'error_number') === 9003
}

function readJob(job: unknown, parser: number, entry: number): Decision<UsageRecord, SlurmJsonRefusal> {
  const fields = fieldsOf(job, entry, parser <= 38 ? plain : wrapped)
  const array = fields.count('array.job_id')
  const task = fields.countOrNone('array.task_id')
  const het = fields.count('het.job_id')
  const offset = fields.countOrNone('het.job_offset')
  const raw: RawRecord = {
    cluster: fields.text('cluster'),
    jobId: fields.count('job_id'),
    arrayTask: array > 0 && task !== null ? { jobId: array, task } : null,
    hetComponent: het > 0 && offset !== null ? { jobId: het, offset } : null,
    account: fields.text('account'),
    qos: fields.text(at(job, 'qos') === undefined ? 'QOS' : 'qos'),
    state: fields.state('state.current'),
    cancelledBy: fields.textOrNone('kill_request_user'),
    submitSecond: fields.count('time.submission'),
    startSecond: fields.countOrNone('time.start'),
    endSecond: fields.countOrNone('time.end'),
    elapsedSeconds: fields.count('time.elapsed'),
    suspendedSeconds: fields.count('time.suspended'),
    limitMinutes: fields.countOrNone('time.limit'),
    nodeList: fields.text('nodes'),
    tres: fields.tres('tres.allocated'),
    jobName: fields.textOrNone('name'),
    contractHint: contractHintOf(fields.textOrNone('comment.job')),
  }
  const fault = fields.fault()
  if (fault) return { ok: false, refusal: fault }
  return checkedRecord(raw, { entry })
}

/** How a shape writes a whole number: the number, null for none, undefined when it is not one. */
type ReadCount = (value: unknown) => number | null | undefined

const plain: ReadCount = (value) =>
  value === null
    ? null
    : Number.isSafeInteger(value) && (value as number) >= 0
      ? (value as number)
      : undefined

const wrapped: ReadCount = (value) => {
  if (!isRecord(value)) return plain(value)
  return value['set'] === false || value['infinite'] === true ? null : plain(value['number'])
}

interface Fields {
  readonly count: (path: string) => number
  readonly countOrNone: (path: string) => number | null
  readonly text: (path: string) => string
  readonly textOrNone: (path: string) => string | null
  readonly state: (path: string) => string
  readonly tres: (path: string) => ReadonlyMap<string, number>
  readonly fault: () => Refusal<SlurmJsonRefusal> | undefined
}

/** Reads fields by their path and keeps the first fault, so that a record is read in one piece. */
function fieldsOf(job: unknown, entry: number, read: ReadCount): Fields {
  const faults: Refusal<SlurmJsonRefusal>[] = []
  const blame = (code: 'metering.field_not_a_count' | 'metering.field_not_text', field: string): void => {
    const params = {
      entry,
      job: shown(at(job, 'job_id')),
      field,
      value: shown(at(job, field)),
    }
    faults.push({ code, params })
  }
  const countOrNone = (path: string): number | null => {
    const value = read(at(job, path) ?? null)
    if (value === undefined) blame('metering.field_not_a_count', path)
    return value ?? null
  }
  const text = (path: string): string => {
    const value = at(job, path)
    if (typeof value !== 'string') blame('metering.field_not_text', path)
    return String(value)
  }
  return {
    countOrNone,
    count: (path) => {
      const value = countOrNone(path)
      if (value === null) blame('metering.field_not_a_count', path)
      return value ?? 0
    },
    text,
    textOrNone: (path) => ([null, undefined, ''].includes(at(job, path) as string) ? null : text(path)),
    state: (path) => {
      const value = at(job, path)
      return read !== plain && Array.isArray(value) && typeof value[0] === 'string' ? value[0] : text(path)
    },
    tres: (path) => {
      const list = at(job, path)
      if (!Array.isArray(list)) blame('metering.field_not_a_count', path)
      return Array.isArray(list)
        ? tresOf(list, read, () => blame('metering.field_not_a_count', path))
        : new Map()
    },
    fault: () => faults[0],
  }
}

const COUNTED = new Set(['cpu', 'node', 'billing', 'gres'])

/** Allocated resources by Slurm's names (`gres/gpu:a100`); kinds that nobody meters (energy is null there) are passed over. */
function tresOf(list: readonly unknown[], read: ReadCount, blame: () => void): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const item of list) {
    const [type, name, count] = [at(item, 'type'), at(item, 'name'), read(at(item, 'count') ?? null)]
    if (typeof type !== 'string') blame()
    if (!COUNTED.has(String(type))) continue
    if (count === undefined || count === null) blame()
    else counts.set(typeof name === 'string' && name !== '' ? `${String(type)}/${name}` : String(type), count)
  }
  return counts
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a dotted path of own properties, undefined where the way ends. */
function at(value: unknown, path: string): unknown {
  let here = value
  for (const key of path.split('.')) here = isRecord(here) && Object.hasOwn(here, key) ? here[key] : undefined
  return here
}

function shown(value: unknown): string {
  return value === undefined ? '(missing)' : (JSON.stringify(value) ?? String(value)).slice(0, 60)
}
