// The traps of Slurm's accounting, met on a real cluster (release 22.05) and in the shapes of later ones: one line each,
// what it looks like and what becomes of it. A trap that is met later gets a line here first.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  accountOf,
  defaultRatingRules,
  mergeUsage,
  overrunSeconds,
  rateUsage,
  readSlurmJson,
  readSlurmPsv,
  SACCT_PSV_COMMAND,
  usageKey,
  type ServiceContract,
  type UsageRecord,
} from './index.ts'

const text = (name: string): string =>
  readFileSync(new URL(`../../fixtures/slurm/${name}`, import.meta.url), 'utf8')
const read = (file: string): readonly UsageRecord[] => {
  const accounting = file.startsWith('{') ? readSlurmJson(file) : readSlurmPsv(file)
  if (!accounting.ok) throw new Error(JSON.stringify(accounting.refusal))
  return accounting.value.records
}
const final = read(text('sacct-final.json'))
const psv = read(text('sacct-final-epoch.psv'))
const earlier = read(text('sacct-requeue-suspend-nodefail-lease.json'))
const midway = read(text('sacct-midway.json'))
const job = (id: number, records = final): UsageRecord => records.find(({ jobId }) => jobId === id)!
type Json = Record<string, Record<string, unknown>>
const changed = (id: number, edit: (job: Json) => void): readonly UsageRecord[] => {
  const document = JSON.parse(text('sacct-final.json')) as { jobs: Json[] }
  edit(document.jobs.find(({ job_id }) => (job_id as unknown) === id)!)
  return read(JSON.stringify(document))
}
const a100: ServiceContract = {
  contractNo: 'T',
  buyer: '91510100MA6C0000X1',
  seller: '91510100MA6C0000X9',
  amountFen: 1n,
  signedOn: '2020-01-01',
  termFrom: '2020-01-01',
  termUntil: '2099-12-31',
  prices: [
    { chip: 'a100', fenPerCardHour: 3600n },
    { chip: 'ascend910b', fenPerCardHour: 3600n },
  ],
  shard: { chip: 'ascend910b', shardsPerCard: 8 },
}
const rated = (record: UsageRecord): { value: bigint; amount: bigint } => {
  const usage = rateUsage([record], a100, defaultRatingRules)
  return usage.ok
    ? { value: usage.value.valueFen, amount: usage.value.amountFen }
    : { value: -1n, amount: -1n }
}

const TRAPS: readonly (readonly [string, () => unknown, unknown])[] = [
  ['elapsed time leaves suspension out, end − start does not', () => job(12).elapsedSeconds, 7],
  ['suspended seconds are told apart', () => job(12).suspendedSeconds, 5],
  ['a job runs past its limit, since limits are looked at once a minute', () => overrunSeconds(job(8)), 22],
  [
    'a dead node is billed by Slurm: valued here, paid 0',
    () => [rated(job(14, earlier)).value > 0n, rated(job(14, earlier)).amount],
    [true, 0n],
  ],
  [
    'tasks of an array have raw ids of their own',
    () => new Set([5, 16, 17].map((id) => job(id).key)).size,
    3,
  ],
  ['the array they belong to is kept', () => job(16).arrayTask, { jobId: 5, task: 1 }],
  [
    'a heterogeneous job is one record a component',
    () => [job(14).hetComponent, job(15).hetComponent],
    [
      { jobId: 14, offset: 0 },
      { jobId: 14, offset: 1 },
    ],
  ],
  [
    'a requeued job keeps every run, minutes apart',
    () => earlier.filter(({ jobId }) => jobId === 11).map(({ elapsedSeconds }) => elapsedSeconds),
    [4, 30],
  ],
  ['the text export asks for every run and every user', () => / -a -D /.test(SACCT_PSV_COMMAND), true],
  [
    '“CANCELLED by 0” is a state and a person',
    () => [job(9, psv).state, job(9, psv).cancelledBy],
    ['CANCELLED', '0'],
  ],
  ['a job cancelled before it began held nothing', () => [job(9).gpus, job(9).elapsedSeconds], [0, 0]],
  ['a name with | comes through JSON', () => job(7).jobName, 'name|with|pipes'],
  [
    'columns of free text are never read as text',
    () => {
      const refused = readSlurmPsv(text('sacct-final.psv'))
      return !refused.ok && refused.refusal.code
    },
    'metering.psv_free_text',
  ],
  [
    'the QOS stands under QOS in some answers and under qos in others',
    () =>
      ['QOS', 'qos'].map((key) => {
        const named = changed(1, (told) => {
          delete told['QOS']
          delete told['qos']
          told[key] = 'v20260001' as never
        })
        return job(1, named).qos
      }),
    ['v20260001', 'v20260001'],
  ],
  ['accounts are lower-cased, and the code comes back whole', () => job(1).creditCode, '91510100MA6C0000X1'],
  ['and the way there loses nothing', () => accountOf(job(1).creditCode!), job(1).account],
  [
    'the name of a reservation is a random number in 22.05: nothing rests on it',
    () => changed(1, (told) => ((told['reservation'] as Record<string, unknown>)['name'] = 7)),
    final,
  ],
  [
    'cards are counted by their type, not twice with the untyped count',
    () => job(18).chips,
    [{ chip: 'ascend910b', cards: 2 }],
  ],
  ['a shard is a part of a card, not a card', () => [job(4).gpus, job(4).shards], [0, 4]],
  ['a job over two nodes is one record', () => [job(6).nodes, job(6).gpus], [2, 2]],
  ['part of a node: cards, not nodes, are metered', () => [job(8).nodes, job(8).gpus], [1, 1]],
  [
    'a start that is only expected for a waiting job is none',
    () =>
      job(
        2,
        changed(2, (told) => (told['time']!['start'] = 1_795_309_999)),
      ).startedAt,
    null,
  ],
  [
    'a job that runs on is open, and its later sight takes the place of the earlier',
    () => mergeUsage(mergeUsage([], midway).records, final).superseded.map(({ after }) => after.jobId),
    [8],
  ],
  [
    'a start that the accounting corrects is no second run',
    () => {
      const startedAt = job(8).startedAt! + 5000
      const moved = { ...job(8), startedAt, elapsedSeconds: 77 }
      const told = { ...moved, key: usageKey(moved), replaces: [job(8).key] }
      return mergeUsage([job(8)], [told]).records.map(({ elapsedSeconds }) => elapsedSeconds)
    },
    [77],
  ],
  [
    'a clock that is ahead: an end that is still to come is taken as it is told',
    () =>
      job(
        8,
        changed(8, ({ time }) => (time!['end'] = Number(time!['end']) + 600)),
      ).elapsedSeconds,
    82,
  ],
  ['JSON and text of one cluster are the same runs', () => mergeUsage(final, psv).unchanged, final.length],
]

test.each(TRAPS)('%s', (_, found, expected) => expect(found()).toEqual(expected))
