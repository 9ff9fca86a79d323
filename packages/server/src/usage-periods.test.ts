// Months of use through the routes: closed by two people or by the platform, late use and corrections after the close, and
// what people are told when claimed use is corrected; feeds that fall silent.
import type { AnswerOf, Routes } from '@suanquan/api'
import { startOf } from '@suanquan/core/calendar'
import { fedRun, must, testCity, testFeed, testFirm } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'

const city = await testCity()
const firm = await testFirm(city)
afterAll(() => city.stop())

const HOUR = 3_600_000
const account = 'ht-feed'
const run = { account, jobId: 1, day: '2024-05-21', seconds: 10 * 3_600, cards: 8 }
const providerId = city.provider.id
const month = '2024-05'
const asked = { providerId, month, reason: '' }
const feed = await testFeed(city, '一号集群')

let number = 0
async function tell(...records: ReturnType<typeof fedRun>[]): Promise<void> {
  const until = startOf('2024-05-21') + ++number * HOUR
  await feed.send(number, feed.batch(number, { from: until - HOUR, until, records }))
}

async function granted(): Promise<string> {
  const { id } = await firm.submitted('HT-FEED')
  await firm.approve(id, 1_000_000n)
  await firm.announce([id])
  city.setDay('2024-05-20')
  await city.tick()
  return must(await city.as('reviewer').readApplication({ params: { id } })).voucherId!
}

const periods = async (): Promise<Record<string, Record<string, unknown>>> => {
  const { items } = must(await city.as('finance').listUsagePeriods({ query: {} }))
  return Object.fromEntries(items.map((item) => [item.month, item]))
}

async function alertsOf(
  who: string,
  kind: string,
): Promise<AnswerOf<Routes['listUsageAlerts']>['items'][number][]> {
  return must(await city.as(who).listUsageAlerts({ query: {} })).items.filter((each) => each.kind === kind)
}

test('a closed month stands: late use counts in the next, and a correction of claimed use is put before people', async () => {
  const voucherId = await granted()
  await tell(fedRun(run))
  city.setDay('2024-06-03')
  const claim = {
    voucherId,
    from: '2024-05-21',
    to: '2024-05-31',
    on: '2024-06-03',
    fen: 400_000n,
    series: 1,
  }
  const matched = must(await city.as('clerk').matchClaim({ body: firm.claim(claim) }))
  expect(matched.openMonths).toEqual([month])
  const filed = must(await city.as('clerk').submitClaim({ body: firm.claim(claim) }))

  const propose = (): ReturnType<ReturnType<typeof city.as>['proposeUsageClose']> =>
    city.as('provider').proposeUsageClose({ body: asked })
  expect(await propose()).toMatchObject({
    problem: { code: 'metering.period_not_due', params: { dueOn: '2024-06-11' } },
  })
  city.setDay('2024-06-11')
  must(await propose())
  expect(await propose()).toMatchObject({ problem: { code: 'metering.period_proposed' } })
  const closing = { body: { ...asked, decision: 'close' as const } }
  expect(await city.as('provider').decideUsageClose(closing)).toMatchObject({
    problem: { code: 'metering.period_own_proposal' },
  })
  expect((await periods())[month]).toMatchObject({ state: 'proposed', proposedByMe: false })
  must(await city.as('finance').decideUsageClose(closing))
  expect(await propose()).toMatchObject({ problem: { code: 'metering.period_closed' } })
  const closed = (await periods())[month]!
  expect(closed).toMatchObject({ state: 'closed', closedBy: 'people', lateFen: '0' })

  await tell(fedRun({ ...run, jobId: 2, day: '2024-05-25', seconds: 3_600 }))
  const late = (BigInt(closed['ratedFen'] as string) / 10n).toString()
  expect((await periods())['2024-06']).toMatchObject({ lateFen: late, ratedFen: late })

  await tell(fedRun({ ...run, seconds: 3_600, revision: 1 }))
  expect((await periods())[month]).toMatchObject({ ratedFen: closed['ratedFen'] })
  expect((await periods())['2024-06']).toMatchObject({ ratedFen: late, correctedFen: '0' })
  const alerts = await alertsOf('reviewer', 'claimed_use_corrected')
  const evidenced = BigInt(closed['ratedFen'] as string) / 10n
  const base = BigInt(filed.matched!.baseFen)
  expect(alerts).toMatchObject([
    { claimNumber: filed.number, amountFen: (base - evidenced).toString(), settledAt: null },
  ])
  expect(alerts[0]!.corrections.map(({ booking }) => booking)).toEqual(['reversal', 'restated'])
  for (const who of ['reviewer', 'finance']) {
    const { items } = must(await city.as(who).listMessages({ query: {} }))
    expect(items.map(({ kind }) => kind).join()).toContain('claimed_use_corrected')
  }
  const settled = { params: { id: alerts[0]!.id }, body: { note: '已提出追回' } }
  must(await city.as('finance').settleUsageAlert(settled))
  expect(await city.as('finance').settleUsageAlert(settled)).toMatchObject({
    problem: { code: 'metering.alert_settled' },
  })
  // what is settled comes back only when more is missing
  await tell(fedRun({ ...run, jobId: 3, day: '2024-06-02', seconds: 60 }))
  expect(await alertsOf('finance', 'claimed_use_corrected')).toHaveLength(1)
})

test('a site that refuses late use shows what it would have been worth', async () => {
  must(await city.as('administrator').changeUsageRules({ body: { graceDays: 5, late: 'refuse' } }))
  const before = (await periods())['2024-06']!
  await tell(fedRun({ ...run, jobId: 4, day: '2024-05-26', seconds: 3_600 }))
  const after = (await periods())['2024-06']!
  expect(after['ratedFen']).toBe(
    (BigInt(before['ratedFen'] as string) - BigInt(before['lateFen'] as string)).toString(),
  )
  expect(BigInt(after['refusedFen'] as string)).toBeGreaterThan(0n)
  must(await city.as('administrator').changeUsageRules({ body: { graceDays: 5, late: 'next' } }))
})

test('completeness tells read, partial and silent days apart; after a day of silence provider and site are told', async () => {
  city.setDay('2024-06-11')
  const query = { to: '2024-05-22', days: 3 }
  const { feeds } = must(await city.as('provider').readCompleteness({ query }))
  expect(feeds).toMatchObject([{ name: '一号集群', missing: [] }])
  expect(feeds[0]!.days.map(({ state }) => state)).toEqual(['silent', 'partial', 'silent'])
  await city.tick()
  const silent = async (): Promise<unknown[]> =>
    (await alertsOf('provider', 'feed_silent')).filter(({ settledAt }) => settledAt === null)
  expect(await silent()).toEqual([])
  city.setDay('2024-06-13')
  await city.tick()
  await city.tick()
  expect(await silent()).toMatchObject([{ feedName: '一号集群' }])
  for (const who of ['provider', 'administrator']) {
    const { items } = must(await city.as(who).listMessages({ query: {} }))
    expect(items.map(({ kind }) => kind).join()).toContain('feed_silent')
  }
  await tell()
  expect(await silent()).toEqual([])
})

test('a month of which nothing is open is closed by the platform when it is due', async () => {
  const [from, until] = [startOf('2024-05-01'), startOf('2024-07-01')]
  number += 1
  await feed.send(number, feed.batch(number, { from, until }))
  city.setDay('2024-07-05')
  await city.tick()
  expect((await periods())['2024-06']).toMatchObject({ state: 'in_grace' })
  city.setDay('2024-07-06')
  await city.tick()
  expect((await periods())['2024-06']).toMatchObject({ state: 'closed', closedBy: 'platform', percent: 100 })
})

test('the hours of a contract tell what was used, what was idle and what was not read', async () => {
  const { items } = must(await city.as('clerk').listClaims({ query: {} }))
  const hoursOf = { params: { id: items[0]!.contractId! }, query: { to: '2024-05-21', days: 1 } }
  const { hours, step } = must(await city.as('clerk').exploreUsage(hoursOf))
  expect(step).toBe('hour')
  expect(hours).toHaveLength(24)
  expect(hours[0]).toMatchObject({ cardSeconds: 8 * 3_600 })
  expect(hours[1]).toMatchObject({ cardSeconds: 0 })
})
