// A firm holds its facts against the measures of all places: with the network cut off it sees what may still fit and what
// they wait for; by keyboard, in both languages, on a phone.
import { testCity } from '@suanquan/testkit'
import type { Page, Request } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { holds, holdsOnPhone, open, openBrowser, titled, visitor } from './browser.ts'

const city = await testCity()
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await city.stop()
})

const choose = (page: Page, label: string, option: string): Promise<unknown> =>
  page.getByLabel(label, { exact: true }).selectOption({ label: option })

test('what may fit is answered with the network cut off, and nothing leaves the browser', async () => {
  const person = await visitor(browser, city.server.url)
  const { page } = person
  await open(page, '/calculator')
  await page.getByRole('link', { name: '一次对照全国各地的措施' }).click()
  await page.getByRole('button', { name: '开始测算' }).focus()
  await page.keyboard.press('Enter')
  await page.locator('.across-lines li').first().waitFor()
  const sent: Request[] = []
  page.on('request', (request) => void sent.push(request))
  await page.context().setOffline(true)

  await choose(page, '申报主体类型', '企业')
  await choose(page, '注册地（GB/T 2260）', '杭州')
  await page.getByLabel('申请日期').fill('2025-09-20')
  await page.getByLabel('合同金额').fill('10000000')
  await choose(page, '用途', '模型训练')
  await answerRest(page)
  await titled(page, '还可能符合')
  expect(sent.map((request) => request.url())).toEqual([])
  const kept = await page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')
  expect(kept).not.toContain('1000000000')

  await page.context().setOffline(false)
  await holds(person, { name: 'calculator across all programmes', axe: true })
  await holdsOnPhone(person, 'calculator across all programmes')
})

/** Answers what the best known programmes of the place still wait for. */
async function answerRest(page: Page): Promise<void> {
  const answers = ['供需双方为关联方', '服务于已备案的大模型', '研发多模态通用大模型']
  for (const legend of answers) {
    const group = page.getByRole('group', { name: legend })
    if ((await group.count()) > 0) await group.getByLabel('否', { exact: true }).check()
  }
}
