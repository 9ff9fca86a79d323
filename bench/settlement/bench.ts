// A million hourly rows of use from files to money: imported, matched to contracts, rated, and every contract and month
// settled over four legs; then the same files again, which must change nothing. A real PostgreSQL beside it.
// `npm run bench settlement [-- ROWS]`; 1,000,000 when left out.
import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { addDays, addMonths, startOf, type Day } from '@suanquan/core/calendar'
import { LEGS, settle } from '@suanquan/core/settlement'
import { importUsageByOperator, sql } from '@suanquan/server'
import { must, testCity, testFirm } from '@suanquan/testkit'
import { evidenceOf, loadContract } from '../../packages/server/src/modules/metering/index.ts'

const wanted = Number(process.argv.at(2) ?? 1_000_000)
const CONTRACTS = 200
const ROWS_A_FILE = 50_000
const FIRST: Day = '2024-05-21'
const HOUR = 3600
const rows = Math.ceil(wanted / ROWS_A_FILE) * ROWS_A_FILE
const hours = Math.ceil(rows / CONTRACTS)

const city = await testCity({ poolFen: 100_000_000n })
const { database } = city.store
const contracts = await makeContracts()
const first = await importAll()
const settled = await settleAll()
const before = await stateOf()
const again = await importAll()
const after = await stateOf()
if (JSON.stringify(before) !== JSON.stringify(after))
  throw new Error('the same files again changed something')
if (settled.meteredFen !== BigInt(before.amountFen)) throw new Error('what was settled is not what was rated')

const result = {
  rows,
  contracts: CONTRACTS,
  files: rows / ROWS_A_FILE,
  importedAndRatedSeconds: first.seconds,
  settledSeconds: settled.seconds,
  wholeSeconds: first.seconds + settled.seconds,
  ownProcessorSeconds: first.processor,
  contractMonths: settled.months,
  ratedFen: before.amountFen,
  againSeconds: again.seconds,
  slowestFileSeconds: first.slowest,
  nodeMegabytes: process.resourceUsage().maxRSS / 1024,
  postgresMegabytes: postgresMegabytes(),
  machine: { cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg() },
}
await city.stop()
console.table(
  Object.fromEntries(
    Object.entries(result)
      .filter(([name]) => name !== 'machine')
      .map(([name, value]) => [name, typeof value === 'number' ? Number(value.toFixed(1)) : value]),
  ),
)
console.log(`load ${result.machine.load.map((each) => each.toFixed(1)).join(' ')}`)
const results = new URL('results/', import.meta.url)
mkdirSync(results, { recursive: true })
writeFileSync(new URL('latest.json', results), `${JSON.stringify(result, null, 2)}\n`)

/** Copies of one application and its contract, each with an account of its own. */
async function makeContracts(): Promise<string[]> {
  const firm = await testFirm(city)
  const { id } = await firm.submitted('HT-BENCH')
  await database.kysely
    .updateTable('service_contract')
    .set({ starts_on: FIRST, ends_on: addMonths(FIRST, 12) })
    .where('number', '=', 'HT-BENCH')
    .execute()
  must(await city.as('reviewer').readApplication({ params: { id } }))
  const made: string[] = []
  for (let at = 0; at < CONTRACTS; at++) {
    const [contractId, applicationId] = [randomUUID(), randomUUID()]
    const account = accountOf(at)
    await sql`
      insert into service_contract select (jsonb_populate_record(c, ${JSON.stringify({ id: contractId, number: account, account })}::jsonb)).*
      from service_contract c where c.number = 'HT-BENCH'`.execute(database.kysely)
    await sql`
      insert into application select (jsonb_populate_record(a, ${JSON.stringify({ id: applicationId, number: account, contract_id: contractId })}::jsonb)).*
      from application a where a.id = ${id}::uuid`.execute(database.kysely)
    made.push(contractId)
  }
  return made
}

function accountOf(contract: number): string {
  return `bench-${contract}`
}

/** One file: hour after hour, a run on eight cards for every contract. */
function file(number: number): Uint8Array {
  const start = startOf(FIRST) / 1000
  const lines = [
    'Cluster|JobIDRaw|Account|QOS|State|Submit|Start|End|ElapsedRaw|Suspended|AllocTRES|JobID|TimelimitRaw|NodeList',
  ]
  for (let row = number * ROWS_A_FILE; row < (number + 1) * ROWS_A_FILE; row++) {
    const hour = Math.floor(row / CONTRACTS)
    const from = start + hour * HOUR
    const account = accountOf(row % CONTRACTS)
    lines.push(
      `sqtest|${row + 1}|${account}|normal|COMPLETED|${from}|${from}|${from + HOUR}|${HOUR}|00:00:00|cpu=8,gres/gpu:a100=8,gres/gpu=8,node=1|${row + 1}|90|gn${row % 7}`,
    )
  }
  return Buffer.from(`${lines.join('\n')}\n`)
}

async function importAll(): Promise<{ seconds: number; slowest: number; processor: number }> {
  let [seconds, slowest, processor] = [0, 0, 0]
  for (let number = 0; number < rows / ROWS_A_FILE; number++) {
    const bytes = file(number)
    const [from, used] = [performance.now(), process.cpuUsage()]
    const imported = await importUsageByOperator(database, {
      providerCreditCode: city.provider.creditCode,
      fileName: `sacct-${number}.txt`,
      bytes,
      at: startOf(FIRST) + number,
    })
    if (!imported.ok) throw new Error(JSON.stringify(imported.refusal))
    if (imported.value.unmatched + imported.value.conflicts + imported.value.problems.length > 0)
      throw new Error(JSON.stringify(imported.value))
    const { user, system } = process.cpuUsage(used)
    const took = (performance.now() - from) / 1000
    seconds += took
    processor += (user + system) / 1e6
    slowest = Math.max(slowest, took)
    if (process.stderr.isTTY || number % 10 === 9)
      process.stderr.write(`${number + 1} files, ${seconds.toFixed(1)} s\n`)
  }
  return { seconds, slowest, processor }
}

/** Every contract and month over all four legs, with an invoice and a payment of what was metered. */
async function settleAll(): Promise<{ seconds: number; months: number; meteredFen: bigint }> {
  const started = performance.now()
  const lastDay = addDays(FIRST, Math.ceil(hours / 24))
  let [months, meteredFen] = [0, 0n]
  for (const id of contracts) {
    const contract = await loadContract(database.kysely, id)
    for (let from: Day = `${FIRST.slice(0, 7)}-01`; from <= lastDay; from = addMonths(from, 1)) {
      const period = { from: from < FIRST ? FIRST : from, to: addDays(addMonths(from, 1), -1) }
      const input = {
        legs: LEGS,
        contract,
        period,
        claimedOn: addDays(lastDay, 40),
        deductedFen: 0n,
        except: null,
      }
      const found = await evidenceOf(database.kysely, { ...input, proofs: { invoices: [], payments: [] } })
      const evidence = { ...found, contract: { ...found.contract, amountFen: 10n ** 12n } }
      const parties = {
        amountFen: evidence.lines.reduce((sum, { amountFen }) => sum + amountFen, 0n),
        usedFen: 0n,
      }
      const { buyer, seller } = evidence.contract
      const paper = { number: `${months}`, issuedOn: period.to, redLetterOf: null, excludedFen: 0n }
      const decided = settle({
        ...evidence,
        invoices: [{ ...parties, ...paper, buyer, seller }],
        payments: [{ ...parties, reference: `${months}`, paidOn: period.to, payer: buyer, payee: seller }],
      })
      if (!decided.ok) throw new Error(JSON.stringify(decided.refusal))
      if (decided.value.baseFen !== parties.amountFen) throw new Error('a whole proof settles the whole')
      meteredFen += decided.value.baseFen
      months++
    }
  }
  return { seconds: (performance.now() - started) / 1000, months, meteredFen }
}

/** Rows and bytes that an import may change: the records and lines with what they say, not the list of imports. */
async function stateOf(): Promise<{ records: string; lines: string; amountFen: string; bytes: string }> {
  const one = async (text: ReturnType<typeof sql<{ said: string }>>): Promise<string> =>
    (await text.execute(database.kysely)).rows[0]!.said
  return {
    records: await one(
      sql`select count(*) || ' ' || sum(hashtextextended(content_hash, 0)::numeric) as said from usage_record`,
    ),
    lines: await one(
      sql`select count(*) || ' ' || sum(hashtextextended(id::text || amount_fen, 0)::numeric) as said from rated_line`,
    ),
    amountFen: await one(sql`select sum(amount_fen)::text as said from rated_line`),
    bytes: await one(
      sql`select (pg_relation_size('usage_record') + pg_relation_size('rated_line'))::text as said`,
    ),
  }
}

/** What the processes of the database hold for themselves: their proportional set size, shared pages counted once. */
function postgresMegabytes(): number | null {
  try {
    const own = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isPostgres(name))
    return own.reduce((sum, name) => sum + pssOf(name), 0) / 1024
  } catch {
    return null
  }
}

function isPostgres(process: string): boolean {
  try {
    return readFileSync(`/proc/${process}/comm`, 'utf8').startsWith('postgres')
  } catch {
    return false
  }
}

function pssOf(process: string): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${process}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
