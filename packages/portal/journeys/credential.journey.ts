// A paper in other hands: the clerk makes a credential, a stranger checks it without an account, a changed digit shows, the
// check goes on without a network, and a revoked paper is said to be one.
import { applied, granted, must, PASSWORD, testCity } from '@suanquan/testkit'
import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { holds, open, openBrowser, signIn, speak, titled, visitor } from './browser.ts'

const city = await testCity()
const { voucherId } = await granted(city, await applied(city, 'clerk', city.firm), '100000000')
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await city.stop()
})

let link = ''

test('the clerk makes the credential of a voucher and has a code to show', async () => {
  const clerk = await visitor(browser, city.server.url)
  const { page } = clerk
  await signIn(page, 'clerk', PASSWORD)
  await open(page, `/vouchers/${voucherId}`)
  await page.getByRole('button', { name: '出具券凭证' }).click()
  await page.waitForURL(/credentials\/[^/]+$/)
  await page.locator('.qr-code').waitFor()
  await page.getByText('不得转让、不得质押', { exact: false }).first().waitFor()
  link = (await page.getByRole('link', { name: '打开核验链接' }).getAttribute('href'))!
  expect(link).toContain('/verify#')
  await holds(clerk, { name: 'credential', axe: true })
})

test('a stranger checks it by its link, in the browser; one changed digit and it fails', async () => {
  const stranger = await visitor(browser, city.server.url)
  const { page } = stranger
  const asked: string[] = []
  page.on('request', (request) => asked.push(`${request.url()} ${request.postData() ?? ''}`))
  await page.goto(link)
  await page.getByRole('button', { name: '核验', exact: true }).click()
  await titled(page, '真实，今天有效')
  await holds(stranger, { name: 'genuine', axe: true })
  // the paper itself never left the browser
  expect(asked.filter((each) => each.includes('faceFen') || each.includes(link.split('#')[1]!))).toEqual([])
  await page.getByRole('button', { name: '试一试：改一个数再核验' }).click()
  await titled(page, '不真实：内容被改过')
  await page.setViewportSize({ width: 390, height: 844 })
  await speak(page, 'en')
  await titled(page, 'Not genuine: it was changed')
  await holds(stranger, { name: 'forged, phone, English', axe: true })
})

test('the clerk saves the proof of the voucher, a stranger checks it and the whole chain; a touched file is refused', async () => {
  await city.tick()
  const clerk = await visitor(browser, city.server.url)
  await signIn(clerk.page, 'clerk', PASSWORD)
  await open(clerk.page, `/vouchers/${voucherId}`)
  const [file] = await Promise.all([
    clerk.page.waitForEvent('download'),
    clerk.page.getByRole('button', { name: '证明此券在账本里' }).click(),
  ])
  const proof = readFileSync(await file.path(), 'utf8')
  const stranger = await visitor(browser, city.server.url)
  const { page } = stranger
  const sent: string[] = []
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  await open(page, '/proof')
  const drop = async (content: string): Promise<void> =>
    page.getByLabel('证明文件（JSON）').setInputFiles({
      name: 'proof.json',
      mimeType: 'application/json',
      buffer: Buffer.from(content),
    })
  await drop(proof)
  await page.getByText(`持有人 ${city.firm.creditCode} 是账户编号的一部分`, { exact: false }).waitFor()
  await holds(stranger, { name: 'proof of a voucher', axe: true })
  // whose voucher it is stays here
  expect(sent.filter((each) => each.includes(city.firm.creditCode))).toEqual([])
  await drop(proof.replace(city.firm.creditCode, city.otherFirm.creditCode))
  await page.getByText('账户编号不是由所示的券号', { exact: false }).waitFor()
  await drop('{}')
  await page.getByText('这不是证明文件', { exact: false }).waitFor()
  await page.getByRole('button', { name: '核验整条封印链' }).click()
  await page.getByText('一个接一个，签名都成立', { exact: false }).waitFor()
  const [head] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载树头', exact: true }).first().click(),
  ])
  const kept = readFileSync(await head.path(), 'utf8')
  await drop(kept)
  await page.getByText('没有一笔被改动、删除、插入或调换', { exact: false }).waitFor()
  await page.getByLabel('您所知道的公钥编号').fill('0'.repeat(32))
  await drop(kept)
  await page.getByText('也没有得到它的签名认可', { exact: false }).waitFor()
  await page.setViewportSize({ width: 390, height: 844 })
  await speak(page, 'en')
  await holds(stranger, { name: 'proof refused, phone, English', axe: true })
})

test('once loaded, the signature is checked without a network, and what could not be asked is said', async () => {
  const stranger = await visitor(browser, city.server.url)
  const { page } = stranger
  await page.goto(link)
  const check = page.getByRole('button', { name: '核验', exact: true })
  await check.click()
  await titled(page, '真实，今天有效')
  await page.context().setOffline(true)
  await check.click()
  await titled(page, '真实；今天的状态没有问到')
  await page.context().setOffline(false)
})

test('what the firm revoked is said to be revoked, and the firm sees that somebody looked', async () => {
  const { items } = must(await city.as('clerk').listCredentials({}))
  expect(items[0]!.looks).toBe(2)
  must(
    await city.as('clerk').revokeCredential({ params: { id: items[0]!.id }, body: { reason: '不再需要' } }),
  )
  const { page } = await visitor(browser, city.server.url)
  await page.goto(link)
  await page.getByRole('button', { name: '核验', exact: true }).click()
  await titled(page, '真实，但已作废')
})
