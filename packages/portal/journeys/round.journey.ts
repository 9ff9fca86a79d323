// Short money divided by lot, in public: a centre states its compute, finance sees what each rule would give, closes the list, enters the announced draw,
// another person confirms, and a stranger replays the result on the spot, offline; another draw would not agree.
import { applied, FINDINGS, must, PASSWORD, testCity } from '@suanquan/testkit'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { holds, open, openBrowser, signIn, speak, titled, visitor, WIDTHS, type Visitor } from './browser.ts'

const city = await testCity({
  poolFen: 100_000_000n,
  programme: (text) => text.replace('when_short: first_come', 'when_short: lottery'),
})
for (const [index, amountFen] of ['40000000', '50000000', '30000000'].entries()) {
  const { id } = await applied(city, 'clerk', city.firm, { number: `HT-R${index}`, account: `r${index}` })
  const body = { decision: 'approve' as const, amountFen, findings: FINDINGS, reason: '符合条件' }
  must(await city.as('reviewer').decideApplication({ params: { id }, body }))
}
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await city.stop()
})
const pictures = process.env['SUANQUAN_SCREENSHOTS']

/** The page as it stands: in English on a phone and in Chinese on a desk; for pictures in each at both widths. */
async function looks(sees: Visitor, name: string): Promise<void> {
  const { page } = sees
  for (const language of ['en', 'zh-CN'] as const) {
    await speak(page, language)
    for (const width of pictures === undefined ? [language === 'en' ? 390 : 1440] : WIDTHS.toReversed()) {
      await page.setViewportSize({ width, height: 900 })
      await holds(sees, {
        name: `${name} ${language} ${width}`,
        axe: (language === 'en') === (width === 390),
      })
    }
  }
}

async function weight(page: Page): Promise<number> {
  const bytes = await page.evaluate<number>(`performance.getEntriesByType('resource')
    .concat(performance.getEntriesByType('navigation')).reduce((sum, entry) => sum + entry.encodedBodySize, 0)`)
  return Math.ceil(bytes / 1024)
}

let address = ''

test('a centre states what it has and has sold; each month is a version of its own', async () => {
  const provider = await visitor(browser, city.server.url)
  const { page } = provider
  await signIn(page, 'provider', PASSWORD)
  await open(page, '/capacity')
  await titled(page, '还没有中心填报算力')
  await page.getByLabel('从哪个月').fill('2024-05')
  await page.getByLabel('几个月').fill('9')
  await page.getByLabel('卡型').fill('A100')
  await page.getByLabel('卡数').fill('16')
  await page.getByLabel('已售（卡时）').fill('5000')
  await page.getByRole('button', { name: '填报', exact: true }).click()
  await titled(page, '1 个中心已填报算力')
  await looks(provider, 'capacity')
})

test('finance compares the rules, and publishes the list with the draw that will count', async () => {
  const finance = await visitor(browser, city.server.url)
  const { page } = finance
  await signIn(page, 'finance', PASSWORD)
  await open(page, '/finance/planning')
  await titled(page, '差 20 万元')
  await page.getByText('钱够买，算力不够').waitFor()
  await looks(finance, 'planning')
  await page.getByLabel('以哪次公开开奖为准').fill('福利彩票双色球第 2024052 期')
  await page.getByLabel('开奖日期').fill('2024-05-10')
  await page.getByRole('button', { name: '公布名单和办法' }).click()
  await titled(page, '名单已定，2024-05-10 开奖')
  address = new URL(page.url()).pathname
  await looks(finance, 'announced')
})

test('one enters the draw with its source, another confirms', async () => {
  city.setDay('2024-05-11')
  const first = await visitor(browser, city.server.url)
  await signIn(first.page, 'finance', PASSWORD)
  await open(first.page, address)
  await first.page.getByLabel('开奖结果').fill('03 07 12 18 25 31 + 09')
  await first.page.getByLabel('出处').fill('中国福利彩票官网 2024-05-10 公告')
  await first.page.getByRole('button', { name: '登记并计算' }).click()
  await titled(first.page, '等待复核')
  await first.page.getByText('须由另一人复核').waitFor()
  const second = await visitor(browser, city.server.url)
  await signIn(second.page, 'finance2', PASSWORD)
  await open(second.page, address)
  await looks(second, 'proposed')
  await second.page.getByRole('button', { name: '复核通过，拨出这笔钱' }).click()
  await second.page.getByLabel('算力不够时仍要拨出的理由').fill('中心承诺六月底前扩容')
  await second.page.getByRole('button', { name: '复核通过，拨出这笔钱' }).click()
  await titled(second.page, '2 个编号分到')
})

test('a stranger replays it in the browser without the server; another draw does not agree', async () => {
  const alone = await visitor(browser, city.server.url)
  await open(alone.page, address)
  expect(await weight(alone.page)).toBeLessThanOrEqual(150)
  const stranger = await visitor(browser, city.server.url)
  const { page } = stranger
  await open(page, '/rounds')
  await looks(stranger, 'rounds')
  await page.getByRole('link', { name: 'FP-2024-' }).click()
  await titled(page, '2 个编号分到')
  await page.getByRole('button', { name: '在这台设备上复算' }).click()
  await page.getByText('与公布的完全相同：3 个编号逐一核对').waitFor()
  await looks(stranger, 'replayed')
  await page.context().setOffline(true)
  await page.getByLabel('试一试').fill('03 07 12 18 25 31 + 10')
  await page.getByRole('button', { name: '在这台设备上复算' }).click()
  await page.getByText('种子与公布的不同').waitFor()
  await page.context().setOffline(false)
})
