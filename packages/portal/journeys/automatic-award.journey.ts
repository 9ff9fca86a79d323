// Support that nobody applies for, as people live it: one reviewer tries the list and sweeps it, another signs off, the firm
// confirms its account. Beside it the provider's sales, from which it applies for itself.
import { must, testCity, testSeller, testSweeps } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'
import { holds, holdsOnPhone, open, openBrowser, people, titled } from './browser.ts'

const city = await testCity()
const seller = await testSeller(city, 300_000_000n)
const sweeps = await testSweeps(city, seller, { poolFen: 300_000_000n })
city.setDay('2026-01-10')
const held = await sweeps.held({ number: 'HZ-1', settledFen: 20_000_000n, series: 1 })
await seller.submitted({ number: 'QD-1', settledFen: 8_000_000n, series: 2 })
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await city.stop()
})

const as = people(browser, city.server.url)

test('a reviewer tries the list, sees what is missing, and hands in what qualifies', async () => {
  const sweeper = await as('sweeper')
  const { page } = sweeper
  await open(page, '/review/sweeps')
  await page.getByRole('button', { name: '查看全部登记' }).click()
  await page.getByText('没有发放任何金额', { exact: false }).waitFor()
  await page
    .getByText(/还缺 \d+ 项信息/)
    .first()
    .click()
  await holds(sweeper, { name: 'readiness', axe: true })
  await page.getByLabel('名单来源').fill('国家智能券 2025 年核定名单')
  const line = `${held.creditCode}\t${held.contractNumber}\t30%\t2025-12-31`
  await page
    .getByRole('textbox', { name: '名单', exact: true })
    .fill(`${line}\n${line.replace('HZ-1', 'HZ-0')}`)
  await page.getByRole('button', { name: '试比对' }).click()
  await page.getByText('平台没有这份合同', { exact: false }).waitFor()
  await holds(sweeper, { name: 'dry run', axe: true })
  await page.getByRole('button', { name: '比对并提交核定（1 件）' }).click()
  await page.waitForURL(/sweeps\/[^/]+$/)
  await titled(page, '2 行中 1 行符合')
  await page.getByText('须由另一位审核人核定', { exact: false }).waitFor()
  await holdsOnPhone(sweeper, 'sweep')
})

test('another reviewer signs off, and the firm takes the offer with its account confirmed', async () => {
  const reviewer = await as('reviewer')
  await open(reviewer.page, '/review/sweeps')
  await reviewer.page.getByRole('link', { name: 'MS-2026-00001' }).click()
  await reviewer.page.getByRole('button', { name: '核定 1 件' }).click()
  await reviewer.page.getByRole('button', { name: '办理所选 1 件' }).click()
  await reviewer.page.getByLabel('共同的理由', { exact: false }).fill('与名单、登记和计量一致')
  await reviewer.page.getByRole('button', { name: /^批准 1 件/ }).click()
  await reviewer.page.getByText('办成 1 件', { exact: false }).first().waitFor()
  const clerk = await as('clerk')
  const { page } = clerk
  const { items } = must(await city.as('clerk').listApplications({ query: { state: 'offered' } }))
  await open(page, `/applications/${items[0]!.id}`)
  await titled(page, '可享受 3 万元')
  await holdsOnPhone(clerk, 'offer')
  await page.getByLabel('收款账户后四位').fill(await sweeps.accountEnding())
  await page.getByRole('checkbox').check()
  await holds(clerk, { name: 'offer', axe: true })
  await page.getByRole('button', { name: '确认接受' }).click()
  await titled(page, '批准补助 3 万元')
})

test('a provider sees its sales by buyer and opens its own application', async () => {
  const provider = await as('provider')
  const { page } = provider
  await open(page, '/provider/sales')
  expect(await page.locator('main').innerText()).toContain('QD-1')
  await holds(provider, { name: 'sales', axe: true })
  await holdsOnPhone(provider, 'sales')
  await page
    .getByRole('link', { name: /查看申请/ })
    .first()
    .click()
  await titled(page, '4 万元')
  await holds(provider, { name: "a seller's application", axe: true })
})
