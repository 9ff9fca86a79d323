// How fast the ledger posts, beside pgbench on the same server in the same minutes. Absolute numbers move with the
// machine: read the ratios, which come from interleaved pairs. `npm run bench ledger-post [-- SECONDS]`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { seededRandom } from '@suanquan/core'
import type { PostingSet } from '@suanquan/core/ledger'
import { connect, ledgerHash, post, postingBatcher, sql, verifyLedger, type Database } from '@suanquan/server'
import { randomUuid, testDatabase, testFund, testPostgresVersion, type TestFund } from '@suanquan/testkit'

const seconds = Number(process.argv.at(2) ?? 5)
const PGBENCH = '/usr/bin/pgbench'
const FIRMS = 1000
/** so many postings are made ahead of a measurement for each of its seconds */
const MOST_PER_SECOND = 40_000

interface Line {
  readonly what: string
  readonly perSecond: number
  readonly p50Ms?: number
  readonly p99Ms?: number
}

/** What each did a second, one after the other: pgbench, post() with one and with four callers, whole commands. */
interface Pair {
  readonly pgbench: number
  readonly post: number
  readonly post4: number
  readonly commands: number
}

const { address, drop } = await testDatabase()
const database = connect({ ...address, role: 'app', connections: 32 })
const random = seededRandom('ledger-post')
const fund = testFund(random, ledgerHash)
const names = Array.from({ length: FIRMS }, (_, index) => `F${index}`)
const firms = names.map((name) => ({
  voucher: fund.voucher(name),
  cap: fund.cap(name),
  capUsed: fund.capUsed(name),
}))
await database.transaction((tx) => post(tx, fund.funding(Date.now(), 10n ** 14n, names)))
const BODY = 'x'.repeat(1000)
const papers = Array.from({ length: 1000 }, () => randomUuid(random))
await makePapers()

const lines: Line[] = []
for (const size of [1, 10, 100, 1000, 8000]) lines.push(await measurePosts(size, 1))
lines.push(await measurePosts(1000, 4))
for (const callers of [1, 8, 32])
  lines.push(await measure(`whole commands, ${callers} callers`, callers, () => command(database, fund)))
const submit = postingBatcher({ database, ...fund })
lines.push(await measure('micro-batcher with documents, 32 callers', 32, () => submitted()))
const pairs = existsSync(PGBENCH) ? await pairsWithPgbench() : []
const proofFrom = performance.now()
const [proof] = await verifyLedger(database)
const proofSeconds = (performance.now() - proofFrom) / 1000
report()
await database.close()
await drop()

/** One voucher: the pool is in every set, the firm and its cap vary. */
function issue(): PostingSet {
  const firm = random.pick(firms)
  return [fund.move('issue', [fund.pool, firm.voucher], 3n), fund.move('use', [firm.cap, firm.capUsed], 3n)]
}

/**
 * Linked pairs through pool and cap; the last set of an odd size is a single posting. What is asked was made before the
 * clock runs: to think of it is not the ledger's work.
 */
async function measurePosts(size: number, callers: number): Promise<Line> {
  const batches = Array.from({ length: Math.ceil((seconds * MOST_PER_SECOND) / size) }, () => {
    const sets = Array.from({ length: Math.ceil(size / 2) }, issue)
    if (size % 2 === 1) sets[0] = sets[0]!.slice(0, 1)
    return sets
  })
  return measure(`post(), ${size} a batch, ${callers} callers`, callers, async () => {
    const sets = batches.pop()
    if (sets === undefined) return null
    await database.transaction((tx) => post(tx, { ...fund, moment: Date.now(), sets }))
    return size
  })
}

/** Lock a document, read the balance, store a document, post a linked pair: one transaction. */
async function command(on: Database, { ledger }: TestFund): Promise<number> {
  const set = issue()
  await on.transaction(async (tx) => {
    await sql`select id from public.paper where id = ${random.pick(papers)} for update`.execute(tx.kysely)
    await tx.kysely
      .selectFrom('ledger.account')
      .select(['credits_posted', 'debits_posted'])
      .where('ledger', '=', ledger)
      .where('id', '=', set[0]!.credit)
      .execute()
    await sql`insert into public.paper (id, body) values (${randomUuid(random)}, ${BODY})`.execute(tx.kysely)
    await post(tx, { ...fund, moment: Date.now(), sets: [set] })
  })
  return 1
}

async function submitted(): Promise<number> {
  const paper = randomUuid(random)
  await submit({
    moment: Date.now(),
    sets: [issue()],
    store: (tx) =>
      sql`insert into public.paper (id, body) values (${paper}, ${BODY})`.execute(tx.kysely).then(() => {}),
  })
  return 1
}

/** Runs one kind of work with so many callers for the time of a measurement, or until there is no more of it (null). */
async function measure(what: string, callers: number, work: () => Promise<number | null>): Promise<Line> {
  const times: number[] = []
  let done = 0
  const start = performance.now()
  const caller = async (): Promise<void> => {
    while (performance.now() - start < seconds * 1000) {
      const from = performance.now()
      const count = await work()
      if (count === null) return
      done += count
      times.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  const perSecond = (done / (performance.now() - start)) * 1000
  times.sort((left, right) => left - right)
  const at = (share: number): number => times[Math.floor((times.length - 1) * share)]!
  return { what, perSecond, p50Ms: at(0.5), p99Ms: at(0.99) }
}

/** Five pairs, pgbench and post() in turn, so that both meet the same neighbours. */
async function pairsWithPgbench(): Promise<Pair[]> {
  const superuser = connect({ ...address, connections: 1 })
  await sql`create database pgbench_beside`.execute(superuser.kysely)
  try {
    pgbench(['-i', '-q', '-s', '50'])
    const found = []
    for (let pair = 0; pair < 5; pair++) {
      const output = pgbench(['-M', 'prepared', '-c', '32', '-j', '2', '-T', String(seconds)])
      const tps = Number(/tps = ([\d.]+)/.exec(output)![1])
      const one = await measurePosts(1000, 1)
      const four = await measurePosts(1000, 4)
      const commands = await measure('commands', 32, () => command(database, fund))
      found.push({ pgbench: tps, post: one.perSecond, post4: four.perSecond, commands: commands.perSecond })
    }
    return found
  } finally {
    await sql`drop database pgbench_beside with (force)`.execute(superuser.kysely)
    await superuser.close()
  }
}

function pgbench(options: readonly string[]): string {
  const { host, port, user } = address
  const where = ['-h', host!, '-p', String(port), '-U', user!, 'pgbench_beside']
  const { status, stdout, stderr } = spawnSync(PGBENCH, [...options, ...where], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`pgbench: ${stderr}`)
  return stdout
}

function report(): void {
  const load = loadavg().map((value) => Number(value.toFixed(2)))
  console.log(
    `PostgreSQL ${testPostgresVersion()}, Node ${process.version}, ${cpus().length} cores, load ${load.join(' ')}`,
  )
  console.table(
    lines.map(({ what, perSecond, p50Ms, p99Ms }) => ({
      what,
      'per second': Math.round(perSecond),
      'p50 ms': Number(p50Ms?.toFixed(2)),
      'p99 ms': Number(p99Ms?.toFixed(2)),
    })),
  )
  const ratios = {
    post: spread(pairs.map((pair) => pair.post / pair.pgbench)),
    post4: spread(pairs.map((pair) => pair.post4 / pair.pgbench)),
    commands: spread(pairs.map((pair) => pair.commands / pair.pgbench)),
  }
  if (pairs.length === 0) console.log('no /usr/bin/pgbench here: no ratios')
  else {
    console.table(
      pairs.map((pair) =>
        Object.fromEntries(Object.entries(pair).map(([name, value]) => [name, Math.round(value)])),
      ),
    )
    console.log(`post() at 1000 a batch ÷ pgbench -s 50 -M prepared -c 32 -j 2: ${ratios.post}`)
    console.log(`the same with four callers: ${ratios.post4}`)
    console.log(`whole commands, 32 callers ÷ the same: ${ratios.commands}`)
  }
  console.log(
    `proof of ${proof!.postings} postings: ${proofSeconds.toFixed(1)} s, ${proof!.findings.length} findings`,
  )
  mkdirSync('results', { recursive: true })
  const result = {
    at: new Date().toISOString(),
    postgres: testPostgresVersion(),
    node: process.version,
    cores: cpus().length,
    load,
    seconds,
    lines,
    pairs,
    ratios,
    proof: { postings: Number(proof!.postings), seconds: proofSeconds },
  }
  writeFileSync('results/latest.json', `${JSON.stringify(result, null, 2)}\n`)
}

function spread(ratios: readonly number[]): string {
  if (ratios.length === 0) return 'not measured'
  const sorted = [...ratios].sort((left, right) => left - right)
  const [least, median, most] = [0, 0.5, 1].map((share) =>
    sorted[Math.floor((sorted.length - 1) * share)]!.toFixed(2),
  )
  return `median ${median}, range ${least}–${most}`
}

async function makePapers(): Promise<void> {
  const superuser = connect({ ...address, connections: 1 })
  await sql`create table public.paper (id uuid primary key, body text not null)`.execute(superuser.kysely)
  await sql`grant select, insert, update on public.paper to suanquan_app`.execute(superuser.kysely)
  await sql`insert into public.paper select unnest(${papers}::uuid[]), ${BODY}`.execute(superuser.kysely)
  await superuser.close()
}
