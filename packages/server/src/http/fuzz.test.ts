// Whatever is sent, by whomever: never an internal error, every answer as its route declares it, no change by a refusal,
// and the books proved at the end. Requests come from our own OpenAPI document; a route is covered when it is written.
import { furnishedCity, fuzz, holdersOf } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'

const { city } = await furnishedCity()
afterAll(() => city.stop())

const full = process.env['SUANQUAN_FULL'] === '1'
const requests = Number(process.env['SUANQUAN_FUZZ'] ?? (full ? 20_000 : 3000))
const seed = process.env['SUANQUAN_SEED'] ?? `${Date.now()}`

test(`${requests} requests of seed ${seed}`, { timeout: 900_000 }, async () => {
  const holders = await holdersOf(city.store)
  const report = await fuzz(city, { seed, requests })
  const { sent, seconds, byStatus } = report
  process.stdout.write(`${sent} requests of seed ${seed} in ${seconds} s: ${JSON.stringify(byStatus)}\n`)
  process.stdout.write(`never reached: ${report.unreached.join(' ')}\n`)
  expect(report.wrong).toEqual([])
  const after = await holdersOf(city.store)
  for (const [voucher, holder] of holders) expect([voucher, after.get(voucher)]).toEqual([voucher, holder])
  expect((await city.anybody.readHealth({})).ok).toBe(true)
})
