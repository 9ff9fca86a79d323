// A firm finds out for itself what it could get: everything it types stays in its browser, with the network cut off it
// still gets its answer, and only when it applies do the facts come into its draft, where it takes them or not.
import { PASSWORD, testCity } from '@suanquan/testkit'
import type { Page, Request } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { open, openBrowser, titled, visitor } from './browser.ts'

const city = await testCity()
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await city.stop()
})

const choose = (page: Page, label: string, option: string | RegExp): Promise<unknown> =>
  page.getByLabel(label, { exact: true }).selectOption(typeof option === 'string' ? { label: option } : {})

async function fill(page: Page): Promise<void> {
  await choose(page, '申报主体类型', '企业')
  await choose(page, '注册地（GB/T 2260）', '990101')
  await choose(page, '登记状态', '存续')
  await page.getByLabel('行业（GB/T 4754）').fill('I6513')
  await choose(page, '用途', '模型训练')
  await page.getByLabel('合同签订日期').fill('2024-05-06')
  await page.getByLabel('合同开始日期').fill('2024-05-10')
  await page.getByLabel('合同结束日期').fill('2025-05-09')
  await page.getByLabel('合同金额').fill('5200000')
  await page.getByLabel('其中存储、网络、安全等金额').fill('200000')
  const answers = {
    独立法人: '是',
    近三年有失信记录: '否',
    财务机构和制度健全: '是',
    已获其他市级财政同类补贴: '否',
    供需双方为关联方: '否',
  }
  for (const [legend, answer] of Object.entries(answers)) {
    const group = page.getByRole('group', { name: legend })
    if ((await group.count()) > 0) await group.getByLabel(answer, { exact: true }).check()
  }
}

test('what is typed leaves the browser only when the firm applies', async () => {
  const { page } = await visitor(browser, city.server.url)
  await open(page, '/calculator')
  await page.getByRole('button', { name: '开始测算' }).click()
  await page.getByLabel('合同金额').waitFor()
  await page.waitForLoadState('networkidle')
  const sent: Request[] = []
  page.on('request', (request) => void sent.push(request))
  await page.context().setOffline(true)
  await fill(page)
  await titled(page, '有 1 项可以申请，最多 100 万元')
  expect(await page.locator('.reckoning').innerText()).toContain('500.00')
  expect(sent.map((request) => request.url())).toEqual([])
  const kept = await page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')
  expect(kept).not.toContain('520000000')
  expect(kept).not.toContain('I6513')

  await page.context().setOffline(false)
  await page.getByRole('button', { name: '带着这些内容去申请' }).click()
  await page.locator('input[name=login]').fill('clerk')
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.locator('form button').click()
  await page.getByRole('button', { name: '开始申请' }).click()
  await page.getByRole('button', { name: '带入' }).waitFor()
  const before = sent.map((request) => `${request.url()} ${request.postData() ?? ''}`).join('\n')
  expect(before).not.toContain('520000000')
  expect(before).not.toContain('I6513')

  const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT')
  await page.getByRole('button', { name: '带入' }).click()
  await saved
  expect(await page.evaluate<string | null>(`sessionStorage.getItem('suanquan.carried')`)).toBeNull()
  const url = new URL(page.url())
  await open(page, `${url.pathname}?step=contract`)
  expect(await page.getByLabel('合同总额').inputValue()).toBe('5200000')
  expect(await page.getByLabel('签订日').inputValue()).toBe('2024-05-06')
})

test('a notice is read with scripts off', async () => {
  const context = await browser.newContext({ baseURL: city.server.url, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto('/notices')
  await page.getByRole('link', { name: '公示公告' }).click()
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
  expect(await page.locator('h1').innerText()).toBe('公示公告')
  await page.getByRole('link', { name: 'English' }).click()
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  await context.close()
})
