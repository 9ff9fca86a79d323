// Deduction at billing as people live it: the provider sees what a bill allows, deducts it, claims it with its papers; the
// reviewer decides; the firm sees it and has nothing to claim; finance pays the provider.
import { testCity, testDeduction } from '@suanquan/testkit'
import type { Page } from 'playwright-core'
import { afterAll, test } from 'vitest'
import { holds, open, openBrowser, people, speak, titled } from './browser.ts'
import { payAllUnverified } from './unverified.ts'

const city = await testCity()
const deduction = await testDeduction(city, 50_000_000n)
const voucher = await deduction.voucher('CD-1', 10_000_000n)
await deduction.use('CD-1', '2024-05-21', 100)
city.setDay('2024-06-05')
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await city.stop()
})

const as = people(browser, city.server.url)

const PDF = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'
const FILE = { name: '材料.pdf', mimeType: 'application/pdf', buffer: Buffer.from(PDF) }

async function uploadInto(page: Page, label: string): Promise<void> {
  const box = page.locator('.upload').filter({ has: page.getByText(label, { exact: true }) })
  await box.locator('input[type=file]').setInputFiles(FILE)
  await box.locator('.upload-file .button-link').waitFor()
}

test('the provider sees the bills, reckons one and deducts it', async () => {
  const provider = await as('provider')
  const { page } = provider
  await open(page, '/deductions')
  await titled(page, '1 份账单可以抵扣，计费 8,000 元')
  await holds(provider, { name: 'bills', axe: true })
  await page.getByRole('button', { name: '核对 2024-05' }).click()
  await page.getByText('抵扣后企业还要付 3,200.00 元', { exact: false }).waitFor()
  await holds(provider, { name: 'one bill', axe: true })
  await page.getByRole('button', { name: /^抵扣 4,800/ }).click()
  await page.waitForURL(/deductions\/[^/]+$/)
  await titled(page, '账单已抵扣 4,800 元')
  await page.setViewportSize({ width: 390, height: 844 })
  await speak(page, 'en')
  await holds(provider, { name: 'deduction, phone, English', axe: true })
  await speak(page, 'zh-CN')
  await page.setViewportSize({ width: 1440, height: 900 })
})

test('it claims what it deducted with the invoice and what the firm paid', async () => {
  const provider = await as('provider')
  const { page } = provider
  await page.getByLabel('发票号码').fill('24980000000000000001')
  await page.getByLabel('开票日期').fill('2024-06-03')
  await page.getByLabel('金额', { exact: true }).first().fill('8000')
  await uploadInto(page, '发票')
  await page.getByLabel('付款流水号').fill('D-1')
  await page.getByLabel('付款日期').fill('2024-06-04')
  await page.getByLabel('金额', { exact: true }).last().fill('3200')
  await uploadInto(page, '支付凭证')
  await page.getByRole('button', { name: '申请兑付' }).click()
  await titled(page, '可兑付 4,800 元，正在审核')
  await holds(provider, { name: 'claim of a deduction', axe: true })
})

test('the firm reads it and has nothing to claim; the reviewer approves; finance pays the provider', async () => {
  const clerk = await as('clerk')
  await open(clerk.page, `/vouchers/${voucher.id}`)
  await clerk.page.getByText('由算力供给方在账单上抵扣，不用申请兑付').waitFor()
  await holds(clerk, { name: 'voucher that is deducted', axe: true })
  const reviewer = await as('reviewer')
  await open(reviewer.page, '/review/claims')
  await reviewer.page.getByRole('link', { name: '甲示例科技有限公司' }).click()
  await titled(reviewer.page, '可兑付 4,800 元')
  await reviewer.page.getByLabel('理由', { exact: true }).fill('四项相符')
  await holds(reviewer, { name: 'bench of a deduction', axe: true })
  await reviewer.page.getByRole('button', { name: '审定兑付' }).click()
  await reviewer.page.getByText('这一件现在不需要您决定。').waitFor()
  await payAllUnverified(city)
  const finance = await as('finance')
  await open(finance.page, '/finance/disbursements')
  await finance.page.getByRole('button', { name: /编制批次/ }).click()
  await finance.page.waitForURL(/disbursements\/[^/]+$/)
  await finance.page.getByText('丙示例智算有限公司').first().waitFor()
  await holds(finance, { name: 'batch for a provider', axe: true })
})
