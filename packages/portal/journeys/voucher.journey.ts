// One voucher as people live it in the browser: a clerk applies, a reviewer decides and announces, the public reads and
// looks up, the provider uploads usage, the clerk claims, finance pays with four eyes.
import { PASSWORD, testCity, usedSacct } from '@suanquan/testkit'
import type { Locator, Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { holds, open, openBrowser, people, settled, titled, visitor } from './browser.ts'

const city = await testCity()
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await city.stop()
})

const as = people(browser, city.server.url)

/** a small, whole PDF */
const PDF = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'

const FILE = { name: '材料.pdf', mimeType: 'application/pdf', buffer: Buffer.from(PDF) }

async function uploadInto(page: Page, label: string): Promise<void> {
  const box = page.locator('.upload').filter({ has: page.getByText(label, { exact: true }) })
  await box.locator('input[type=file]').setInputFiles(FILE)
  await box.locator('.upload-file .button-link').waitFor()
}

async function saved(page: Page): Promise<void> {
  await page.getByText('已保存', { exact: true }).waitFor()
}

async function go(page: Page, button: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: button }).click()
  await settled(page)
}

// the tests are the stations of one way, in order
let number = ''

test('a clerk starts with an empty desk that says what to do', async () => {
  const clerk = await as('clerk')
  await titled(clerk.page, '眼下没有事等您办')
  await holds(clerk, { name: 'empty desk', axe: true })
  await clerk.page.getByRole('link', { name: '申请一份合同' }).click()
  await go(clerk.page, '开始申请')
  await titled(clerk.page, '填好合同，就知道可申领多少')
})

test('while the contract is typed, the reckoning follows and its limit is named', async () => {
  const clerk = await as('clerk')
  const { page } = clerk
  await go(page, '下一步：合同')
  await page.getByLabel('合同编号').fill('HT-2024-001')
  await page.getByLabel('算力供给方').selectOption({ label: '丙示例智算有限公司' })
  await page.getByLabel('签订日').fill('2024-05-06')
  await page.getByLabel('合同起').fill('2024-05-10')
  await page.getByLabel('合同止').fill('2025-05-09')
  await page.getByLabel('主要用途').selectOption('training')
  await page.getByLabel('合同总额').fill('15,200,000')
  await page.getByLabel('其中存储、网络、安全等').fill('200000')
  await page.getByLabel('芯片型号').fill('a100')
  await page.getByLabel('每卡时单价').fill('10')
  await page.getByLabel('集群').fill('sqtest')
  await page.getByLabel('调度器账户').fill(`e${city.firm.creditCode.toLowerCase()}`)
  await saved(page)
  await titled(page, '最多可申领 200 万元')
  expect(await page.locator('.reckoning-line[data-binding]').innerText()).toContain('起作用的上限')
  await holds(clerk, { name: 'contract step', axe: true })
})

test('submit is off while something is missing, and says what', async () => {
  const { page } = await as('clerk')
  await page.getByRole('link', { name: '5 提交' }).click()
  await page.getByText('还不能提交，差这些').waitFor()
  expect(await page.getByRole('button', { name: '提交申请' }).isDisabled()).toBe(true)
  expect(await page.locator('main').innerText()).toContain('真实性承诺')
})

test('files are taken, one that is not what its name says is refused with the reason', async () => {
  const clerk = await as('clerk')
  const { page } = clerk
  await page.getByRole('link', { name: '3 材料' }).click()
  await page.getByText('营业执照', { exact: true }).waitFor()
  const labels = await page.locator('.upload-label').allInnerTexts()
  for (const label of labels) await uploadInto(page, label)
  const disguised = {
    name: '合同.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('MZ\u0090\0\u0003 not a pdf'),
  }
  await page.locator('input[type=file]').first().setInputFiles(disguised)
  expect(await page.getByRole('alert').innerText()).toContain('attachment.')
  clerk.takeErrors()
  await saved(page)
})

test('after the promises the application is submitted', async () => {
  const { page } = await as('clerk')
  await page.getByRole('link', { name: '4 承诺' }).click()
  for (const question of await page.locator('.choices').all()) await question.getByLabel('没有').check()
  await page.getByLabel('用算力做什么').fill('训练工业质检模型，预计 64 卡三个月')
  await page.getByLabel(/我承诺/).check()
  await saved(page)
  await go(page, '下一步：提交')
  await page.getByText('可以提交了').waitFor()
  await page.getByRole('button', { name: '提交申请' }).click()
  await page.waitForURL(/applications\/[^/]+$/)
  await settled(page)
  number = await page.locator('.page-crumbs li').last().innerText()
  await holds(await as('clerk'), { name: 'submitted application', axe: true })
})

test('a reviewer finds it in the queue, decides the open conditions and approves up to the ceiling', async () => {
  const reviewer = await as('reviewer')
  const { page } = reviewer
  await titled(page, '1 件申请待审')
  await page.getByRole('link', { name: '甲示例科技有限公司' }).click()
  await titled(page, '甲示例科技有限公司：最多可批 200 万元')
  await holds(reviewer, { name: 'bench', axe: true })
  const decide = page.locator('section').filter({ has: page.getByRole('heading', { name: '决定' }) })
  await decide.getByLabel('批准', { exact: true }).check()
  for (const finding of await decide.locator('.choices').all()) {
    if ((await finding.getByLabel('是', { exact: true }).count()) > 0) {
      await finding.getByLabel('是', { exact: true }).check()
    }
  }
  await decide.getByLabel('理由', { exact: true }).fill('符合条件，材料齐全')
  await decide.getByRole('button', { name: '批准' }).click()
  await page.getByText('这一件现在不需要您决定。').waitFor()
  await titled(page, '甲示例科技有限公司：已批 200 万元')
})

test('the notice is previewed as the public will read it, then published', async () => {
  const reviewer = await as('reviewer')
  const { page } = reviewer
  await open(page, '/review/notices')
  await page.getByRole('button', { name: '预览公示（1 家）' }).click()
  await page.getByRole('button', { name: '发布公示' }).click()
  await page.getByText('没有等待公示的申请', { exact: true }).waitFor()
  await holds(reviewer, { name: 'notice desk', axe: true })
})

test('anybody reads the notice and finds the progress by number and credit code', async () => {
  const anybody = await as('anybody')
  const { page } = anybody
  await open(page, '/notices')
  await page.locator('.notice-list a').first().click()
  await titled(page, '拟支持 1 家，共 200 万元')
  expect(await page.locator('main').innerText()).toContain(number)
  await open(page, '/progress')
  await page.getByLabel('办件编号').fill(number)
  await page.getByLabel('统一社会信用代码').fill(city.firm.creditCode)
  await go(page, '查询')
  await page.getByText('正在公示，期满无异议即发券。').waitFor()
  await titled(page, `${number}：公示中`)
  await holds(anybody, { name: 'progress', axe: true })
})

test('when the notice is over the voucher lies in the wallet, bound to its firm', async () => {
  city.setDay('2024-05-20')
  await city.tick()
  const clerk = await as('clerk')
  const { page } = clerk
  await open(page, '/vouchers')
  await titled(page, '1 张可用，共 200 万元')
  await page.locator('.voucher-link').click()
  await titled(page, '还可用 200 万元')
  expect(await page.locator('main').innerText()).toContain('不能转让')
  await holds(clerk, { name: 'voucher', axe: true })
})

test('the provider uploads accounting and sees what was rated; a foreign file is refused with the reason', async () => {
  const provider = await as('provider')
  const { page } = provider
  const buffer = Buffer.from(
    usedSacct({ account: `e${city.firm.creditCode.toLowerCase()}`, day: '2024-05-21', hours: 100, cards: 8 }),
  )
  await open(page, '/usage')
  city.setDay('2024-06-10')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'sacct.json', mimeType: 'application/json', buffer })
  await page.getByText('计费金额').waitFor()
  await titled(page, '8,000 元')
  await holds(provider, { name: 'usage', axe: true })
  const foreign = {
    name: 'foreign.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"hello": 1}'),
  }
  await page.locator('input[type=file]').setInputFiles(foreign)
  expect(await page.getByRole('alert').innerText()).toContain('metering.')
  provider.takeErrors()
})

test('the clerk matches the four legs, sees why less is paid, and files the claim', async () => {
  const clerk = await as('clerk')
  const { page } = clerk
  await open(page, '/vouchers')
  await page.locator('.voucher-link').click()
  await page.getByRole('link', { name: '申请兑付' }).click()
  await titled(page, '券里还可用 200 万元')
  await page.getByLabel('止', { exact: true }).fill('2024-05-31')
  const sheet = (name: string): Locator =>
    page.locator('section').filter({ has: page.getByRole('heading', { name }) })
  const invoice = sheet('发票')
  await invoice.getByLabel('发票号码').fill('24990000000000000001')
  await invoice.getByLabel('开票日期').fill('2024-06-03')
  await invoice.getByLabel('金额', { exact: true }).fill('8000')
  await uploadInto(page, '发票')
  const payment = sheet('付款')
  await payment.getByLabel('付款流水号').fill('P-1')
  await payment.getByLabel('付款日期').fill('2024-06-05')
  await payment.getByLabel('金额', { exact: true }).fill('7000')
  await uploadInto(page, '支付凭证')
  await uploadInto(page, '文件')
  await page.reload()
  await titled(page, '券里还可用 200 万元')
  expect(await payment.getByLabel('付款流水号').inputValue()).toBe('P-1')
  await page.getByRole('button', { name: '先核对' }).click()
  await page.getByRole('heading', { name: '四项核对' }).waitFor()
  await titled(page, '这次可兑付 1,400 元')
  expect(await page.locator('.match-why').innerText()).toContain('1,000.00')
  expect(await page.locator('.reckoning').innerText()).toMatch(
    /券面余额[\s\S]*2,000,000\.00|券面余额[\s\S]*200\.00/,
  )
  await holds(clerk, { name: 'new claim', axe: true })
  await page.getByRole('button', { name: '提交兑付申请' }).click()
  await page.waitForURL(/claims\/[^/]+$/)
  await settled(page)
  await titled(page, '可兑付 1,400 元，正在审核')
  await holds(clerk, { name: 'claim', axe: true })
})

test('a reviewer approves the claim on its match', async () => {
  const reviewer = await as('reviewer')
  const { page } = reviewer
  await open(page, '/review/claims')
  await page.getByRole('link', { name: '甲示例科技有限公司' }).click()
  await titled(page, '可兑付 1,400 元')
  await holds(reviewer, { name: 'claim bench', axe: true })
  await page.getByLabel('理由', { exact: true }).fill('四项相符')
  await page.getByRole('button', { name: '审定兑付' }).click()
  await page.getByText('这一件现在不需要您决定。').waitFor()
  await page.getByText('1 张发票没有查验', { exact: false }).waitFor()
  await page.getByLabel('为什么可以按未查验发票拨付').fill('已核对票面和付款')
  await page.getByRole('button', { name: '决定按未查验发票拨付' }).click()
  await page.getByText('决定按 1 张未查验发票拨付：已核对票面和付款', { exact: false }).waitFor()
})

test('finance prepares the batch, another officer approves the very file, the bank answer is recorded', async () => {
  const finance = await as('finance')
  const { page } = finance
  await open(page, '/finance/disbursements')
  await page.getByRole('button', { name: /编制批次/ }).click()
  await page.waitForURL(/disbursements\/[^/]+$/)
  await page.getByText('您是编制人，须由另一人复核批准。').waitFor()
  await holds(finance, { name: 'batch', axe: true })
  const second = await as('finance2')
  await open(second.page, new URL(page.url()).pathname)
  expect(await second.page.getByRole('button', { name: '复核批准' }).isDisabled()).toBe(true)
  await second.page.getByLabel('已核对拨付文件', { exact: false }).check()
  await second.page.getByRole('button', { name: '复核批准' }).click()
  await second.page.getByLabel('银行回单号').fill('B-1')
  await second.page.getByRole('button', { name: /登记付款/ }).click()
  await second.page.getByText('银行回单 B-1', { exact: false }).waitFor()
  await titled(second.page, '已拨付 1 笔，共 1,400 元')
  await open(second.page, '/finance/pool')
  await holds(second, { name: 'pool', axe: true })
})

test('a session that expires half-way asks to sign in again and loses nothing', async () => {
  const clerk = await as('clerk')
  const { page } = clerk
  await open(page, '/apply')
  await go(page, '开始申请')
  await go(page, '下一步：合同')
  await page.context().clearCookies()
  await page.getByLabel('合同编号').fill('HT-2024-002')
  await page.getByRole('heading', { name: '登录已过期' }).waitFor()
  await page.locator('dialog input[name=login]').fill('clerk')
  await page.locator('dialog input[name=password]').fill(PASSWORD)
  await page.locator('dialog form button').click()
  await page.locator('dialog[open]').waitFor({ state: 'detached' })
  expect(await page.getByLabel('合同编号').inputValue()).toBe('HT-2024-002')
  await saved(page)
  await page.reload()
  expect(await page.getByLabel('合同编号').inputValue()).toBe('HT-2024-002')

  const other = await page.context().newPage()
  await open(other, new URL(page.url()).pathname + new URL(page.url()).search)
  await page.getByLabel('签订日').fill('2024-05-06')
  await saved(page)
  await other.getByLabel('合同编号').fill('HT-2024-003')
  await other.getByText('为免覆盖', { exact: false }).waitFor()
  await other.getByRole('button', { name: '刷新，看最新内容' }).click()
  await other.getByLabel('合同编号').waitFor()
  expect(await other.getByLabel('合同编号').inputValue()).toBe('HT-2024-002')
})

test('a link to a page of one’s own opens it after signing in, and signing out leaves nothing behind', async () => {
  const clerk = await visitor(browser, city.server.url)
  const { page } = clerk
  await open(page, '/vouchers')
  await page.locator('input[name=login]').fill('clerk')
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.locator('form button').click()
  await page.locator('.frame-who').waitFor()
  await page.getByRole('link', { name: '券夹' }).waitFor()
  await page.locator('.frame-who > button').click()
  await page.getByRole('button', { name: '退出' }).click()
  await page.getByRole('link', { name: '登录' }).waitFor()
  expect(await page.locator('.frame-who').count()).toBe(0)
})
