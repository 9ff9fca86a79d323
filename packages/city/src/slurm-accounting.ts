// The demo city's accounting, written as `sacct --json` of Slurm 22.05 writes it, so that what the platform imports in
// the demo goes through the same reader as a real cluster's file; and the drawing of the runs themselves.
import { assert, type Random } from '@suanquan/core'
import type { Instant } from '@suanquan/core/calendar'
import { creditCodeOfAccount, usageKey, type RunState, type UsageRecord } from '@suanquan/core/metering'

/** Slurm numbers its kinds of resources in the order in which a cluster met them; these are common to all clusters. */
const RESOURCE_IDS = { cpu: 1, mem: 2, node: 4, billing: 5 } as const
const FIRST_GRES_ID = 1001

/** A file with one line, as sacct writes it. Reading it back gives the same records. */
export function writeSacctJson(records: readonly UsageRecord[]): string {
  const chips = new Set(records.flatMap((record) => record.chips.map(({ chip }) => chip)))
  const gres = ['gpu', ...[...chips].sort().map((chip) => `gpu:${chip}`), 'shard']
  const meta = {
    plugin: { type: 'openapi/dbv0.0.38', name: 'Slurm OpenAPI DB v0.0.38' },
    Slurm: { version: { major: 22, micro: 8, minor: 5 }, release: '22.05.8' },
  }
  const jobs = records.map((record) => jobOf(record, gres))
  return `${JSON.stringify({ meta, errors: [], jobs })}\n`
}

function jobOf(record: UsageRecord, gres: readonly string[]): Readonly<Record<string, unknown>> {
  const exit = {
    status: record.state === 'FAILED' ? 'ERROR' : 'SUCCESS',
    return_code: record.state === 'FAILED' ? 1 : 0,
  }
  const started = record.startedAt !== null
  const comment = record.contractHint === null ? null : `contract=${record.contractHint}`
  return {
    account: record.account,
    comment: { administrator: null, job: comment, system: null },
    allocation_nodes: record.nodes,
    array: {
      job_id: record.arrayTask?.jobId ?? 0,
      limits: { max: { running: { tasks: 0 } } },
      task: null,
      task_id: record.arrayTask?.task ?? null,
    },
    association: { account: record.account, cluster: record.cluster, partition: null, user: 'runner' },
    cluster: record.cluster,
    constraints: '',
    container: null,
    derived_exit_code: exit,
    time: timeOf(record),
    exit_code: exit,
    flags: started ? ['CLEAR_SCHEDULING', 'STARTED_ON_SCHEDULE'] : [],
    group: 'runner',
    het: { job_id: record.hetComponent?.jobId ?? 0, job_offset: record.hetComponent?.offset ?? null },
    job_id: record.jobId,
    name: record.jobName ?? '',
    mcs: { label: '' },
    nodes: record.nodeList,
    partition: record.chips[0]?.chip ?? 'cpu',
    priority: 1,
    qos: record.qos,
    required: { CPUs: cpusOf(record), memory: 512 },
    kill_request_user: record.cancelledBy,
    reservation: { id: 0, name: 0 },
    state: { current: record.state, reason: 'None' },
    steps: [],
    tres: { allocated: tresOf(record, gres), requested: tresOf(record, gres) },
    user: 'runner',
    wckey: { wckey: '', flags: [] },
    working_directory: '/home/runner',
  }
}

function timeOf(record: UsageRecord): Readonly<Record<string, unknown>> {
  const second = (instant: Instant | null): number => (instant === null ? 0 : instant / 1000)
  const none = { seconds: 0, microseconds: 0 }
  return {
    elapsed: record.elapsedSeconds,
    eligible: second(record.submittedAt),
    end: second(record.endedAt),
    start: second(record.startedAt),
    submission: second(record.submittedAt),
    suspended: record.suspendedSeconds,
    system: none,
    limit: record.limitSeconds === null ? null : record.limitSeconds / 60,
    total: none,
    user: none,
  }
}

interface WrittenTres {
  readonly type: string
  readonly name: string | null
  readonly id: number
  readonly count: number
}

function tresOf(record: UsageRecord, gres: readonly string[]): WrittenTres[] {
  if (record.nodes === 0) return []
  const plain = (type: keyof typeof RESOURCE_IDS, count: number): WrittenTres => ({
    type,
    name: null,
    id: RESOURCE_IDS[type],
    count,
  })
  const device = (name: string, count: number): WrittenTres[] =>
    count === 0 ? [] : [{ type: 'gres', name, id: FIRST_GRES_ID + gres.indexOf(name), count }]
  return [
    plain('cpu', cpusOf(record)),
    plain('mem', 512 * record.nodes),
    plain('node', record.nodes),
    ...(record.billing === 0 ? [] : [plain('billing', record.billing)]),
    ...device('gpu', record.gpus),
    ...record.chips.flatMap(({ chip, cards }) => device(`gpu:${chip}`, cards)),
    ...device('shard', record.shards),
  ]
}

function cpusOf(record: UsageRecord): number {
  return Math.max(record.nodes, record.gpus * 8)
}

/** What one firm is to use of one chip on one cluster in one stretch of time. */
export interface SlurmDemand {
  readonly cluster: string
  readonly account: string
  readonly qos: string
  readonly contractNo: string | null
  readonly chip: string
  readonly cardsPerNode: number
  /** the sizes of jobs to draw from, in cards */
  readonly jobCards: readonly number[]
  /** billing units of a card, as the cluster's weights give them */
  readonly billingPerCard: number
  readonly firstJobId: number
  /** whole seconds; every run begins and ends within */
  readonly fromAt: Instant
  readonly untilAt: Instant
  /** the runs add up to at most this, and miss it by less than a second of the largest job */
  readonly cardSeconds: number
}

/** Ends of runs in hundredths, as a busy centre sees them; the rest complete. */
const ENDS: readonly (readonly [RunState, number])[] = [
  ['FAILED', 6],
  ['CANCELLED', 3],
  ['TIMEOUT', 3],
  ['NODE_FAIL', 1],
  ['REQUEUED', 2],
]

const JOB_NAMES = ['pretrain', 'finetune', 'sft', 'eval', 'infer', 'distill', 'tokenize'] as const

/** Draws runs until the demand is met: mostly hours, some days; a few suspended, requeued, cancelled or lost. */
export function drawSlurmRuns(random: Random, demand: SlurmDemand): UsageRecord[] {
  const runs: UsageRecord[] = []
  const span = (demand.untilAt - demand.fromAt) / 1000
  assert(span >= 60 && demand.jobCards.length > 0, 'runs need a minute and a size')
  let left = demand.cardSeconds
  for (let jobId = demand.firstJobId; left >= Math.min(...demand.jobCards); jobId++) {
    const cards = random.pick(demand.jobCards.filter((size) => size <= left))
    const drawn = Math.round(Math.exp(9.5 + 1.2 * random.normal()))
    const elapsed = Math.max(1, Math.min(drawn, Math.floor(left / cards), span - 2))
    const spare = span - elapsed - 1
    const suspended = random.int(100) < 3 ? random.int(Math.min(3600, spare)) : 0
    const wait = 1 + random.int(spare - suspended)
    runs.push(runOf(random, demand, { jobId, cards, elapsed, suspended, wait }))
    left -= cards * elapsed
  }
  return runs
}

interface Draw {
  readonly jobId: number
  readonly cards: number
  readonly elapsed: number
  readonly suspended: number
  /** seconds after the beginning of the stretch */
  readonly wait: number
}

function runOf(random: Random, demand: SlurmDemand, draw: Draw): UsageRecord {
  const { cards, elapsed, suspended } = draw
  const startedAt = demand.fromAt + draw.wait * 1000
  const submittedAt = startedAt - 1000 * (1 + random.int(Math.min(draw.wait, 1800)))
  const identity = { cluster: demand.cluster, jobId: draw.jobId, submittedAt, startedAt }
  const state = drawEnd(random)
  const nodes = Math.ceil(cards / demand.cardsPerNode)
  const limitMinutes =
    state === 'TIMEOUT' ? Math.floor(elapsed / 60) : Math.ceil(elapsed / 60) + random.int(600)
  return {
    ...identity,
    key: usageKey(identity),
    arrayTask: null,
    hetComponent: null,
    account: demand.account,
    creditCode: creditCodeOfAccount(demand.account),
    qos: demand.qos,
    state,
    cancelledBy: state === 'CANCELLED' ? 'runner' : null,
    endedAt: startedAt + (elapsed + suspended) * 1000,
    elapsedSeconds: elapsed,
    suspendedSeconds: suspended,
    limitSeconds: limitMinutes * 60,
    nodes,
    nodeList: nodes === 1 ? 'gn1' : `gn[1-${nodes}]`,
    gpus: cards,
    chips: [{ chip: demand.chip, cards }],
    shards: 0,
    billing: cards * demand.billingPerCard,
    jobName: `${random.pick(JOB_NAMES)}-${draw.jobId}`,
    contractHint: demand.contractNo,
  }
}

function drawEnd(random: Random): RunState {
  let draw = random.int(100)
  for (const [state, share] of ENDS) {
    if (draw < share) return state
    draw -= share
  }
  return 'COMPLETED'
}
