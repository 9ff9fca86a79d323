// Support after use as people live it: the clerk brings the proofs with the application, the reviewer sees them matched,
// no voucher appears anywhere, finance pays.
import { testAfterUse, testCity } from '@suanquan/testkit'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { holds, open, openBrowser, people, settled, speak, titled } from './browser.ts'
import { payAllUnverified } from './unverified.ts'

const city = await testCity()
const afterUse = await testAfterUse(city, { poolFen: 300_000_000n })
city.setDay('2026-01-10')
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await city.stop()
})

const as = people(browser, city.server.url)

const term = { startsOn: '2025-03-01', endsOn: '2025-12-31' }
const id = await afterUse.drafted({
  number: 'NN-1',
  ...term,
  settledFen: 20_000_000n,
  usedFen: 12_000_000n,
  series: 1,
})

async function add(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).click()
}

test('the wizard has a step for the proofs and asks what only this programme asks', async () => {
  const clerk = await as('clerk')
  const { page } = clerk
  await open(page, `/applications/${id}/edit?step=proofs`)
  expect(await page.getByLabel('发票号码').first().inputValue()).toBe('24990000000000000001')
  await add(page, '再加一张发票')
  expect(await page.getByLabel('发票号码').count()).toBe(2)
  await page.getByRole('button', { name: /^移除/ }).last().click()
  await page.getByText('已保存', { exact: true }).waitFor()
  await holds(clerk, { name: 'proofs step', axe: true })
  await page.getByRole('link', { name: '5 承诺' }).click()
  expect(await page.getByLabel('经营地（GB/T 2260）').inputValue()).toBe('990101')
  await holds(clerk, { name: 'declared facts', axe: true })
})

test('once submitted the four legs are matched, and the least of them is marked in both languages', async () => {
  const clerk = await as('clerk')
  const { page } = clerk
  await page.getByRole('link', { name: '6 提交' }).click()
  await page.getByRole('button', { name: '提交申请' }).click()
  await page.waitForURL(/applications\/[^/]+$/)
  await titled(page, '3.6 万元')
  expect(await page.locator('.match td[data-least]').innerText()).toContain('120,000.00')
  await holds(clerk, { name: 'application after use', axe: true })
  await page.setViewportSize({ width: 390, height: 844 })
  await speak(page, 'en')
  await holds(clerk, { name: 'application after use, phone, English', axe: true })
  await speak(page, 'zh-CN')
  await page.setViewportSize({ width: 1440, height: 900 })
})

test('the reviewer decides beside the proofs; after the notice the amount is payable without any voucher', async () => {
  const reviewer = await as('reviewer')
  const { page } = reviewer
  await open(page, `/review/applications/${id}`)
  await page.getByRole('heading', { name: '四项核对' }).waitFor()
  const decide = page.locator('section').filter({ has: page.getByRole('heading', { name: '决定' }) })
  await decide.getByLabel('批准', { exact: true }).check()
  await decide.getByLabel('理由', { exact: true }).fill('四项核对后按计量支持')
  await holds(reviewer, { name: 'bench after use', axe: true })
  await decide.getByRole('button', { name: '批准' }).click()
  await page.getByText('这一件现在不需要您决定。').waitFor()
  await open(page, '/review/notices')
  await page.getByRole('button', { name: '预览公示（1 家）' }).click()
  await page.getByRole('button', { name: '发布公示' }).click()
  await page.getByText('没有等待公示的申请', { exact: true }).waitFor()
  city.setDay('2026-01-27')
  await city.tick()
  const clerk = await as('clerk')
  await open(clerk.page, `/applications/${id}`)
  await titled(clerk.page, '补助 3.6 万元')
  await clerk.page.getByRole('link', { name: '看拨付进度' }).click()
  await titled(clerk.page, '审定 3.6 万元，等待拨付')
  await holds(clerk, { name: 'claim without a voucher', axe: true })
  await open(clerk.page, '/vouchers')
  await titled(clerk.page, '现在没有可用的券')
})

test('finance pays it in a batch and sees it in the pool', async () => {
  await payAllUnverified(city)
  const { page } = await as('finance')
  await open(page, '/finance/disbursements')
  await page.getByRole('button', { name: /编制批次/ }).click()
  await page.waitForURL(/disbursements\/[^/]+$/)
  await settled(page)
  const second = await as('finance2')
  await open(second.page, new URL(page.url()).pathname)
  await second.page.getByLabel('已核对拨付文件', { exact: false }).check()
  await second.page.getByRole('button', { name: '复核批准' }).click()
  await second.page.getByLabel('银行回单号').fill('B-1')
  await second.page.getByRole('button', { name: /登记付款/ }).click()
  await titled(second.page, '已拨付 1 笔，共 3.6 万元')
  await open(second.page, `/finance/pool?state=${afterUse.adoptionId}`)
  await second.page.getByText('使用后直接补助，不发券').waitFor()
  await holds(second, { name: 'pool of support after use', axe: true })
})
