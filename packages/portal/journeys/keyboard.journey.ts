// The three main journeys without a mouse: a clerk applies, a reviewer decides and announces, finance pays.
import { applied, granted, must, PASSWORD, testCity, upload, usedSacct } from '@suanquan/testkit'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { open, openBrowser, settled, titled, visitor } from './browser.ts'
import { Keyboard } from './keyboard.ts'
import { payAllUnverified } from './unverified.ts'

const city = await testCity()
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await city.stop()
})

const PDF = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'
const FILE = { name: '材料.pdf', mimeType: 'application/pdf', buffer: Buffer.from(PDF) }

async function signedIn(login: string): Promise<{ page: Page; keys: Keyboard }> {
  const { page } = await visitor(browser, city.server.url)
  const keys = new Keyboard(page)
  await open(page, '/sign-in')
  await keys.write(/用户名/, login)
  await keys.write(/密码/, PASSWORD)
  await keys.press('Enter')
  await page.locator('.frame-who').waitFor()
  await settled(page)
  return { page, keys }
}

test('the first Tab offers to skip to the text, and does', async () => {
  const { page } = await visitor(browser, city.server.url)
  const keys = new Keyboard(page)
  await open(page, '/')
  await keys.press('Tab')
  expect(await page.evaluate('document.activeElement.innerText')).toBe('跳到正文')
  await keys.press('Enter', 'Tab')
  expect(await page.evaluate(`document.activeElement.closest('main') !== null`)).toBe(true)
})

test('a clerk applies: contract, papers, promises, submission', async () => {
  const { page, keys } = await signedIn('clerk')
  await keys.follow(/申请一份合同/)
  await titled(page, '1 项措施可以申请')
  await keys.push(/开始申请/)
  await page.waitForURL(/edit/)
  await settled(page)
  await keys.push(/下一步：合同/)
  await settled(page)
  await keys.write(/合同编号/, 'HT-K-1')
  await keys.pick(/算力供给方/, /丙示例/)
  await keys.writeDay(/签订日/, '2024-05-06')
  await keys.writeDay(/合同起/, '2024-05-10')
  await keys.writeDay(/合同止/, '2025-05-09')
  await keys.pick(/主要用途/, 'training')
  await keys.write(/合同总额/, '15200000')
  await keys.write(/其中存储/, '200000')
  await keys.write(/芯片型号/, 'a100')
  await keys.write(/每卡时单价/, '10')
  await keys.write(/集群/, 'sqtest')
  await keys.write(/调度器账户/, `e${city.firm.creditCode.toLowerCase()}`)
  await titled(page, '最多可申领 200 万元')
  await keys.push(/下一步/)
  await settled(page)
  for (const label of await page.locator('.upload-label').allInnerTexts()) {
    await keys.attach(new RegExp(label), FILE)
    const box = page.locator('.upload').filter({ has: page.getByText(label, { exact: true }) })
    await box.locator('.upload-file .button-link').waitFor()
  }
  await keys.push(/下一步/)
  await settled(page)
  await page.locator('.choices').first().waitFor()
  const groups = await page.locator('.choices legend').allInnerTexts()
  for (const group of groups) await keys.choose(new RegExp(group.slice(0, 12)), /^没有$/)
  await keys.write(/用算力做什么/, '训练工业质检模型', 'textarea')
  await keys.tick(/我承诺/)
  await page.getByText('已保存', { exact: true }).waitFor()
  await keys.push(/下一步：提交/)
  await page.getByText('可以提交了').waitFor()
  await keys.push(/提交申请/)
  await page.waitForURL(/applications\/[^/]+$/)
})

test('Escape closes a dialog and gives the focus back', async () => {
  const { page, keys } = await signedIn('clerk')
  await keys.follow(/我的申请/)
  await titled(page, '申请')
  await keys.follow(/算力券/)
  await page.waitForURL(/applications\/[^/]+$/)
  await settled(page)
  await keys.push(/撤回/)
  await page.locator('dialog[open]').waitFor()
  expect(await page.evaluate(`document.activeElement.closest('dialog') !== null`)).toBe(true)
  await keys.press('Escape')
  await page.locator('dialog[open]').waitFor({ state: 'detached' })
  expect(await page.evaluate('document.activeElement.innerText')).toContain('撤回')
})

test('a reviewer decides it and publishes the notice', async () => {
  const { page, keys } = await signedIn('reviewer')
  await keys.follow(/甲示例科技有限公司/)
  await titled(page, '最多可批 200 万元')
  await keys.choose(/怎么办/, /^批准$/)
  const asked = await page.locator('.choices legend').allInnerTexts()
  for (const finding of asked.filter((legend) => /AI|人工智能|财务|规划/.test(legend)))
    await keys.choose(new RegExp(finding.slice(0, 8)), /^是$/)
  await keys.write(/理由/, '符合条件，材料齐全', 'textarea')
  await keys.push(/^批准$/)
  await titled(page, '已批 200 万元')
  await keys.fromTheTop()
  await keys.follow(/公示管理/)
  await titled(page, '1 份申请等待公示')
  await keys.push(/预览公示/)
  await page.locator('dialog[open]').waitFor()
  await keys.push(/发布公示/)
  await page.getByText('没有等待公示的申请', { exact: true }).waitFor()
})

test('finance prepares a batch and a second officer approves it', async () => {
  await approvedClaim()
  await payAllUnverified(city)
  const first = await signedIn('finance')
  await first.keys.follow(/拨付/)
  await first.keys.push(/编制批次/)
  await first.page.waitForURL(/disbursements\/[^/]+$/)
  const second = await signedIn('finance2')
  await open(second.page, new URL(first.page.url()).pathname)
  await second.keys.tick(/已核对拨付文件/)
  await second.keys.push(/复核批准/)
  await second.keys.write(/银行回单号/, 'B-1')
  await second.keys.push(/登记付款/)
  await titled(second.page, '已拨付 1 笔')
})

/** A claim of the other firm, brought to where finance takes it over. */
async function approvedClaim(): Promise<void> {
  const clerk = city.as('clerk2')
  const { voucherId } = await granted(
    city,
    await applied(city, 'clerk2', city.otherFirm, { number: 'HT-K-2' }),
    '100000000',
  )
  const account = `e${city.otherFirm.creditCode.toLowerCase()}`
  const bytes = usedSacct({ account, day: '2024-05-21', hours: 10, cards: 8 })
  const file = { name: 'sacct.json', bytes, mediaType: 'application/json' }
  must(await city.as('provider').importUsage({ query: { organisationId: city.provider.id }, file }))
  city.setDay('2024-06-10')
  const attachmentId = await upload(clerk, 'invoice', city.otherFirm.id)
  const [seller, buyer] = [city.provider.creditCode, city.otherFirm.creditCode]
  const claim = must(
    await clerk.submitClaim({
      body: {
        voucherId: voucherId!,
        periodFrom: '2024-05-10',
        periodTo: '2024-05-31',
        invoices: [
          {
            number: '24990000000000000001',
            sellerCreditCode: seller,
            buyerCreditCode: buyer,
            amountFen: '80000',
            excludedFen: '0',
            redLetterOf: null,
            issuedOn: '2024-06-03',
            attachmentId,
          },
        ],
        payments: [
          {
            reference: 'P-1',
            payerCreditCode: buyer,
            payeeCreditCode: seller,
            amountFen: '80000',
            paidOn: '2024-06-05',
            attachmentId,
          },
        ],
        deliveryCertificateId: attachmentId,
      },
    }),
  )
  const approve = { decision: 'approve' as const, amountFen: claim.payableFen, reason: '四项相符' }
  must(await city.as('reviewer').decideClaim({ params: { id: claim.id }, body: approve }))
}
