// Use that holds: a centre sees what its agents told and what is missing, a month is closed by two people, a correction of
// claimed use is put before the office, and the firm sees its hours: used, idle and not read told apart.
import { startOf } from '@suanquan/core/calendar'
import { fedRun, must, PASSWORD, testCity, testFeed, testFirm } from '@suanquan/testkit'
import { afterAll, test } from 'vitest'
import { holds, open, openBrowser, signIn, speak, titled, visitor, WIDTHS, type Visitor } from './browser.ts'

const city = await testCity()
const HOUR = 3_600_000
const run = { account: 'ht-feed', jobId: 1, day: '2024-05-21', seconds: 10 * 3_600, cards: 8 }
const { contractId } = await prepared()
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await city.stop()
})
const pictures = process.env['SUANQUAN_SCREENSHOTS']

/** A voucher with use of some days, of which one was not read, a claim on it, and a correction after the close. */
async function prepared(): Promise<{ contractId: string }> {
  const firm = await testFirm(city)
  const { id } = await firm.submitted('HT-FEED')
  await firm.approve(id, 1_000_000n)
  await firm.announce([id])
  city.setDay('2024-05-20')
  await city.tick()
  const { voucherId } = must(await city.as('reviewer').readApplication({ params: { id } }))
  const feed = await testFeed(city, '一号集群')
  let number = 0
  const tell = async (day: string, hours: number, runs: Parameters<typeof fedRun>[0][]): Promise<void> => {
    const from = startOf(day)
    const told = { from, until: from + hours * HOUR, records: runs.map(fedRun) }
    await feed.send(++number, feed.batch(number, told))
  }
  const more = { ...run, jobId: 2, day: '2024-05-24', seconds: 30 * 3_600, cards: 4 }
  await tell('2024-05-20', 48, [run])
  await tell('2024-05-22', 12, [])
  await tell('2024-05-24', 8 * 24, [more])
  number += 1
  city.setDay('2024-06-03')
  const claim = {
    voucherId: voucherId!,
    from: '2024-05-21',
    to: '2024-05-31',
    on: '2024-06-03',
    fen: 400_000n,
    series: 1,
  }
  const filed = must(await city.as('clerk').submitClaim({ body: firm.claim(claim) }))
  city.setDay('2024-06-11')
  const month = { providerId: city.provider.id, month: '2024-05', reason: '' }
  must(await city.as('provider').proposeUsageClose({ body: month }))
  must(await city.as('finance').decideUsageClose({ body: { ...month, decision: 'close' } }))
  await tell('2024-06-01', 10 * 24, [
    { ...run, seconds: 3_600, revision: 1 },
    { ...run, jobId: 3, day: '2024-05-28', seconds: 7_200 },
  ])
  return { contractId: filed.contractId! }
}

/** The page as it stands: in English on a phone and in Chinese on a desk; for pictures in each at both widths. */
async function looks(sees: Visitor, name: string): Promise<void> {
  for (const language of ['en', 'zh-CN'] as const) {
    await speak(sees.page, language)
    for (const width of pictures === undefined ? [language === 'en' ? 390 : 1440] : WIDTHS.toReversed()) {
      await sees.page.setViewportSize({ width, height: 900 })
      const axe = (language === 'en') === (width === 390)
      await holds(sees, { name: `${name} ${language} ${width}`, axe })
    }
  }
}

async function entered(login: string, path: string): Promise<Visitor> {
  const sees = await visitor(browser, city.server.url)
  await signIn(sees.page, login, PASSWORD)
  await open(sees.page, path)
  return sees
}

test('a centre sees which days are whole, which batch is missing and what was not read', async () => {
  const sees = await entered('provider', '/usage/completeness')
  await titled(sees.page, '1 个计量代理中有 1 个需要处理')
  await sees.page.getByText('缺批次').waitFor()
  await looks(sees, 'completeness')
})

test('finance sees the closed month, what came after it, and settles what is to be looked into', async () => {
  const sees = await entered('finance', '/usage/periods')
  await titled(sees.page, '有 1 件用量事项需要核实')
  await looks(sees, 'periods')
  await sees.page.getByRole('button', { name: '处理', exact: true }).click()
  await sees.page.getByLabel('处理意见').fill('已提出追回')
  await sees.page.getByRole('dialog').getByRole('button', { name: '处理', exact: true }).click()
  await titled(sees.page, '0 个月份可以关账')
})

test('a firm sees its hours: used, idle and not read told apart, with what the contract buys', async () => {
  const sees = await entered('clerk', `/contracts/${contractId}/hours?to=2024-05-26`)
  await titled(sees.page, '卡时')
  await sees.page.getByText('没有读到数据：未知，不是空闲').first().waitFor()
  await looks(sees, 'hours')
})
