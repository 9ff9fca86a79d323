import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../random.ts'
import { mergeUsage, overrunSeconds, readSlurmJson, readSlurmPsv, type UsageRecord } from './index.ts'

const bytes = (name: string): Uint8Array =>
  readFileSync(new URL(`../../fixtures/slurm/${name}`, import.meta.url))
const text = (name: string): string => new TextDecoder().decode(bytes(name))

function recordsOf(name: string): readonly UsageRecord[] {
  const read = name.endsWith('.json') ? readSlurmJson(bytes(name)) : readSlurmPsv(bytes(name))
  if (!read.ok) throw new Error(JSON.stringify(read.refusal))
  return read.value.records
}

const job = (records: readonly UsageRecord[], id: number): UsageRecord =>
  records.find(({ jobId }) => jobId === id)!

function sums(records: readonly UsageRecord[], qos: string): Record<string, number> {
  const mine = records.filter((record) => record.qos === qos)
  const sum = (weight: (record: UsageRecord) => number): number =>
    mine.reduce((total, record) => total + record.elapsedSeconds * weight(record), 0)
  return {
    records: mine.length,
    billingSeconds: sum(({ billing }) => billing),
    gpuSeconds: sum(({ gpus }) => gpus),
    shardSeconds: sum(({ shards }) => shards),
  }
}

describe('the recording of a real cluster', () => {
  test.each(['sacct-final.json', 'sacct-final-epoch.psv'])('%s gives the sums known from outside', (name) => {
    expect(sums(recordsOf(name), 'v20260001')).toEqual({
      records: 13,
      billingSeconds: 16_500,
      gpuSeconds: 165,
      shardSeconds: 0,
    })
    expect(sums(recordsOf(name), 'v20260002')).toEqual({
      records: 4,
      billingSeconds: 830,
      gpuSeconds: 6,
      shardSeconds: 28,
    })
  })

  const final = recordsOf('sacct-final.json')
  const earlier = recordsOf('sacct-requeue-suspend-nodefail-lease.json')

  test('the source says shape and release', () => {
    const read = readSlurmJson(bytes('sacct-final.json'))
    expect(read).toMatchObject({
      value: { source: { format: 'slurm-json', parser: 38, release: '22.05.8' } },
    })
  })
  test('suspended time is not elapsed time', () => {
    expect(job(final, 12)).toMatchObject({ elapsedSeconds: 7, suspendedSeconds: 5 })
    expect(job(earlier, 13)).toMatchObject({ elapsedSeconds: 16, suspendedSeconds: 10 })
  })
  test('a job past its limit shows by how much', () => {
    expect(job(final, 8)).toMatchObject({ state: 'TIMEOUT', limitSeconds: 60, elapsedSeconds: 82 })
    expect(overrunSeconds(job(final, 8))).toBe(22)
    expect(overrunSeconds(job(final, 1))).toBe(0)
  })
  test('a cancelled job names who cancelled it, used nothing and held nothing', () => {
    expect(job(final, 9)).toMatchObject({
      state: 'CANCELLED',
      cancelledBy: 'root',
      elapsedSeconds: 0,
      gpus: 0,
    })
    expect(job(recordsOf('sacct-final-epoch.psv'), 9)).toMatchObject({ state: 'CANCELLED', cancelledBy: '0' })
  })
  test('a pending job has neither start nor end', () => {
    expect(job(final, 2)).toMatchObject({ state: 'PENDING', startedAt: null, endedAt: null })
  })
  test('tasks of an array and components of a heterogeneous job keep their own records', () => {
    expect([16, 17, 5].map((id) => job(final, id).arrayTask)).toEqual(
      [1, 2, 3].map((task) => ({ jobId: 5, task })),
    )
    expect([14, 15].map((id) => job(final, id).hetComponent)).toEqual(
      [0, 1].map((offset) => ({ jobId: 14, offset })),
    )
    expect(job(final, 15)).toMatchObject({ gpus: 0, billing: 0 })
  })
  test('a requeued job keeps every run', () => {
    const runs = earlier.filter(({ jobId }) => jobId === 11)
    expect(runs.map(({ state, elapsedSeconds }) => [state, elapsedSeconds])).toEqual([
      ['REQUEUED', 4],
      ['COMPLETED', 30],
    ])
    expect(new Set(runs.map(({ key }) => key)).size).toBe(2)
  })
  test('a dead node is told', () => {
    expect(job(earlier, 14)).toMatchObject({ state: 'NODE_FAIL', elapsedSeconds: 51 })
  })
  test('cards are told by chip, shards apart, nodes counted', () => {
    expect(job(final, 18)).toMatchObject({ gpus: 2, chips: [{ chip: 'ascend910b', cards: 2 }] })
    expect(job(final, 4)).toMatchObject({ gpus: 0, chips: [], shards: 4 })
    expect(job(final, 6)).toMatchObject({ nodes: 2, nodeList: 'gn[1-2]', gpus: 2 })
  })
  test('the credit code comes back from the lower-cased account, the contract only as a hint', () => {
    expect(job(final, 1)).toMatchObject({
      creditCode: '91510100MA6C0000X1',
      contractHint: 'HT-2026-0007',
    })
  })
  test('names come through with pipes, comments with line breaks do no harm', () => {
    expect(job(final, 7)).toMatchObject({ jobName: 'name|with|pipes', contractHint: null, gpus: 2 })
  })
  test('a running job is open and grows in the later file', () => {
    expect(job(recordsOf('sacct-midway.json'), 8)).toMatchObject({
      state: 'RUNNING',
      endedAt: null,
      elapsedSeconds: 44,
    })
  })
})

describe('newer shapes', () => {
  const modern = (mend: (job: Record<string, unknown>) => void = () => {}): string => {
    const document = JSON.parse(text('sacct-final.json'))
    document.meta = {
      plugin: { type: '', name: '', data_parser: 'data_parser/v0.0.44' },
      slurm: { release: '25.11.1' },
    }
    const number = (value: unknown): unknown => ({
      set: value !== null,
      infinite: false,
      number: value ?? 0,
    })
    for (const job of document.jobs) {
      job.state.current = [job.state.current]
      job.time.limit = number(job.time.limit)
      job.array.task_id = number(job.array.task_id)
      job.het.job_offset = number(job.het.job_offset)
      mend(job)
    }
    return JSON.stringify(document)
  }

  test('numbers as {set, infinite, number} and states as lists give the same records', () => {
    const read = readSlurmJson(modern())
    expect(read.ok && read.value.records).toEqual(recordsOf('sacct-final.json'))
    expect(read).toMatchObject({ value: { source: { parser: 44, release: '25.11.1' } } })
  })
  test('an endless limit is no limit', () => {
    const endless = modern((job) => {
      ;(job['time'] as Record<string, unknown>)['limit'] = { set: true, infinite: true, number: 0 }
    })
    const read = readSlurmJson(endless)
    expect(read.ok && read.value.records.every(({ limitSeconds }) => limitSeconds === null)).toBe(true)
  })
  test('the older shape does not take the newer numbers for its own', () => {
    const old = modern().replace('data_parser/v0.0.44', 'openapi/dbv0.0.38')
    expect(readSlurmJson(old)).toMatchObject({ refusal: { params: { field: 'array.task_id' } } })
  })
})

describe('what cannot be trusted is refused with its place', () => {
  const whole = text('sacct-final.json')
  const changed = (edit: (job: Record<string, Record<string, unknown>>) => void, id = 8): unknown => {
    const document = JSON.parse(whole)
    edit(document.jobs.find((job: { job_id: number }) => job.job_id === id))
    return readSlurmJson(JSON.stringify(document))
  }

  test('a file cut off anywhere is refused as truncated, never read in part', () => {
    const body = whole.trimEnd()
    fc.assert(
      fc.property(fc.integer({ min: 1, max: body.length - 1 }), (length) => {
        expect(readSlurmJson(body.slice(0, length))).toMatchObject({
          refusal: { code: 'metering.json_truncated' },
        })
      }),
    )
  })
  test('a wrong character is refused with line and column', () => {
    expect(readSlurmJson('{"meta":\n  {"a": 1, }}')).toEqual({
      ok: false,
      refusal: { code: 'metering.json_broken', params: { line: 2, column: 12, near: '}}' } },
    })
    expect(readSlurmJson('{"a": 1} x')).toMatchObject({ refusal: { params: { line: 1, column: 10 } } })
    expect(readSlurmJson('[1, 2}')).toMatchObject({ refusal: { params: { column: 6 } } })
  })
  test.each([
    ['an empty file', '', 'metering.empty_file'],
    ['another JSON', '{"jobs": []}', 'metering.not_slurm_json'],
    ['a bare number', '12', 'metering.not_slurm_json'],
    [
      'the queue in place of the accounting',
      '{"meta":{"plugin":{"type":"openapi/v0.0.38"}},"jobs":[]}',
      'metering.not_accounting',
    ],
    [
      'an answer that reports errors',
      '{"meta":{"plugin":{"type":"openapi/dbv0.0.38"}},"errors":[{"error":"no connection"}],"jobs":[]}',
      'metering.slurm_reported_errors',
    ],
  ])('%s', (_, file, code) => expect(readSlurmJson(file)).toMatchObject({ refusal: { code } }))

  test('a window in which nothing was is empty, though Slurm calls that an error', () => {
    const nothing = (jobs: readonly object[]): string =>
      JSON.stringify({
        meta: { plugin: { type: 'openapi/dbv0.0.38' } },
        errors: [{ error_number: 9003, error: 'Nothing found with query' }],
        jobs,
      })
    expect(readSlurmJson(nothing([]))).toMatchObject({ ok: true, value: { records: [] } })
    expect(readSlurmJson(nothing([{}]))).toMatchObject({
      refusal: { code: 'metering.slurm_reported_errors' },
    })
  })

  test('bytes that are no text are refused at the first wrong byte', () => {
    expect(readSlurmJson(Uint8Array.of(0x1f, 0x8b, 8))).toEqual({
      ok: false,
      refusal: { code: 'metering.not_text', params: { byte: 1 } },
    })
    expect(readSlurmJson(Uint8Array.of(0x7b, 0xe4, 0xb8))).toMatchObject({
      refusal: { params: { byte: 1 } },
    })
    expect(readSlurmPsv(Uint8Array.of(0x41, 0xed, 0xa0, 0x80))).toMatchObject({
      refusal: { params: { byte: 1 } },
    })
  })
  test('a byte order mark is not part of the text', () => {
    const marked = Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes('sacct-final.json'))
    expect(readSlurmJson(marked).ok).toBe(true)
  })

  test.each<[string, string, (job: Record<string, Record<string, unknown>>) => void]>([
    ['a negative time', 'metering.field_not_a_count', (job) => (job['time']!['elapsed'] = -1)],
    ['a time with a fraction', 'metering.field_not_a_count', (job) => (job['time']!['elapsed'] = 1.5)],
    ['a number as text', 'metering.field_not_a_count', (job) => (job['time']!['elapsed'] = '82')],
    ['a number beyond exactness', 'metering.field_not_a_count', (job) => (job['time']!['elapsed'] = 2e16)],
    ['no elapsed time', 'metering.field_not_a_count', (job) => delete job['time']!['elapsed']],
    ['an account that is no text', 'metering.field_not_text', (job) => (job['account'] = {})],
    ['a state nobody knows', 'metering.state_unknown', (job) => (job['state']!['current'] = 'DONE')],
    ['an end before 2000', 'metering.time_absurd', (job) => (job['time']!['end'] = 1)],
    ['an end in the year 9999', 'metering.time_absurd', (job) => (job['time']!['end'] = 253_402_300_799)],
    ['more use than time', 'metering.more_use_than_time', (job) => (job['time']!['elapsed'] = 83)],
    ['an ended job without an end', 'metering.state_and_times_disagree', (job) => (job['time']!['end'] = 0)],
    [
      'a running job with an end',
      'metering.state_and_times_disagree',
      (job) => (job['state']!['current'] = 'RUNNING'),
    ],
    ['use without devices', 'metering.devices_missing', (job) => (job['tres']!['allocated'] = [])],
    [
      'more cards of a chip than cards',
      'metering.devices_disagree',
      (job) => ((job['tres']!['allocated'] as { count: number }[]).at(-1)!.count = 2),
    ],
  ])('%s is refused as %s', (_, code, edit) =>
    expect(changed(edit)).toMatchObject({ ok: false, refusal: { code, params: { job: '8' } } }),
  )

  test('a start that Slurm only expects for a waiting job is not a start', () => {
    const read = changed((job) => (job['time']!['start'] = 1_795_309_999), 2)
    expect(read).toMatchObject({ ok: true })
    expect((read as { value: { records: UsageRecord[] } }).value.records[1]).toMatchObject({
      startedAt: null,
    })
  })
  test('the refusal names the entry in the file, the job and the field', () => {
    const refused = changed((job) => (job['time']!['start'] = 'yesterday'))
    expect(refused).toMatchObject({
      refusal: { params: { entry: 8, job: '8', field: 'time.start', value: '"yesterday"' } },
    })
  })
  test('names like __proto__ are data like any other', () => {
    const poisoned = whole.replaceAll('gpu:a100', 'gpu:__proto__')
    const read = readSlurmJson(poisoned)
    expect(read.ok && job(read.value.records, 1).chips).toEqual([{ chip: '__proto__', cards: 2 }])
  })
})

describe('text with columns', () => {
  const epoch = text('sacct-final-epoch.psv')

  test('the same runs have the same identity in JSON and in text', () => {
    const merged = mergeUsage(recordsOf('sacct-final.json'), recordsOf('sacct-final-epoch.psv'))
    expect(merged).toMatchObject({ added: [], superseded: [], conflicts: [], unchanged: 17 })
  })
  test.each(['sacct-final.psv', 'sacct-midway.psv'])('%s is refused for its free text', (name) => {
    expect(readSlurmPsv(bytes(name))).toMatchObject({
      refusal: { code: 'metering.psv_free_text', params: { columns: ['JobName', 'Comment'] } },
    })
  })
  test('a half-written last line is refused', () => {
    expect(readSlurmPsv(epoch.trimEnd())).toMatchObject({ refusal: { code: 'metering.psv_truncated' } })
    expect(readSlurmPsv(epoch.slice(0, -40))).toMatchObject({
      refusal: { code: 'metering.psv_truncated', params: { line: 18 } },
    })
  })
  test.each([
    ['a row with a column too many', '|COMPLETED|', '|COMPLETED|x|', 'metering.psv_columns', { line: 2 }],
    ['local time', '|1795303007|', '|2026-11-21T23:16:47|', 'metering.psv_local_time', { line: 2 }],
    [
      'full-width digits',
      '|1795303007|',
      '|１７９５３０３００７|',
      'metering.psv_value',
      { column: 'Start' },
    ],
    ['an elapsed time in words', '|10|00:', '|ten|00:', 'metering.psv_value', { column: 'ElapsedRaw' }],
    ['half a card', 'gres/gpu=2', 'gres/gpu=0.5', 'metering.psv_value', { column: 'AllocTRES' }],
    ['a lost cluster', 'sqtest|1|', '|1|', 'metering.psv_value', { column: 'Cluster' }],
    ['a foreign header', 'AllocTRES', 'Alloc', 'metering.psv_not_slurm', { missing: ['AllocTRES'] }],
  ])('%s is refused', (...[, from, to, code, params]) =>
    expect(readSlurmPsv(epoch.replace(from, to))).toMatchObject({ refusal: { code, params } }),
  )
  test('steps are passed over, days of suspension are counted', () => {
    const head = epoch.split('\n', 1)[0]!
    const row = (id: string, rest: string): string => `sqtest|${id}|1|a|q|COMPLETED|1795303004|${rest}`
    const end = 1_795_303_007 + 86_400 + 3_661 + 10
    const rest = `1795303007|${end}|10|1-01:01:01|billing=1,gres/gpu=1,mem=2.50G,node=1`
    const read = readSlurmPsv([head, row('1', rest), row('1.batch', rest), ''].join('\n'))
    expect(read.ok && read.value.records.map(({ suspendedSeconds }) => suspendedSeconds)).toEqual([90_061])
  })
  test('a text that somebody wrote into a job can never become a record', () => {
    const random = seededRandom('forgery')
    const names = ['JobName', 'Comment', 'WorkDir', 'SubmitLine', 'AdminComment']
    for (let round = 0; round < 50; round++) {
      const lines = epoch.split('\n')
      const forged = lines[1]!.replace('sqtest|1|', `sqtest|${1000 + round}|`)
      lines[0] += `|${random.pick(names)}`
      for (let index = 1; index < lines.length - 1; index++) lines[index] += '|x'
      lines[2] += `\n${forged}|y`
      expect(readSlurmPsv(lines.join('\n'))).toMatchObject({ refusal: { code: 'metering.psv_free_text' } })
    }
  })
})
