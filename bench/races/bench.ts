// The last units of a pool: 32 clients, each on its own connection, ask for more than there is, a third of it twice.
// Prints for each seed what was issued; anything but exactly the pool ends with exit code 1.
import { mkdirSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { seededRandom } from '@suanquan/core'
import { accountsOf, connect, ledgerHash, post, verifyLedger } from '@suanquan/server'
import { testDatabase, testFund } from '@suanquan/testkit'

const CLIENTS = 32
const POOL = 1000n
const moment = Date.now()
const { address, drop } = await testDatabase()
const database = connect({ ...address, role: 'app', connections: CLIENTS })
const rows = []
for (let seed = 1; seed <= 20; seed++) rows.push(await race(seed))
await database.close()
await drop()
console.table(rows)
const wrong = rows.filter(({ issued, findings }) => issued !== Number(POOL) || findings > 0)
console.log(
  `load ${loadavg()[0]!.toFixed(2)}; ${rows.length - wrong.length} of ${rows.length} races issued exactly the pool`,
)
mkdirSync('results', { recursive: true })
writeFileSync(
  'results/latest.json',
  `${JSON.stringify({ at: new Date().toISOString(), load: loadavg(), rows }, null, 2)}\n`,
)
process.exitCode = wrong.length === 0 ? 0 : 1

async function race(
  seed: number,
): Promise<{ seed: number; asked: number; issued: number; findings: number; ms: number }> {
  const random = seededRandom(`races ${seed}`)
  const firms = Array.from({ length: CLIENTS }, (_, index) => `F${index}`)
  const fund = testFund(random, ledgerHash, seed)
  await database.transaction((tx) => post(tx, fund.funding(moment, POOL, firms)))
  const asks = firms.flatMap((firm) =>
    Array.from({ length: 5 }, () => {
      const amount = BigInt(1 + random.int(20))
      return [
        fund.move('use', [fund.cap(firm), fund.capUsed(firm)], amount),
        fund.move('issue', [fund.pool, fund.voucher(firm)], amount),
      ]
    }),
  )
  // single units at the end, so that the pool can be emptied to the last one
  const units = firms.flatMap((firm) =>
    Array.from({ length: 2 }, () => [fund.move('issue', [fund.pool, fund.voucher(firm)], 1n)]),
  )
  const retries = asks.filter(() => random.int(3) === 0)
  const queue = [...units, ...[...asks, ...retries].sort(() => random.int(3) - 1)]
  const asked = queue.length
  const start = performance.now()
  const client = async (): Promise<void> => {
    for (let set = queue.pop(); set !== undefined; set = queue.pop()) {
      const sets = [set]
      await database.transaction((tx) => post(tx, { ...fund, moment, sets }))
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  const ms = Math.round(performance.now() - start)
  const accounts = await accountsOf(database.kysely, seed)
  const vouchers = accounts.filter(({ account }) => account.code === 'voucher')
  const issued = Number(vouchers.reduce((sum, { balance }) => sum + balance.creditsPosted, 0n))
  const [proof] = await verifyLedger(database, seed)
  return { seed, asked, issued, findings: proof!.findings.length, ms }
}
