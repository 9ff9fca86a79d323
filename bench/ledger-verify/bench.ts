// How fast a long journal is sealed, proved and shown: postings made in the database in blocks, sealed, then verified whole.
// `npm run bench ledger-verify [-- POSTINGS]`; 2,500,000 when left out.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '@suanquan/core'
import {
  connect,
  ledgerHash,
  neverCrashes,
  openSigning,
  ownSigning,
  post,
  sealJournal,
  verifyLedger,
  verifySeals,
} from '@suanquan/server'
import { testDatabase, testFund } from '@suanquan/testkit'

const wanted = Number(process.argv.at(2) ?? 2_500_000)
const A_BATCH = 5_000
const folder = mkdtempSync(join(tmpdir(), 'suanquan-bench-'))
const { address, drop } = await testDatabase()
const database = connect({ ...address, role: 'app', connections: 4 })
const fund = testFund(seededRandom('ledger-verify'), ledgerHash)
const place = { ledger: fund.ledger, jurisdiction: fund.jurisdiction }
const vouchers = Array.from({ length: 1000 }, (_, index) => fund.voucher(`F${index}`))
const moment = Date.parse('2024-05-08T01:00:00Z')
await database.transaction((tx) => post(tx, fund.funding(moment, 10n ** 14n)))
await database.transaction((tx) => post(tx, { ...place, moment, open: vouchers, sets: [] }))

const [, posting, postingCpu] = await timed(async () => {
  for (let made = 2; made < wanted; made += A_BATCH) {
    const sets = Array.from({ length: A_BATCH }, (_, index) => [
      fund.move('issue', [fund.pool, vouchers[(made + index) % vouchers.length]!], 1n),
    ])
    await database.transaction((tx) => post(tx, { ...place, moment, sets }))
  }
})
const signer = openSigning({
  db: database.kysely,
  settings: ownSigning,
  dataFolder: folder,
  jurisdiction: '110000',
  crash: neverCrashes,
})
const [seals, sealing, sealingCpu] = await timed(() =>
  sealJournal({ database, signer, crash: neverCrashes }, moment),
)
const [[sealed], sealProof, sealProofCpu] = await timed(() => verifySeals(database))
const [[proof], rules, rulesCpu] = await timed(() => verifyLedger(database))

const postings = Number(proof!.postings)
const lines = [
  { what: 'made (post)', seconds: posting, cpu: postingCpu },
  { what: `sealed (${seals} seals, SM3, SM2)`, seconds: sealing, cpu: sealingCpu },
  { what: 'seals proved against the journal', seconds: sealProof, cpu: sealProofCpu },
  { what: 'rules, balances, sets and chain proved', seconds: rules, cpu: rulesCpu },
].map((line) => ({ ...line, perSecond: Math.round(postings / line.seconds) }))
const findings = proof!.findings.length + sealed!.findings.length
console.log(
  `${postings} postings, ${findings} findings; ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)}`,
)
for (const { what, seconds, cpu, perSecond } of lines)
  console.log(
    `${what.padEnd(42)}${seconds.toFixed(2).padStart(9)} s (${cpu.toFixed(2)} s of this process)${String(perSecond).padStart(10)} postings/s`,
  )
const results = new URL('results/', import.meta.url)
mkdirSync(results, { recursive: true })
writeFileSync(new URL('latest.json', results), `${JSON.stringify({ postings, findings, lines }, null, 2)}\n`)
await database.close()
await drop()
rmSync(folder, { recursive: true })

async function timed<Value>(
  work: () => Promise<Value>,
): Promise<[value: Value, seconds: number, cpuSeconds: number]> {
  const from = performance.now()
  const before = process.cpuUsage()
  const value = await work()
  const { user, system } = process.cpuUsage(before)
  return [value, (performance.now() - from) / 1000, (user + system) / 1e6]
}
