// A policy author changes a published measure: what is wrong is underlined while they type, the cases notice a changed
// number, and only what holds is proposed for the library, where another person signs.
import { enrolled, PASSWORD, must, testCity } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'
import { holds, holdsOnPhone, open, openBrowser, signIn, visitor } from './browser.ts'

const city = await testCity()
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await city.stop()
})
const { items } = must(await city.as('policy_author').listProgrammes({}))
const wuxi = items.find(({ id }) => id === 'cn.wuxi.compute_reward')!
const author = await visitor(browser, city.server.url)
const { page } = author
await signIn(page, 'policy_author', PASSWORD)

test('a published measure opens with all its cases holding', async () => {
  await open(page, `/author/studio?from=${wuxi.hash}`)
  await page.getByRole('heading', { level: 1, name: '个案例全部相符' }).waitFor()
  await page.getByRole('button', { name: '条款与规则' }).click()
  await page.getByText('条规则').first().waitFor()
  await holds(author, { name: 'studio clauses', axe: true })
})

test('a mistake is underlined where it is, and its finding leads there', async () => {
  await replaceLine('suanquan: policy/v1', 'suanqaun: policy/v1')
  await page.locator('h1', { hasText: '处要改' }).waitFor()
  await page.getByRole('button', { name: '问题', exact: true }).click()
  expect(await page.locator('.cm-lintRange-error').count()).toBeGreaterThan(0)
  await page.locator('.pane-list .button-link').first().click()
  expect(await page.evaluate('document.activeElement?.className')).toContain('cm-content')
  expect(await page.getByRole('button', { name: '提交入库' }).isDisabled()).toBe(true)
  await holds(author, { name: 'studio findings', axe: true })
  await replaceLine('suanqaun: policy/v1', 'suanquan: policy/v1')
  await page.getByRole('heading', { level: 1, name: '个案例全部相符' }).waitFor()
})

test('what fits is offered at the cursor and taken by keyboard alone', async () => {
  await replaceLine('instrument: compute_reward', 'instrument: ')
  await page.keyboard.type('clo')
  await page.getByRole('listbox').getByRole('option', { name: 'cloud_voucher' }).waitFor()
  // in its first 75 ms the list takes no key, lest it catch what was meant for the text
  await page.waitForTimeout(150)
  await page.keyboard.press('Enter')
  await page.locator('.cm-line', { hasText: 'instrument: cloud_voucher' }).waitFor()
  await replaceLine('instrument: cloud_voucher', 'instrument: compute_reward')
  await page.getByRole('heading', { level: 1, name: '个案例全部相符' }).waitFor()
})

test('a changed number turns a case, and shows as a difference', async () => {
  const { text } = must(await city.as('policy_author').readProgramme({ params: { hash: wuxi.hash } }))
  await readFile(text.replace('values: {2025-01-01: 30%}', 'values: {2025-01-01: 31%}'))
  await page.locator('h1', { hasText: '个案例不符' }).waitFor()
  await page.getByRole('button', { name: '与原版的不同' }).click()
  await page.getByText('1 处不同').first().waitFor()
  await readFile(text)
  await page.getByRole('heading', { level: 1, name: '个案例全部相符' }).waitFor()
})

test('planted faults are counted beside the page, and rules show their proofs', async () => {
  await page.getByRole('button', { name: '案例的力度' }).click()
  await page.getByRole('button', { name: '逐条改错试一试' }).click()
  await page.getByRole('button', { name: '停下' }).click()
  await page.getByRole('button', { name: '逐条改错试一试' }).click()
  await page.getByText(/处改错发现 \d/).waitFor()
  await page.getByRole('button', { name: '条款与规则' }).click()
  await page.locator('.studio summary').nth(1).click()
  await page.locator('.studio-proof').first().waitFor({ state: 'attached' })
  await holdsOnPhone(author, 'studio')
})

test('what was typed is there after the window is closed; a version is proposed with its exceptions', async () => {
  await replaceLine(`version: '${wuxi.version}'`, "version: '2026.9'")
  const { cases } = JSON.parse(await page.evaluate(KEPT)) as { cases: string }
  await page.getByRole('button', { name: '案例文件' }).click()
  await readFile(cases.replace(`@${wuxi.version}`, '@2026.9'))
  await page.reload()
  await page.locator('.cm-line', { hasText: '2026.9' }).waitFor()
  const propose = page.getByRole('button', { name: '提交入库' })
  const grounds = page.getByLabel('例外依据（条例第十二条）')
  await grounds.first().waitFor()
  expect(await propose.isDisabled()).toBe(true)
  for (let index = 0; index < (await grounds.count()); index += 1) {
    await grounds.nth(index).selectOption('innovation')
    await page.getByLabel('理由').nth(index).fill('决定第三条：没有影响更小的办法，2027 年底复评')
  }
  await propose.click()
  await page.getByRole('link', { name: '看这份提议' }).click()
  await page.getByRole('heading', { level: 1, name: '等另一人签署' }).waitFor()
  expect(await page.getByRole('button', { name: '签署，列入政策库' }).count()).toBe(0)
})

test('another person finds it first in the library, reads it and signs', async () => {
  await enrolled(city, 'author-two', { role: 'policy_author', district: null, organisationCreditCode: null })
  const second = await visitor(browser, city.server.url)
  await signIn(second.page, 'author-two', PASSWORD)
  await open(second.page, '/author/programmes')
  await second.page.locator('.pane-list').getByRole('link').click()
  await second.page.getByText('没有影响更小的办法').first().waitFor()
  await holds(second, { name: 'proposal', axe: true })
  await holdsOnPhone(second, 'proposal')
  await second.page.getByRole('button', { name: '签署，列入政策库' }).click()
  await second.page.getByRole('heading', { level: 1, name: '已签署，列入政策库' }).waitFor()
  const versions = must(await city.as('policy_author').listProgrammes({})).items.filter(
    ({ id }) => id === wuxi.id,
  )
  expect(versions.map(({ version }) => version)).toContain('2026.9')
})

const KEPT = `localStorage.getItem('suanquan.studio.${wuxi.hash}')`

async function readFile(text: string): Promise<void> {
  const file = { name: 'programme.yaml', mimeType: 'text/yaml', buffer: Buffer.from(text) }
  await page.locator('input[type=file]').setInputFiles(file)
}

/** Types into the line that says so, however it is wrapped: its whole text is chosen by two Home and two End. */
async function replaceLine(from: string, to: string): Promise<void> {
  const line = page.locator('.cm-line', { hasText: from }).first()
  const text = await line.innerText()
  await line.click({ position: { x: 12, y: 6 } })
  for (const key of ['Home', 'Home', 'Shift+End', 'Shift+End']) await page.keyboard.press(key)
  await page.keyboard.insertText(text.replace(from, to))
}
