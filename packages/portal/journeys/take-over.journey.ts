// A running programme taken over: finance uploads the lists, the check names a difference of one fen, it is mended and handed
// in, another finance officer confirms, and the firm finds its voucher by the old number.
import {
  closingOf,
  CUT_OVER,
  fenOf,
  oldLists,
  PASSWORD,
  pdf,
  sheetCsv,
  testCity,
  yuanText,
  type OldRow,
} from '@suanquan/testkit'
import { Buffer } from 'node:buffer'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { holds, open, openBrowser, signIn, speak, titled, visitor, WIDTHS, type Visitor } from './browser.ts'

const city = await testCity({ poolFen: 0n })
const whole = oldLists(city)
const some = { vouchers: whole.vouchers.slice(0, 8), claims: whole.claims.slice(0, 4) }
const lists = { ...whole, ...some, closing: closingOf(some, ['programme', 'pool']) }
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
      if (pictures === undefined) continue
      await page.screenshot({ path: join(pictures, `${name}-${width}-${language}.png`), fullPage: true })
    }
  }
}

async function hand(page: Page, label: string, name: string, bytes: Uint8Array): Promise<void> {
  const file = { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) }
  await page.getByLabel(label, { exact: true }).setInputFiles(file)
  await page.getByRole('link', { name }).first().waitFor()
}

let address = ''

test('finance begins, uploads the lists, and the check names what differs by one fen', async () => {
  const finance = await visitor(browser, city.server.url)
  const { page } = finance
  await signIn(page, 'finance', PASSWORD)
  await open(page, '/finance/take-overs')
  await titled(page, '接管运行中的措施')
  await page.getByLabel('原系统').fill('旧算力券系统')
  await page.getByLabel('接管日').fill(CUT_OVER)
  await looks(finance, 'take-overs')
  await page.getByRole('button', { name: '开始接管' }).click()
  await titled(page, '上传文件后校验')
  address = new URL(page.url()).pathname
  await hand(page, '资金', 'money.csv', sheetCsv('money', lists.money))
  await hand(page, '已发券', 'vouchers.csv', sheetCsv('vouchers', lists.vouchers))
  await hand(page, '兑付', 'claims.csv', sheetCsv('claims', lists.claims))
  const [programme, pool] = lists.closing as [OldRow, OldRow]
  const wrong = [{ ...programme, left: yuanText(fenOf(programme['left']) + 1n) }, pool]
  await hand(page, '原系统结账表', 'closing.csv', sheetCsv('closing', wrong))
  await hand(page, '签章的结账报告', 'statement.pdf', pdf('结账报告'))
  await page.getByRole('button', { name: '校验', exact: true }).click()
  await titled(page, '还有 0 处要改正，1 处不一致')
  await page.getByText('-0.01').first().waitFor()
  await looks(finance, 'take-over-differs')
  await hand(page, '原系统结账表', 'closing-2.csv', sheetCsv('closing', lists.closing))
  await page.getByRole('button', { name: '校验', exact: true }).click()
  await titled(page, '校验通过，可以提交复核')
  await page.getByRole('button', { name: '提交复核' }).click()
  await titled(page, '等待另一位财政人员复核')
  await page.getByText('须由另一位财政人员确认').waitFor()
})

test('another finance officer confirms; the firm finds its voucher by the old number', async () => {
  const second = await visitor(browser, city.server.url)
  await signIn(second.page, 'finance2', PASSWORD)
  await open(second.page, address)
  await looks(second, 'take-over-prepared')
  await second.page.getByRole('button', { name: '确认接管并入账' }).click()
  await titled(second.page, '已接管，期初报表')
  await looks(second, 'take-over-posted')
  const clerk = await visitor(browser, city.server.url)
  await signIn(clerk.page, 'clerk', PASSWORD)
  await open(clerk.page, '/vouchers')
  await clerk.page.getByText('旧券-0001').first().waitFor()
  await looks(clerk, 'wallet-taken-over')
  await clerk.page.locator('.voucher-link').first().click()
  await clerk.page.getByText('期初：原系统发放').first().waitFor()
  await looks(clerk, 'voucher-taken-over')
  expect(clerk.takeErrors()).toEqual([])
})
