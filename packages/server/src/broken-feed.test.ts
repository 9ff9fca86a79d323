// A feed that repeats, loses and sends again, delays, reorders and corrects one in ten, through the route: records and rated
// lines end as those of a feed that told the truth once.
import { seededRandom } from '@suanquan/core'
import { rateUsage, type ServiceContract, type UsageRecord } from '@suanquan/core/metering'
import { brokenFeed, must, testCity, testFeed, testFirm, toldText } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'

const SEEDS = process.env['SUANQUAN_FULL'] === '1' ? 50 : 2
const city = await testCity()
const firm = await testFirm(city)
afterAll(() => city.stop())

test('ends in exactly the true total, whatever the line did', async () => {
  await firm.submitted('HT-FEED')
  const db = city.store.database.kysely
  const truths: UsageRecord[] = []
  for (let seed = 1; seed <= SEEDS; seed++) {
    const feed = await testFeed(city, `seed ${seed}`)
    const { truth, batches, delivered } = brokenFeed(seededRandom(`broken feed ${seed}`), {
      account: 'ht-feed',
      firstJob: seed * 100,
    })
    const bodies = new Map(batches.map(({ number, told }) => [number, feed.batch(number, told)]))
    for (const number of delivered) {
      const { conflicts } = await feed.send(number, bodies.get(number)!)
      expect([seed, number, conflicts]).toEqual([seed, number, 0])
    }
    truths.push(...truth)
    const { items } = must(await city.as('provider').listFeeds({ query: { size: 200 } }))
    expect(items.find(({ id }) => id === feed.id)).toMatchObject({ batches: batches.length, missing: [] })
  }
  const stored = await db.selectFrom('usage_record').select('record').execute()
  expect(toldText(stored.map(({ record }) => record as UsageRecord))).toBe(toldText(truths))
  const lines = await db.selectFrom('rated_line').selectAll().execute()
  const { number, prices } = await db.selectFrom('service_contract').selectAll().executeTakeFirstOrThrow()
  const contract: ServiceContract = {
    contractNo: number,
    buyer: city.firm.creditCode,
    seller: city.provider.creditCode,
    amountFen: 1n,
    signedOn: '2024-01-01',
    termFrom: '2024-01-01',
    termUntil: '2026-12-31',
    prices: prices.map(({ chip, priceFenPerCardHour }) => ({
      chip,
      fenPerCardHour: BigInt(priceFenPerCardHour),
    })),
    shard: null,
  }
  const rated = rateUsage(truths, contract)
  if (!rated.ok) throw new Error(rated.refusal.code)
  expect(lines.reduce((sum, { amount_fen: fen }) => sum + fen, 0n)).toBe(rated.value.amountFen)
  expect(lines.reduce((sum, { seconds, units }) => sum + seconds * units, 0)).toBe(
    truths.reduce((sum, { elapsedSeconds, gpus }) => sum + elapsedSeconds * gpus, 0),
  )
})
