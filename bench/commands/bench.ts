// Whole commands a second over HTTP: open a draft, save it, submit, approve; real sessions, real PostgreSQL with fsync on,
// each command one transaction with its trail, its idempotency key and, for approvals, the ledger's postings. The server
// and the clients share this machine, so the numbers are a floor.
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { performance } from 'node:perf_hooks'
import { faultsIn, must, testCity, testFirm } from '@suanquan/testkit'

const APPROVED = 1000n
const COMMANDS = ['draft', 'save', 'submit', 'approve'] as const
type Name = (typeof COMMANDS)[number]

interface Row {
  readonly clients: number
  readonly cases: number
  readonly commands: number
  readonly seconds: number
  readonly perSecond: number
  readonly p50Ms: Readonly<Record<Name, number>>
  readonly p99Ms: Readonly<Record<Name, number>>
}

const city = await testCity({ poolFen: 1_000_000n * APPROVED })
const firm = await testFirm(city)
const clerk = city.as('clerk')
const reviewer = city.as('reviewer')
const { draft } = must(await clerk.readApplication({ params: { id: await firm.drafted('HT-PATTERN') } }))
const findings = { 'applicant.fits_city_ai_plan': true, 'applicant.sound_finance': true }
let number = 0

await run(4, 40)
const rows = [await run(1, 60), await run(16, 320)]
const faults = await faultsIn(city.store.database)
await city.stop()
console.table(
  rows.map(({ clients, cases, commands, seconds, perSecond, p50Ms, p99Ms }) => ({
    clients,
    cases,
    commands,
    seconds,
    perSecond,
    ...Object.fromEntries(COMMANDS.map((name) => [`${name} p50/p99 ms`, `${p50Ms[name]}/${p99Ms[name]}`])),
  })),
)
console.log(
  `load ${loadavg()[0]!.toFixed(2)} on ${cpus().length} cores; ${faults.length} faults in the store afterwards`,
)
for (const fault of faults) console.log(fault)
mkdirSync('results', { recursive: true })
writeFileSync(
  'results/latest.json',
  `${JSON.stringify({ at: new Date().toISOString(), cores: cpus().length, load: loadavg(), rows, faults }, null, 2)}\n`,
)
process.exitCode = faults.length === 0 ? 0 : 1

async function run(clients: number, cases: number): Promise<Row> {
  const times: Record<Name, number[]> = { draft: [], save: [], submit: [], approve: [] }
  const timed = async <Value>(name: Name, work: () => Promise<Value>): Promise<Value> => {
    const started = performance.now()
    const value = await work()
    times[name].push(performance.now() - started)
    return value
  }
  let left = cases
  const client = async (): Promise<void> => {
    while (left-- > 0) {
      const body = { adoptionId: city.adoptionId, organisationId: city.firm.id }
      const { id } = await timed('draft', async () => must(await clerk.openDraft({ body })))
      const params = { id }
      const contract = { ...draft.contract, number: `HT-${number++}` }
      await timed('save', async () => must(await clerk.saveDraft({ params, body: { ...draft, contract } })))
      await timed('submit', async () => must(await clerk.submitApplication({ params })))
      const approval = { amountFen: APPROVED.toString(), findings, reason: '符合条件' }
      const decision = { decision: 'approve' as const, ...approval }
      await timed('approve', async () => must(await reviewer.decideApplication({ params, body: decision })))
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: clients }, client))
  const seconds = (performance.now() - started) / 1000
  const commands = cases * COMMANDS.length
  const quantile = (share: number): Record<Name, number> =>
    Object.fromEntries(
      COMMANDS.map((name) => {
        const sorted = times[name].toSorted((a, b) => a - b)
        return [name, Math.round(sorted[Math.floor((sorted.length - 1) * share)]!)]
      }),
    ) as Record<Name, number>
  return {
    clients,
    cases,
    commands,
    seconds: Math.round(seconds * 100) / 100,
    perSecond: Math.round(commands / seconds),
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
  }
}
