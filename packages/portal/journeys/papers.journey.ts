// Papers: a clerk hands in the XML of two invoices, sees at once which is wrong and why, registers the other, picks it for a
// claim; a reviewer decides to pay on it although nobody has verified it.
import {
  applied,
  eInvoiceXml,
  granted,
  must,
  PASSWORD,
  testCity,
  testFirm,
  usedSacct,
} from '@suanquan/testkit'
import { Buffer } from 'node:buffer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { holds, holdsOnPhone, open, openBrowser, signIn, titled, visitor, type Visitor } from './browser.ts'

const NUMBER = '24512000000000000001'
const city = await testCity()
const { firm, provider } = city
const browser = await openBrowser()
const papers = await testFirm(city)
let voucherId = ''
afterAll(async () => {
  await browser.close()
  await city.stop()
})
beforeAll(async () => {
  voucherId = (await granted(city, await applied(city, 'clerk', firm), '100000000')).voucherId!
  const account = `e${firm.creditCode.toLowerCase()}`
  const bytes = usedSacct({ account, day: '2024-05-21', hours: 100, cards: 8 })
  const file = { name: 'sacct.json', bytes, mediaType: 'application/json' }
  must(await city.as('provider').importUsage({ query: { organisationId: provider.id }, file }))
  city.setDay('2024-06-10')
})

async function looks(sees: Visitor, name: string): Promise<void> {
  await holds(sees, { name: `${name}, desk, Chinese`, axe: true })
  await holdsOnPhone(sees, name)
}

const invoice = {
  number: NUMBER,
  seller: { name: '丙示例智算有限公司', creditCode: provider.creditCode },
  buyer: { name: '甲示例科技有限公司', creditCode: firm.creditCode },
  issuedOn: '2024-06-03',
  lines: [
    { name: '*信息技术服务*GPU算力服务', fen: 700_000n, taxFen: 42_000n },
    { name: '*信息技术服务*对象存储', fen: 50_000n, taxFen: 3_000n },
  ],
}

test('a clerk sees at once what is wrong with an invoice, registers the sound one and picks it for a claim', async () => {
  const clerk = await visitor(browser, city.server.url)
  const { page } = clerk
  await signIn(page, 'clerk', PASSWORD)
  await open(page, '/trade-papers')
  await titled(page, '还没有登记票据')
  const changed = { ...invoice, number: '24512000000000000002', totalFen: 1n }
  const buffer = Buffer.from(eInvoiceXml(invoice, changed))
  await page.getByLabel('选择文件').setInputFiles({ name: '发票.xml', mimeType: 'application/xml', buffer })
  await page.getByText('不等于价税合计').first().waitFor()
  await page.getByText('是存储、网络或安全').first().waitFor()
  await looks(clerk, 'papers read')
  await page.getByRole('button', { name: '登记 1 张' }).click()
  await titled(page, '登记了 1 张票据，1 张发票还没有查验')
  await page.getByRole('link', { name: NUMBER }).click()
  await titled(page, '这张发票还剩')
  await looks(clerk, 'paper')
  await open(page, `/vouchers/${voucherId}/claim`)
  await page.getByRole('button', { name: `选用 ${NUMBER}` }).click()
  expect(await page.getByLabel('发票号码').first().inputValue()).toBe(NUMBER)
  await looks(clerk, 'claim with a picked paper')
})

test('a reviewer decides to pay on an invoice that nobody has verified', async () => {
  const made = papers.claim({
    voucherId,
    from: '2024-05-10',
    to: '2024-05-31',
    fen: 795_000n,
    series: 1,
    on: '2024-06-03',
  })
  const body = { ...made, invoices: [{ ...made.invoices[0]!, number: NUMBER }] }
  const { id } = must(await city.as('clerk').submitClaim({ body }))
  const reviewer = await visitor(browser, city.server.url)
  const { page } = reviewer
  await signIn(page, 'reviewer', PASSWORD)
  await open(page, `/review/claims/${id}`)
  await page.getByText('1 张发票没有查验').first().waitFor()
  await looks(reviewer, 'claim with an invoice not verified')
  await page.getByLabel('为什么可以按未查验发票拨付').fill('已核对原件和银行回单')
  await page.getByRole('button', { name: '决定按未查验发票拨付' }).click()
  await page.getByText('决定按 1 张未查验发票拨付：已核对原件和银行回单').waitFor()
  await open(page, '/trade-papers')
  await titled(page, '张发票还没有查验')
  await looks(reviewer, 'papers of the office')
  expect(reviewer.takeErrors()).toEqual([])
})

test('an operator states what it buys from a centre', async () => {
  const operator = await visitor(browser, city.server.url)
  await signIn(operator.page, 'provider', PASSWORD)
  await open(operator.page, '/provider/upstream')
  await titled(operator.page, '还没有登记上游合同')
  await looks(operator, 'upstream contracts')
})
