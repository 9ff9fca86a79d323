// Use that was told otherwise after it was paid.
import type { UsageRecord } from '@suanquan/core/metering'
import { must, type TestCity } from './test-city.ts'
import { FEED_CLUSTER, testFeed } from './test-feed.ts'

/** The run behind the paid claim, told again and shorter: reviewers and finance have to look. */
export async function correctedUse(city: TestCity): Promise<string> {
  const { record } = await city.store.database.kysely
    .selectFrom('usage_record')
    .select('record')
    .where('identity', 'like', `${FEED_CLUSTER}/1/%`)
    .executeTakeFirstOrThrow()
  const run = record as UsageRecord
  const feed = await testFeed(city, '更正')
  const corrected = { ...run, elapsedSeconds: 60, endedAt: run.startedAt! + 60_000, revision: 1 }
  await feed.send(1, feed.batch(1, { records: [corrected] }))
  return must(await city.as('finance').listUsageAlerts({ query: {} })).items[0]!.id
}
